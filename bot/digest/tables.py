"""The two tables of the digest, who subscribed and what became of each slot; and their rows as values."""

import datetime as dt
import json
from dataclasses import fields
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Row, String, Table, UniqueConstraint

from analytics.storage.column_types import Moment
from analytics.storage.database import metadata
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("sections", String(200), nullable=False),
    Column("only_if_matters", Boolean, nullable=False),
    Column("creator", String(32), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(300), nullable=False),
    UniqueConstraint("team", "channel"),
)

slots = Table(
    "slots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscription", Integer, ForeignKey("subscriptions.id"), nullable=False, index=True),
    Column("day", String(10), nullable=False, index=True),
    Column("at", String(5), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("claimed_at", Moment, nullable=False),
    Column("first_claimed_at", Moment, nullable=False),
    Column("owner", String(64), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("posted_at", Moment),
    Column("details", Boolean, nullable=False),
    Column("shown", String, nullable=False),
    UniqueConstraint("subscription", "day", "at"),
)


def as_row(wanted: Subscription) -> dict[str, Any]:
    """Give the columns of a subscription but for its number."""
    plain = {field.name: getattr(wanted, field.name) for field in fields(Subscription) if field.name != "id"}
    return plain | {
        "at": f"{wanted.at:%H:%M}",
        "sections": " ".join(wanted.sections),
        "state": wanted.state.value,
    }


def read_subscription(row: Row[Any]) -> Subscription:
    """Read a row of the subscriptions."""
    plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return Subscription(
        **plain
        | {
            "at": dt.time.fromisoformat(row.at),
            "sections": tuple(row.sections.split()),
            "state": State(row.state),
        }
    )


def read_entry(row: Row[Any], claimed_at: dt.datetime | None = None, owner: str | None = None) -> LedgerEntry:
    """Read a row of the ledger, as it stands or as it was just taken."""
    slot = Slot(row.subscription, dt.date.fromisoformat(row.day), dt.time.fromisoformat(row.at), row.due_at)
    return LedgerEntry(
        slot=slot,
        state=State(row.state),
        claimed_at=claimed_at or row.claimed_at,
        first_claimed_at=row.first_claimed_at,
        owner=owner or row.owner,
        attempts=row.attempts,
        reason=row.reason,
        ts=row.ts,
        posted_at=row.posted_at,
        details=row.details,
        id=row.id,
        shown=json.loads(row.shown) if row.shown else None,
    )
