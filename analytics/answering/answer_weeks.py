"""The twelve weeks beside what changed: which stored lists stand at the ends of its weeks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.answering.answer_changes import RANKING
from analytics.answering.later_knowledge import fill_in
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.observations import TopList
from analytics.domain.staleness import WEEK, is_stale
from analytics.movement.list_moves import FIRST
from analytics.movement.usual_turnover import nearest_moment, slack
from analytics.questions.twelve_weeks import WEEKS, WeekRead, say_too_few, tell_weeks


@dataclass(frozen=True, slots=True)
class TwelveWeeks:
    """What is known of the last twelve weeks: a picture, or in a sentence why there is none."""

    answer: Answer | None
    missing: str = ""

    @property
    def told(self) -> str:
        """What is said of them in a line."""
        return f"{self.answer.headline}." if self.answer else self.missing


def look_back(context: Context, newest: dt.datetime) -> TwelveWeeks:
    """Look at the weeks that end with the list of a moment, as it is counted today."""
    now = context.clock()
    moments = context.top_lists.moments(RANKING, newest)
    ends = [newest - back * WEEK for back in range(WEEKS, -1, -1)]
    weeks = [WeekRead(end.date(), _read_near(context, moments, end, now)) for end in ends]
    told = tell_weeks(weeks, stale=is_stale(Collector.TOP, newest, now))
    if told is None:
        return TwelveWeeks(None, say_too_few(weeks))
    return TwelveWeeks(replace(told, method=METHOD))


def _read_near(context: Context, moments: Sequence[dt.datetime], end: dt.datetime, now: dt.datetime) -> TopList | None:
    place = nearest_moment(moments, end, slack(WEEK))
    found = None if place is None else context.top_lists.as_of(RANKING, moments[place], FIRST)
    return found and fill_in(found, context, now)
