"""Time axes: where a year, quarter, month or day stands between the first and the last, and where a line is broken."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analytics.charts.style import Box
from analytics.domain.chart_specs import Panel
from analytics.domain.wording import tell_period

YEARS = 3
"""From so many on, years are the ticks; of less, the first and the last period."""

READERS: Mapping[str, Callable[[str], int]] = {
    r"\d{4}": int,
    r"\d{4}Q[1-4]": lambda period: int(period[:4]) * 4 + int(period[5]) - 1,
    r"\d{4}-\d\d": lambda period: int(period[:4]) * 12 + int(period[5:]) - 1,
    r"\d{4}-\d\d-\d\d": lambda period: dt.date.fromisoformat(period).toordinal(),
}
A_YEAR = {r"\d{4}": 1, r"\d{4}Q[1-4]": 4, r"\d{4}-\d\d": 12}
"""Periods of which each is counted: one that is left out is a gap. Days are read when somebody reads them."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The places of periods of one kind; `numbers` has every period that any of its panels shows."""

    kind: str
    numbers: Mapping[str, int]

    @property
    def first(self) -> str:
        """The earliest period."""
        return min(self.numbers, key=self.numbers.__getitem__)

    @property
    def _ends(self) -> tuple[int, int]:
        return min(self.numbers.values()), max(self.numbers.values())

    def holds(self, period: str) -> bool:
        """Tell whether a period lies on the axis."""
        number = _number(self.kind, period)
        return number is not None and self._ends[0] <= number <= self._ends[1]

    def place(self, period: str) -> float:
        """Give the place of a period, 0 at the left and 1 at the right; a lone one is in the middle."""
        number = self.numbers.get(period, _number(self.kind, period))
        return self._place(number if number is not None else self._ends[0])

    def _place(self, number: int) -> float:
        first, last = self._ends
        return (number - first) / (last - first) if last > first else 0.5

    @property
    def years(self) -> bool:
        """Whether the ticks are years."""
        a_year, (first, last) = A_YEAR.get(self.kind), self._ends
        return a_year is not None and last - first >= YEARS * a_year

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Give the places and words beneath the axis."""
        first, last = self._ends
        if self.years:
            a_year = A_YEAR[self.kind]
            # Of an axis of years the first would touch the words of the other axis.
            begin = first + 1 if a_year == 1 else -(-first // a_year) * a_year
            begins = range(begin, last + 1, a_year)
            return [(self._place(number), str(number // a_year)) for number in begins]
        ends = [period for period, number in self.numbers.items() if number in (first, last)]
        return [(self.place(end), tell_period(end)) for end in sorted(set(ends), key=self.place)]

    def runs(self, points: Sequence[tuple[str, float | None]]) -> Iterator[list[tuple[str, float]]]:
        """Part a line at its gaps: readings that follow one another, each run for itself."""
        run: list[tuple[str, float]] = []
        before = None
        for period, value in points:
            number = self.numbers[period]
            broken = self.kind in A_YEAR and before is not None and number - before > 1
            if run and (value is None or broken):
                yield run
                run = []
            if value is not None:
                run.append((period, value))
            before = number
        if run:
            yield run


class PanelFrame(NamedTuple):
    """The plot of one panel: where it is, its time axis, and the value at its upper edge."""

    box: Box
    axis: Axis
    top: float

    def point(self, period: str, value: float) -> tuple[float, float]:
        """Give the place of a reading."""
        part = value / self.top
        return self.box.x + self.axis.place(period) * self.box.width, self.box.bottom - part * self.box.height


def axes(panels: Sequence[Panel]) -> list[Axis | None]:
    """Give each panel its axis, None to one that is missing: the same one to all with the same kind of period."""
    periods = [[period for line in panel.lines for period, _ in line.points] for panel in panels]
    kinds = [
        _kind(found) if found and not panel.missing else None for found, panel in zip(periods, panels, strict=True)
    ]
    made: dict[str, Axis] = {}
    for kind in filter(None, kinds):
        whole = [period for found, own in zip(periods, kinds, strict=True) if own == kind for period in found]
        made[kind] = Axis(kind, {period: _number(kind, period) or 0 for period in whole})
    return [made[kind] if kind else None for kind in kinds]


def _kind(periods: Sequence[str]) -> str:
    for kind in READERS:
        if all(_number(kind, period) is not None for period in periods):
            return kind
    raise ValueError(f"no time axis can be made of {periods[0]!r} and the like")


def _number(kind: str, period: str) -> int | None:
    return READERS[kind](period) if re.fullmatch(kind, period) else None
