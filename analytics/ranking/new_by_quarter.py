"""
New models by the quarter in which they were created, out of a census's cube; and which quarters may be compared.

A quarter that is not whole, the running one or the Hub's floor, is never compared with another.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.domain import quarters
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.requests import Totals, Trend
from analytics.domain.wording import ALL
from analytics.ranking.counted_models import pick_counted
from analytics.ranking.sureness import BOTH, IN, UNKNOWN, find_unsure

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


def count_quarters(cube: pd.DataFrame, request: Totals | Trend, as_of: dt.datetime) -> tuple[NewModels, ...]:
    """
    Count what was new in each quarter that was over at `as_of`, oldest first; nothing of a quarter between is a zero.

    Shape:   the last is the newest that has any.
    """
    rows = pick_counted(cube, request)
    rows = rows[(rows["quarter"] != "") & (rows["quarter"] < quarters.of(as_of.astimezone(dt.UTC).date()))]
    rows = rows.assign(quarter=rows["quarter"].where(rows["quarter"] > FLOOR, FLOOR))
    if not rows["models"].sum():
        return ()
    every = quarters.span(rows["quarter"].min(), rows["quarter"].max())
    sums = {name: _sum(rows[chosen], every) for name, chosen in _parts(rows).items()}
    return tuple(_new_models(at, {name: summed[at] for name, summed in sums.items()}) for at in every)


def _parts(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Choose the rows of each sum."""
    parts = {"total": rows["models"] > 0, "neither": rows["split"] == "neither", UNKNOWN: rows["remark"] == UNKNOWN}
    for name, splits in IN.items():
        parts[name] = rows["split"].isin(splits)
        parts[f"{name} proven"] = parts[name] & ~rows["assumed"].isin((name, BOTH))
    unsure = find_unsure(rows)
    for split in Split:
        parts[split.value] = rows["split"] == split.value
        parts[f"{split.value} unsure"] = parts[split.value] & unsure
    return parts


def _sum(rows: pd.DataFrame, every: list[str]) -> dict[str, int]:
    found = rows.groupby("quarter")["models"].sum()
    return {quarter: int(found.get(quarter, 0)) for quarter in every}


def _new_models(quarter: str, sums: dict[str, int]) -> NewModels:
    brackets = {
        name: Bracket(sums[f"{name} proven"], sums[name], sums[name] + sums[UNKNOWN], sums["total"])
        for name in FRAMEWORKS
    }
    counts, unsure = (Counts(**{split: sums[f"{split}{kind}"] for split in Split}) for kind in ("", " unsure"))
    in_ = {name: sums[name] for name in FRAMEWORKS}
    return NewModels(quarter, in_, sums["neither"], sums[UNKNOWN], sums["total"], brackets, counts, unsure)


def find_before(counted: Sequence[NewModels], now: NewModels, span: int) -> NewModels | None:
    """Give what `now` may be compared with, a span of quarters before; None where one of the two is not whole."""
    wanted = quarters.quarter_of(quarters.number(now.quarter) - span)
    before = next((one for one in counted if one.quarter == wanted), None)
    return before if before and before.is_whole and now.is_whole else None


def percent_grown(now: NewModels, before: NewModels | None, name: str) -> float | None:
    """Give by how many percent the models of a framework, of "neither" or the "total" grew; None from nothing."""
    then = before.of(name) if before else 0
    return round(ALL * (now.of(name) - then) / then, 1) if then else None
