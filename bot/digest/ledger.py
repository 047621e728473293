"""
The ledger of slots: who has claimed which, and what became of it.

A slot is claimed by inserting its row under a unique key, committed before anything is posted. A claim left open is
taken over by comparing and setting its `claimed_at`, so that of several processes one settles it. Written in SQLAlchemy
Core for SQLite and PostgreSQL alike; `skip_locked` keeps processes on PostgreSQL out of each other's way.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    bindparam,
    case,
    func,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError

from analytics.storage.database import Database
from bot.digest.records import LedgerEntry, State
from bot.digest.schedule import WEEKS_BACK, Slot
from bot.digest.tables import OF_DIGESTS, LedgerTables, fetch_readable, insert_below, read_each, read_entry


class TakenOver(Exception):
    """A slot is not for this process to go on with; whoever finds that out leaves it alone."""

    def __init__(self, why: str = "another process settles it now") -> None:
        super().__init__(why)


class Ledger:
    """The ledger of one workspace's digests; safe to use from several threads and processes."""

    def __init__(self, database: Database, home: str = "", tables: LedgerTables = OF_DIGESTS) -> None:
        self._database = database
        self._slots = slots = tables.slots
        self._read_entry = partial(read_entry, kind=tables.kind)
        self._kind, self._owners = tables.kind, tables.subscriptions
        theirs = select(tables.subscriptions.c.id).where(tables.subscriptions.c.team == home)
        self._ours: ColumnElement[bool] = slots.c.subscription.in_(theirs) if home else true()
        claimed, unfinished = slots.c.state == State.CLAIMED, _lacks_thread(slots)
        self._open, self._attempt = claimed | unfinished, case((claimed, 1), else_=0)
        # Asked at every tick, so they are put together once.
        self._stuck, self._half_posted = (_left_alone(slots, state & self._ours) for state in (claimed, unfinished))
        self._telling = slots.c.state.in_((State.SKIPPED, State.UNKNOWN, State.FAILED))
        untold = self._telling & slots.c.details.is_(False) & (slots.c.claimed_at >= bindparam("since")) & self._ours
        self._untold = select(slots).where(untold).order_by(slots.c.due_at)
        lately = slots.c.day >= bindparam("oldest")
        self._keys = select(slots.c.subscription, slots.c.day, slots.c.at).where(lately, self._ours)
        of_one = slots.c.subscription == bindparam("of")
        self._last = select(slots).where(of_one).order_by(slots.c.due_at.desc()).limit(bindparam("most", type_=Integer))

    def keys(self, now: dt.datetime) -> frozenset[str]:
        """Give the keys of all slots dealt with in the last weeks: the ledger that `schedule.due` asks for."""
        oldest = (now - dt.timedelta(weeks=WEEKS_BACK + 2)).date().isoformat()
        rows = self._database.run(lambda connection: connection.execute(self._keys, {"oldest": oldest}).all())
        return frozenset(f"{self._kind}{subscription} {day} {at}" for subscription, day, at in rows)

    def count_states(self) -> dict[str, int]:
        """Count all slots by what became of them."""
        query = select(self._slots.c.state, func.count()).where(self._ours).group_by(self._slots.c.state)
        rows = self._database.run(lambda connection: connection.execute(query).all())
        return {str(state): number for state, number in rows}

    def claim(self, slot: Slot, owner: str, now: dt.datetime, state: State = State.CLAIMED, reason: str = "") -> bool:
        """
        Take a slot, committed when this returns True; False if anybody took it before, or the digest is forgotten.

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
            return self._database.run(partial(insert_below, table=self._slots, owners=self._owners, row=row))
        except IntegrityError:
            return False

    def take_over(self, owner: str, before: dt.datetime, now: dt.datetime, most: int = 100) -> list[LedgerEntry]:
        """Take claims that nobody touched since `before`: whoever had them died or gave up for the moment."""
        return self._take(self._stuck, owner, before, now, most)

    def take_threads(self, owner: str, before: dt.datetime, now: dt.datetime, most: int = 20) -> list[LedgerEntry]:
        """Take posts whose threads are not complete; those that waited longest first, so that none starves."""
        return self._take(self._half_posted, owner, before, now, most)

    def _take(
        self, which: Select[Any], owner: str, before: dt.datetime, now: dt.datetime, most: int
    ) -> list[LedgerEntry]:
        def work(connection: Connection) -> Sequence[Row[Any]]:
            rows = fetch_readable(connection.execute(which, {"before": before, "most": most}))
            return [row for row in rows if _take_row(connection, self._slots, row, owner, now)]

        return list(read_each(self._database.run(work), lambda row: self._read_entry(row, claimed_at=now, owner=owner)))

    def touch(self, entry: Slot, owner: str, now: dt.datetime) -> bool:
        """Renew one's claim before anything is posted; False if it is no longer one's own, or dealt with."""
        query = update(self._slots).where(*self._at(entry), self._slots.c.owner == owner, self._open)
        values = {"claimed_at": now, "attempts": self._slots.c.attempts + self._attempt}
        return bool(self._database.run(lambda connection: connection.execute(query.values(**values)).rowcount))

    def rest(self, slot: Slot, owner: str, claimed_at: dt.datetime) -> None:
        """Leave an open slot as if it had been touched at another moment, so that it is taken up sooner or later."""
        query = (
            update(self._slots)
            .where(*self._at(slot), self._slots.c.owner == owner, self._open)
            .values(claimed_at=claimed_at)
        )
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
        mine = (self._slots.c.owner == owner, self._open) if owner else ()
        query = update(self._slots).where(*self._at(slot), *mine).values(**values)
        return bool(self._database.run(lambda connection: connection.execute(query)).rowcount)

    def remember(self, slot: Slot, shown: Mapping[str, Any]) -> None:
        """Note what a post showed that was found in its channel."""
        query = update(self._slots).where(*self._at(slot)).values(shown=json.dumps(shown))
        self._database.run(lambda connection: connection.execute(query))

    def close_thread(self, slot: Slot, owner: str, missing: str) -> None:
        """Say that a post's thread is complete or given up, and what is missing of it."""
        reason = {"reason": missing[:300]} if missing else {}
        mine = (self._slots.c.owner == owner, _lacks_thread(self._slots))
        query = update(self._slots).where(*self._at(slot), *mine).values(details=True, **reason)
        self._database.run(lambda connection: connection.execute(query))

    def correct(self, entry: LedgerEntry, shown: dict[str, Any]) -> bool:
        """Remember what a correction says a post should have shown; False if another process did so first."""
        as_it_was = self._slots.c.shown == json.dumps(entry.shown)
        query = update(self._slots).where(*self._at(entry.slot), as_it_was).values(shown=json.dumps(shown))
        return bool(self._database.run(lambda connection: connection.execute(query)).rowcount)

    # -------------------------------------------------------------------------------------------- what is to be told

    def list_untold(self, since: dt.datetime) -> list[LedgerEntry]:
        """Give what became of slots not posted and is not told yet, earliest first."""
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(self._untold, {"since": since})))
        return list(read_each(rows, self._read_entry))

    def tell(
        self, creator: str, entries: Sequence[LedgerEntry], now: dt.datetime, none_since: dt.datetime | None
    ) -> bool:
        """
        Note that a person is told of these now; False if another process does it or told anything since a moment.

        Noted before it is said: a crash between the two loses the words rather than repeating them.
        """
        told = self._slots.c.id.in_([entry.id for entry in entries])
        owners = self._owners.c
        hears = case((owners.told_instead != "", owners.told_instead), else_=owners.creator)
        theirs = self._slots.c.subscription.in_(select(owners.id).where(hears == creator))
        lately = select(self._slots.c.id).where(self._telling, self._slots.c.details, theirs).limit(1)

        def work(connection: Connection) -> bool:
            if none_since:
                since = lately.where(self._slots.c.claimed_at > none_since)
                if connection.execute(since).one_or_none():
                    return False
            values = {"details": True, "claimed_at": now}

            noted = connection.execute(
                update(self._slots).where(told, self._slots.c.details.is_(False)).values(**values)
            ).rowcount
            if noted != len(entries):
                connection.rollback()
            return noted == len(entries)

        return self._database.run(work)

    def note_as_told(self, entries: Sequence[LedgerEntry]) -> None:
        """Note that a person was told before, at its time; nothing is said now, so it keeps no other word back."""
        those = self._slots.c.id.in_([entry.id for entry in entries])
        query = update(self._slots).where(those).values(details=True, claimed_at=self._slots.c.due_at)
        self._database.run(lambda connection: connection.execute(query))

    def untell(self, entries: Sequence[LedgerEntry]) -> None:
        """Take back that a person was told."""
        query = update(self._slots).where(self._slots.c.id.in_([entry.id for entry in entries])).values(details=False)
        self._database.run(lambda connection: connection.execute(query))

    def history(self, subscription: int, most: int = 10) -> list[LedgerEntry]:
        """Give the last slots of a subscription, newest first."""
        return self._read(self._last, of=subscription, most=most)

    def list_posted(self, moment: dt.datetime) -> list[LedgerEntry]:
        """Give all posted slots that were due since a moment, oldest first."""
        query = select(self._slots).where(
            self._slots.c.state == State.POSTED, self._slots.c.due_at >= moment, self._ours
        )
        query = query.order_by(self._slots.c.due_at)
        return self._read(query)

    def _read(self, query: Select[Any], **given: Any) -> list[LedgerEntry]:
        rows = self._database.run(lambda connection: fetch_readable(connection.execute(query, given)))
        return list(read_each(rows, self._read_entry))

    def counts_since(self, moment: dt.datetime) -> dict[str, int]:
        """Count the slots due since a moment by what became of them."""
        query = select(self._slots.c.state).where(self._slots.c.due_at >= moment, self._ours)
        states = self._database.run(lambda connection: connection.execute(query).scalars().all())
        return {state.value: states.count(state.value) for state in State if state.value in states}

    def _at(self, slot: Slot) -> tuple[ColumnElement[bool], ...]:
        columns = self._slots.c
        return (
            columns.subscription == slot.subscription,
            columns.day == slot.day.isoformat(),
            columns.at == f"{slot.at:%H:%M}",
        )


def _lacks_thread(slots: Table) -> ColumnElement[bool]:
    """Choose posts whose thread is not complete; what is sent there is no further attempt to post."""
    return (slots.c.state == State.POSTED) & slots.c.details.is_(False)


def _left_alone(slots: Table, which: ColumnElement[bool]) -> Select[Any]:
    """Ask for slots that nobody touched since a moment, those that waited longest first, and lock them."""
    waited = select(slots).where(which, slots.c.claimed_at < bindparam("before")).order_by(slots.c.claimed_at)
    return waited.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True)


def _take_row(connection: Connection, slots: Table, row: Row[Any], owner: str, now: dt.datetime) -> bool:
    query = update(slots).where(slots.c.id == row.id, slots.c.claimed_at == row.claimed_at, slots.c.owner == row.owner)
    return bool(connection.execute(query.values(claimed_at=now, owner=owner)).rowcount)
