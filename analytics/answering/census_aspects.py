"""What else a census tells of all models: their downloads, libraries, licences, and those that nobody downloads."""

from dataclasses import replace
from typing import TYPE_CHECKING

from analytics.answering.census_faces import tell_no_census
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.reading_kinds import CENSUS_CUBE
from analytics.domain.requests import Aspect, Totals
from analytics.domain.wording import day
from analytics.errors import NotCollected
from analytics.ranking.census_rows import CensusRow, read_rows
from analytics.storage.readings import Reading

if TYPE_CHECKING:
    from analytics.ranking.census_groups import Census, CensusCircumstances

FOLDED = ("(other)", "(none)")
"""Names in a cube that stand for what has no name of its own there."""


def tell_aspect(
    request: Totals, context: Context, stored: Reading, census: "Census", circumstances: "CensusCircumstances"
) -> Answer:
    """
    Answer for one aspect.

    Raises:  NotCollected, where this census, or the sample in its place, cannot tell it.
    """
    match request.aspect:
        case Aspect.DOWNLOADS:
            return _tell_downloads(request, census, circumstances)
        case Aspect.DEAD:
            from analytics.questions.totals_dead import totals_dead

            if census.population:
                raise NotCollected(request.words, f"{tell_no_census(context)} {ONLY_DOWNLOADED}", Collector.CENSUS)
            idle = replace(census, cube=_read_face(request, context, stored, "idle"))
            return totals_dead(request, census, idle, circumstances)
        case _:
            from analytics.questions.totals_named import NAMES, totals_named

            of_names = replace(census, cube=_read_face(request, context, stored, NAMES[request.aspect].several))
            return totals_named(request, of_names, circumstances)


def _tell_downloads(request: Totals, census: "Census", circumstances: "CensusCircumstances") -> Answer:
    from analytics.questions.totals_downloads import is_without, totals_downloads

    if is_without(request, census):
        why = f"The census of {day(census.as_of)} knows no download of these models, so there is no share of any."
        raise NotCollected(request.words, why)
    return totals_downloads(request, census, circumstances)


ONLY_DOWNLOADED = (
    "The sample in its place holds the most downloaded models alone, so it shows nothing about those that nobody "
    "downloads."
)


def _read_face(request: Totals, context: Context, stored: Reading, name: str) -> tuple[CensusRow, ...]:
    """Give a face; of a census of before it was kept, out of its whole cube, which is stored beside."""
    if name in stored.body:
        return read_rows(stored.body[name])
    from analytics.census.cube import LICENCES, face

    whole = context.readings.as_of(CENSUS_CUBE, "", stored.as_of)
    if whole is None or whole.as_of != stored.as_of or name == LICENCES:
        why = f"The census of {day(stored.as_of)} does not include it; the next one will."
        raise NotCollected(request.words, why, Collector.CENSUS)
    return read_rows(face(whole.body, name))
