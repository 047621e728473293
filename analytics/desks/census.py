"""Totals and trend: which stored census answers; with none, what is missing and the command that collects it."""

import datetime as dt
from typing import TYPE_CHECKING

from analytics import sample
from analytics.answer import Answer
from analytics.attribution import METHOD
from analytics.collect.census_lists import OLD
from analytics.counts import Counts, Split
from analytics.errors import NoSuchTask, NotCollected
from analytics.grammar import nearest
from analytics.kit import Kit
from analytics.readings import Dated
from analytics.request import Definition, Totals, Trend
from analytics.tasks import TASKS

if TYPE_CHECKING:
    import pandas as pd

KIND, SUMS = "census", "hub_sums"
"""One census, and the sums of each for lines over all of them."""


def answer(request: Totals | Trend, kit: Kit, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the newest census, or from the newest at `as_of`.

    Raises:  NotCollected, with the article's readings and the command that collects a census; NoSuchTask.
    """
    stored = kit.readings.as_of(KIND, "", as_of or kit.clock())
    if stored is None:
        raise NotCollected("census", _missing(kit, as_of))
    notes = tuple(_notes(kit, stored, as_of))
    if isinstance(request, Trend):
        from analytics.questions.trend import quarters as whole_quarters
        from analytics.questions.trend import trend

        weeks, quarters = _weeks(kit, stored, request.definition), _frame(stored, "quarters")
        if whole_quarters(quarters, request.definition, stored.as_of).empty:
            raise NotCollected("trend", f"The census of {_day(stored)} knows no model of a quarter that is over.")
        return trend(request, quarters, weeks, stored.as_of, stored.origins, notes=notes)
    from analytics.questions import totals

    cube = _frame(stored, "tasks")

    if request.task and not (cube["task"] == request.task).any():
        if request.task in TASKS:
            why = f"The census keeps the 40 most frequent tasks apart, and {request.task} is not among them."
            raise NotCollected(request.task, why)
        raise NoSuchTask(request.task, nearest(request.task, TASKS, most=3))
    stale = as_of is None and kit.clock() - stored.as_of > OLD
    census = totals.Census(cube, stored.body["frameworks"], stored.as_of, stored.origins)
    last = kit.readings.before(KIND, "", stored.as_of)
    before = None
    if last and last.method == stored.method:  # another rule's count is no earlier reading of this one
        before = totals.Census(_frame(last, "tasks"), last.body["frameworks"], last.as_of, last.origins)
    circumstances = totals.Circumstances(stale, notes, sample.article_totals(), before, (sample.ARTICLE,))
    if totals.is_empty(request, cube):
        raise NotCollected(request.words, _none_of_its_own(request, stored))
    return totals.totals(request, census, circumstances)


def _none_of_its_own(request: Totals, stored: Dated) -> str:
    what, task = (f"of the task {request.task}", f" task {request.task}") if request.task else ("in it", "")
    return (
        f"The census of {_day(stored)} knows no original or fine-tune with weights {what}, only copies, adapters and "
        f"such; “totals declared{task}” counts every repository."
    )


def _day(stored: Dated) -> str:
    return f"{stored.as_of.day} {stored.as_of:%b %Y}"


def _missing(kit: Kit, as_of: dt.datetime | None) -> str:
    first = next(iter(kit.readings.run(KIND)), None)
    if as_of and first:
        return f"No census of {as_of.day} {as_of:%b %Y} or before is stored; the first is of {_day(first)}."
    article = sample.article_totals()
    pytorch, tensorflow = f"{article['only PyTorch']:.0f} %", f"{article['only TensorFlow']:.0f} %"
    return (
        "No census has been collected yet; “frameworks collect census” reads one, and the bot does so weekly. What is "
        f"known is the article's reading of March 2022, by the tags of the two: {pytorch} only PyTorch, "
        f"{tensorflow} only TensorFlow."
    )


def _frame(stored: Dated, face: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(stored.body[face]["rows"], columns=stored.body[face]["columns"])


def _notes(kit: Kit, stored: Dated, as_of: dt.datetime | None) -> list[str]:
    notes = list(kit.readings.notices)
    if as_of is None and kit.clock() - stored.as_of > OLD:
        notes.append(f"The newest census is of {_day(stored)}.")
    if stored.method != METHOD:
        notes.append(f"Counted under version {stored.method} of the rule; today's is {METHOD}.")
    return notes


def _weeks(kit: Kit, newest: Dated, definition: Definition) -> list["Week"]:
    """Give the stored weeks counted under the same version of the rule; others are never put into one line."""
    from analytics.questions.trend import Week

    weeks = []
    for stored in kit.readings.run(SUMS):
        if stored.method == newest.method and stored.as_of <= newest.as_of:
            sums = stored.body.get(definition.value, {})
            downloads = {split.value: sums.get(split.value, (0, 0))[1] for split in Split}
            weeks.append(Week(stored.as_of, Counts(**downloads)))
    return weeks


if TYPE_CHECKING:
    from analytics.questions.trend import Week
