"""
When the alerts of a channel are told: at any time outside its quiet hours, once on a day of its zone.

A slot is a day; it is taken when there is something to tell. Everything else, from the claim to the thread, is the
delivery of digests.
"""

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_messages import read_told
from bot.alerting.alert_tables import KIND, AlertChannel
from bot.digest.digests import Digests
from bot.digest.ledger import TakenOver
from bot.digest.ledger_watch import Trust
from bot.digest.other_posts import FoundPost
from bot.digest.records import State, Subscription
from bot.digest.schedule import WEEK, Slot
from bot.digest.slot_delivery import MOST_KNOWN, SlotDelivery
from bot.slack_errors import CannotTell, Lost, TooFast, Unconfirmed

log = logging.getLogger(__name__)

MIDNIGHT = dt.time(0)
FOUND = "it stood in the channel and not in the ledger"


class AlertSlotDelivery(SlotDelivery):
    """Delivers the message of one day, and none in quiet hours: what is left open then is settled after them."""

    def _hold(self, slot: Slot) -> None:
        subscription = self._store.by_id(slot.subscription)
        if isinstance(subscription, AlertChannel) and subscription.rests(_local(subscription, self._clock()).time()):
            raise TakenOver("the channel has its quiet hours")
        super()._hold(slot)

    def _deliver(self, subscription: Subscription, slot: Slot, first_claimed_at: dt.datetime) -> None:
        """Deliver it; what a ledger that was put back does not know as told is learnt from the channel before."""
        trust = self._watch.trust(self._clock())
        try:
            if trust is not Trust.WHOLE:
                self._learn(subscription)
        except (TooFast, Unconfirmed) as passing:
            log.info("what was told in %s is looked for later: %s", subscription.channel, passing)
            self._store.rest(slot, self._owner, self._clock())
            return
        except (CannotTell, Lost) as why:
            if trust is Trust.SET_BACK:
                self._uncertain(slot, why)
                return
        super()._deliver(subscription, slot, first_claimed_at)

    def _settle_found(self, subscription: Subscription, slot: Slot, found: FoundPost, reason: str) -> None:
        """Take a post for this slot's, with what it told."""
        with suppress(TooFast, Unconfirmed, CannotTell, Lost):
            self._learn(subscription)
        super()._settle_found(subscription, slot, found, reason)

    def _learn(self, subscription: Subscription) -> None:
        """Put into the ledger what the channel's messages of the last week told and it does not know."""
        kind, now = f"{KIND}{subscription.id} ", self._clock()
        known = {entry.slot.key: entry for entry in self._store.history(subscription.id, MOST_KNOWN)}
        for post, message in self._poster.list_posts(subscription.channel, kind, now - WEEK):
            told = {"items": read_told(message)}
            if not post.key and not told["items"]:
                continue  # a digest's, or one that says what it told in words alone
            slot = _read_slot(subscription, post)
            if slot.key in known and not known[slot.key].shown:
                self._store.remember(slot, told)
            elif slot.key not in known and self._store.claim(slot, self._owner, now, State.POSTED, FOUND):
                self._store.mark(
                    slot, State.POSTED, now, FOUND, ts=post.ts, posted_at=slot.due_at, shown=told, details=True
                )


class Alerts(Digests):
    """Delivers what alerts have to tell, as digests are delivered."""

    Delivery = AlertSlotDelivery
    noun = "alert message"

    def __init__(self, *parts: Any, contents: AlertContents, **more: Any) -> None:
        super().__init__(*parts, **more)
        self._contents = contents

    def _list_due(self, active: Mapping[int, Subscription], keys: Collection[str], now: dt.datetime) -> list[Slot]:
        self._contents.forget()
        return [slot for channel in active.values() for slot in self._list_today(channel, keys, now)]

    def _list_today(self, channel: Subscription, keys: Collection[str], now: dt.datetime) -> list[Slot]:
        """Give today's slot, if the channel may be told now, was not today, and there is something new."""
        local = _local(channel, now)
        slot = Slot(channel.id, local.date(), MIDNIGHT, now, KIND)
        if not isinstance(channel, AlertChannel) or channel.rests(local.time()) or slot.key in keys:
            return []
        if self._is_busy(channel, local.date()) or not self._contents.list_news(channel):
            return []
        return [slot]

    def _is_busy(self, channel: Subscription, today: dt.date) -> bool:
        """Tell whether an earlier message is still open, or arrived today: that of yesterday may be late."""
        last = next(iter(self._store.history(channel.id, 1)), None)
        if last is None:
            return False
        return last.state is State.CLAIMED or bool(last.posted_at and _local(channel, last.posted_at).date() == today)


def _read_slot(subscription: Subscription, post: FoundPost) -> Slot:
    """Read from a post's key which day's it is; where Slack does not give it, by when it was posted."""
    posted_at = dt.datetime.fromtimestamp(float(post.ts), dt.UTC)
    day = dt.date.fromisoformat(post.key.split(" ")[1]) if post.key else _local(subscription, posted_at).date()
    return Slot(subscription.id, day, MIDNIGHT, posted_at, KIND)


def _local(channel: Subscription, now: dt.datetime) -> dt.datetime:
    return now.astimezone(ZoneInfo(channel.zone))
