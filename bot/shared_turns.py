"""
Turns between processes on one database: the same work is not begun by two of them at once.

A mark in the database says who is at it (`shared_marks.py`), and no connection is held meanwhile, so that a small pool
or a pooler is enough. Who died over its work is waited for no longer than LEASE.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.shared_marks import Marks

LEASE = 30.0
"""Seconds: longer than the Hub is waited for, or Slack for a picture. Longer work may be begun twice, to no harm."""

A_LOOK = 0.2
"""Seconds between two looks at whether the other is done."""


class SharedTurns:
    """Gives turns by marks that all processes see."""

    def __init__(self, marks: Marks, wait: Callable[[float], None] = time.sleep) -> None:
        self._marks = marks
        self._wait = wait

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Wait for the turn to do the work of this name, and hold it until the block ends."""
        names = [f"turn {name}"]
        is_ours = self._claim(names)
        try:
            yield
        finally:
            if is_ours:
                self._marks.keep(names, 0.0)

    def _claim(self, names: list[str]) -> bool:
        """Ask until it is ours, or nobody can be at it still."""
        for _ in range(round(LEASE / A_LOOK) + 1):
            if self._marks.claim(names, LEASE):
                return True
            self._wait(A_LOOK)
        return False
