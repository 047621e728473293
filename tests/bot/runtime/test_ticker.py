"""Ticks go on whatever is done to the clock."""

import datetime as dt
import threading
from dataclasses import dataclass

from bot.runtime.ticker import Interval, Ticker

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@dataclass
class Clocks:
    """A wall clock that may be set and a steady one that may not."""

    steady: float = 0.0
    set_by: dt.timedelta = dt.timedelta()
    ticks: int = 0

    def wall(self) -> dt.datetime:
        """Show the time."""
        return NOON + self.set_by + dt.timedelta(seconds=self.steady)

    def ticker(self, waits: int, set_at: int = -1) -> Ticker:
        """Make one that ticks every minute, waits so often, and has its clock set back at one wait."""
        waited = [0]

        def wait(seconds: float) -> bool:
            self.steady += seconds
            waited[0] += 1
            if waited[0] == set_at:
                self.set_by = -2 * HOUR
            return waited[0] > waits

        def tick() -> None:
            self.ticks += 1

        return Ticker("test", tick, MINUTE, self.wall, lambda: self.steady, wait)


def test_a_clock_set_back_two_hours_stops_no_tick() -> None:
    """Ten minutes, ten ticks, though the wall clock says minus 110 minutes."""
    clocks = Clocks()
    clocks.ticker(waits=10, set_at=3).run()

    assert clocks.ticks == 10


def test_a_machine_that_slept_ticks_when_it_wakes() -> None:
    """The steady clock stood still for eight hours; the wall clock says that an interval has passed."""
    clocks = Clocks()
    interval = Interval(24 * HOUR, clocks.wall, lambda: clocks.steady)
    assert interval.left == 24 * 3600

    clocks.set_by = 25 * HOUR
    assert interval.left < 0
    interval.begin()
    assert interval.left == 24 * 3600


def test_a_tick_that_fails_does_not_stop_the_next() -> None:
    """It is logged."""
    clocks = Clocks()
    ticker = clocks.ticker(waits=3)
    failing = Ticker("failing", lambda: 1 / 0, MINUTE, clocks.wall, lambda: clocks.steady, ticker._wait)  # type: ignore[arg-type,return-value]  # noqa: SLF001

    failing.run()

    assert clocks.steady == 240.0


def test_stopping_waits_for_a_tick_under_way() -> None:
    """And begins no other."""
    began, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        go_on.wait(10)
        ended.set()

    ticker = Ticker("slow", work, dt.timedelta(), lambda: NOON)
    ticker.start()
    began.wait(10)
    ticker.pause()
    go_on.set()
    ticker.stop()

    assert ended.is_set()
