"""What is kept of alerts: the channels under the workspace whose token posts there, their alerts, their ledger."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from analytics.alerts.alert_rules import Observed
from analytics.storage.database import Database
from bot.alerting.alert_tables import OF_ALERTS, Alert, AlertChannel, alert_channels, alerts, read_alert, read_channel
from bot.digest.ledger import Ledger
from bot.digest.records import State, Subscription
from bot.digest.store import DigestStore
from bot.digest.tables import fetch_readable, read_each

TOLD = (State.POSTED, State.UNKNOWN)
"""Messages that arrived, or may have: what they say counts as told, so that it is not said twice."""

MOST_REMEMBERED = 1_000

AT_ONCE = 10
"""People who may set an alert in one channel at the same moment."""


class AlertStore(DigestStore):
    """The alerts of one workspace; what delivers digests delivers by it."""

    def __init__(self, database: Database, home: str = "") -> None:
        super().__init__(database, home)
        Ledger.__init__(self, database, home, OF_ALERTS)
        self._at_home: ColumnElement[bool] = alert_channels.c.team == home if home else true()

    # ------------------------------------------------------------------------------------------------------- channels

    def active(self) -> list[Subscription]:
        """Give the channels that are to be told."""
        return list(self._channels(alert_channels.c.state == State.ACTIVE))

    def list_wanted(self) -> list[Subscription]:
        """Give all channels with alerts, paused ones too."""
        return list(self._channels(alert_channels.c.state != State.OFF))

    def by_id(self, number: int) -> Subscription | None:
        """Give one channel."""
        query = select(alert_channels).where(alert_channels.c.id == number)
        row = self._database.run(lambda connection: connection.execute(query).one_or_none())
        return read_channel(row) if row else None

    def of_channel(self, channel: str) -> AlertChannel | None:
        """Give what is kept of a channel."""
        return next(iter(self._channels(alert_channels.c.channel == channel)), None)

    def set_state(self, number: int, state: State, reason: str, now: dt.datetime, by: str = "") -> bool:
        """Pause or resume a channel; one that is resumed owes nothing for the time it was paused."""
        del by  # who changed an alert is not kept: only the alerts' makers are
        changes = {"state": state.value, "reason": reason[:300]} | ({"since": now} if state is State.ACTIVE else {})
        self._change_channel(number, changes)
        return True

    def hand_on(self, number: int, to: str) -> None:
        """Note who hears of a channel's alerts from now on, because whoever did has left."""
        self._change_channel(number, {"told_instead": to})

    def list_foreign(self) -> list[str]:
        """Give nothing: alerts were kept under the token's workspace from the first day."""
        return []

    def adopt(self, channel: str) -> None:
        """Have nothing to bring home, for the same reason."""
        del channel

    def open_channel(self, wanted: AlertChannel) -> AlertChannel:
        """Make sure that a channel is kept and is told; who was first stays its maker."""
        row = {
            **{name: getattr(wanted, name) for name in ("team", "channel", "zone", "creator", "created_at", "since")},
            "quiet_from": f"{wanted.quiet_from:%H:%M}",
            "quiet_until": f"{wanted.at:%H:%M}",
            "state": State.ACTIVE.value,
            "reason": "",
        }
        try:
            self._database.run(lambda connection: connection.execute(insert(alert_channels).values(row)))
        except IntegrityError:
            found = self.of_channel(wanted.channel)
            if found and found.state is not State.ACTIVE:
                self.set_state(found.id, State.ACTIVE, "", wanted.since)
        found = self.of_channel(wanted.channel)
        if found is None:
            raise LookupError(f"no alerts of {wanted.channel}")
        return found

    def set_quiet(self, number: int, quiet_from: dt.time, until: dt.time, zone: str) -> None:
        """Set the quiet hours of a channel."""
        self._change_channel(
            number, {"quiet_from": f"{quiet_from:%H:%M}", "quiet_until": f"{until:%H:%M}", "zone": zone}
        )

    def _change_channel(self, number: int, values: Mapping[str, Any]) -> None:
        query = update(alert_channels).where(alert_channels.c.id == number).values(**values)
        self._database.run(lambda connection: connection.execute(query))

    def _channels(self, which: ColumnElement[bool]) -> list[AlertChannel]:
        query = select(alert_channels).where(which, self._at_home).order_by(alert_channels.c.id)
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(query)))
        return list(read_each(rows, read_channel))

    # --------------------------------------------------------------------------------------------------------- alerts

    def add_alert(self, channel: AlertChannel, words: str, start: Observed, creator: str, now: dt.datetime) -> Alert:
        """Keep an alert under the next number of its channel; one that waits for the same is given instead."""
        for _ in range(AT_ONCE):
            same = next((one for one in self.list_alerts(channel.id) if one.words == words), None)
            if same:
                return same
            alert = Alert(channel.id, self._next_number(channel.id), words, start, creator, now)
            try:
                self._database.run(partial(_insert_alert, alert=alert))
            except IntegrityError:
                continue  # somebody else's took the number at the same moment
            return alert
        raise LookupError(f"no number is free for an alert of {channel.channel}")

    def _next_number(self, subscription: int) -> int:
        last = select(func.coalesce(func.max(alerts.c.number), 0)).where(alerts.c.subscription == subscription)
        return 1 + int(self._database.run(lambda connection: connection.execute(last).scalar_one()))

    def list_alerts(self, subscription: int | None = None, *, active: bool = False) -> list[Alert]:
        """Give the alerts of a channel, or of all, that nobody ended; `active`: without those that are paused."""
        which = alerts.c.state == State.ACTIVE if active else alerts.c.state != State.OFF
        ours = alerts.c.subscription.in_(select(alert_channels.c.id).where(self._at_home))
        theirs = true() if subscription is None else alerts.c.subscription == subscription
        query = select(alerts).where(which, ours, theirs).order_by(alerts.c.subscription, alerts.c.number)
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(query)))
        return list(read_each(rows, read_alert))

    def set_alert(self, alert: Alert, state: State) -> None:
        """Pause, resume or end one alert."""
        which = (alerts.c.subscription == alert.subscription) & (alerts.c.number == alert.number)
        query = update(alerts).where(which).values(state=state.value)
        self._database.run(lambda connection: connection.execute(query))

    def list_told(self, subscription: int) -> dict[int, Any]:
        """Give the value last told of each alert of a channel, by its number, as the ledger of its messages has it."""
        found: dict[int, Any] = {}
        for entry in self.history(subscription, MOST_REMEMBERED):
            if entry.state in TOLD and entry.shown:
                for item in entry.shown.get("items", ()):
                    found.setdefault(item["number"], item["value"])
        return found


def _insert_alert(connection: Connection, alert: Alert) -> None:
    row = {
        **{name: getattr(alert, name) for name in ("subscription", "number", "words", "creator", "created_at")},
        "start": json.dumps(alert.start.value),
        "started_at": alert.start.as_of,
        "state": State.ACTIVE.value,
    }
    connection.execute(insert(alerts).values(row))
