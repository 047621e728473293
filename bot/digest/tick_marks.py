"""
The mark that a process leaves in the database at each look, in the place of its last one.

Whoever does not find its own mark again knows that the database was put back to a copy of before, whatever that copy
lacks. A mark is a name that never was before; it stands beside those of `bot/shared_marks.py`.
"""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, insert, update

from analytics.storage.database import Database
from bot.shared_marks import marks

KEPT = dt.timedelta(days=30)
"""How long the mark of a process that is gone, or stands still, is kept."""

# Said at every tick, so it is put together once.
REPLACE = (
    update(marks)
    .where(marks.c.mark.in_(bindparam("old", expanding=True)))
    .values(mark=bindparam("new"), until=bindparam("kept"))
)


class TickMarks:
    """The marks of processes in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_mark(self, old: Collection[str], new: str, now: dt.datetime) -> bool:
        """Leave a new mark in the place of one of the old ones; tell whether one was there."""
        kept = now + KEPT

        def work(connection: Connection) -> bool:
            if connection.execute(REPLACE, {"old": list(old), "new": new, "kept": kept}).rowcount:
                return True
            connection.execute(delete(marks).where(marks.c.until < now))
            connection.execute(insert(marks).values(mark=new, until=kept))
            return False

        return self._database.run(work)
