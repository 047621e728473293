"""
What a channel is told: its alerts judged by the readings of now, decided once for each slot.

The decision is put into the ledger before anything is posted. So a message that is tried again, or found after a crash,
says the same, and what counts as told is what it said.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from analytics.alerts.alert_rules import Judgement, Observed, Rule, Unobserved, judge
from analytics.alerts.alert_words import recall_rule
from analytics.answering.alert_evidence import AlertEvidence
from analytics.domain.staleness import OBSERVED
from bot.alerting import alert_messages
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.digest.records import Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot

NOTHING_NEW = "nothing was new any more when it was to be told"


class AlertContents:
    """Judges and words the alerts of channels."""

    def __init__(self, store: AlertStore, evidence: AlertEvidence, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._evidence = evidence
        self._clock = clock
        self._observed: dict[Rule, tuple[dt.datetime, Observed | Unobserved]] = {}

    def build(self, subscription: Subscription, slot: Slot, *, late: bool) -> Content:
        """Make the message of a slot: as it was decided, else by what is new now."""
        del late
        entry = next((one for one in self._store.history(subscription.id) if one.slot.key == slot.key), None)
        shown: Mapping[str, Any] = (entry and entry.shown) or {}
        if any("said" not in item for item in shown.get("items", ())):
            return Content((), shown=dict(shown))  # it was learnt from the post that stands in the channel
        items = list(shown.get("items", ())) or self.list_news(subscription)
        if not isinstance(subscription, AlertChannel) or not items:
            return Content((), quiet=NOTHING_NEW)
        decided = {"items": items}
        self._store.remember(slot, decided)
        return Content(alert_messages.forms(subscription, items), shown=decided)

    def correction(self, shown: dict[str, Any]) -> None:
        """Correct nothing: what is otherwise now is the next message."""
        del shown

    def list_news(self, subscription: Subscription) -> list[dict[str, Any]]:
        """Give what is new in a channel, as lines of its next message."""
        told = self._store.list_told(subscription.id)
        return [
            alert_messages.make_item(alert, rule, judged)
            for alert in self._store.list_alerts(subscription.id, active=True)
            if (rule := recall_rule(alert.words)) is not None and (judged := self.judge(alert, rule, told)).is_news
        ]

    def judge(self, alert: Alert, rule: Rule, told: Mapping[int, Observed]) -> Judgement:
        """Judge one alert by the newest reading."""
        return judge(rule, alert.start, told.get(alert.number, alert.start), self._observe(rule))

    def _observe(self, rule: Rule) -> Observed | Unobserved:
        now = self._clock()
        known = self._observed.get(rule)
        if known and dt.timedelta() <= now - known[0] < OBSERVED:
            return known[1]
        self._evidence.refresh(rule)
        observed = self._evidence.observe(rule)
        self._observed[rule] = (now, observed)
        return observed

    def forget(self) -> None:
        """Forget what no alert waits for any more."""
        wanted = {recall_rule(alert.words) for alert in self._store.list_alerts()}
        self._observed = {rule: seen for rule, seen in self._observed.items() if rule in wanted}
