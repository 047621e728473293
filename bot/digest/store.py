"""
What the bot must not forget: subscriptions, and the ledger of their slots.

A slot is claimed by inserting its row under a unique key, committed before anything is posted. A claim left open is
taken over by comparing and setting its `claimed_at`, so that of several processes one settles it. Written in SQLAlchemy
Core for SQLite and PostgreSQL alike; `skip_locked` keeps processes on PostgreSQL out of each other's way.
"""

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from analytics.storage.column_types import Moment
from analytics.storage.damage_log import Damage
from analytics.storage.database import Database, metadata
from bot.digest.schedule import WEEKS_BACK, Rhythm, Slot, find_zone

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


class TakenOver(Exception):
    """A slot is not for this process to go on with; whoever finds that out leaves it alone."""

    def __init__(self, why: str = "another process settles it now") -> None:
        super().__init__(why)


class State(StrEnum):
    """Of a subscription: active, paused, off. Of a slot: what became of it."""

    ACTIVE = "active"
    PAUSED = "paused"
    OFF = "off"
    CLAIMED = "claimed"
    POSTED = "posted"
    QUIET = "quiet"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One channel's digest. Moments are aware UTC; `reason` says why it is paused."""

    team: str
    channel: str
    weekday: int
    at: dt.time
    zone: str
    creator: str
    created_at: dt.datetime
    since: dt.datetime
    sections: tuple[str, ...] = ()
    only_if_matters: bool = False
    state: State = State.ACTIVE
    reason: str = ""
    id: int = 0

    @property
    def rhythm(self) -> Rhythm:
        """When it is due."""
        return Rhythm(self.id, self.weekday, self.at, self.zone, self.since)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """
    One line of the ledger.

    `claimed_at` is when the present owner took it or last touched it; a later moment lets it rest until then.
    `first_claimed_at` is when anybody first took it. `details` says that nothing is left to do: of a posted one the
    thread is complete or given up, of any other its creator was told.
    `shown` is what its post said (headline, as-of, method), to be corrected by if that turns out otherwise.
    """

    slot: Slot
    state: State
    claimed_at: dt.datetime
    first_claimed_at: dt.datetime
    owner: str
    attempts: int = 1
    reason: str = ""
    ts: str = ""
    posted_at: dt.datetime | None = None
    details: bool = False
    shown: Mapping[str, Any] | None = None
    id: int = 0


