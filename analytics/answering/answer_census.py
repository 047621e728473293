"""Totals and trend: which stored census answers; with none the embedded sample, and of a past day what is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from analytics import sample
from analytics.answering.census_aspects import FOLDED, tell_aspect
from analytics.answering.census_faces import read_face, read_quarters, read_weeks, tell_no_census, tell_none
from analytics.answering.downloads_over_time import tell_downloads, tell_downloads_of_lists
from analytics.answering.later_knowledge import date_receipt, is_of_day
from analytics.attribution import METHOD
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.observations import Ranking
from analytics.domain.reading_kinds import CENSUS
from analytics.domain.requests import Totals, Trend, counts_every
from analytics.domain.staleness import is_stale
from analytics.domain.tasks import TASKS
from analytics.domain.wording import count, day, in_percent
from analytics.errors import NoSuchTask, NotCollected
from analytics.grammar import nearest
from analytics.ranking.census_rows import CensusRow
from analytics.sample.embedded import CENSUS as EMBEDDED_CENSUS
from analytics.sample.embedded import THEN, read_embedded, read_list
from analytics.storage.readings import Reading


def answer(request: Totals | Trend, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the newest census, or from the newest at `as_of`; with none, from the embedded sample.

    The sample answers now, and of totals also on its own day.

    Raises:  NotCollected, saying what is missing; NoSuchTask.
    """
    asked = as_of or context.clock()
    stored = context.readings.as_of(CENSUS, "", asked)
    if stored is None and as_of and not _is_of_sample(request, as_of):
        raise NotCollected("census", _missing(context, as_of))
    if stored is None:
        return date_receipt(_answer_from_sample(request, context), asked)
    stale = is_stale(Collector.CENSUS, stored.as_of, asked)
    notes = tuple(_notes(context, stored, stale=stale))
    if isinstance(request, Trend):
        return date_receipt(replace(_tell_trend(request, context, stored, notes), stale=stale), asked)
    last = context.readings.before(CENSUS, "", stored.as_of)
    # Another rule's count is no earlier reading of this one.
    before = last if last and last.method == stored.method else None
    return date_receipt(_count(request, context, stored, notes, stale=stale, before=before), asked)


def _count(
    request: Totals,
    context: Context,
    stored: Reading,
    notes: tuple[str, ...],
    *,
    stale: bool = False,
    before: Reading | None = None,
    population: str = "",
) -> Answer:
    """Count a census, or the sample in its place, which `population` names; or give the same answer again."""
    if request.aspect or request.reach:  # these read more than the one census
        return _count_anew(request, context, stored, notes, stale=stale, before=before, population=population)
    earlier = (before.as_of, before.method) if before else None
    key = (request, stored.as_of, stored.method, stored.origins, notes, stale, earlier, population)
    return context.answers.get(
        key,
        lambda: _count_anew(request, context, stored, notes, stale=stale, before=before, population=population),
    )


def _count_anew(
    request: Totals,
    context: Context,
    stored: Reading,
    notes: tuple[str, ...],
    *,
    stale: bool,
    before: Reading | None,
    population: str,
) -> Answer:
    from analytics.questions import totals
    from analytics.ranking.census_groups import Census, CensusCircumstances

    cube = read_face(stored, "tasks")
    _refuse_unknown_task(request, cube, stored)
    if request.reach:
        return _tell_reach(request, stored, notes, stale=stale, population=population)
    proven = stored.body.get("proven", {})
    census = Census(cube, stored.body["frameworks"], stored.as_of, stored.origins, population, proven)
    if totals.is_empty(request, census):
        raise NotCollected(request.words, _none_of_its_own(request, stored))
    if request.aspect:
        told = tell_aspect(request, context, stored, census, CensusCircumstances(stale, notes))
        return replace(told, method=stored.method)
    earlier = None
    if before:
        earlier = Census(read_face(before, "tasks"), before.body["frameworks"], before.as_of, before.origins)
    circumstances = totals.TotalsCircumstances(stale, notes, sample.article_totals(), earlier, (sample.ARTICLE,))
    return replace(totals.totals(request, census, circumstances), method=stored.method)


def _refuse_unknown_task(request: Totals | Trend, cube: Iterable[CensusRow], stored: Reading) -> None:
    """Raise NotCollected for a task that the census does not keep apart, NoSuchTask for none of the Hub's."""
    if not request.task or request.task in (tasks := {row.task for row in cube}):
        return
    if request.task in TASKS:
        kept = count(len(tasks.difference(FOLDED)), "most frequent task")
        why = f"The census of {day(stored.as_of)} keeps its {kept} apart, and {request.task} is not among them."
        raise NotCollected(request.task, why)
    raise NoSuchTask(request.task, nearest(request.task, TASKS, most=3))


