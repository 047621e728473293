"""
Conditions with a mark: `PyTorch's share of the top 100 is below 80 %`, `TensorFlow is in more than 5 of the top 30`.

They go by what is now alone: they fire beyond the mark, once, and are back to normal on its other side.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analytics.alerts.alert_rules import Value, share_of
from analytics.domain.wording import mark_in_percent


class Side(StrEnum):
    """On which side of a mark a condition fires; the words behind `in` and before a number."""

    FEWER = "fewer than"
    MORE = "more than"
    AT_LEAST = "at least"
    AT_MOST = "at most"


OF_SHARES = {Side.FEWER: "below", Side.MORE: "above", Side.AT_LEAST: "at least", Side.AT_MOST: "at most"}
"""The words of a share, which is no number of things."""


def is_beyond(side: Side, value: Fraction | int, mark: Fraction | int) -> bool:
    """Tell whether a value lies beyond a mark."""
    match side:
        case Side.FEWER:
            return value < mark
        case Side.MORE:
            return value > mark
        case Side.AT_LEAST:
            return value >= mark
        case Side.AT_MOST:
            return value <= mark


def may_be_crossed(side: Side, mark: Fraction | int, most: int) -> bool:
    """Tell whether values from 0 to `most` can lie on both sides of a mark: what always or never is, is no news."""
    return is_beyond(side, 0, mark) != is_beyond(side, most, mark)


@dataclass(frozen=True, slots=True)
class ShareMark:
    """A framework's share crosses a mark, in percent; `n` first models, None: of all. Value: [models in it, of]."""

    framework: str
    n: int | None
    side: Side
    mark: Fraction

    @property
    def words(self) -> str:
        """Write it: `PyTorch's share of the top 100 is below 80 %`."""
        of = f"the top {self.n}" if self.n else "all models"
        return f"{self.framework}'s share of {of} is {OF_SHARES[self.side]} {mark_in_percent(float(self.mark))}"

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether it is beyond the mark now; exactly, in fractions."""
        del start
        return is_beyond(self.side, share_of(value), self.mark)

    def moves_on(self, told: Value, value: Value) -> bool:
        """Beyond or not: there is nothing between."""
        del told, value
        return False


@dataclass(frozen=True, slots=True)
class CountMark:
    """A framework is in more or fewer of the first `n` models than a mark. Value: [models in it, models counted]."""

    framework: str
    n: int
    side: Side
    mark: int

    @property
    def words(self) -> str:
        """Write it: `TensorFlow is in more than 5 of the top 30`."""
        return f"{self.framework} is in {self.side} {self.mark} of the top {self.n}"

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether it is beyond the mark now."""
        del start
        return is_beyond(self.side, int(value[0]), self.mark)

    def moves_on(self, told: Value, value: Value) -> bool:
        """Beyond or not: there is nothing between."""
        del told, value
        return False
