"""
Everything that is kept of one workspace, deleted: table by table, as the tables themselves say whose their rows are.

A row is of the workspace in its column `team`, or of the row that it points to. Questions that wait are readings, and
say it in their body; pictures that were uploaded are some too, and say it in their key. A table of neither kind is
nobody's (`top_lists`: what was read of public models).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from analytics.domain.reading_kinds import UPLOADED_PICTURE, WAITING_QUESTION
from analytics.domain.wording import count
from analytics.storage.database import Database, metadata
from analytics.storage.readings import readings
from analytics.storage.rows import unpack
from bot.shared_pictures import begin_key

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
    return database.run(lambda connection: Erased(home, dict(_each(connection, home, is_real=False))))


def erase(database: Database, home: str) -> Erased:
    """Delete every row of a workspace, or of an organization, in every table; in one transaction."""
    return database.run(lambda connection: Erased(home, dict(_each(connection, home, is_real=True))))


def _each(connection: Connection, home: str, *, is_real: bool) -> list[tuple[str, int]]:
    """Go from the tables that point to others to those that are pointed to."""
    found = []
    for table in reversed(metadata.sorted_tables):
        theirs = whose(table, home)
        if table is readings:
            pictures = readings.c.key.startswith(begin_key(home), autoescape=True)
            asked = readings.c.id.in_(_list_waiting(connection, home))
            theirs = asked | ((readings.c.kind == UPLOADED_PICTURE) & pictures)
        if theirs is None:
            continue
        number = len(connection.execute(select(table.c.id).where(theirs)).all())
        if is_real and number:
            connection.execute(delete(table).where(theirs))
        found += [(table.name, number)] if number else []
    return found


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
    marks = {row.key for row in rows if _asked_in(unpack(row.body)) == home}
    return [row.id for row in rows if row.key in marks]


def _asked_in(body: Mapping[str, object]) -> str:
    place = body.get("place")
    return str(body.get("home") or (place.get("team") if isinstance(place, Mapping) else "") or "")
