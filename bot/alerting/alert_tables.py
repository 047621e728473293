"""The tables of alerts: the channels that have any, what each waits for, and the ledger of their messages."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Row, String, Table, UniqueConstraint, text

from analytics.alerts.alert_rules import Observed
from analytics.digest_words.named_days import find_zone
from analytics.storage.column_types import Moment
from analytics.storage.database import metadata
from bot.digest.records import State, Subscription
from bot.digest.tables import LedgerTables, make_ledger_table

KIND = "alert-"
"""How the keys of the messages of alerts begin."""

alert_channels = Table(
    "alert_channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("quiet_from", String(5), nullable=False),
    Column("quiet_until", String(5), nullable=False),
    Column("creator", String(32), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(300), nullable=False),
    Column("told_instead", String(32), nullable=False, server_default=text("''")),
    Column("changed_by", String(32), nullable=False, server_default=text("''")),
    Column("revision", Integer, nullable=False, server_default="0"),
    UniqueConstraint("team", "channel"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscription", Integer, ForeignKey("alert_channels.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("words", String(300), nullable=False),
    Column("start", String, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("creator", String(32), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    UniqueConstraint("subscription", "number"),
)

alert_slots = make_ledger_table("alert_slots", "alert_channels")
OF_ALERTS = LedgerTables(alert_channels, alert_slots, KIND)


@dataclass(frozen=True, slots=True)
class AlertChannel(Subscription):
    """
    A channel with alerts: a subscription that may speak once on every day, from `at` until `quiet_from` by its zone.

    `weekday` says nothing here; `only_if_matters` is always so.
    """

    quiet_from: dt.time = dt.time(20)

    @property
    def is_quiet_at_all(self) -> bool:
        """Whether there are quiet hours: the same time twice are none."""
        return self.quiet_from != self.at

    def rests(self, local: dt.time) -> bool:
        """Tell whether a wall time is in the quiet hours, which may go over midnight; the same twice are none."""
        if self.quiet_from <= self.at:
            return self.quiet_from <= local < self.at
        return local >= self.quiet_from or local < self.at


@dataclass(frozen=True, slots=True)
class Alert:
    """
    One alert: its number in its channel, the condition in canonical words, the reading it began with, its maker.

    `revision` counts how often its state was changed.
    """

    subscription: int
    number: int
    words: str
    start: Observed
    creator: str
    created_at: dt.datetime
    state: State = State.ACTIVE
    revision: int = 0


def read_channel(row: Row[Any]) -> AlertChannel:
    """Read a row of the channels. Raises ValueError for one that a damage spoilt."""
    if find_zone(row.zone) is None:
        raise ValueError(f"{row.zone!r} is no zone")
    return AlertChannel(
        team=row.team,
        channel=row.channel,
        weekday=0,
        at=dt.time.fromisoformat(row.quiet_until),
        zone=row.zone,
        creator=row.creator,
        created_at=row.created_at,
        since=row.since,
        only_if_matters=True,
        state=State(row.state),
        reason=row.reason,
        told_instead=row.told_instead,
        changed_by=row.changed_by,
        revision=row.revision,
        id=row.id,
        quiet_from=dt.time.fromisoformat(row.quiet_from),
    )


def read_alert(row: Row[Any]) -> Alert:
    """Read a row of the alerts."""
    start = Observed(row.started_at, json.loads(row.start))
    state = State(row.state)
    return Alert(row.subscription, row.number, row.words, start, row.creator, row.created_at, state, row.revision)
