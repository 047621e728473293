"""Totals and trend: which stored census answers; with none, what is missing and the command that collects it."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from analytics import sample
from analytics.answering.later_knowledge import date_receipt
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.counts import Counts, Split
from analytics.domain.reading_kinds import CENSUS, CENSUS_SUMS
from analytics.domain.requests import Definition, Totals, Trend
from analytics.domain.staleness import is_stale
from analytics.domain.tasks import TASKS
from analytics.domain.wording import day, in_percent
from analytics.errors import NoSuchTask, NotCollected
from analytics.grammar import nearest
from analytics.storage.readings import Reading

if TYPE_CHECKING:
    import pandas as pd


def answer(request: Totals | Trend, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the newest census, or from the newest at `as_of`.

    Raises:  NotCollected, with the article's figures and the command that collects a census; NoSuchTask.
    """
    asked = as_of or context.clock()
    stored = context.readings.as_of(CENSUS, "", asked)
    if stored is None:
        raise NotCollected("census", _missing(context, as_of), Collector.CENSUS)
    stale = is_stale(Collector.CENSUS, stored.as_of, asked)
    notes = tuple(_notes(context, stored, stale=stale))
    if isinstance(request, Trend):
        from analytics.questions.trend import quarters as whole_quarters
        from analytics.questions.trend import trend

        weeks, quarters = _weeks(context, stored, request.definition), _frame(stored, "quarters")
        if whole_quarters(quarters, request.definition, stored.as_of).empty:
            raise NotCollected("trend", f"The census of {day(stored.as_of)} knows no model of a quarter that is over.")
        told = trend(request, quarters, weeks, stored.as_of, stored.origins, notes=notes)
        return date_receipt(replace(told, method=stored.method, stale=stale), asked)
    from analytics.questions import totals

    cube = _frame(stored, "tasks")
    if request.task and not (cube["task"] == request.task).any():
        if request.task in TASKS:
            why = f"The census keeps the 40 most frequent tasks apart, and {request.task} is not among them."
            raise NotCollected(request.task, why)
        raise NoSuchTask(request.task, nearest(request.task, TASKS, most=3))
    if request.reach:
        return date_receipt(_tell_reach(request, stored, notes, stale=stale), asked)
    census = totals.Census(cube, stored.body["frameworks"], stored.as_of, stored.origins)
    last = context.readings.before(CENSUS, "", stored.as_of)
    before = None
    if last and last.method == stored.method:  # another rule's count is no earlier reading of this one
        before = totals.Census(_frame(last, "tasks"), last.body["frameworks"], last.as_of, last.origins)
    circumstances = totals.TotalsCircumstances(stale, notes, sample.article_totals(), before, (sample.ARTICLE,))
    if totals.is_empty(request, cube):
        raise NotCollected(request.words, _none_of_its_own(request, stored))
    return date_receipt(replace(totals.totals(request, census, circumstances), method=stored.method), asked)


def _tell_reach(request: Totals, stored: Reading, notes: tuple[str, ...], *, stale: bool) -> Answer:
    from analytics.questions.totals_reach import ReachCensus, count_reach, totals_reach

    face = stored.body.get("reach")
    if face is None:
        why = f"The census of {day(stored.as_of)} was counted before what converts on load was; the next one tells it."
        raise NotCollected(request.words, why, Collector.CENSUS)
    if not count_reach(request, face)[0].total:
        raise NotCollected(request.words, _none_of_its_own(request, stored))
    return totals_reach(request, ReachCensus(face, stored.as_of, stored.origins, notes, stale=stale))


def _none_of_its_own(request: Totals, stored: Reading) -> str:
    what, task = (f"of the task {request.task}", f" task {request.task}") if request.task else ("in it", "")
    return (
        f"The census of {day(stored.as_of)} knows no original or fine-tune with weights {what}, only copies, adapters "
        f"and such; “totals declared{task}” counts every repository."
    )


def _missing(context: Context, as_of: dt.datetime | None) -> str:
    first = next(iter(context.readings.run(CENSUS)), None)
    if as_of and first:
        return f"No census of {day(as_of)} or before is stored; the first is of {day(first.as_of)}."
    article = sample.article_totals()
    pytorch, tensorflow = in_percent(article["only PyTorch"]), in_percent(article["only TensorFlow"])
    return (
        "No census has been collected yet; the bot collects one weekly. All "
        f"there is without it are the article's figures of March 2022, by the tags of the two: {pytorch} only PyTorch, "
        f"{tensorflow} only TensorFlow."
    )


def _frame(stored: Reading, face: str) -> "pd.DataFrame":
    import pandas as pd

    from analytics.ranking.sureness import name_assumed

    return name_assumed(pd.DataFrame(stored.body[face]["rows"], columns=stored.body[face]["columns"]))


def _notes(context: Context, stored: Reading, *, stale: bool) -> list[str]:
    notes = list(context.readings.notices)
    if stale:
        notes.append(f"The newest census is of {day(stored.as_of)}.")
    if stored.method != METHOD:
        notes.append(f"Counted under version {stored.method} of the rule; today's is {METHOD}.")
    return notes


def _weeks(context: Context, newest: Reading, definition: Definition) -> list["Week"]:
    """Give the stored weeks counted under the same version of the rule; others are never put into one line."""
    from analytics.questions.trend import Week

    weeks = []
    for stored in context.readings.run(CENSUS_SUMS):
        if stored.method == newest.method and stored.as_of <= newest.as_of:
            sums = stored.body.get(definition.value, {})
            downloads = {split.value: sums.get(split.value, (0, 0))[1] for split in Split}
            weeks.append(Week(stored.as_of, Counts(**downloads)))
    return weeks


if TYPE_CHECKING:
    from analytics.questions.trend import Week
