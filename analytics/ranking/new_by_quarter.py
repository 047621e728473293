"""
New models by the quarter in which they were created, out of a census's cube; and which quarters may be compared.

A quarter that is not whole, the running one or the Hub's floor, is never compared with another.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.domain import quarters
from analytics.domain.counts import Bracket, Counts
from analytics.domain.requests import Totals, Trend
from analytics.domain.wording import ALL
from analytics.ranking.census_rows import CensusRow, add_up, count_rows, part_rows
from analytics.ranking.counted_models import pick_counted
from analytics.ranking.sureness import IN, bracket_both, count_unsure_rows

FLOOR = "2022Q1"
"""The Hub gives its own floor, 2 March 2022, to everything older: this quarter is "up to 2022 Q1", and holds years."""

FRAMEWORKS = tuple(IN)
A_QUARTER, A_YEAR = 1, 4
"""Spans that growth is told over, in quarters."""


@dataclass(frozen=True, slots=True)
class NewModels:
    """
    The new models of one quarter.

    `in_` and `brackets` are of each framework, and one in both counts in each; of `neither` so many are `unknown`.
    `counts` are the parts of the whole, each model in one; `unsure` are of each what is assumed or unknown.
    """

    quarter: str
    in_: dict[str, int]
    neither: int
    unknown: int
    total: int
    brackets: dict[str, Bracket]
    counts: Counts
    unsure: Counts

    @property
    def label(self) -> str:
        """Name the quarter, and what else it holds."""
        return self.quarter if self.is_whole else f"up to {FLOOR}"

    @property
    def is_whole(self) -> bool:
        """Whether it holds the models of one quarter, no more and no less; running ones are not counted at all."""
        return self.quarter > FLOOR

    def of(self, name: str) -> int:
        """Give the models of a framework, of "neither", "unknown" or the "total"."""
        return self.in_[name] if name in self.in_ else int(getattr(self, name))


def count_quarters(cube: Iterable[CensusRow], request: Totals | Trend, as_of: dt.datetime) -> tuple[NewModels, ...]:
    """
    Count what was new in each quarter that was over at `as_of`, oldest first; nothing of a quarter between is a zero.

    Shape:   the last is the newest that has any.
    """
    running = quarters.of(as_of.astimezone(dt.UTC).date())
    rows = [row for row in pick_counted(cube, request) if "" < row.quarter < running]
    if not add_up(rows):
        return ()
    parts = part_rows(rows, lambda row: max(row.quarter, FLOOR))
    return tuple(_count_new(at, parts.get(at, [])) for at in quarters.span(min(parts), max(parts)))


def _count_new(quarter: str, rows: Sequence[CensusRow]) -> NewModels:
    counts, brackets = count_rows(rows), bracket_both(rows)
    in_, unknown = {name: one.counted for name, one in brackets.items()}, add_up(row for row in rows if row.is_unknown)
    unsure = count_unsure_rows(rows)
    return NewModels(quarter, in_, counts.neither, unknown, add_up(rows), brackets, counts, unsure)


def find_before(counted: Sequence[NewModels], now: NewModels, span: int) -> NewModels | None:
    """Give what `now` may be compared with, a span of quarters before; None where one of the two is not whole."""
    wanted = quarters.quarter_of(quarters.number(now.quarter) - span)
    before = next((one for one in counted if one.quarter == wanted), None)
    return before if before and before.is_whole and now.is_whole else None


def percent_grown(now: NewModels, before: NewModels | None, name: str) -> float | None:
    """Give by how many percent the models of a framework, of "neither" or the "total" grew; None from nothing."""
    then = before.of(name) if before else 0
    return round(ALL * (now.of(name) - then) / then, 1) if then else None
