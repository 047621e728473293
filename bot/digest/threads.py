"""
The thread of a digest: the table and how it was counted, then the file; and when to stop trying.

A thread that could not be completed is tried again ever more rarely, by a later tick. After a day, or when the post is
gone, it is given up: the ledger says so and why.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.digest.ledger import TakenOver
from bot.digest.meaning import GONE, explain_failure
from bot.digest.records import LedgerEntry, Subscription
from bot.digest.roles import LEASE
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.slack_errors import CannotTell, Lost, TooFast, Unconfirmed

if TYPE_CHECKING:
    from bot.digest.roles import Builder, Content, Poster

log = logging.getLogger(__name__)

GIVEN_UP_AFTER = dt.timedelta(days=1)
LONGEST_REST = dt.timedelta(hours=6)


class Threads:
    """Completes threads for one process; each step makes sure that the slot is still its own."""

    def __init__(
        self,
        store: DigestStore,
        poster: "Poster",
        builder: "Builder",
        clock: Callable[[], dt.datetime],
        owner: str,
        at: Callable[[str], None],
    ) -> None:
        self._store = store
        self._poster = poster
        self._builder = builder
        self._clock = clock
        self._owner = owner
        self._at = at

    def settle(self, entry: LedgerEntry) -> None:
        """Go on with a thread that was left, or give it up."""
        subscription = self._store.by_id(entry.slot.subscription)
        if subscription is None or self._age(entry.ts) > GIVEN_UP_AFTER:
            self._leave(entry.slot, "its table and file could not be posted within a day")
            return
        try:
            self.rebuild(subscription, entry.slot, entry.ts, entry)
        except TakenOver:
            raise
        except Exception:
            self._rest(entry.slot, entry.ts)
            raise

    def rebuild(self, subscription: Subscription, slot: Slot, ts: str, entry: LedgerEntry | None = None) -> None:
        """Make the content anew and post of the thread what is not there yet."""
        content = self._builder.build(subscription, slot, late=False)
        if entry is None or entry.shown is None:
            self._store.remember(slot, content.shown)
        self.complete(subscription, slot, content, ts, look=True)

    def complete(self, subscription: Subscription, slot: Slot, content: "Content", ts: str, *, look: bool) -> None:
        """Post what belongs in the thread; after a passing failure a later tick does it."""
        try:
            missing = self._poster.detail(
                subscription.channel, ts, content.details, slot.key, look=look, check=lambda: self._hold(slot)
            )
        except TooFast as fast:
            self._rest(slot, ts, fast.seconds)
        except Unconfirmed as passing:
            log.warning("the details of %s come later: %s", slot.key, explain_failure(passing))
            self._rest(slot, ts)
        except CannotTell as why:
            self._leave(slot, f"whether its table and file are there is not known ({why})")
        except Lost as lost:
            reason = "the post is gone" if lost.code in GONE else lost.reason
            self._leave(slot, f"its table and file could not be posted: {reason}")
        else:
            self._at("detailed")
            self._leave(slot, missing)

    def _hold(self, slot: Slot) -> None:
        self._at("thread")
        if not self._store.touch(slot, self._owner, self._clock()):
            raise TakenOver

    def _rest(self, slot: Slot, ts: str, seconds: float = 0.0) -> None:
        """Leave it alone for a quarter of its age: some twenty tries in the day it has, not one every five minutes."""
        asked = dt.timedelta(seconds=seconds)
        pause = min(max(self._age(ts) / 4, asked, LEASE), LONGEST_REST)
        self._store.rest(slot, self._owner, self._clock() + pause - LEASE)

    def _age(self, ts: str) -> dt.timedelta:
        """Tell how long ago Slack took the post."""
        return self._clock() - dt.datetime.fromtimestamp(float(ts or 0), dt.UTC)

    def _leave(self, slot: Slot, missing: str) -> None:
        """Leave it be, and say in the ledger what is missing."""
        if missing:
            log.warning("of %s %s", slot.key, missing)
        self._store.close_thread(slot, self._owner, missing)
