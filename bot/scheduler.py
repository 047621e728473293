"""
The clock: it ticks, and each tick asks what is due. Nothing is scheduled beyond the ticks.

Digests every minute; a fresh top list every half hour, so that questions are answered from a stored one; what is
collected daily and weekly once it is a day or a week old.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from analytics.analyst import Analyst, utc_now
from analytics.context import Clock
from analytics.domain.requests import Top
from analytics.errors import AnalyticsError
from bot.runtime.ticker import Ticker

if TYPE_CHECKING:
    from bot.digest.slot_delivery import Digests

log = logging.getLogger(__name__)

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
COLLECTED: Mapping[str, dt.timedelta] = {"top": DAY, "census": WEEK, "papers": WEEK, "official": WEEK}
"""What the bot collects by itself, and how often."""

AGAIN = dt.timedelta(hours=6)
"""After a failure a collector is left alone this long; what is due weekly, a day: a crawl may take an hour."""


def _rest(interval: dt.timedelta) -> dt.timedelta:
    return max(AGAIN, interval / 7)


class Scheduler:
    """Ticks in the background; tests call the ticks themselves."""

    def __init__(
        self,
        analyst: Analyst,
        digests: "Digests | None" = None,
        clock: Clock = utc_now,
        collected: Mapping[str, dt.timedelta] = COLLECTED,
    ) -> None:
        self._analyst = analyst
        self._digests = digests
        self._clock = clock
        self._collected = collected
        self._tickers: list[Ticker] = []
        self._resting: dict[str, dt.datetime] = {}

    def start(self) -> None:
        """Begin to tick; the first tick of each kind comes after one interval."""
        self._every("keep-fresh", self.tick, 30 * MINUTE)
        self._every("collect", self.collect, 15 * MINUTE)
        if self._digests:
            self._every("digests", self.digest, MINUTE)
            self._every("corrections", self.correct, 24 * HOUR)

    def _every(self, name: str, tick: Callable[[], None], interval: dt.timedelta) -> None:
        # By the machine's own clock, not the one handed in: a playground's hours are stepped by hand.
        self._tickers.append(Ticker(name, tick, interval, utc_now))
        self._tickers[-1].start()

    def tick(self) -> None:
        """Read the standing list anew if it has grown old; a Hub that does not answer is asked at the next tick."""
        try:
            self._analyst.answer(Top())
        except AnalyticsError as trouble:
            log.warning("the standing list could not be renewed: %s", trouble)

    def collect(self) -> None:
        """Collect what is due, one thing after the other; what went wrong stands in the log and in `status`."""
        for what, interval in self._collected.items():
            try:
                if self._is_due(what, interval):
                    for sentence in self._analyst.collect(what):
                        log.info("collected %s: %s", what, sentence)
            except Exception as trouble:  # a collector must not stop the clock
                self._resting[what] = self._clock() + _rest(interval)
                log.warning("%s could not be collected: %s", what, trouble, exc_info=log.isEnabledFor(logging.DEBUG))

    def _is_due(self, what: str, interval: dt.timedelta) -> bool:
        """Ask the store, so that neither a restart nor a second process collects again what is fresh."""
        now = self._clock()
        if now < self._resting.get(what, now):
            return False
        done, failed = self._analyst.last_collected(what)
        return (done is None or now >= done.as_of + interval) and (
            failed is None or now >= failed.as_of + _rest(interval)
        )

    def digest(self) -> None:
        """Deliver the digests that are due; a database that is away is asked again at the next tick."""
        try:
            if self._digests:
                self._digests.tick()
        except Exception:
            log.exception("the digests could not be looked after this time")

    def correct(self) -> None:
        """Correct digests whose numbers have changed since."""
        try:
            if self._digests:
                self._digests.correct()
        except Exception:
            log.exception("corrections could not be looked after this time")

    def pause(self) -> None:
        """Begin no further tick."""
        for ticker in self._tickers:
            ticker.pause()

    def stop(self) -> None:
        """Stop ticking, letting a tick under way finish."""
        self.pause()
        for ticker in self._tickers:
            ticker.stop()
