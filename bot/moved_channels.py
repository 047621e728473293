"""
A channel to which Slack gave a new id (it became shared with others, or no longer is): what is kept of it moves along.

Every table that says whose a row is and of which channel is moved, in one transaction; the ledgers point to rows that
moved, and go with them. It may be done twice: the second time nothing is left under the old id. Where something was set
under the new id before Slack's word came, what is active there stays, and its double under the old id is off.
"""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, Table, UniqueConstraint, delete, select, update

from analytics.domain.reading_kinds import WAITING_QUESTION
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.database import Database, metadata
from analytics.storage.readings import readings
from analytics.storage.rows import UNREADABLE, pack, unpack
from bot.digest.records import State
from bot.later_answers import name_waiting
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
    in_bodies = (_move_open, _move_waiting)
    return sum(_move_rows(connection, table, home, old, new) for table in tables) + sum(
        move(connection, home, old, new) for move in in_bodies
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


def _move_waiting(connection: Connection, home: str, old: str, new: str) -> int:
    """Move what waits there for what is collected, by its new name; give how many rows."""
    rows = connection.execute(select(readings).where(readings.c.kind == WAITING_QUESTION)).all()
    there = {(row.key, row.as_of, row.method) for row in rows}
    asked = {row.key: found for row in rows if (found := _move_body(row.body, home, old, new))}
    theirs = [row for row in rows if row.key in asked]  # that it was asked, and that it was answered
    for row in theirs:
        name, body = _move_body(row.body, home, old, new) or asked[row.key]
        if (name, row.as_of, row.method) in there:  # the same was asked under the new id
            connection.execute(delete(readings).where(readings.c.id == row.id))
        else:
            connection.execute(update(readings).where(readings.c.id == row.id).values(key=name, body=pack(body)))
    return len(theirs)


def _move_body(packed: bytes, home: str, old: str, new: str) -> tuple[str, Mapping[str, Any]] | None:
    """Give the name and the body of a question, moved; None for another's, or what this version cannot read."""
    with suppress(*UNREADABLE):
        body: Mapping[str, Any] = unpack(packed)
        if body["home"] == home and body["place"]["channel"] == old:
            place = {**body["place"], "channel": new}
            return name_waiting(place, body["words"], privately=body["privately"]), {**body, "place": place}
    return None
