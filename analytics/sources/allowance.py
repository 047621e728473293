"""What is left of the time that a round, and each thing in it, may take: a slow answer keeps no other waiting."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from analytics.errors import Unreachable


class TookTooLong(Unreachable):
    """It answers, but not within its time; what else is asked of the same source may come in time."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds that one thing may take, all its steps together, and those that all of them may take in one round."""

    each: float
    together: float
    clock: Callable[[], float] = time.monotonic
    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def spend(self, name: str, where: str) -> Iterator[float]:
        """
        Give the seconds left for a step of `name`, and take off what it takes.

        Raises:  TookTooLong, where nothing is left; `where` is the source, in words.
        """
        used = self.spent.get(name, 0.0)
        if used >= self.each:
            raise TookTooLong(where, f"{name} took all of its {self.each:.0f} s")
        left = self.together - sum(self.spent.values())
        if left <= 0:
            raise TookTooLong(where, f"others took all of the {self.together:.0f} s of this round")
        began = self.clock()
        try:
            yield min(left, self.each - used)
        finally:
            self.spent[name] = used + self.clock() - began
