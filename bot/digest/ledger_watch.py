"""
How far the ledger may be trusted: it may be a copy that was put back, and lack what was posted since it was made.

A process that began lately cannot know. One that runs sees it: slots that were dealt with are gone from the ledger.
"""

import datetime as dt
import logging
from collections.abc import Collection
from enum import Enum, auto

from bot.digest.other_posts import HALF_A_WEEK
from bot.digest.schedule import WEEK

log = logging.getLogger(__name__)


class Trust(Enum):
    """What the ledger's silence on a slot is worth."""

    WHOLE = auto()
    """It was not dealt with."""
    YOUNG = auto()
    """This process began lately: the channel is looked through, and where it cannot be, the ledger is believed."""
    SET_BACK = auto()
    """The ledger lost lines under our eyes: without a look nothing is posted."""


class LedgerWatch:
    """Watches the ledger for one process."""

    def __init__(self) -> None:
        self.began: dt.datetime | None = None
        self._is_set_back = False
        self._seen: set[str] = set()

    def begin(self, now: dt.datetime) -> None:
        """Note when this process began, once."""
        self.began = self.began or now

    def see(self, keys: Collection[str], now: dt.datetime) -> None:
        """Look at the keys that are in the ledger now: of the last week none may be missing that was there."""
        lately = (now - WEEK).date().isoformat()
        lost = {key for key in self._seen if _day_of(key) >= lately}.difference(keys)
        if lost:
            log.warning(
                "the ledger went back, perhaps to a copy: channels are looked through before anything is posted"
            )
            self._is_set_back = True
            self.began = now
        self._seen = {key for key in keys if _day_of(key) >= lately}

    def note(self, key: str) -> None:
        """Note that a slot was claimed now; called from several threads."""
        self._seen.add(key)

    def trust(self, now: dt.datetime) -> Trust:
        """Tell what the ledger is worth now."""
        if self.began is None or now - self.began < HALF_A_WEEK:
            return Trust.SET_BACK if self._is_set_back else Trust.YOUNG
        self._is_set_back = False
        return Trust.WHOLE


def _day_of(key: str) -> str:
    return key.split(" ", 2)[1]
