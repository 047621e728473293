"""
When the alerts of a channel are told: at any time outside its quiet hours, once on a day of its zone.

A slot is a day; it is taken when there is something to tell. Everything else, from the claim to the thread, is the
delivery of digests.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.alerting.alert_builder import AlertContents
from bot.alerting.alert_tables import KIND, AlertChannel
from bot.digest.digests import Digests
from bot.digest.ledger import TakenOver
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot
from bot.digest.slot_delivery import SlotDelivery

MIDNIGHT = dt.time(0)


class AlertSlotDelivery(SlotDelivery):
    """Delivers the message of one day, and none in quiet hours: what is left open then is settled after them."""

    def _hold(self, slot: Slot) -> None:
        subscription = self._store.by_id(slot.subscription)
        if isinstance(subscription, AlertChannel) and subscription.rests(_local(subscription, self._clock()).time()):
            raise TakenOver("the channel has its quiet hours")
        super()._hold(slot)


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


def _local(channel: Subscription, now: dt.datetime) -> dt.datetime:
    return now.astimezone(ZoneInfo(channel.zone))
