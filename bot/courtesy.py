"""Lets those who are not yet heard go first: work begins in a quiet moment, and what a start imports goes on in one."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from typing import Any

MOST_OF_A_START = 1.0
"""Seconds that importing waits in all: where somebody asks all the time, the first answer's picture must come too."""


class Courtesy:
    """
    Lets those who are not yet heard go first.

    Work and acknowledgements share one interpreter. When many ask at once, work begins only after nobody has asked for
    a moment; measured with 50 at once, the slowest acknowledgement took half as long (docs/performance.md).
    """

    QUIET, LONGEST = 0.02, 0.15
    """Seconds: the quiet that is waited for, and how long at most."""

    def __init__(self) -> None:
        self._last = 0.0

    def heard(self) -> None:
        """Remember that somebody was heard just now."""
        self._last = time.monotonic()

    def wait(self) -> None:
        """Wait for a quiet moment, but not long."""
        latest = time.monotonic() + self.LONGEST
        while (quiet_from := self._last + self.QUIET) > (now := time.monotonic()) and now < latest:
            time.sleep(min(quiet_from, latest) - now)


class _Pause(MetaPathFinder):
    """Finds nothing: Python asks it, like every finder, before a module is imported, and it waits before it says so."""

    def __init__(self, wait: Callable[[], None], now: Callable[[], float]) -> None:
        self._wait, self._now = wait, now
        self._whose = threading.get_ident()
        self._left = MOST_OF_A_START

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:
        """Wait, if it is the thread that imports courteously."""
        del fullname, path, target
        if threading.get_ident() == self._whose and self._left > 0:
            began = self._now()
            self._wait()
            self._left -= self._now() - began


@contextmanager
def importing_courteously(wait: Callable[[], None], now: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """
    Have this thread `wait` before each module that it imports inside.

    What a start imports (matplotlib, pandas) is hundreds of modules and a second of the interpreter; a crowd that comes
    meanwhile would share it with them.
    """
    pause = _Pause(wait, now)
    sys.meta_path.insert(0, pause)
    try:
        yield
    finally:
        sys.meta_path.remove(pause)
