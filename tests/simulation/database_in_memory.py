"""A database in memory as the digest sees it: real SQL, and every way a server can let one down."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, Table, create_engine, delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from bot.digest.tables import slots, subscriptions
from bot.shared_marks import marks

Result = TypeVar("Result")
LEFT = """
    SELECT min(CASE WHEN state = 'claimed' OR (state = 'posted' AND NOT details) THEN claimed_at END), sum(NOT details)
    FROM {ledger}
"""
"""When the open slot that rested longest was touched, and whether anything is open or untold."""


class Unspoilt:
    """The way of whoever is no bot to the same database: what is in store for the bots does not befall them."""

    is_kept = True
    damage = None

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Run a transaction."""
        with self._connection.begin():
            return work(self._connection)


class MemoryDatabase:
    """A database in memory that can be away, break off before or after a commit, and be put back from a copy."""

    is_kept = True
    is_shared = True
    damage = None

    def __init__(self, *tables: Table) -> None:
        self._tables = tables or (subscriptions, slots, marks)
        self.ledger = self._tables[1]
        self._raw = sqlite3.connect(":memory:", check_same_thread=False)
        self._engine = create_engine("sqlite://", creator=lambda: self._raw, poolclass=StaticPool)
        self._connection = self._engine.connect()
        with self._connection.begin():
            for table in self._tables:
                table.create(self._connection)
        self.unspoilt = Unspoilt(self._connection)
        self.away = False
        self.cut = ""

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Run a transaction, unless it is spoilt."""
        cut, self.cut = self.cut, ""
        if cut == "before" or (self.away and not cut):
            raise _hung_up()
        result = self.unspoilt.run(work)
        if cut:
            raise _hung_up()
        return result

    def left(self) -> tuple[float | None, bool]:
        """Look from outside, whatever befalls the server: since when a slot is open, and whether anything is left."""
        touched, unsettled = self._raw.execute(LEFT.format(ledger=self.ledger.name)).fetchone()
        since = dt.datetime.fromisoformat(touched).replace(tzinfo=dt.UTC).timestamp() if touched else None
        return since, bool(unsettled)

    def clear(self) -> None:
        """Begin with nothing."""
        self.away, self.cut = False, ""
        with self._connection.begin():
            for table in sorted(self._tables, key=lambda one: one is not self.ledger):
                self._connection.execute(delete(table))

    def copy(self) -> bytes:
        """Copy everything."""
        return self._raw.serialize()

    def put_back(self, copy: bytes) -> None:
        """Put a copy back."""
        self._raw.deserialize(copy)


def _hung_up() -> OperationalError:
    return OperationalError("", None, psycopg.OperationalError("server closed the connection unexpectedly"))