class DigestStore:
    """Subscriptions and ledger in one database; safe to use from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def is_kept(self) -> bool:
        """Whether a claim outlives this process; without that nothing may be delivered."""
        return self._database.is_kept

    @property
    def why_not_kept(self) -> str:
        """Say why nothing outlives this process, and what to do."""
        return str(self._database.trouble or "")

    @property
    def damage(self) -> Damage | None:
        """What is known of the last damage to the database."""
        return self._database.damage

    def note_told(self, who: str) -> None:
        """Remember that somebody was told of the last damage."""
        if damage := self.damage:
            self._database.note_told(damage, who)

    # ----------------------------------------------------------------------------------------------- subscriptions

    def subscribe(self, wanted: Subscription) -> tuple[Subscription, bool]:
        """Make or change the subscription of a channel; gives it as stored, and whether it is a new one."""
        row = _as_row(wanted)

        def work(connection: Connection) -> None:
            connection.execute(insert(subscriptions).values(row))

        try:
            self._database.run(work)
        except IntegrityError:
            old = self.of_channel(wanted.team, wanted.channel)
            kept = {"creator", "created_at"} if old and old.state is not State.OFF else set()
            if old and _as_row(old) | {"since": 0, "created_at": 0} == row | {"since": 0, "created_at": 0}:
                return old, False  # a double click
            self._change(wanted.team, wanted.channel, {key: row[key] for key in row if key not in kept})
            return self._find(wanted), bool(old and old.state is State.OFF)
        return self._find(wanted), True

    def of_channel(self, team: str, channel: str) -> Subscription | None:
        """Give the subscription of a channel, whatever its state."""
        query = select(subscriptions).where(subscriptions.c.team == team, subscriptions.c.channel == channel)
        row = self._database.run(lambda connection: connection.execute(query).one_or_none())
        return _subscription(row) if row else None

    def active(self) -> list[Subscription]:
        """Give all that are to be posted."""
        rows = self._database.run(lambda connection: connection.execute(_ACTIVE).all())
        return list(_read_each(rows, _subscription))

    def list_wanted(self) -> list[Subscription]:
        """Give all that nobody stopped, paused ones too."""
        query = select(subscriptions).where(subscriptions.c.state != State.OFF).order_by(subscriptions.c.id)
        return list(_read_each(self._database.run(lambda connection: connection.execute(query).all()), _subscription))

    def by_id(self, number: int) -> Subscription | None:
        """Give one subscription."""
        query = select(subscriptions).where(subscriptions.c.id == number)
        row = self._database.run(lambda connection: connection.execute(query).one_or_none())
        return _subscription(row) if row else None

    def set_state(self, team: str, channel: str, state: State, reason: str, now: dt.datetime) -> None:
        """Pause, resume or end; a resumed one owes nothing for the time it was paused."""
        changes = {"state": state.value, "reason": reason[:300]}
        self._change(team, channel, changes | ({"since": now} if state is State.ACTIVE else {}))

    def _change(self, team: str, channel: str, values: Mapping[str, Any]) -> None:
        query = update(subscriptions).where(subscriptions.c.team == team, subscriptions.c.channel == channel)
        self._database.run(lambda connection: connection.execute(query.values(**values)))

    def _find(self, wanted: Subscription) -> Subscription:
        found = self.of_channel(wanted.team, wanted.channel)
        if found is None:
            raise LookupError(f"no subscription of {wanted.channel}")
        return found

    # ------------------------------------------------------------------------------------------------------- ledger

    def keys(self, now: dt.datetime) -> frozenset[str]:
        """Give the keys of all slots dealt with in the last weeks: the ledger that `schedule.due` asks for."""
        oldest = (now - dt.timedelta(weeks=WEEKS_BACK + 2)).date().isoformat()
        rows = self._database.run(lambda connection: connection.execute(_KEYS, {"oldest": oldest}).all())
        return frozenset(f"{subscription} {day} {at}" for subscription, day, at in rows)

    def claim(self, slot: Slot, owner: str, now: dt.datetime, state: State = State.CLAIMED, reason: str = "") -> bool:
        """
        Take a slot, committed when this returns True; False if anybody took it before.

        With another `state` it is recorded at once as dealt with (skipped).
        """
        row = {
            "subscription": slot.subscription,
            "day": slot.day.isoformat(),
            "at": f"{slot.at:%H:%M}",
            "due_at": slot.due_at,
            "state": state.value,
            "claimed_at": now,
            "first_claimed_at": now,
            "owner": owner,
            "attempts": 1,
            "reason": reason[:300],
            "ts": "",
            "details": False,
            "shown": "",
        }
        try:
            self._database.run(lambda connection: connection.execute(insert(slots).values(row)))
        except IntegrityError:
            return False
        return True

    def take_over(self, owner: str, before: dt.datetime, now: dt.datetime, most: int = 100) -> list[LedgerEntry]:
        """Take claims that nobody touched since `before`: whoever had them died or gave up for the moment."""
        return self._take(_STUCK, owner, before, now, most)

    def take_threads(self, owner: str, before: dt.datetime, now: dt.datetime, most: int = 20) -> list[LedgerEntry]:
        """Take posts whose threads are not complete; those that waited longest first, so that none starves."""
        return self._take(_HALF_POSTED, owner, before, now, most)

    def _take(
        self, which: Select[Any], owner: str, before: dt.datetime, now: dt.datetime, most: int
    ) -> list[LedgerEntry]:
        def work(connection: Connection) -> Sequence[Row[Any]]:
            rows = connection.execute(which, {"before": before, "most": most}).all()
            return [row for row in rows if _take_row(connection, row, owner, now)]

        return list(_read_each(self._database.run(work), lambda row: _entry(row, claimed_at=now, owner=owner)))

    def touch(self, entry: Slot, owner: str, now: dt.datetime) -> bool:
        """Renew one's claim before anything is posted; False if it is no longer one's own, or dealt with."""
        query = update(slots).where(*_at(entry), slots.c.owner == owner, _OPEN)
        values = {"claimed_at": now, "attempts": slots.c.attempts + _ATTEMPT}
        return bool(self._database.run(lambda connection: connection.execute(query.values(**values)).rowcount))

    def rest(self, slot: Slot, owner: str, claimed_at: dt.datetime) -> None:
        """Leave an open slot as if it had been touched at another moment, so that it is taken up sooner or later."""
        query = update(slots).where(*_at(slot), slots.c.owner == owner, _OPEN).values(claimed_at=claimed_at)
        self._database.run(lambda connection: connection.execute(query))

    def mark(self, slot: Slot, state: State, now: dt.datetime, reason: str = "", owner: str = "", **more: Any) -> bool:
        """
        Say what became of a slot; `more` are the columns ts, details, shown and posted_at.

        With an `owner` only while it is open and that owner's; False if it is not.
        """
        values: dict[str, Any] = {"state": state.value, "reason": reason[:300], **more}
        if state is State.POSTED:
            values["posted_at"] = values.get("posted_at", now)
        if "shown" in values:
            values["shown"] = json.dumps(values["shown"])
        query = update(slots).where(*_at(slot), *((slots.c.owner == owner, _OPEN) if owner else ())).values(**values)
        return bool(self._database.run(lambda connection: connection.execute(query)).rowcount)

    def remember(self, slot: Slot, shown: Mapping[str, Any]) -> None:
        """Note what a post showed that was found in its channel."""
        query = update(slots).where(*_at(slot)).values(shown=json.dumps(shown))
        self._database.run(lambda connection: connection.execute(query))

    def close_thread(self, slot: Slot, owner: str, missing: str) -> None:
        """Say that a post's thread is complete or given up, and what is missing of it."""
        reason = {"reason": missing[:300]} if missing else {}
        query = update(slots).where(*_at(slot), slots.c.owner == owner, _UNFINISHED).values(details=True, **reason)
        self._database.run(lambda connection: connection.execute(query))

    def correct(self, entry: LedgerEntry, shown: dict[str, Any]) -> bool:
        """Remember what a correction says a post should have shown; False if another process did so first."""
        as_it_was = slots.c.shown == json.dumps(entry.shown)
        query = update(slots).where(*_at(entry.slot), as_it_was).values(shown=json.dumps(shown))
        return bool(self._database.run(lambda connection: connection.execute(query)).rowcount)

    # -------------------------------------------------------------------------------------------- what is to be told

    def untold(self, since: dt.datetime) -> dict[str, list[tuple[Subscription, LedgerEntry]]]:
        """Give what became of slots not posted and is not told yet, by the person to tell, earliest first."""
        rows = self._database.run(lambda connection: connection.execute(_UNTOLD, {"since": since}).all())
        found: dict[str, list[tuple[Subscription, LedgerEntry]]] = {}
        for entry in _read_each(rows, _entry):
            subscription = self.by_id(entry.slot.subscription)
            if subscription:
                found.setdefault(subscription.creator, []).append((subscription, entry))
        return found

    def tell(
        self, creator: str, entries: Sequence[LedgerEntry], now: dt.datetime, none_since: dt.datetime | None
    ) -> bool:
        """
        Note that a person is told of these now; False if another process does it or told anything since a moment.

        Noted before it is said: a crash between the two loses the words rather than repeating them.
        """
        told = slots.c.id.in_([entry.id for entry in entries])
        theirs = slots.c.subscription.in_(select(subscriptions.c.id).where(subscriptions.c.creator == creator))
        lately = select(slots.c.id).where(_TELLING, slots.c.details, theirs).limit(1)

        def work(connection: Connection) -> bool:
            if none_since:
                since = lately.where(slots.c.claimed_at > none_since)
                if connection.execute(since).one_or_none():
                    return False
            values = {"details": True, "claimed_at": now}

            noted = connection.execute(update(slots).where(told, slots.c.details.is_(False)).values(**values)).rowcount
            if noted != len(entries):
                connection.rollback()
            return noted == len(entries)

        return self._database.run(work)

    def untell(self, entries: Sequence[LedgerEntry]) -> None:
        """Take back that a person was told."""
        query = update(slots).where(slots.c.id.in_([entry.id for entry in entries])).values(details=False)
        self._database.run(lambda connection: connection.execute(query))

    def history(self, subscription: int, most: int = 10) -> list[LedgerEntry]:
        """Give the last slots of a subscription, newest first."""
        query = select(slots).where(slots.c.subscription == subscription).order_by(slots.c.due_at.desc()).limit(most)
        return list(_read_each(self._database.run(lambda connection: connection.execute(query).all()), _entry))

    def list_posted(self, moment: dt.datetime) -> list[LedgerEntry]:
        """Give all posted slots that were due since a moment, oldest first."""
        query = select(slots).where(slots.c.state == State.POSTED, slots.c.due_at >= moment)
        query = query.order_by(slots.c.due_at)
        return list(_read_each(self._database.run(lambda connection: connection.execute(query).all()), _entry))

    def counts_since(self, moment: dt.datetime) -> dict[str, int]:
        """Count the slots due since a moment by what became of them."""
        query = select(slots.c.state).where(slots.c.due_at >= moment)
        states = self._database.run(lambda connection: connection.execute(query).scalars().all())
        return {state.value: states.count(state.value) for state in State if state.value in states}


