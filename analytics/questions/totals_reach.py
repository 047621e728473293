"""
How is each framework reached among all models of the Hub: by files, or by what converts on load?

Tables in, an `Answer` out. The table is the census's own dimension of reach: originals and fine-tunes that hold
weights, by task and by one letter for each framework.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.domain.answer import Answer, Origin
from analytics.domain.reach_counts import Converter, ReachCounts, Reached, count_letters
from analytics.domain.requests import Definition, Totals
from analytics.domain.wording import iso, month
from analytics.ranking.counted_models import TOP, count_out
from analytics.ranking.reach_words import (
    BY_TAGS,
    OLD,
    bracket_files,
    count_files,
    draw_reach,
    find_asked,
    say_each,
    say_finding,
    tabulate_reach,
    title_in_shares,
)
from analytics.ranking.sureness import say_ranges


@dataclass(frozen=True, slots=True)
class ReachCensus:
    """
    What a census keeps of reach, and when it was read, from where.

    `face`: {"frameworks": [...], "columns": ["task", "reach", "models"], "rows": [...], "through": {...}}, where the
    letters of `reach` stand in the order of the frameworks. `population` as of a `Census` in `totals.py`.
    """

    face: Mapping[str, Any]
    as_of: dt.datetime
    origins: tuple[Origin, ...]
    notes: tuple[str, ...] = ()
    stale: bool = False
    population: str = ""


def totals_reach(request: Totals, census: ReachCensus) -> Answer:
    """
    Tell how all models, or those of a task, are reached.

    Raises:  ValueError, if no model is counted: an empty picture is never an answer.
    """
    reach = count_reach(request, census.face)
    asked = find_asked(reach)
    if not asked.total:
        raise ValueError("an empty census answers nothing")
    models = count_out(asked.total, request, TOP if census.population else "")
    return Answer(
        request=request,
        headline=say_finding(asked, _say_among(request, census, models)),
        title=title_in_shares(asked),
        scope=f"Repositories · {_name_models(request, census)}, with weights of their own, Hugging Face Hub",
        as_of=census.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words if census.population else f"{request.words} --as-of {iso(census.as_of)}",
        further=(*say_ranges(bracket_files(reach), "models with files"), *say_each(reach)),
        doubts=(*census.notes, *_doubts(asked), BY_TAGS),
        sample=bool(census.population),
        stale=census.stale,
        frameworks=dict(count_files(reach)),
        brackets=bracket_files(reach),
        reach=reach,
        table=tabulate_reach(reach, census.as_of),
        origins=census.origins,
        chart=draw_reach(reach),
    )


def _say_among(request: Totals, census: ReachCensus, models: str) -> str:
    if census.population:
        return f"{models} of {month(census.as_of)}"
    return models if request.task else f"{models} of the Hub"


def _name_models(request: Totals, census: ReachCensus) -> str:
    whole = census.population or "all models"
    among = f" among {whole}" if census.population else ""
    return f"{request.task} models{among}" if request.task else whole


def count_reach(request: Totals, face: Mapping[str, Any]) -> tuple[ReachCounts, ...]:
    """Add the census's rows up, framework by framework."""
    rows = [row[1:] for row in face["rows"] if request.task in (None, row[0])]
    return tuple(_count_one(place, name, rows, face) for place, name in enumerate(face["frameworks"]))


def _count_one(place: int, name: str, rows: Sequence[Sequence[Any]], face: Mapping[str, Any]) -> ReachCounts:
    converters = tuple(Converter(*one) for one in face["through"].get(name, ()))
    return count_letters(name, ((letters[place], models) for letters, models in rows), converters)


def _doubts(asked: ReachCounts) -> Iterable[str]:
    if asked.of(Reached.OLD, Reached.OLD_CONVERTS):
        yield OLD
    yield "Adapters, quantised copies, merges and repositories without weights are left out."
