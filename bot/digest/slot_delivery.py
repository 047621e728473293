"""
The digest, delivered exactly once: claim -> build -> post -> mark, and settle what a crash left open.

The claim is committed before anything is posted; the post carries the slot's key as message metadata. A claim that
nobody finished is settled by looking for that key in the channel's history: found means posted, not found means it may
be posted now, and where history may not be read nothing is posted again. After a time-out history is asked before
every further try, and before the first one where a ledger may have been put back from a copy (`ledger_watch.py`), and
for what is later than two ticks; then a digest of another day or time counts too (`other_posts.py`). What stays
possible stands in docs/decisions.md.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from analytics.domain.wording import count
from bot.digest.damage_words import LOST, may_have_lost
from bot.digest.ledger import TakenOver
from bot.digest.ledger_watch import LedgerWatch, Trust
from bot.digest.meaning import SentBefore
from bot.digest.other_posts import FoundPost, OtherPosts, half_of, others_than, was_set_since
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.roles import LEASE, Builder, Content, Poster
from bot.digest.schedule import LATE_AT_MOST, LATE_FROM, Slot
from bot.digest.store import DigestStore
from bot.digest.threads import Threads
from bot.slack_errors import CannotTell, Lost, TooFast, Unconfirmed

log = logging.getLogger(__name__)

BACKOFF = (30.0, 60.0, 120.0)
"""Seconds before looking whether an unconfirmed post arrived, and before the next try; then the next tick goes on."""

LONGEST_WAIT = 60.0
"""Seconds: where Slack asks for a longer pause the slot is left for a later tick, and holds up nobody else."""

LONGEST_REST = dt.timedelta(hours=1)

ASK_FROM = dt.timedelta(minutes=2)
"""Two ticks. What is due longer than this may have been posted by a process whose ledger we do not have."""

REACH = dt.timedelta(days=1)
"""How far before a slot's time its post is searched for: no clock that Slack was asked about is further off."""

LEFT = FoundPost("", "")
"""What a look comes to that Slack does not answer now."""

NOT_REACHED = (
    "the bot did not get to it when it was due, nor within "
    f"{count(LATE_AT_MOST // dt.timedelta(hours=1), 'hour')} after"
)
"""Why a slot was skipped that came too late; the same of several weeks, which are told in one sentence."""

MOST_KNOWN = 60
"""How many lines of the ledger are compared with a channel: more than a year."""


def nothing(step: str) -> None:
    """Do nothing at a step; tests put a crash here."""
    del step


def always() -> bool:
    """Say that no other folder's process posts the same digests."""
    return True


