"""The two tables of the digest, who subscribed and what became of each slot; and their rows as values."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Result,
    Row,
    String,
    Table,
    UniqueConstraint,
    exists,
    insert,
    literal,
    select,
    text,
)

from analytics.digest_words.digest_names import fold_name
from analytics.digest_words.named_days import MONTHLY, find_zone
from analytics.storage.column_types import Moment
from analytics.storage.database import metadata
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot

log = logging.getLogger(__name__)

Read = TypeVar("Read")

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
    Column("changed_by", String(32), nullable=False, server_default=text("''")),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("told_instead", String(32), nullable=False, server_default=text("''")),
    Column("name", String(40), nullable=False, server_default=text("''")),
    Column("name_key", String(200), nullable=False, server_default=text("''")),
    Column("monthly", String(16), nullable=False, server_default=text("''")),
    UniqueConstraint("team", "channel", "name_key"),
)


def make_ledger_table(name: str, of: str) -> Table:
    """Make a ledger of slots: what became of each, of the subscriptions in another table."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("subscription", Integer, ForeignKey(f"{of}.id"), nullable=False, index=True),
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


slots = make_ledger_table("slots", "subscriptions")


@dataclass(frozen=True, slots=True)
class LedgerTables:
    """A ledger and who its slots are of; `kind` begins the keys of what is no digest."""

    subscriptions: Table
    slots: Table
    kind: str = ""


OF_DIGESTS = LedgerTables(subscriptions, slots)


def as_row(wanted: Subscription) -> dict[str, Any]:
    """Give the columns of a subscription but for its number."""
    plain = {field.name: getattr(wanted, field.name) for field in fields(Subscription) if field.name != "id"}
    return plain | {
        "at": f"{wanted.at:%H:%M}",
        "sections": " ".join(wanted.sections),
        "state": wanted.state.value,
        "name_key": fold_name(wanted.name),
    }


SETTINGS = ("weekday", "at", "zone", "monthly", "sections", "only_if_matters", "state", "reason")
"""The columns that people set, by which a change is told from none, and which an undo puts back."""


def settings_of(subscription: Subscription) -> dict[str, Any]:
    """Give what people set, as columns."""
    row = as_row(subscription)
    return {name: row[name] for name in SETTINGS}


def insert_below(connection: Connection, table: Table, owners: Table, row: Mapping[str, Any]) -> bool:
    """
    Insert a row under the one that it points to, in `subscription`; tell whether that is still there.

    Its workspace may have left meanwhile, and SQLite would let the next with the same number have what was inserted.
    """
    owned = exists().where(owners.c.id == row["subscription"])
    values = select(*(literal(value, table.c[name].type) for name, value in row.items())).where(owned)
    return bool(connection.execute(insert(table).from_select(list(row), values)).rowcount)


def fetch_readable(result: Result[Any]) -> list[Row[Any]]:
    """Fetch row by row: SQLAlchemy reads moments while it fetches, and one damaged would cost all the others."""
    rows: list[Row[Any]] = []
    while True:
        try:
            row = result.fetchone()
        except ValueError as trouble:
            log.error("a row cannot be read and is passed over: %s", trouble)  # noqa: TRY400 - the cause is the row
            continue
        if row is None:
            return rows
        rows.append(row)


def read_each(rows: Iterable[Row[Any]], read: Callable[[Row[Any]], Read]) -> Iterator[Read]:
    """Read rows one by one; one that a damage left unreadable must not keep the others from being posted."""
    for row in rows:
        try:
            yield read(row)
        except (ValueError, KeyError, TypeError) as trouble:
            log.error("row %s cannot be read and is passed over: %s", row.id, trouble)  # noqa: TRY400 - the cause is the row


def read_subscription(row: Row[Any]) -> Subscription:
    """Read a row of the subscriptions. Raises ValueError for one that a damage spoilt."""
    if find_zone(row.zone) is None or row.weekday not in range(7):
        raise ValueError(f"{row.weekday!r} in {row.zone!r} is no day of any zone")
    if row.monthly and row.monthly not in MONTHLY:
        raise ValueError(f"{row.monthly!r} is no day of a month")
    plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    del plain["name_key"]
    return Subscription(
        **plain
        | {
            "at": dt.time.fromisoformat(row.at),
            "sections": tuple(row.sections.split()),
            "state": State(row.state),
        }
    )


def read_entry(
    row: Row[Any], claimed_at: dt.datetime | None = None, owner: str | None = None, *, kind: str = ""
) -> LedgerEntry:
    """Read a row of the ledger, as it stands or as it was just taken."""
    slot = Slot(row.subscription, dt.date.fromisoformat(row.day), dt.time.fromisoformat(row.at), row.due_at, kind)
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
