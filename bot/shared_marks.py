"""
What several processes on one database must do once between them: a click, a form, an event that came a second time.

A mark is the hash of what names it, so that nothing anybody said is stored. One process keeps its marks in memory
(`seen.py`); this is for those that share a PostgreSQL. Beside them stand the marks by which a process knows that the
database went back to a copy (`digest/tick_marks.py`).
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Column, Connection, Integer, String, Table, delete, text, update
from sqlalchemy.dialects import postgresql, sqlite

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata
from analytics.storage.lease_time import LeaseClock

log = logging.getLogger(__name__)

marks = Table(
    "marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", String(64), nullable=False, unique=True),
    Column("until", Moment, nullable=False),
    Column("team", String(32), nullable=False, server_default=text("''")),
)

KEPT = dt.timedelta(hours=1)
"""How long a mark that is over is kept."""


class Marks(Protocol):
    """Where processes agree whose something is."""

    def claim(self, names: Iterable[str], seconds: float) -> bool:
        """Take for ours, for so many seconds, what nobody has; tell whether all of it was free."""

    def keep(self, names: Iterable[str], seconds: float) -> None:
        """Keep for so many seconds from now on what is ours."""

    def end(self, names: Iterable[str]) -> None:
        """Give back what is ours; what is over already is not written again."""


class Alone:
    """The marks of a process that shares its database with nobody: all is its own."""

    def claim(self, names: Iterable[str], seconds: float) -> bool:  # noqa: ARG002 - as the shared ones
        """Take it."""
        return True

    def keep(self, names: Iterable[str], seconds: float) -> None:
        """Keep nothing."""

    def end(self, names: Iterable[str]) -> None:
        """End nothing."""


class SharedMarks:
    """
    Marks in the database; where it is away each process goes by its own memory, as one alone does.

    `home` is the workspace whose marks they are: what one has done is not done in another. Without one they are of all.
    """

    def __init__(self, database: Database, now: LeaseClock, home: str = "") -> None:
        self._database = database
        self._now = now
        self._home = home

    def of(self, home: str) -> "SharedMarks":
        """Give the marks of one workspace."""
        return SharedMarks(self._database, self._now, home)

    def claim(self, names: Iterable[str], seconds: float) -> bool:
        """Take for ours, for so many seconds, what nobody has; tell whether all of it was free."""
        wanted = self._hashes(names)

        def work(connection: Connection) -> bool:
            now = self._now(connection)
            until = now + dt.timedelta(seconds=seconds)
            connection.execute(delete(marks).where(marks.c.until < now - KEPT))
            return all(self._take(connection, mark, now, until) for mark in wanted)

        try:
            return self._database.run(work)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("whether another process had this already is not known: %s", trouble)
            return True

    def keep(self, names: Iterable[str], seconds: float) -> None:
        """Keep for so many seconds from now on what is ours."""
        self._set(names, dt.timedelta(seconds=seconds))

    def end(self, names: Iterable[str]) -> None:
        """Give back what is ours; what is over already is not written again, however often it is said."""
        self._set(names, dt.timedelta(), only_if_held=True)

    def _set(self, names: Iterable[str], left: dt.timedelta, *, only_if_held: bool = False) -> None:
        query = update(marks).where(marks.c.mark.in_(self._hashes(names)))

        def work(connection: Connection) -> None:
            now = self._now(connection)
            held = (marks.c.until > now,) if only_if_held else ()
            connection.execute(query.where(*held).values(until=now + left))

        try:
            self._database.run(work)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("a mark is kept for longer than needed: %s", trouble)

    def _hashes(self, names: Iterable[str]) -> list[str]:
        """Give the marks in one order for all, so that no two processes wait for each other."""
        whose = f"{self._home}\n" if self._home else ""
        return sorted({hashlib.sha256((whose + one).encode("utf-8", "surrogatepass")).hexdigest() for one in names})

    def _take(self, connection: Connection, mark: str, now: dt.datetime, until: dt.datetime) -> bool:
        """Write a mark, or take over one whose time is over; tell whether it is ours now."""
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        query = insert(marks).values(mark=mark, until=until, team=self._home)
        free = marks.c.until <= now
        taken = query.on_conflict_do_update(index_elements=[marks.c.mark], set_={"until": until}, where=free)
        return connection.execute(taken.returning(marks.c.id)).first() is not None