class SlotDelivery:
    """
    Delivers one slot after the other. `owner` names this process; `wait` and `at` are handed in by tests.

    `clock` gives Slack's time, so that claims of several processes can be compared; `watch` tells how far the ledger
    is to be trusted, `is_alone` whether nobody else may post the same digests by a ledger of their own.
    """

    def __init__(
        self,
        store: DigestStore,
        poster: Poster,
        builder: Builder,
        clock: Callable[[], dt.datetime],
        owner: str,
        threads: Threads,
        *,
        watch: LedgerWatch,
        wait: Callable[[float], None] = time.sleep,
        at: Callable[[str], None] = nothing,
        is_alone: Callable[[], bool] = always,
    ) -> None:
        self._is_alone = is_alone
        self._store = store
        self._poster = poster
        self._builder = builder
        self._clock = clock
        self._owner = owner
        self._threads = threads
        self._watch = watch
        self._wait = wait
        self._at = at

    def deal(self, subscription: Subscription, slot: Slot) -> None:
        """Deal with a slot that is due."""
        now = self._clock()
        if slot.is_missed(now):
            self._give_up(slot, now)
        elif self._store.claim(slot, self._owner, now):
            self._watch.note(slot.key)
            self._at("claimed")
            if self._is_new(subscription, slot, now):
                self._deliver(subscription, slot, now)

    def _give_up(self, slot: Slot, now: dt.datetime) -> None:
        """Record what it is too late for; who made the digest hears of a damage, and not of each line lost by it."""
        if may_have_lost(self._store.damage, slot):
            if self._store.claim(slot, self._owner, now, State.UNKNOWN, LOST):
                self._store.mark(slot, State.UNKNOWN, now, LOST, details=True)
            return
        self._store.claim(slot, self._owner, now, State.SKIPPED, NOT_REACHED)

    def _is_new(self, subscription: Subscription, slot: Slot, now: dt.datetime) -> bool:
        """Make sure that nobody posted it before whose ledger was lost; what was found is finished here."""
        trust = self._watch.trust(now, half_of(subscription))
        is_lost = trust is Trust.SET_BACK or may_have_lost(self._store.damage, slot)
        is_doubtful = is_lost or slot.lateness(now) > ASK_FROM
        if not is_doubtful and trust is Trust.WHOLE and self._is_alone():
            return True
        try:
            found = self._look(subscription, slot, now, self._others(subscription, slot))
        except CannotTell as why:
            # No copy is put back, and a process begun, within two ticks of the post that it lacks: two ticks by Slack's
            # time, which this answer may have been the first to tell.
            is_late = slot.lateness(self._clock()) > ASK_FROM
            return not (is_doubtful or is_late) or self._uncertain(slot, why)
        except Lost as lost:
            return self._pause(subscription, slot, lost)
        if found and found.ts:
            self._settle_found(subscription, slot, found, "it was in the channel already")
        return found is None

    def _deliver(self, subscription: Subscription, slot: Slot, first_claimed_at: dt.datetime) -> None:
        late = slot.lateness(self._clock()) >= LATE_FROM
        content = self._builder.build(subscription, slot, late=late)
        self._at("built")
        if content.quiet and subscription.only_if_matters:
            self._mark(slot, State.QUIET, content.quiet, shown=content.shown)
            return
        ts = self._post(subscription, slot, content, first_claimed_at)
        if ts:
            self._at("posted")
            self._mark(slot, State.POSTED, ts=ts, shown=content.shown)
            self._at("marked")
            self._threads.complete(subscription, slot, content, ts, look=False)

    def _post(self, subscription: Subscription, slot: Slot, content: Content, first: dt.datetime) -> str | None:
        """Post, and after anything uncertain look before trying again; None if the slot is dealt with or left open."""
        again = 0
        check = partial(self._hold, slot)
        for pause in (*BACKOFF, 0.0):
            try:
                return self._poster.post(
                    subscription.channel, content.message, subscription.name_post(slot), check, again
                )
            except TooFast as fast:
                if not self._wait_out(slot, fast):
                    return None
            except Unconfirmed as unsure:
                self._wait(pause)
                found = self._look_after(subscription, slot, first)
                if found is not None:
                    return found.ts or None
                again += isinstance(unsure, SentBefore)
            except Lost as lost:
                self._pause(subscription, slot, lost)
                return None
        return None

    def _hold(self, slot: Slot) -> None:
        """Make sure that the claim is still ours, right before anything leaves."""
        self._at("posting")
        now = self._clock()
        if slot.is_missed(now):
            raise TakenOver("by now it is too late to post it")
        if not self._store.touch(slot, self._owner, now):
            raise TakenOver

    def _wait_out(self, slot: Slot, fast: TooFast) -> bool:
        """Wait as Slack asks if that is bearable, else leave the slot until then."""
        if fast.seconds <= LONGEST_WAIT:
            self._wait(fast.seconds)
            return True
        until = self._clock() + min(dt.timedelta(seconds=fast.seconds), LONGEST_REST)
        self._store.rest(slot, self._owner, until - LEASE)
        log.warning("slot %s waits until %s, as Slack asks", slot.key, until)
        return False

    def _mark(self, slot: Slot, state: State, reason: str = "", **more: Any) -> None:
        if not self._store.mark(slot, state, self._clock(), reason, owner=self._owner, **more):
            raise TakenOver

    # -------------------------------------------------------------------------------------------------------- look

    def _others(self, subscription: Subscription, slot: Slot) -> OtherPosts | None:
        """Give which other digests of the channel count as this one: none if somebody set it since."""
        if slot.kind or was_set_since(subscription, self._watch.began):  # the posts of a kind bear keys of their own
            return None
        return others_than(slot, subscription, self._store.history(subscription.id, MOST_KNOWN))

    def _look(
        self, subscription: Subscription, slot: Slot, first: dt.datetime, others: OtherPosts | None = None
    ) -> FoundPost | None:
        """Look whether it was posted; None if it was not; LEFT if Slack does not say now, and it is left."""
        try:
            since = min(first, slot.due_at) - REACH
            return self._poster.find(subscription.channel, subscription.name_post(slot), since, others)
        except TooFast as fast:
            self._store.rest(slot, self._owner, self._clock() + dt.timedelta(seconds=min(fast.seconds, 600)) - LEASE)
        except Unconfirmed as passing:
            log.info("slot %s is looked for again later: %s", slot.key, passing)
            now = self._clock()  # ever more rarely: a day without Slack is forty looks, not three hundred
            pause = min(max(slot.lateness(now) / 4, LEASE), LONGEST_REST)
            self._store.rest(slot, self._owner, now + pause - LEASE)
        return LEFT

    def _look_after(
        self,
        subscription: Subscription,
        slot: Slot,
        first: dt.datetime,
        others: OtherPosts | None = None,
        *,
        tried: bool = True,
    ) -> FoundPost | None:
        """Look after a try that may have arrived; where that cannot be told the slot is uncertain for good."""
        try:
            return self._look(subscription, slot, first, others)
        except Lost as lost:
            if not tried:
                self._pause(subscription, slot, lost)
                return LEFT
            self._uncertain(slot, lost)
        except CannotTell as why:
            self._uncertain(slot, why)
        return LEFT

    def _uncertain(self, slot: Slot, why: Exception) -> bool:
        self._mark(slot, State.UNKNOWN, f"it may have been posted, but the channel's history cannot be read ({why})")
        return False

    def _settle_found(self, subscription: Subscription, slot: Slot, found: FoundPost, reason: str) -> None:
        """Take a post for this slot's; the thread of one of another day or time is not ours to complete."""
        is_other = found.key != subscription.name_post(slot)
        reason = f"it was in the channel already, as that of {found.slot}" if is_other else reason
        posted_at = dt.datetime.fromtimestamp(float(found.ts), dt.UTC)
        self._mark(slot, State.POSTED, reason, ts=found.ts, posted_at=posted_at, details=is_other)
        if is_other:
            self._store.remember(slot, self._builder.build(subscription, slot, late=False).shown)
        else:
            self._threads.rebuild(subscription, slot, found.ts)

    # ------------------------------------------------------------------------------------------------------ settle

    def settle(self, entry: LedgerEntry) -> None:
        """Settle a claim that nobody finished: look whether it was posted, and post what was not."""
        self._at("settling")
        slot, subscription = entry.slot, self._store.by_id(entry.slot.subscription)
        if subscription is None:
            self._mark(slot, State.SKIPPED, "its subscription is gone", details=True)
            return
        others = self._others(subscription, slot)
        found = self._look_after(subscription, slot, entry.first_claimed_at, others, tried=entry.attempts > 1)
        if found and found.ts:
            self._settle_found(subscription, slot, found, "found in the channel after a crash")
        elif found is None:
            self._post_late(subscription, entry)

    def _post_late(self, subscription: Subscription, entry: LedgerEntry) -> None:
        """Post what is proven not to be posted, unless it is no longer wanted or too late."""
        slot = entry.slot
        if subscription.state is not State.ACTIVE:
            self._mark(slot, State.SKIPPED, f"the digest was {subscription.state} meanwhile", details=True)
        elif slot.is_missed(self._clock()):
            self._mark(slot, State.SKIPPED, "it could not be posted within a day")
        else:
            self._deliver(subscription, slot, entry.first_claimed_at)

    def _pause(self, subscription: Subscription, slot: Slot, lost: Lost) -> bool:
        """Stop posting where Slack will not have it; its creator is told what helps."""
        self._mark(slot, State.FAILED, f"{lost.reason} {lost.advice}")
        self._store.set_state(subscription.id, State.PAUSED, lost.reason, self._clock())
        return False
