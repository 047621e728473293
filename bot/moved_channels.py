"""
A channel to which Slack gave a new id (it became shared with others, or no longer is): what is kept of it moves along.

Every table that says whose a row is and of which channel is moved, in one transaction; the ledgers point to rows that
moved, and go with them. It may be done twice: the second time nothing is left under the old id. Where something was set
under the new id before Slack's word came, what is active there stays, and its double under the old id is off.
"""

import json
import logging
from typing import Any

from sqlalchemy import Connection, Row, Table, UniqueConstraint, delete, select, update

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.database import Database, metadata
from bot.digest.records import State
from bot.lost_questions import Later, begin_later
from bot.open_rows import open_questions

log = logging.getLogger(__name__)

CHANGED = "channel_id_changed"
"""Slack's word for it (docs.slack.dev/reference/events/channel_id_changed)."""

AGAIN = 60.0
"""Seconds until it is tried again where the database is away: Slack does not say it a second time."""

ASIDE = "-"
"""Where the row of a double rests while two change places; no conversation is called so."""


class MovedChannels:
    """Moves what is kept under `home`, one workspace; `later` tries again."""

    def __init__(self, database: Database, home: str, later: Later = begin_later) -> None:
        self._database = database
        self._home = home
        self._later = later

    def move(self, old: str, new: str) -> None:
        """Move all that is kept of a channel to its new id; as often as it takes where the database is away."""
        try:
            moved = self._database.run(lambda connection: _move_all(connection, self._home, old, new))
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("%s is %s now, which is written in %.0f s: %s", old, new, AGAIN, trouble)
            self._later(AGAIN, lambda: self.move(old, new))
        else:
            log.info("%s is %s now: %d rows moved", old, new, moved)


def _move_all(connection: Connection, home: str, old: str, new: str) -> int:
    tables = [table for table in metadata.sorted_tables if {"team", "channel"} <= set(table.c.keys())]
    return sum(_move_rows(connection, table, home, old, new) for table in tables) + _move_open(
        connection, home, old, new
    )


def _move_rows(connection: Connection, table: Table, home: str, old: str, new: str) -> int:
    """Move the rows of one table; give how many."""
    rows = connection.execute(select(table).where(table.c.team == home, table.c.channel == old)).all()
    for row in rows:
        if (double := _find_double(connection, table, row, new)) is None:
            _put(connection, table, row, channel=new)
        elif "state" not in table.c:
            connection.execute(delete(table).where(table.c.id == row.id))
        elif double.state == State.OFF != row.state:
            _put(connection, table, double, channel=f"{ASIDE}{double.id}")
            _put(connection, table, row, channel=new)
            _put(connection, table, double, channel=old)
        else:
            _put(connection, table, row, state=State.OFF.value)
    return len(rows)


def _find_double(connection: Connection, table: Table, row: Row[Any], new: str) -> Row[Any] | None:
    """Find what under the new id is the same by the table's own rule of what may stand once."""
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint) and "channel" in rule.columns:
            rest = [column == getattr(row, column.name) for column in rule.columns if column.name != "channel"]
            return connection.execute(select(table).where(table.c.channel == new, *rest)).first()
    return None


def _put(connection: Connection, table: Table, row: Row[Any], **values: str) -> None:
    connection.execute(update(table).where(table.c.id == row.id).values(**values))


def _move_open(connection: Connection, home: str, old: str, new: str) -> int:
    """Move what is asked there and not answered yet: its place stands in its body."""
    moved = 0
    for row in connection.execute(select(open_questions).where(open_questions.c.team == home)).all():
        body = _read_body(row.body)
        if body.get("place", {}).get("channel") == old:
            _put(connection, open_questions, row, body=json.dumps(body | {"place": body["place"] | {"channel": new}}))
            moved += 1
    return moved


def _read_body(text: str) -> Any:
    """Read what is kept of a question; nothing of a row that is damaged, which keeps no other from moving."""
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) and isinstance(body.get("place", {}), dict) else {}
