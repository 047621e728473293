"""
The conditions of alerts, and the one way to judge them: the reading of the start, the one last told, the one of now.

A rule reduces each reading to a value that JSON holds: how many of how many models, the frameworks of one model, how a
collection stands. It is normal while the value stands as it did at the start, and fires while it does not. News is what
fires and did not when it was last told, what is back to normal, and what has moved on as far again.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Protocol

from analytics.domain.answer import Origin
from analytics.domain.counts import Bracket

Value = Any
"""What a rule needs of a reading, as JSON holds it."""

PERCENT = 100


class AlertState(StrEnum):
    """How a condition stands; where a reading is missing nothing can be told, which is not normal."""

    FIRED = "fired"
    NORMAL = "normal"
    CANNOT_TELL = "cannot tell"


class Crossing(StrEnum):
    """Which way a framework crosses the edge of a list."""

    EITHER = "enters or leaves"
    ENTERS = "enters"
    LEAVES = "leaves"


@dataclass(frozen=True, slots=True)
class Observed:
    """What one reading says: the value, of when it is, from where, and how sure its count is where it is one."""

    as_of: dt.datetime
    value: Value
    origin: Origin | None = field(default=None, compare=False)
    sure: Bracket | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Unobserved:
    """That there is no such reading, in a sentence."""

    why: str


class Rule(Protocol):
    """A condition. `words` are canonical: reading them again gives it again."""

    @property
    def words(self) -> str:
        """The condition as people write it behind `alert when`."""

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether a value is another than normal."""

    def moves_on(self, told: Value, value: Value) -> bool:
        """Tell whether a value that fires has moved on since it was last told."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A framework enters or leaves the first `n` most downloaded models. Value: [models in it, models counted]."""

    framework: str
    n: int
    crossing: Crossing = Crossing.EITHER

    @property
    def words(self) -> str:
        """Write it: `TensorFlow enters or leaves the top 30`."""
        return f"{self.framework} {self.crossing} the top {self.n}"

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether it is there and was not, or the reverse; one way alone goes by what is now."""
        is_in = value[0] > 0
        if self.crossing is Crossing.EITHER:
            return bool(is_in != (start[0] > 0))
        return bool(is_in == (self.crossing is Crossing.ENTERS))

    def moves_on(self, told: Value, value: Value) -> bool:
        """In or out: there is nothing between."""
        del told, value
        return False


@dataclass(frozen=True, slots=True)
class ShareMove:
    """A framework's share moves by `points`; `n` first models, None: of all. Value: [models in it, models counted]."""

    framework: str
    n: int | None
    points: Fraction

    @property
    def words(self) -> str:
        """Write it: `PyTorch’s share of the top 100 moves by 3 points`."""
        of = f"the top {self.n}" if self.n else "all models"
        return f"{self.framework}'s share of {of} moves by {float(self.points):g} point{'s' * (self.points != 1)}"

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether it is so many points from where it began; exactly, in fractions."""
        return abs(share_of(value) - share_of(start)) >= self.points

    def moves_on(self, told: Value, value: Value) -> bool:
        """Tell whether it is as far again from what was last told."""
        return self.fires(told, value)


@dataclass(frozen=True, slots=True)
class ModelChange:
    """The files of a model change framework, or it gains one. Value: its frameworks, sorted."""

    model: str
    gains: str | None = None

    @property
    def words(self) -> str:
        """Write it: `google-bert/bert-base-uncased changes framework`."""
        return f"{self.model} gains {self.gains}" if self.gains else f"{self.model} changes framework"

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether it comes in other frameworks than at the start, or in the one waited for."""
        return self.gains in value if self.gains else bool(value != start)

    def moves_on(self, told: Value, value: Value) -> bool:
        """Tell whether they are others again."""
        return not self.gains and bool(value != told)


@dataclass(frozen=True, slots=True)
class CollectionChange:
    """An official collection changes state; `key` None: any. Value: its state, or that of each by its key."""

    key: str | None = None
    name: str = ""

    @property
    def words(self) -> str:
        """Write it: `PyTorch Hub changes state`."""
        return f"{self.name or 'an official collection'} changes state"

    def fires(self, start: Value, value: Value) -> bool:
        """Tell whether one of those that were known at the start stands otherwise."""
        return bool(find_changed_states(start, value))

    def moves_on(self, told: Value, value: Value) -> bool:
        """Tell whether one stands otherwise again."""
        return bool(find_changed_states(told, value))


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a condition stands by a reading, and whether that is news; `told` is what was last said of it."""

    state: AlertState
    is_news: bool = False
    start: Observed | None = None
    now: Observed | None = None
    told: Observed | None = None
    why: str = ""


def judge(rule: Rule, start: Observed, told: Observed, now: Observed | Unobserved) -> Judgement:
    """Judge a reading by the start and what was last told; one that is missing or of before tells nothing."""
    if isinstance(now, Unobserved):
        return Judgement(AlertState.CANNOT_TELL, start=start, why=now.why)
    now = start if now.as_of < start.as_of else now
    fires, fired = rule.fires(start.value, now.value), rule.fires(start.value, told.value)
    is_news = fires != fired or (fires and rule.moves_on(told.value, now.value))
    return Judgement(AlertState.FIRED if fires else AlertState.NORMAL, is_news, start, now, told)


def share_of(value: Value) -> Fraction:
    """Give a share in percent, exactly."""
    part, whole = value
    return Fraction(PERCENT * part, whole)


def find_changed_states(before: Value, now: Value) -> dict[str, tuple[str, str]]:
    """Give the collections that stand otherwise: key -> before, now; one that was not known before is no change."""
    return {key: (before[key], state) for key, state in now.items() if key in before and before[key] != state}
