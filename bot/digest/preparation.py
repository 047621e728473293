"""
What a digest needs is read before it is built: lists, papers, official counts and the census, by its sections.

What is older than a day when the digest is due is asked for half an hour before; a digest that is due all the same (a
bot that was away, a clock moved on) waits until it was read, at most for ten minutes, and then says what there is.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from analytics.digest_words.sections import SECTIONS
from analytics.domain.collectors import EFFORTS, Collector
from analytics.domain.needs import find_need
from analytics.domain.wording import listing
from bot.digest.records import Subscription
from bot.digest.schedule import Slot, next_times

log = logging.getLogger(__name__)

AHEAD = dt.timedelta(minutes=30)
LONGEST_WAIT = 600.0
"""Seconds that a digest waits for what it needs: less than the quarter of an hour from which on it is late."""


class SourceReader(Protocol):
    """What reads the sources."""

    def is_ready(self, needs: Iterable[Collector], at: dt.datetime) -> bool:
        """Tell whether all is at most a day old then, or cannot be read; else have it read."""


class Preparation:
    """Says of each slot whether its digest can be built."""

    def __init__(self, reader: SourceReader, steady: Callable[[], float] = time.monotonic) -> None:
        self._reader = reader
        self._steady = steady
        self._since: dict[str, float] = {}

    def look_ahead(self, subscriptions: Iterable[Subscription], now: dt.datetime) -> None:
        """Have read what the digests of the next half hour need."""
        rhythms = {(one.weekday, one.monthly, one.at, one.zone, one.sections): one for one in subscriptions}
        for subscription in rhythms.values():
            upcoming = next_times(subscription.rhythm, now, 1)
            if upcoming and upcoming[0] - now <= AHEAD:
                self._reader.is_ready(list_needs(subscription), upcoming[0])

    def is_ready(self, subscription: Subscription, slot: Slot, now: dt.datetime) -> bool:
        """Tell whether what a slot that is due needs was read, or waited for long enough."""
        needs, waited = list_needs(subscription), self._steady() - self._since.get(slot.key, self._steady())
        if waited < LONGEST_WAIT and not self._reader.is_ready(needs, now):
            if slot.key not in self._since:
                self._since[slot.key] = self._steady()
                read = listing(EFFORTS[need].name for need in needs)
                log.info("the digest %s waits for what it tells (%s), ten minutes at most", slot.key, read)
            return False
        self._since.pop(slot.key, None)
        return True


def list_needs(subscription: Subscription) -> tuple[Collector, ...]:
    """Give what the chosen sections are answered from."""
    chosen = subscription.sections or tuple(SECTIONS)
    needs = [find_need(SECTIONS[name][1]) for name in chosen if name in SECTIONS]
    return tuple(dict.fromkeys(need for need in needs if need))
