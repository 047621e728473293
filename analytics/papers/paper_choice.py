"""Which source and which quarter carry the finding: the newest quarter that is whole, settled and not of few."""

import itertools
from dataclasses import dataclass

from analytics.domain import quarters
from analytics.domain.requests import OVERLAP, PAPER_SOURCES, Papers
from analytics.papers.paper_tables import Collected, PaperCounts, PaperTables

ENOUGH = 100
"""Papers of a quarter from which on its shares are told as a finding; of fewer the counts are."""

FIRST = "2017Q4"
"""The first quarter worth a chart: before, few papers had code with either framework."""

PREFERRED = ("archive", "hub", "successor")
"""Of sources as new as each other the one that is nearer to the article's definition."""

BOTH = ("PyTorch", "TensorFlow")


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """
    What is told: `sources` (one, or two of an overlap), and the quarter, None where nothing is counted.

    `enough`: whether its shares may be told. `common` are the quarters in which both of two sources count enough.
    """

    sources: tuple[str, ...]
    quarter: str | None
    enough: bool = False
    common: tuple[str, ...] = ()


def choose(request: Papers, known: Collected, tables: PaperTables) -> PaperFinding:
    """Choose by what was asked, else the source whose newest telling quarter is the newest of all."""
    if request.source == OVERLAP:
        return _overlap(tables)
    told_apart = request.official or request.per != "pair"  # which the archive alone does
    if source := request.source or ("archive" if told_apart else ""):
        return _of_source(source, request, known, tables[source])
    found = [_of_source(source, request, known, tables[source]) for source in PREFERRED]
    return max(found, key=lambda one: (_can_carry(one, tables), one.enough, one.quarter is not None, one.quarter or ""))


def _can_carry(found: PaperFinding, tables: PaperTables) -> bool:
    """Tell whether it says something of both frameworks, and not of few."""
    table, quarter = tables[found.sources[0]], found.quarter or ""
    return found.enough and all(table.value(quarter, name) is not None for name in BOTH)


def provisional(known: Collected) -> str | None:
    """Give the successor's newest quarter, which is filled for a quarter after it is over."""
    return quarters.last_whole(known.live.as_of) if known.live.as_of else None


def _of_source(source: str, request: Papers, known: Collected, table: PaperCounts) -> PaperFinding:
    counted = table.list_counted()
    if request.quarter:
        held = request.quarter if request.quarter in counted else None
        return PaperFinding((source,), held, enough=held is not None and _is_enough(table, held))
    open_one = provisional(known) if source == "successor" else None
    told = [quarter for quarter in counted if _is_enough(table, quarter) and quarter != open_one]
    if told:
        return PaperFinding((source,), told[-1], enough=True)
    settled = [quarter for quarter in counted if quarter != open_one] or counted
    return PaperFinding((source,), settled[-1] if settled else None)


def _is_enough(table: PaperCounts, quarter: str) -> bool:
    return (table.value(quarter, "n") or 0) >= ENOUGH


def _overlap(tables: PaperTables) -> PaperFinding:
    """Choose the two sources that share the most quarters."""
    shared = {
        pair: _share_quarters(*(tables[one] for one in pair)) for pair in itertools.combinations(PAPER_SOURCES, 2)
    }
    pair = max(shared, key=lambda pair: len(shared[pair]))
    common = shared[pair]
    return PaperFinding(pair, common[-1] if common else None, enough=bool(common), common=common)


def _share_quarters(one: PaperCounts, other: PaperCounts) -> tuple[str, ...]:
    """Give the quarters in which both count enough papers."""
    both = (quarter for quarter in one.list_counted() if quarter >= FIRST and quarter in other.rows)
    return tuple(quarter for quarter in both if _is_enough(one, quarter) and _is_enough(other, quarter))
