"""
Ticks at intervals, whatever is done to the clock.

An interval has passed when either clock says so: the steady one, so that a clock set back two hours stops nothing for
two hours; the wall clock, so that a laptop that slept ticks once when it wakes.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

A_NAP = 60.0
"""Seconds between looks at the clocks: after sleep a tick is at most this late."""


class Interval:
    """One interval after another, measured by two clocks."""

    def __init__(self, length: dt.timedelta, wall: Callable[[], dt.datetime], steady: Callable[[], float]) -> None:
        self._length = length
        self._wall = wall
        self._steady = steady
        self.begin()

    def begin(self) -> None:
        """Begin the next one now; intervals missed meanwhile are one."""
        self._wall_start, self._steady_start = self._wall(), self._steady()

    @property
    def left(self) -> float:
        """Give the seconds until it has passed, by the clock that is further on; none or fewer once it has."""
        steadily = dt.timedelta(seconds=self._steady() - self._steady_start)
        return (self._length - max(steadily, self._wall() - self._wall_start)).total_seconds()


class Ticker:
    """
    Runs one piece of work at intervals in a thread of its own, never twice at once; the first time after one interval.

    `wait` waits so many seconds or until it is time to stop, and says whether it is.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], None],
        length: dt.timedelta,
        wall: Callable[[], dt.datetime],
        steady: Callable[[], float] = time.monotonic,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._work = work
        self._interval = Interval(length, wall, steady)
        self._stopping = threading.Event()
        self._wait = wait or self._stopping.wait
        self._thread = threading.Thread(target=self.run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._thread.start()

    def run(self) -> None:
        """Tick until told to stop; what a tick raises is logged and does not stop the next."""
        self._interval.begin()
        while not self._wait(max(0.0, min(self._interval.left, A_NAP))):
            if self._interval.left <= 0:
                self._interval.begin()
                self._tick()

    def _tick(self) -> None:
        try:
            self._work()
        except Exception:
            log.exception("a tick of %s failed", self._thread.name)

    def pause(self) -> None:
        """Begin no further tick."""
        self._stopping.set()

    def stop(self) -> None:
        """Begin no further tick, and let one under way finish."""
        self.pause()
        if self._thread.is_alive():
            self._thread.join()
