"""Growing pauses between tries, with jitter, so that many that failed together do not come back together."""

import random
from collections.abc import Callable


class Backoff:
    """Counts tries that failed; `draw` gives a number between two others, by chance."""

    FIRST, LONGEST = 1.0, 60.0

    def __init__(self, draw: Callable[[float, float], float] = random.uniform) -> None:
        self._draw = draw
        self.failures = 0

    def fail(self, at_least: float = 0.0) -> float:
        """Count a failure; give the seconds until the next try: 1, 2, 4 and so on, at least what is asked for."""
        pause = min(self.FIRST * 2.0**self.failures, self.LONGEST)
        self.failures = min(self.failures + 1, 16)
        more = self._draw(0.0, min(pause, at_least))  # many were asked for the same pause
        return max(pause * self._draw(0.75, 1.25), at_least + more)

    def forget(self) -> None:
        """Begin afresh: it works again."""
        self.failures = 0
