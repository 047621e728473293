"""
The ticks of the digest: what is open is settled, what is due is delivered, threads are completed, people are told.

One slot alone is the business of `slot_delivery.py`; what goes wrong with one keeps no other from its own.
"""

import datetime as dt
import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from bot.concern import concerning
from bot.digest.damage_told import DamageTold
from bot.digest.ledger import TakenOver
from bot.digest.ledger_watch import Trust
from bot.digest.meaning import explain_failure
from bot.digest.notices import Notices
from bot.digest.preparation import Preparation
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.roles import LEASE, Builder, Poster
from bot.digest.schedule import Slot, due, next_times
from bot.digest.slot_delivery import SlotDelivery, always, nothing
from bot.digest.store import DigestStore
from bot.digest.successors import HasLeft, Successors, nobody_has
from bot.digest.threads import Threads
from bot.digest.tick_memory import TickMemory
from bot.digest.together import AT_ONCE, side_by_side
from bot.place import Place
from bot.slack_errors import CannotTell, Lost, NotHere, Refused, TooFast, Unconfirmed

log = logging.getLogger(__name__)


class Digests:
    """
    Delivers what is due. `owner` names this process; `wait`, `at` and `together` are handed in by tests.

    `clock` gives Slack's time, so that claims of several processes can be compared. `adopts`: what is stored under
    another workspace of a channel that we see is taken for ours; not where that workspace has a token of its own.
    `memory`: what was known before, where one took this one's place. `is_alone` tells whether nobody else is known to
    post the same digests by a ledger of their own.
    """

    Delivery = SlotDelivery
    """How one slot is delivered; a simulation puts a bug in its place."""

    noun = ""
    """What is delivered, in words to who made it; of digests each is called by its own."""

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
        together: Callable[[Sequence[Callable[[], None]]], None] | None = None,
        preparation: Preparation | None = None,
        has_left: HasLeft = nobody_has,
        adopts: bool = True,
        memory: TickMemory | None = None,
        is_alone: Callable[[], bool] = always,
    ) -> None:
        memory = memory or TickMemory.begin(store.replace_mark)
        self._adopts = adopts
        self._store = store
        self._poster = poster
        self._builder = builder
        self._clock = clock
        self._owner = owner
        self._together = together or partial(side_by_side, at_once=at_once)
        self._threads = Threads(store, poster, builder, clock, owner, at)
        self._watch = memory.watch
        self._delivery = self.Delivery(
            *(store, poster, builder, clock, owner, self._threads),
            watch=self._watch,
            wait=wait,
            at=at,
            is_alone=is_alone,
        )
        successors = Successors(store, has_left)
        self._damage_told = DamageTold(store, poster, successors)
        self._preparation = preparation
        self._notices = Notices(
            store, poster, clock, at, self._watch, successors, noun=self.noun, telling=memory.telling
        )
        self._ticking = threading.Lock()
        self._strangers: set[str] = set()

    def tick(self) -> None:
        """Settle what is open, then deliver what is due; a tick that comes during another does nothing."""
        if not self._store.is_kept:
            log.error("digests wait: what is posted could not be remembered. %s", self._store.why_not_kept)
            return
        if not self._ticking.acquire(blocking=False):
            return
        try:
            with concerning(Place("", "", team=self._store.home)):
                self._work()
        finally:
            self._ticking.release()

    def _work(self) -> None:
        self._poster.measure()
        self._watch.look(self._clock())
        if self._adopts:
            self._bring_home()
        self._settle()
        self._deliver_due()
        self._finish_threads()
        self._damage_told.tell_all(self._clock())
        self._notices.tell_all()

    def _deliver_due(self) -> None:
        now = self._clock()
        active = {subscription.id: subscription for subscription in self._store.active()}
        if not active:
            return
        keys = self._store.keys(now)
        self._watch.see(keys, now)
        slots = self._list_due(active, keys, now)
        self._do(slots, lambda slot: self._deal(active[slot.subscription], slot), lambda slot: slot.key)

    def _list_due(self, active: Mapping[int, Subscription], keys: Collection[str], now: dt.datetime) -> list[Slot]:
        """Give the slots to deal with now: those that are due and can be built."""
        slots = due([subscription.rhythm for subscription in active.values()], keys, now)
        if prepared := self._preparation:
            prepared.look_ahead(active.values(), now)
            slots = [s for s in slots if s.is_missed(now) or prepared.is_ready(active[s.subscription], s, now)]
        return slots

    def _do(self, items: Sequence[Any], work: Callable[[Any], None], key: Callable[[Any], str]) -> None:
        """Deal with each; what goes wrong with one must not keep the others from theirs."""

        def one(item: Any) -> None:
            try:
                work(item)
            except TakenOver as taken:
                log.warning("slot %s is left alone: %s", key(item), taken)
            except Exception:
                log.exception("slot %s was left open", key(item))

        self._together([partial(one, item) for item in items])

    def _deal(self, subscription: Subscription, slot: Slot) -> None:
        with concerning(_place_of(subscription)):
            self._delivery.deal(subscription, slot)

    def _go_on(self, work: Callable[[LedgerEntry], None], entry: LedgerEntry) -> None:
        subscription = self._store.by_id(entry.slot.subscription)
        with concerning(_place_of(subscription) if subscription else ""):
            work(entry)

    def _settle(self) -> None:
        now = self._clock()
        entries = self._store.take_over(self._owner, now - LEASE, now)
        self._do(entries, partial(self._go_on, self._delivery.settle), lambda entry: entry.slot.key)

    def _finish_threads(self) -> None:
        now = self._clock()
        entries = self._store.take_threads(self._owner, now - LEASE, now)
        self._do(entries, partial(self._go_on, self._threads.settle), lambda entry: entry.slot.key)

    def _bring_home(self) -> None:
        """Take for ours what is stored under another workspace, or none, of channels that our token sees."""
        for channel in self._store.list_foreign():
            if channel in self._strangers:
                continue
            try:
                if self._poster.sees(channel):
                    self._store.adopt(channel)
                else:
                    self._strangers.add(channel)
            except (CannotTell, Lost, TooFast, Unconfirmed) as failure:
                log.info("whose digest that of %s is will be asked again: %s", channel, explain_failure(failure))

    def next_due(self, channel: str) -> dt.datetime | None:
        """Give the moment at which a channel's next digest comes; None where it has none, or all are paused."""
        active = [one for one in self._store.list_in(channel) if one.state is State.ACTIVE]
        return min((moment for one in active for moment in next_times(one.rhythm, self._clock(), 1)), default=None)

    def correct(self, weeks: int = 8) -> int:
        """Write a correction under every digest of the last weeks whose numbers have changed; gives how many."""
        written = 0
        for entry in self._store.list_posted(self._clock() - dt.timedelta(weeks=weeks)):
            message = self._builder.correction(dict(entry.shown)) if entry.shown else None
            subscription = self._store.by_id(entry.slot.subscription) if message else None
            if message is None or subscription is None:
                continue
            with concerning(_place_of(subscription)):
                written += self._correct(subscription, entry, message)
        return written

    def _correct(self, subscription: Subscription, entry: LedgerEntry, message: Any) -> bool:
        """Correct one digest, unless its thread says so already; what cannot be seen now is corrected another time."""
        key = _name_correction(entry, message.shown)
        try:
            is_there = key in self._poster.marks(subscription.channel, entry.ts)
        except CannotTell as why:
            if self._watch.trust(self._clock()) is not Trust.WHOLE:
                log.warning("whether %s was corrected is not known: %s", entry.slot.key, why)
                return False
            is_there = False
        except (TooFast, Unconfirmed, Lost, NotHere, Refused) as failure:
            log.warning("a correction of %s waits: %s", entry.slot.key, explain_failure(failure))
            return False
        # Remembered before it is said: a crash between the two loses a correction rather than repeating it.
        if not self._store.correct(entry, message.shown) or is_there:
            return False
        try:
            self._poster.reply(subscription.channel, entry.ts, message.message, key)
        except (TooFast, Unconfirmed, Lost) as failure:
            log.warning("a correction of %s did not get through: %s", entry.slot.key, explain_failure(failure))
        return True


def _name_correction(entry: LedgerEntry, shown: Mapping[str, Any]) -> str:
    """Name a correction by what was said and what should have been, so that the same one is known again."""
    both = json.dumps([entry.shown, shown], sort_keys=True, default=str)
    return f"{entry.slot.key} correction {hashlib.sha256(both.encode()).hexdigest()[:12]}"


def _place_of(subscription: Subscription) -> Place:
    """Give where a digest is posted and who made it, for the log."""
    return Place(subscription.channel, subscription.creator, team=subscription.team)
