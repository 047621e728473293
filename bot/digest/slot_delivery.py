"""
The digest, delivered exactly once: claim -> build -> post -> mark, and settle what a crash left open.

The claim is committed before anything is posted; the post carries the slot's key as message metadata. A claim that
nobody finished is settled by looking for that key in the channel's history: found means posted, not found means it may
be posted now, and where history may not be read nothing is posted again. After a time-out history is asked before
every further try. What stays possible: a machine that stops for longer than LEASE between its last look at the claim
and Slack's acceptance (docs/decisions.md).
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

from analytics.domain.wording import day
from bot.digest.schedule import LATE_FROM, Slot, due
from bot.digest.store import DigestStore, LedgerEntry, State, Subscription
from bot.slack_errors import CannotTell, Lost, TooFast, Unconfirmed

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
"""How long a claim is left alone. Longer than one attempt can take: 20 s for each of four calls, 30 s for a 429."""

BACKOFF = (30.0, 60.0, 120.0)
"""Seconds before looking whether an unconfirmed post arrived, and before the next try; then the next tick goes on."""

AT_ONCE = 4
"""Channels posted to at once."""


@dataclass(frozen=True, slots=True)
class Content:
    """
    What a digest says: the message to post, what follows in its thread, and what to remember of it.

    `quiet` holds the reason when nothing changed beyond noise. `message` and `details` belong to the poster.
    """

    message: Any
    details: Any = None
    quiet: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


class Builder(Protocol):
    """Makes the content; the heavy part once for all who get the same."""

    def build(self, subscription: Subscription, slot: Slot, *, late: bool) -> Content:
        """Make the content of one slot."""

    def correction(self, shown: dict[str, Any]) -> Any | None:
        """Give the message that corrects what a digest showed; None if it still holds."""


class Poster(Protocol):
    """Brings it to Slack; errors are those of `bot.slack_errors`."""

    def post(self, channel: str, message: Any, key: str) -> str:
        """Post with the key as metadata, joining if need be; gives the ts. Raises TooFast, Unconfirmed, Lost."""

    def find(self, channel: str, key: str, since: dt.datetime) -> str | None:
        """Look for the post with this key; gives its ts. Raises CannotTell, TooFast, Unconfirmed."""

    def detail(self, channel: str, ts: str, details: Any, key: str, *, look: bool) -> None:
        """Post the details in the thread, if `look` only where they are not yet. Raises as `post`."""

    def reply(self, channel: str, ts: str, message: Any) -> None:
        """Post in the thread. Raises as `post`."""

    def tell(self, user: str, text: str) -> None:
        """Write to one person, as well as it goes; never raises."""


def nothing(step: str) -> None:
    """Do nothing at a step; tests put a crash here."""
    del step


class Digests:
    """Delivers what is due. `owner` names this process; `wait` and `at` are handed in by tests."""

    def __init__(
        self,
        store: DigestStore,
        poster: Poster,
        builder: Builder,
        clock: Callable[[], dt.datetime],
        owner: str,
        *,
        wait: Callable[[float], None] = time.sleep,
        at: Callable[[str], None] = nothing,
        at_once: int = AT_ONCE,
    ) -> None:
        self._store = store
        self._poster = poster
        self._builder = builder
        self._clock = clock
        self._owner = owner
        self._wait = wait
        self._at = at
        self._at_once = at_once
        self._ticking = threading.Lock()

    def tick(self) -> None:
        """Settle what is open, then deliver what is due; a tick that comes during another does nothing."""
        if not self._store.is_kept:
            log.error("digests are not delivered: what was delivered could not be remembered")
            return
        if not self._ticking.acquire(blocking=False):
            return
        try:
            self._settle()
            self._deliver_due()
        finally:
            self._ticking.release()

    # --------------------------------------------------------------------------------------------------------- due

    def _deliver_due(self) -> None:
        now = self._clock()
        active = {subscription.id: subscription for subscription in self._store.active()}
        if not active:
            return
        slots = due([subscription.rhythm for subscription in active.values()], self._store.keys(now), now)
        if self._at_once == 1 or len(slots) <= 1:
            for slot in slots:
                self._deal(active[slot.subscription], slot)
            return
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="digest") as pool:
            list(pool.map(lambda slot: self._dealt(active[slot.subscription], slot), slots))

    def _dealt(self, subscription: Subscription, slot: Slot) -> None:
        """Deal with one slot; what goes wrong with it must not keep the others from theirs."""
        try:
            self._deal(subscription, slot)
        except Exception:
            log.exception("slot %s was left open", slot.key)

    def _deal(self, subscription: Subscription, slot: Slot) -> None:
        now = self._clock()
        if slot.missed(now):
            reason = f"the bot was not running when it was due, and {_hours(slot.lateness(now))} later it was too late"
            if self._store.claim(slot, self._owner, now, State.SKIPPED, reason):
                self._tell(subscription, f"was skipped ({day(slot.day)}): {reason}. The next one comes as planned.")
        elif self._store.claim(slot, self._owner, now):
            self._at("claimed")
            self._deliver(subscription, slot, now)

    def _deliver(self, subscription: Subscription, slot: Slot, first_claimed_at: dt.datetime) -> None:
        late = slot.lateness(self._clock()) >= LATE_FROM
        content = self._builder.build(subscription, slot, late=late)
        self._at("built")
        if content.quiet and subscription.only_if_matters:
            self._store.mark(slot, State.QUIET, self._clock(), content.quiet, shown=content.shown)
            return
        ts = self._posted(subscription, slot, content, first_claimed_at)
        if ts:
            self._at("posted")
            self._finish(subscription, slot, content, ts)

    def _posted(self, subscription: Subscription, slot: Slot, content: Content, first: dt.datetime) -> str | None:
        """Post, and after anything uncertain look before trying again; None if the slot is dealt with or left open."""
        for pause in (*BACKOFF, 0.0):
            if not self._store.touch(slot, self._owner, self._clock()):
                log.warning("slot %s belongs to another process now", slot.key)
                return None
            self._at("posting")
            try:
                return self._poster.post(subscription.channel, content.message, slot.key)
            except TooFast as fast:
                self._wait(fast.seconds)
            except Unconfirmed:
                self._wait(pause)
                found = self._look(subscription, slot, first)
                if found is not None:
                    return found or None
            except Lost as lost:
                self._pause(subscription, slot, lost)
                return None
        return None

    def _look(self, subscription: Subscription, slot: Slot, first: dt.datetime) -> str | None:
        """Look whether it was posted: its ts; None if it was not; "" if that cannot be told, now or ever."""
        try:
            return self._poster.find(subscription.channel, slot.key, first - LEASE)
        except CannotTell as why:
            reason = f"it may have been posted, but the channel's history cannot be read ({why})"
            self._store.mark(slot, State.UNKNOWN, self._clock(), reason)
            self._tell(subscription, f"of {day(slot.day)} is uncertain: {reason}. Nothing is sent twice.")
        except (TooFast, Unconfirmed) as passing:
            log.info("slot %s is looked for again later: %s", slot.key, passing)
        return ""

    def _finish(self, subscription: Subscription, slot: Slot, content: Content, ts: str) -> None:
        self._store.mark(slot, State.POSTED, self._clock(), ts=ts, shown=content.shown)
        self._at("marked")
        self._detail(subscription, slot, content, ts, look=False)

    def _detail(self, subscription: Subscription, slot: Slot, content: Content, ts: str, *, look: bool) -> None:
        """Post what belongs in the thread; after a passing failure a later tick does it."""
        try:
            self._poster.detail(subscription.channel, ts, content.details, slot.key, look=look)
        except (TooFast, Unconfirmed, CannotTell) as passing:
            log.warning("the details of %s come later: %s", slot.key, passing)
            return
        except Lost as lost:
            log.warning("the details of %s cannot be posted: %s", slot.key, lost)
        self._at("detailed")
        self._store.mark(slot, State.POSTED, self._clock(), details=True)

    # -------------------------------------------------------------------------------------------------------- settle

    def _settle(self) -> None:
        now = self._clock()
        for entry in self._store.take_over(self._owner, now - LEASE, now):
            self._at("settling")
            try:
                self._settle_one(entry)
            except Exception:
                log.exception("slot %s stays open", entry.slot.key)

    def _settle_one(self, entry: LedgerEntry) -> None:
        slot, now = entry.slot, self._clock()
        subscription = self._store.by_id(slot.subscription)
        if subscription is None:
            return
        if entry.state is State.POSTED:
            self._rebuild_details(subscription, entry, entry.ts)
            return
        found = self._look(subscription, slot, entry.first_claimed_at)
        if found:
            self._store.mark(slot, State.POSTED, now, "found in the channel after a crash", ts=found)
            self._rebuild_details(subscription, entry, found)
        elif found is None:
            self._unposted(subscription, entry, now)

    def _unposted(self, subscription: Subscription, entry: LedgerEntry, now: dt.datetime) -> None:
        """Post what is proven not to be posted, unless it is no longer wanted or too late."""
        slot = entry.slot
        if subscription.state is not State.ACTIVE:
            self._store.mark(slot, State.SKIPPED, now, f"the digest was {subscription.state} meanwhile")
        elif slot.missed(now):
            reason = "it could not be posted within a day"
            self._store.mark(slot, State.SKIPPED, now, reason)
            self._tell(subscription, f"of {day(slot.day)} was skipped: {reason}. The next one comes as planned.")
        else:
            self._deliver(subscription, slot, entry.first_claimed_at)

    def _rebuild_details(self, subscription: Subscription, entry: LedgerEntry, ts: str) -> None:
        content = self._builder.build(subscription, entry.slot, late=False)
        if entry.shown is None:
            self._store.mark(entry.slot, State.POSTED, self._clock(), ts=ts, shown=content.shown)
        self._detail(subscription, entry.slot, content, ts, look=True)

    # ------------------------------------------------------------------------------------------------ pause, correct

    def _pause(self, subscription: Subscription, slot: Slot, lost: Lost) -> None:
        """Stop posting where Slack will not have it, and tell the creator once what helps."""
        now = self._clock()
        self._store.mark(slot, State.FAILED, now, lost.reason)
        self._store.set_state(subscription.team, subscription.channel, State.PAUSED, lost.reason, now)
        self._tell(subscription, f"is paused: {lost.reason} {lost.advice}")

    def _tell(self, subscription: Subscription, what: str) -> None:
        self._poster.tell(subscription.creator, f"The weekly digest in <#{subscription.channel}> {what}")

    def correct(self, weeks: int = 8) -> int:
        """Write a correction under every digest of the last weeks whose numbers have changed; gives how many."""
        written = 0
        for entry in self._store.posted_since(self._clock() - dt.timedelta(weeks=weeks)):
            shown = dict(entry.shown or {})
            message = self._builder.correction(shown) if shown else None
            subscription = self._store.by_id(entry.slot.subscription) if message else None
            if message is None or subscription is None:
                continue
            # Remembered before it is said: a crash between the two loses a correction rather than repeating it.
            self._store.mark(entry.slot, State.POSTED, entry.posted_at or self._clock(), shown=message.shown)
            try:
                self._poster.reply(subscription.channel, entry.ts, message.message)
            except (TooFast, Unconfirmed, Lost) as failure:
                log.warning("a correction of %s did not get through: %s", entry.slot.key, failure)
            written += 1
        return written


def _hours(late: dt.timedelta) -> str:
    hours = int(late.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004 - two days