# Asked at every tick, so they are put together once.
_CLAIMED = slots.c.state == State.CLAIMED
_UNFINISHED = (slots.c.state == State.POSTED) & slots.c.details.is_(False)
_OPEN = _CLAIMED | _UNFINISHED
_TELLING = slots.c.state.in_((State.SKIPPED, State.UNKNOWN, State.FAILED))
_ATTEMPT = case((_CLAIMED, 1), else_=0)
"""What is sent in a thread is no further attempt to post."""

_ACTIVE = select(subscriptions).where(subscriptions.c.state == State.ACTIVE)
_KEYS = select(slots.c.subscription, slots.c.day, slots.c.at).where(slots.c.day >= bindparam("oldest"))
_LEFT_ALONE = select(slots).where(slots.c.claimed_at < bindparam("before")).order_by(slots.c.claimed_at)
_STUCK, _HALF_POSTED = (
    _LEFT_ALONE.where(state).limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True)
    for state in (_CLAIMED, _UNFINISHED)
)
_UNTOLD = (
    select(slots)
    .where(_TELLING, slots.c.details.is_(False), slots.c.claimed_at >= bindparam("since"))
    .order_by(slots.c.due_at)
)


def _take_row(connection: Connection, row: Row[Any], owner: str, now: dt.datetime) -> bool:
    query = update(slots).where(slots.c.id == row.id, slots.c.claimed_at == row.claimed_at, slots.c.owner == row.owner)
    return bool(connection.execute(query.values(claimed_at=now, owner=owner)).rowcount)


