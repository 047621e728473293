"""A database in memory that breaks when told to, and a builder that says the same to everybody."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, create_engine, delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from bot.digest.poster import Details
from bot.digest.roles import Content
from bot.digest.schedule import Slot
from bot.digest.store import Subscription, slots, subscriptions
from bot.messages import Message
from tests.simulation.slack_in_memory import Json

Result = TypeVar("Result")
CONTENT = Content(
    (Message("digest of the week"),),
    Details((Message("table"),), "a,b\n", "table.csv"),
    shown={"question": "changes"},
)


class Builder:
    """Says the same to everybody."""

    def build(self, subscription: Subscription, slot: Slot | None, *, late: bool) -> Content:
        """Make a digest of one line, with a table and a file."""
        return CONTENT

    def correction(self, shown: Json) -> None:
        """Correct nothing."""


class Memory:
    """A database in memory that can be away, break off before or after a commit, and be put back from a copy."""

    is_kept = True
    is_shared = True

    def __init__(self) -> None:
        self._raw = sqlite3.connect(":memory:", check_same_thread=False)
        self._engine = create_engine("sqlite://", creator=lambda: self._raw, poolclass=StaticPool)
        self._connection = self._engine.connect()
        with self._connection.begin():
            for table in (subscriptions, slots):
                table.create(self._connection)
        self.away = False
        self.cut = ""

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Run a transaction, unless it is spoilt."""
        cut, self.cut = self.cut, ""
        if self.away or cut == "before":
            raise _hung_up()
        with self._connection.begin():
            result = work(self._connection)
        if cut:
            raise _hung_up()
        return result

    def clear(self) -> None:
        """Begin with nothing."""
        self.away, self.cut = False, ""
        with self._connection.begin():
            for table in (slots, subscriptions):
                self._connection.execute(delete(table))

    def copy(self) -> bytes:
        """Copy everything."""
        return self._raw.serialize()

    def put_back(self, copy: bytes) -> None:
        """Put a copy back."""
        self._raw.deserialize(copy)


def _hung_up() -> OperationalError:
    return OperationalError("", None, psycopg.OperationalError("server closed the connection unexpectedly"))
