"""
Stored readings as tables of one shape, one row a quarter, so that the three sources can stand beside one another.

Columns are n (the denominator: all that was counted), named (those with a named framework), PyTorch, TensorFlow, JAX,
other and none; None is what a source does not know, never a zero. One paper may count for several frameworks.
A table has sixty rows at most: they are plain, as pandas takes a second and seventy megabytes to be there at all.
"""

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.domain import quarters
from analytics.domain.answer import Origin
from analytics.domain.requests import OVERLAP, PAPER_SOURCES, Papers

FRAMEWORKS = ("PyTorch", "TensorFlow", "JAX")
COLUMNS = ("n", "named", *FRAMEWORKS, "other", "none")

ARCHIVE_WORDS = {
    "pytorch": "PyTorch",
    "tf": "TensorFlow",
    "jax": "JAX",
    "none": "none",
    "(all)": "n",
    "(named)": "named",
}
"""The archive's words for what has a column of its own; `torch` is Lua Torch, another framework."""

HUB_PARTS = {"PyTorch": ("pytorch_only", "both"), "TensorFlow": ("tensorflow_only", "both"), "none": ("neither",)}


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """What one source counted: by quarter, in order of time, a count for each of COLUMNS, None where it is unknown."""

    rows: Mapping[str, Mapping[str, int | None]]

    def value(self, quarter: str, name: str) -> int | None:
        """Give one count; None where the source does not know it."""
        return self.rows[quarter][name] if quarter in self.rows else None

    def share(self, quarter: str, name: str, denominator: str = "n") -> float | None:
        """Give a framework's share as a fraction of 1; None where there is nothing to share, or it is not known."""
        part, whole = self.value(quarter, name), self.value(quarter, denominator)
        return part / whole if part is not None and whole else None

    def sum_up(self, *names: str) -> int:
        """Add up all that is known in these columns."""
        return sum(row[name] or 0 for row in self.rows.values() for name in names)

    def list_counted(self) -> list[str]:
        """List the quarters in which anything was counted."""
        return [quarter for quarter, row in self.rows.items() if row["n"]]

    def keep(self, quarters_kept: Container[str]) -> "PaperCounts":
        """Keep these quarters alone."""
        return PaperCounts({quarter: row for quarter, row in self.rows.items() if quarter in quarters_kept})

    def by_year(self) -> "PaperCounts":
        """Add the quarters of each year up; what is unknown of all of them stays unknown."""
        years = {year: self.keep([at for at in self.rows if at[:4] == year]) for year in {at[:4] for at in self.rows}}
        return _table(
            {
                year: {
                    name: part.sum_up(name)
                    for name in COLUMNS
                    if any(row[name] is not None for row in part.rows.values())
                }
                for year, part in years.items()
            }
        )


PaperTables = Mapping[str, PaperCounts]
"""A table for each of PAPER_SOURCES."""


@dataclass(frozen=True, slots=True)
class PanelReading:
    """
    One stored reading, or none, counted by the version `method` of the rule.

    `trouble` is why the latest try failed, with its day, and `failed` when; empty if it did not.
    """

    body: Mapping[str, Any] | None = None
    as_of: dt.datetime | None = None
    origins: tuple[Origin, ...] = ()
    trouble: str = ""
    method: str = ""
    failed: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What is stored of the three sources. `article` are its readings of 2021 Q4: `all` repositories, percents."""

    archive: PanelReading = PanelReading()
    live: PanelReading = PanelReading()
    hub: PanelReading = PanelReading()
    article: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    stale: bool = False

    @property
    def reads(self) -> dict[str, PanelReading]:
        """Give the readings by the words for their sources."""
        return dict(zip(PAPER_SOURCES, (self.archive, self.live, self.hub), strict=True))

    @property
    def moment(self) -> dt.datetime | None:
        """When the last was heard of any of them: what was known then is all that is known here."""
        heard = [moment for read in self.reads.values() for moment in (read.as_of, read.failed) if moment]
        return max(heard, default=None)


def tables(request: Papers, known: Collected) -> dict[str, PaperCounts]:
    """Give the table of each source, by year where one is asked for; one that is missing has no rows."""
    found = (
        of_archive(known.archive.body, request) if known.archive.body else _table({}),
        of_live(known.live.body) if known.live.body else _table({}),
        of_hub(known.hub.body, known.hub.as_of) if known.hub.body else _table({}),
    )
    by_year = request.is_of_year and request.source != OVERLAP
    return dict(zip(PAPER_SOURCES, [one.by_year() for one in found] if by_year else found, strict=True))


def of_archive(body: Mapping[str, Any], request: Papers) -> PaperCounts:
    """Count pairs, repositories or papers, all or the authors' own only; a quarter without any is a row of zeros."""
    counts: dict[str, dict[str, int]] = {}
    per = request.per if counts_pairs(body) else {"pair": "repository", "repository": ""}.get(request.per, request.per)
    for unit, official, quarter, framework, n in body["rows"]:
        if unit == per and official == request.official:
            row = counts.setdefault(quarter, dict.fromkeys(COLUMNS, 0))
            row[ARCHIVE_WORDS.get(framework, "other")] += n
    if request.per != "paper":
        for row in counts.values():
            row["named"] = sum(row[name] for name in (*FRAMEWORKS, "other"))
            row["n"] = row["named"] + row["none"]
    return _table(_fill(counts, COLUMNS))


def counts_pairs(body: Mapping[str, Any]) -> bool:
    """Tell whether pairs and repositories were told apart; older readings called their pairs repositories."""
    return any(row[0] == "pair" for row in body["rows"])


def of_live(body: Mapping[str, Any]) -> PaperCounts:
    """Give the catalogue's papers (n) and those of each framework; it tells neither the rest nor an overlap."""
    counts: dict[str, dict[str, int]] = {}
    for quarter, name, n in body["rows"]:
        counts.setdefault(quarter, {})["n" if name == "(all)" else name] = n
    return _table(counts)


def of_hub(body: Mapping[str, Any], as_of: dt.datetime | None) -> PaperCounts:
    """
    Count papers by where their models stand; `none` are those in neither framework.

    Models made up to a year after a paper vote for it: papers that have not had that year yet are left out.
    """
    parts: dict[str, dict[str, int]] = {}
    whole = [row for row in body["rows"] if as_of is None or row[0] <= last_voted(as_of)]
    for quarter, split, n in whole:
        of_quarter = parts.setdefault(quarter, {})
        of_quarter[split] = of_quarter.get(split, 0) + n
    counts = {
        quarter: {name: sum(found.get(part, 0) for part in splits) for name, splits in HUB_PARTS.items()}
        | {"n": sum(found.values()), "named": sum(found.values()) - found.get("neither", 0)}
        for quarter, found in parts.items()
    }
    return _table(_fill(counts, ("n", "named", *HUB_PARTS)))


def last_voted(as_of: dt.datetime) -> str:
    """Give the last quarter whose papers have had their year to be voted for."""
    return quarters.quarter_of(quarters.number(quarters.last_whole(as_of)) - quarters.A_YEAR)


def _fill(counts: dict[str, dict[str, int]], columns: tuple[str, ...]) -> dict[str, dict[str, int]]:
    if not counts:
        return {}
    return {
        quarter: counts.get(quarter, dict.fromkeys(columns, 0)) for quarter in quarters.span(min(counts), max(counts))
    }


def _table(counts: Mapping[str, Mapping[str, int]]) -> PaperCounts:
    return PaperCounts({at: {name: counts[at].get(name) for name in COLUMNS} for at in sorted(counts)})
