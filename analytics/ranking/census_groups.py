"""
The repositories of a census in groups: models of their own first, copies and the like apart.

What the questions on a whole census share. Under *attributed* the models are originals and fine-tunes that hold
weights; under *declared* every repository counts, as the article counted.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analytics.attribution.verdicts import Remark
from analytics.domain.answer import Origin
from analytics.domain.requests import Definition, Totals
from analytics.domain.wording import iso, month
from analytics.ranking.census_rows import CensusRow, part_rows
from analytics.ranking.counted_models import TOP, count_out, pick_asked, pick_own


class Apart(NamedTuple):
    """A group of repositories that stands apart: its title in table and chart, and what one and several are called."""

    title: str
    one: str
    several: str


APART = {
    "adapter": Apart("adapters", "adapter", "adapters"),
    "quantised": Apart("quantised copies", "quantised copy", "quantised copies"),
    "merge": Apart("merges", "merge", "merges"),
    Remark.NO_WEIGHTS.value: Apart("no weights", "without weights", "without weights"),
}


@dataclass(frozen=True, slots=True)
class Census:
    """
    One stored census: the rows of one of its faces, when, from where, under which method.

    `population`: what was counted where it is no whole Hub, "the 9,715 most downloaded models"; empty where it is.
    `proven`: how many of `frameworks` are in each on proof; empty of a census that did not keep it.
    """

    cube: Sequence[CensusRow]
    frameworks: Mapping[str, int]
    as_of: dt.datetime
    origins: tuple[Origin, ...]
    population: str = ""
    proven: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CensusCircumstances:
    """How a census came to be used: whether it is stale, and what else to know."""

    stale: bool = False
    notes: tuple[str, ...] = ()


def group_rows(request: Totals, census: Census) -> dict[str, list[CensusRow]]:
    """Part the repositories into groups, the headline's first."""
    chosen = pick_asked(census.cube, request)
    named = "all repositories" if request.every else "all models"
    whole = {"all of these" if census.population else named: chosen}
    if request.definition is Definition.DECLARED:
        return whole
    groups = whole | {"originals, fine-tunes": pick_own(chosen)} if request.every else {"models": pick_own(chosen)}
    apart = part_rows(chosen, lambda row: row.remark if row.remark == Remark.NO_WEIGHTS else row.derivative)
    return groups | {named.title: apart.get(name, []) for name, named in APART.items()}


def write_receipt(request: Totals, census: Census) -> str:
    """Give the words that ask the same again; of a sample there is no day to ask of."""
    return request.words if census.population else f"{request.words} --as-of {iso(census.as_of)}"


def name_models(request: Totals, census: Census, total: int) -> str:
    """Name the models counted with their number: of the Hub, or the top ones of a sample with its month."""
    if census.population:
        return f"{count_out(total, request, TOP)} of {month(census.as_of)}"
    models = count_out(total, request)
    return models if request.task else f"the Hub’s {models}"


def name_scope(request: Totals, census: Census, measured: str = "Repositories") -> str:
    """Name what was measured over which models: the subtitle without the date."""
    among = f" among {census.population}" if census.population else ""
    what = f"{request.task} models{among}" if request.task else census.population or "all models"
    apart = "" if request.definition is Definition.DECLARED else ", originals and fine-tunes first"
    apart = ", copies and adapters too" if request.every else apart
    return f"{measured} · {what}{apart}, Hugging Face Hub"
