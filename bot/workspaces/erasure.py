"""
Everything that is kept of one workspace, deleted: table by table, as the tables themselves say whose their rows are.

A row is of the workspace in its column `team`, or of the row that it points to. Questions that wait are readings, and
say it in their body; pictures that were uploaded are some too, and say it in their key. A table of neither kind is
nobody's (`top_lists`: what was read of public models).

What was in hand may be written after that. `erase_again` deletes it, as `forgotten.py` remembers whose it is.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from analytics.domain.reading_kinds import UPLOADED_PICTURE, WAITING_QUESTION
from analytics.domain.wording import count
from analytics.storage.database import Database, metadata
from analytics.storage.readings import readings
from analytics.storage.rows import unpack
from bot.shared_pictures import begin_key
from bot.workspaces.forgotten import hold, let_go, list_forgotten, remember

OWNER = "team"
"""The column that says whose a row is, in every table that has one."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were deleted, by table; of tables that held none of theirs, nothing."""

    home: str
    rows: Mapping[str, int]

    @property
    def number(self) -> int:
        """How many in all."""
        return sum(self.rows.values())

    def __str__(self) -> str:
        """Say it in numbers."""
        if not self.rows:
            return f"Nothing is kept of {self.home}; nothing was deleted."
        each = ", ".join(f"{number} of {table}" for table, number in sorted(self.rows.items()))
        return f"{count(self.number, 'row')} of {self.home} deleted: {each}."


def count_rows(database: Database, home: str) -> Erased:
    """Count what `erase` would delete."""

    def count_them(connection: Connection, table: Table, theirs: ColumnElement[bool]) -> int:
        return connection.execute(select(func.count()).select_from(table).where(theirs)).scalar_one()

    return database.run(lambda connection: Erased(home, _each(connection, home, count_them)))


def erase(database: Database, home: str, now: dt.datetime | None = None) -> Erased:
    """
    Delete every row of a workspace, or of an organization, in every table; in one transaction.

    `now`: with many workspaces it is remembered that it was done then, for `erase_again`.
    """

    def work(connection: Connection) -> Erased:
        if now:
            remember(connection, home, now)
        return _erase(connection, home)

    return database.run(work)


def erase_again(database: Database, now: dt.datetime) -> list[Erased]:
    """Delete what was written since of the workspaces that were forgotten; give those of which something was."""

    def work(connection: Connection, home: str) -> Erased:
        return _erase(connection, home) if hold(connection, home) else Erased(home, {})

    each = [database.run(partial(work, home=home)) for home in list_forgotten(database)]
    database.run(lambda connection: let_go(connection, now))
    return [one for one in each if one.rows]


def _erase(connection: Connection, home: str) -> Erased:
    for table in _list_owners():  # who adds a row that points to one of theirs waits, and finds none
        connection.execute(select(table.c.id).where(table.c[OWNER] == home).with_for_update())
    return Erased(home, _each(connection, home, _delete))


def _delete(connection: Connection, table: Table, theirs: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(theirs)).rowcount


def _list_owners() -> list[Table]:
    """List the tables to whose rows others point."""
    pointed_to = {key.column.table for table in metadata.sorted_tables for key in table.foreign_keys}
    return [table for table in metadata.sorted_tables if table in pointed_to and OWNER in table.c]


def _each(
    connection: Connection, home: str, deal: Callable[[Connection, Table, ColumnElement[bool]], int]
) -> dict[str, int]:
    """Deal with a workspace's rows of each table, from those that point to others to those that are pointed to."""
    found = {}
    for table in reversed(metadata.sorted_tables):
        theirs = _list_readings(connection, home) if table is readings else whose(table, home)
        if theirs is not None and (number := deal(connection, table, theirs)):
            found[table.name] = number
    return found


def _list_readings(connection: Connection, home: str) -> ColumnElement[bool]:
    pictures = readings.c.key.startswith(begin_key(home), autoescape=True)
    asked = readings.c.id.in_(_list_waiting(connection, home))
    return asked | ((readings.c.kind == UPLOADED_PICTURE) & pictures)


def whose(table: Table, home: str) -> ColumnElement[bool] | None:
    """Give what tells the rows of a workspace from those of others; None where no row is anybody's."""
    if OWNER in table.c:
        return table.c[OWNER] == home
    for key in table.foreign_keys:
        if (theirs := whose(key.column.table, home)) is not None:
            return key.parent.in_(select(key.column).where(theirs))
    return None


def _list_waiting(connection: Connection, home: str) -> list[int]:
    """List the questions that wait, or waited, in a workspace: a row that it asked, and one that it was answered."""
    query = select(readings.c.id, readings.c.key, readings.c.body).where(readings.c.kind == WAITING_QUESTION)
    rows = connection.execute(query).all()
    marks = {row.key for row in rows if _find_asked_in(unpack(row.body)) == home}
    return [row.id for row in rows if row.key in marks]


def _find_asked_in(body: Mapping[str, object]) -> str:
    place = body.get("place")
    return str(body.get("home") or (place.get("team") if isinstance(place, Mapping) else "") or "")