def _at(slot: Slot) -> tuple[Any, ...]:
    return (
        slots.c.subscription == slot.subscription,
        slots.c.day == slot.day.isoformat(),
        slots.c.at == f"{slot.at:%H:%M}",
    )


def _as_row(wanted: Subscription) -> dict[str, Any]:
    plain = {field.name: getattr(wanted, field.name) for field in fields(Subscription) if field.name != "id"}
    return plain | {
        "at": f"{wanted.at:%H:%M}",
        "sections": " ".join(wanted.sections),
        "state": wanted.state.value,
    }


def _read_each(rows: Iterable[Row[Any]], read: Callable[[Row[Any]], Read]) -> Iterator[Read]:
    """Read rows one by one; one that a damage left unreadable must not keep the others from being posted."""
    for row in rows:
        try:
            yield read(row)
        except (ValueError, KeyError, TypeError) as trouble:
            log.error("row %s cannot be read and is passed over: %s", row.id, trouble)  # noqa: TRY400 - the cause is the row


def _subscription(row: Row[Any]) -> Subscription:
    if find_zone(row.zone) is None or row.weekday not in range(7):
        raise ValueError(f"{row.weekday!r} in {row.zone!r} is no day of any zone")
    plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return Subscription(
        **plain
        | {
            "at": dt.time.fromisoformat(row.at),
            "sections": tuple(row.sections.split()),
            "state": State(row.state),
        }
    )


def _entry(row: Row[Any], claimed_at: dt.datetime | None = None, owner: str | None = None) -> LedgerEntry:
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
