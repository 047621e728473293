"""Changes: which two lists to compare, and which weeks before them measure the noise."""

import datetime as dt
import itertools
from collections.abc import Iterator

from analytics.answering.later_knowledge import fill_in, tell_older_rule
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking, TopList
from analytics.domain.requests import Changes
from analytics.domain.staleness import WEEK, is_stale
from analytics.domain.wording import day
from analytics.errors import NothingStored

WEEKS = 12
"""Weeks before the compared ones whose turnover measures the noise."""

RANKING = Ranking()
COLLECT = "The bot stores one a day while it runs."


def answer(request: Changes, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Compare the newest list with the one stored on or before the day asked for, or a week before.

    Raises:  NothingStored, if there are no two lists to compare.
    """
    from analytics.questions import changes

    now = as_of or context.clock()
    new = context.top_lists.as_of(RANKING, now)
    if new is None:
        raise NothingStored("the most downloaded models", f"No list of them is stored. {COLLECT}", Collector.TOP)
    since = _end_of(request.since) if request.since else new.as_of - WEEK
    old = context.top_lists.as_of(RANKING, since) or _first_after(context, since, new)
    if old is None or old.as_of >= new.as_of:
        why = f"Only the list of {day(new.as_of)} is stored, so there is nothing to compare it with. {COLLECT}"
        raise NothingStored("an earlier list", why, Collector.TOP)
    new, old = (fill_in(one, context, now) for one in (new, old))
    stale = as_of is None and is_stale(Collector.TOP, new.as_of, context.clock())
    circumstances = changes.ChangesCircumstances(
        past=tuple(changes.turnover(b, a) for a, b in itertools.pairwise(_weekly(context, old, now))),
        stale=stale,
        notes=tuple(_notes(context, new, old, since, stale=stale)),
    )
    return changes.changes(new, old, circumstances)


def _end_of(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) + dt.timedelta(days=1, seconds=-1)


def _first_after(context: Context, since: dt.datetime, new: TopList) -> TopList | None:
    """Find the oldest list that is still newer than the day asked for: what comparing can begin with."""
    found, moment = None, new.as_of
    while (earlier := context.top_lists.before(RANKING, moment)) and earlier.as_of >= since:
        found, moment = earlier, earlier.as_of
    return found


def _weekly(context: Context, newest: TopList, now: dt.datetime) -> list[TopList]:
    """Give one list a week up to `newest`, oldest first; weeks without one are gaps and left out."""
    return [fill_in(one, context, now) for one in _walk(context, newest)][::-1]


def _walk(context: Context, newest: TopList) -> Iterator[TopList]:
    yield newest
    last = newest
    for back in range(1, WEEKS + 1):
        found = context.top_lists.as_of(RANKING, newest.as_of - back * WEEK)
        if found is None:
            return
        if found.as_of < last.as_of - WEEK / 2:
            yield found
            last = found


def _notes(context: Context, new: TopList, old: TopList, since: dt.datetime, *, stale: bool) -> Iterator[str]:
    yield from context.top_lists.notices
    yield from dict.fromkeys([*tell_older_rule(new.method), *tell_older_rule(old.method)])
    if stale:
        yield f"The newest stored list is of {day(new.as_of)}."
    if old.as_of.date() > since.date():
        yield f"No list of {day(since)} or before is stored; the first one after it was taken."