def _tell_trend(request: Trend, context: Context, stored: Reading, notes: tuple[str, ...]) -> Answer:
    from analytics.questions.trend import trend
    from analytics.ranking.new_by_quarter import count_quarters

    if request.downloads:
        _refuse_unknown_task(request, tasks := read_face(stored, "tasks"), stored)
        return tell_downloads(request, tasks, context, stored, notes)
    cube = read_quarters(context, stored, request)
    if cube is None:
        why = f"The census of {day(stored.as_of)} was kept by quarter as a whole; “trend all” is answered from it."
        raise NotCollected(request.words, why, Collector.CENSUS)
    if request.task:
        _refuse_unknown_task(request, read_face(stored, "tasks"), stored)
    if not count_quarters(cube, request, stored.as_of):
        raise NotCollected(request.words, _no_quarter(request, stored))
    weeks = read_weeks(context, stored, request)
    return replace(trend(request, cube, weeks, stored.as_of, stored.origins, notes), method=stored.method)


def _no_quarter(request: Trend, stored: Reading) -> str:
    from analytics.ranking.counted_models import name_counted

    what = f"The census of {day(stored.as_of)} knows none of the {name_counted(request)} in a quarter that is over"
    task = f" task {request.task}" if request.task else ""
    return f"{what}." if counts_every(request) else f"{what}; “trend all{task}” counts copies and adapters too."


TOO_SHORT = (
    "How {task} developed is counted from the census (count of the whole Hub), and {none}. The lists of thirty models "
    "that “trend” is answered from without one are too short to be split by task."
)
ANY_MODEL = "These lists hold whatever is downloaded most: copies and adapters are not left out."


def _is_of_sample(request: Totals | Trend, moment: dt.datetime) -> bool:
    """Tell whether the embedded count is of that day; the lists that stand in for a trend are of several."""
    return isinstance(request, Totals) and is_of_day(read_embedded(EMBEDDED_CENSUS).as_of, moment)


def _answer_from_sample(request: Totals | Trend, context: Context) -> Answer:
    """Answer from the embedded count, or for a trend from three dated lists."""
    no_census = f"{tell_no_census(context)} This is a sample."
    if isinstance(request, Trend):
        from analytics.questions.trend_of_lists import trend_of_lists

        lists = (read_list(THEN, Ranking()), sample.top_list())
        if request.task:
            raise NotCollected(
                request.words, TOO_SHORT.format(task=request.task, none=tell_none(context)), Collector.CENSUS
            )
        copies = () if counts_every(request) else (ANY_MODEL,)
        notes = (no_census, *copies, *read_embedded(THEN).notes, *context.readings.notices)
        if request.downloads:
            return replace(tell_downloads_of_lists(request, lists, notes), method=METHOD)
        told = trend_of_lists(request, lists, sample.article_top30(), sample.ARTICLE, notes)
        return replace(told, method=METHOD)
    kept = read_embedded(EMBEDDED_CENSUS)
    reading = Reading(CENSUS, "", kept.as_of, kept.method, kept.body, kept.origins)
    older = [f"Counted under version {kept.method} of the rule; today's is {METHOD}."] if kept.method != METHOD else []
    notes = (no_census, *kept.notes, *older, *context.readings.notices)
    return _count(request, context, reading, notes, population=kept.population)


def _tell_reach(request: Totals, stored: Reading, notes: tuple[str, ...], *, stale: bool, population: str) -> Answer:
    from analytics.questions.totals_reach import ReachCensus, count_reach, totals_reach

    face = stored.body.get("reach")
    if face is None:
        why = f"The census of {day(stored.as_of)} does not yet say what converts on load; the next one will."
        raise NotCollected(request.words, why, Collector.CENSUS)
    if not count_reach(request, face)[0].total:
        raise NotCollected(request.words, _none_of_its_own(request, stored))
    census = ReachCensus(face, stored.as_of, stored.origins, notes, stale, population)
    return replace(totals_reach(request, census), method=stored.method)


def _none_of_its_own(request: Totals, stored: Reading) -> str:
    what, task = (f"of the task {request.task}", f" task {request.task}") if request.task else ("in it", "")
    return (
        f"The census of {day(stored.as_of)} knows no original or fine-tune with weights {what}, only copies, adapters "
        f"and such; “totals declared{task}” counts every repository."
    )


def _missing(context: Context, as_of: dt.datetime) -> str:
    first = next(iter(context.readings.run(CENSUS)), None)
    if first:
        return f"No census of {day(as_of)} or earlier is stored; the first is of {day(first.as_of)}."
    article = sample.article_totals()
    pytorch, tensorflow = in_percent(article["only PyTorch"]), in_percent(article["only TensorFlow"])
    return (
        f"{tell_no_census(context)} Of past days there are without it only a sample of "
        f"{day(read_embedded(EMBEDDED_CENSUS).as_of)} and the article's figures of March 2022, by the tags of the two: "
        f"{pytorch} only PyTorch, {tensorflow} only TensorFlow."
    )


def _notes(context: Context, stored: Reading, *, stale: bool) -> list[str]:
    notes = list(context.readings.notices)
    if stale:
        notes.append(f"The newest census is of {day(stored.as_of)}.")
    if stored.method != METHOD:
        notes.append(f"Counted under version {stored.method} of the rule; today's is {METHOD}.")
    return notes
