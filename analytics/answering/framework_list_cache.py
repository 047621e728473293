"""
The first models in one framework beyond the thousand that a top list holds: out of the newest census.

What was selected is stored, so that the same question gives the same answer later, when the census's file has made way
for the next one.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.answering.later_knowledge import fill_in, tell_older_rule
from analytics.attribution import METHOD
from analytics.census.census_files import cache_of
from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.domain.observations import Model, Ranking, Selection, TopList
from analytics.domain.reading_kinds import CENSUS, CENSUS_SELECTION
from analytics.domain.requests import MOST_MODELS, Top
from analytics.domain.staleness import is_stale
from analytics.domain.wording import count, day
from analytics.storage.readings import Reading

if TYPE_CHECKING:
    from analytics.census.framework_lists import WantedModels


@dataclass(frozen=True, slots=True)
class ChosenSelection:
    """What was selected, and what the reader should know of it."""

    selection: Selection
    stale: bool
    notes: tuple[str, ...]


DEPTHS = {"first": 100_000, "all": None}
"""How far a census is gone through: not farther than it takes, for all of it takes some seconds."""


def choose(request: Top, context: Context, as_of: dt.datetime | None) -> ChosenSelection | None:
    """
    Give the models of the newest census, or of the newest at `as_of`; None where no census can tell.

    Raises:  OSError, where its file cannot be read.
    """
    from analytics.census.framework_lists import MEASURED

    census = context.readings.as_of(CENSUS, "", as_of or context.clock())
    if census is None or request.by not in MEASURED or request.framework is None or request.loadable:
        return None
    selection = _select(request, context, census)
    if selection is None or not selection.among:
        return None
    known = fill_in(selection.top_list, context, as_of or context.clock())
    stale = as_of is None and is_stale(Collector.CENSUS, census.as_of, context.clock())
    notes = (tell_population(census), *tell_older_rule(census.method))
    return ChosenSelection(replace(selection, top_list=known), stale, notes)


def tell_population(census: Reading) -> str:
    """Say out of what was selected: n, source, day."""
    origin = census.origins[0]
    return (
        f"A top list holds {count(MOST_MODELS, 'model')}; these are out of the census of {day(census.as_of)}, "
        f"{count(census.body['total'], 'model')} from the {origin.title} ({origin.producer})."
    )


def _select(request: Top, context: Context, census: Reading) -> Selection | None:
    """Go no farther into the census than it takes for as many as are asked for."""
    found = None
    for depth in DEPTHS:
        found = _find_stored(request, context, census, depth) or _read(request, context, census, depth)
        if found is None or found.top_list.reaches(request.n):
            break
    return found


def _key(request: Top, depth: str) -> str:
    only = " only" if request.only else ""
    narrowed = f"{request.by} {request.task or ''} {request.author or ''}"
    return f"{request.framework}{only} {narrowed} {depth}".casefold()


def _find_stored(request: Top, context: Context, census: Reading, depth: str) -> Selection | None:
    stored = context.readings.as_of(CENSUS_SELECTION, _key(request, depth), census.as_of)
    is_it = stored is not None and (stored.as_of, stored.method) == (census.as_of, METHOD)
    return _from_reading(stored, request) if stored and is_it else None


def _read(request: Top, context: Context, census: Reading, depth: str) -> Selection | None:
    """Select out of the census's file and keep it; None, where the file is not here."""
    cache = cache_of(context.home, census.as_of)
    if not cache.exists():
        return None
    key = _key(request, depth)
    return context.flights.do((CENSUS_SELECTION, key), lambda: _read_anew(request, context, census, depth, cache))


def _read_anew(request: Top, context: Context, census: Reading, depth: str, cache: Path) -> Selection:
    from analytics.census import framework_lists

    origin, headers = census.origins[0], context.list_headers(context.clock())
    wanted = _name_wanted_models(request)
    selection = context.do_heavy(framework_lists.select, cache, wanted, DEPTHS[depth], census.as_of, origin, headers)
    selection = replace(selection, top_list=replace(selection.top_list, method=census.method))
    context.readings.add(_as_reading(selection, _key(request, depth), census))
    return selection


def _name_wanted_models(request: Top) -> "WantedModels":
    from analytics.census.framework_lists import WantedModels

    return WantedModels(Ranking(request.by, request.task, request.author), request.framework or "", request.only)


def _as_reading(selection: Selection, key: str, census: Reading) -> Reading:
    models = [{name: value for name, value in asdict(one).items() if value is not None} for one in _models(selection)]
    body = {
        "models": models,
        "ranks": selection.ranks,
        "among": selection.among,
        "unknown": selection.unknown,
        "doubtful": selection.doubtful,
        "complete": selection.top_list.complete,
        "names_of": census.method,
    }
    return Reading(CENSUS_SELECTION, key, census.as_of, METHOD, body, census.origins[:1])


def _models(selection: Selection) -> Iterator[Model]:
    yield from selection.top_list.models


def _from_reading(reading: Reading, request: Top) -> Selection:
    body = reading.body
    models = tuple(_model(one) for one in body["models"])
    ranking = Ranking(request.by, request.task, request.author)
    found = TopList(ranking, reading.as_of, models, MOST_MODELS, body["complete"], reading.origins[0], body["names_of"])
    doubtful = body.get("doubtful") or [body["unknown"]] * len(
        models
    )  # what was stored before it was kept: at most all
    return Selection(found, tuple(body["ranks"]), body["among"], body["unknown"], tuple(doubtful))


def _model(kept: dict[str, Any]) -> Model:
    known: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}
    return Model(**known)
