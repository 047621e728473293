"""
How far the ledger may be trusted: it may be a copy that was put back, and lack what was posted since it was made.

A process that began lately cannot know. One that runs sees it: slots that were dealt with are gone from the ledger, or
the mark that it left at its last look is (`tick_marks.py`), whatever else the copy lacks, such as that somebody was
told.
"""

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Collection
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
    """Watches the ledger for one process. Safe to use from several threads."""

    def __init__(self, replace_mark: Callable[[Collection[str], str, dt.datetime], bool]) -> None:
        self.began: dt.datetime | None = None
        self._replace_mark = replace_mark
        self._mark, self._next = "", _name()
        self._looking = threading.Lock()
        self._is_set_back = False
        self._seen: set[str] = set()

    def look(self, now: dt.datetime) -> None:
        """Look for the mark of this process and leave a new one; the first look is when it began."""
        with self._looking:
            self.began = self.began or now
            # Either may be there: an answer may have been lost after the next one was kept.
            is_there = self._replace_mark((self._mark, self._next), self._next, now)
            is_lost = bool(self._mark) and not is_there
            self._mark, self._next = self._next, _name()
        if is_lost:
            self._go_back(now)

    def see(self, keys: Collection[str], now: dt.datetime) -> None:
        """Look at the keys that are in the ledger now: of the last week none may be missing that was there."""
        lately = (now - WEEK).date().isoformat()
        if {key for key in self._seen if _day_of(key) >= lately}.difference(keys):
            self._go_back(now)
        self._seen = {key for key in keys if _day_of(key) >= lately}

    def note(self, key: str) -> None:
        """Note that a slot was claimed now; called from several threads."""
        self._seen.add(key)

    def trust(self, now: dt.datetime, span: dt.timedelta = HALF_A_WEEK) -> Trust:
        """Look, and tell what the ledger is worth now: whole, if it was watched for so long."""
        if self.knows_since(now - span, now):
            return Trust.WHOLE
        return Trust.SET_BACK if self._is_set_back else Trust.YOUNG

    def knows_since(self, moment: dt.datetime, now: dt.datetime) -> bool:
        """Look, and tell whether the ledger knows all that was done since a moment."""
        self.look(now)
        return self.began is not None and self.began <= moment

    def _go_back(self, now: dt.datetime) -> None:
        log.warning("the ledger went back, perhaps to a copy: channels are looked through before anything is posted")
        self._is_set_back = True
        self.began = now


def _name() -> str:
    return uuid.uuid4().hex


def _day_of(key: str) -> str:
    return key.split(" ", 2)[1]
