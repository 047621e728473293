"""
The table of what people asked and have not been answered yet: a row for each, of the process that has it in hand.

The row of a process that lives is renewed; one that lapsed is lost with its process, and taken up by another.
"""

import datetime as dt
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    text,
    update,
)

from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata
from analytics.storage.lease_time import LeaseClock
from bot.place import Place

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
"""How long a row is left to its process without a word of it."""

KEPT_OF_PLACE = ("channel", "user", "thread_ts", "direct", "in_thread", "group", "team")
"""What is kept of a place: not the response_url, which is a secret, nor the message whose button was clicked."""

open_questions = Table(
    "open_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("owner", String(120), nullable=False),
    Column("until", Moment, nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("body", String, nullable=False),
    UniqueConstraint("team", "mark"),
)
ROW = open_questions.c


def keep_place(place: Place) -> dict[str, Any]:
    """Give what is kept of a place."""
    return {name: getattr(place, name) for name in KEPT_OF_PLACE}


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One to be written: `home` is the workspace, `mark` the id of the work, `body` whatever JSON holds."""

    home: str
    mark: str
    taken_at: dt.datetime
    body: Mapping[str, Any]
    is_known: bool = False
    """Whether it was written before, so that where it is missing another process has taken it up and is done."""
    takes: bool = False
    """Whether the work is ours by its claim: Slack gave it to another process too, which leaves it to us."""

    @property
    def is_its_own(self) -> ColumnElement[bool]:
        """Tell it from other rows."""
        return (ROW.team == self.home) & (ROW.mark == self.mark)


@dataclass(frozen=True, slots=True)
class LostQuestion:
    """
    A row that lapsed: where something was asked and when, by which process, and how often it was begun anew since.

    `body` holds the question, once its words were understood (`asking.py` says how), and whether its answer was on its
    way (`sending`).
    """

    row: int
    owner: str
    place: Place
    taken_at: dt.datetime
    tries: int
    body: Mapping[str, Any]


class Whose(Enum):
    """Whose a row turned out to be: ours, ours from a process that is gone, or another's."""

    OURS = auto()
    INHERITED = auto()
    ANOTHERS = auto()
    RIVALS = auto()
    """Of a process that was given the same, and may have no claim to it; nobody took up anything."""


MAY_STAND = ("sending", "alone")
"""What a row says of an answer that may be there; it stays said whoever has the row next."""


@dataclass(frozen=True, slots=True)
class RowOwner:
    """Whose a row is by now; of one that was inherited also when its question was asked, and what `MAY_STAND`."""

    whose: Whose
    taken_at: dt.datetime | None = None
    left: Mapping[str, Any] = field(default_factory=dict)


OURS, ANOTHERS, RIVALS = RowOwner(Whose.OURS), RowOwner(Whose.ANOTHERS), RowOwner(Whose.RIVALS)


class OpenRows:
    """
    The rows of all workspaces, as the process `owner` sees them. All raise DatabaseTrouble, DatabaseUnusable.

    `is_alone`: no other process uses the database, so whatever another one left is lost.
    """

    def __init__(self, database: Database, now: LeaseClock, owner: str, *, is_alone: bool) -> None:
        self._database = database
        self._now = now
        self._owner = owner
        self._is_alone = is_alone

    def write(self, rows: Sequence[OpenRow], gone: Sequence[OpenRow], *, renews: bool) -> list[RowOwner]:
        """Write what is new or changed, delete what is answered, renew the others; give whose each is by now."""

        def work(connection: Connection) -> list[RowOwner]:
            ours, now = ROW.owner == self._owner, self._now(connection)
            for home in {row.home for row in gone}:
                marks = [row.mark for row in gone if row.home == home]
                connection.execute(delete(open_questions).where(ROW.team == home, ROW.mark.in_(marks), ours))
            if renews:
                connection.execute(update(open_questions).where(ours).values(until=now + LEASE))
            new = self._pick_new(connection, rows)
            if new:
                connection.execute(insert(open_questions), [self._spell(row, now) for row in new])
            written = {(row.home, row.mark) for row in new}
            return [OURS if (row.home, row.mark) in written else self._keep(connection, row, now) for row in rows]

        return self._database.run(work)

    def _pick_new(self, connection: Connection, rows: Sequence[OpenRow]) -> list[OpenRow]:
        """Pick those of which there is nothing yet: they are written at once, as many people ask at once."""
        fresh = [row for row in rows if not row.is_known]
        query = select(ROW.team, ROW.mark).where(ROW.mark.in_([row.mark for row in fresh]))
        there = {(team, mark) for team, mark in connection.execute(query)} if fresh else set()
        return [row for row in fresh if (row.home, row.mark) not in there]

    def _spell(self, row: OpenRow, now: dt.datetime) -> dict[str, Any]:
        ours = {"owner": self._owner, "until": now + LEASE}
        new = {"team": row.home, "mark": row.mark, "taken_at": row.taken_at} | ours
        return new | {"body": json.dumps(row.body)}

    def keep(self, connection: Connection, row: OpenRow) -> bool:
        """
        Write one in a transaction; false where another process has it.

        One that was lost is ours from here on: Slack has delivered its event again, and this process answers that.
        """
        return self._keep(connection, row, self._now(connection)).whose not in (Whose.ANOTHERS, Whose.RIVALS)

    def _keep(self, connection: Connection, row: OpenRow, now: dt.datetime) -> RowOwner:
        spelled = self._spell(row, now)
        said = {name: value for name, value in spelled.items() if name in ("owner", "until", "body")}
        ours = update(open_questions).where(row.is_its_own, ROW.owner == self._owner)
        if connection.execute(ours.values(said)).rowcount:
            return OURS
        if inherited := self._inherit(connection, row, now, said):
            return inherited
        never_begun = row.is_its_own & (ROW.tries == 0)
        if row.takes and connection.execute(update(open_questions).where(never_begun).values(said)).rowcount:
            return OURS
        theirs = connection.execute(select(ROW.tries).where(row.is_its_own)).first()
        if theirs is not None:
            return ANOTHERS if theirs.tries or row.is_known else RIVALS
        if row.is_known and not self._is_alone:  # alone: the database was put back or mended
            return ANOTHERS
        connection.execute(insert(open_questions).values(spelled))
        return OURS

    def _inherit(self, connection: Connection, row: OpenRow, now: dt.datetime, said: dict[str, Any]) -> RowOwner | None:
        """Take over the row of a process that is gone, and what it says of an answer that may be there."""
        is_lost = row.is_its_own & self._is_lost(now)
        dead = connection.execute(select(ROW.taken_at, ROW.body).where(is_lost)).first()
        if dead is None:
            return None
        left = _read_left(dead.body)
        merged = said | {"body": json.dumps({**row.body, **left})}
        if not connection.execute(update(open_questions).where(is_lost).values(merged)).rowcount:
            return None
        return RowOwner(Whose.INHERITED, dead.taken_at, left)

    def list_lost(self, home: str) -> list[LostQuestion]:
        """List what other processes had in hand in a workspace and cannot have any more, oldest first."""

        def work(connection: Connection) -> Sequence[Row[Any]]:
            lost = self._is_lost(self._now(connection))
            return connection.execute(select(open_questions).where(ROW.team == home, lost).order_by(ROW.id)).all()

        rows = self._database.run(work)
        return [lost for row in rows if (lost := _from_row(row))]

    def list_homes(self) -> list[str]:
        """List the workspaces that have any."""

        def work(connection: Connection) -> Sequence[str]:
            lost = self._is_lost(self._now(connection))
            return connection.execute(select(ROW.team).where(lost).distinct().order_by(ROW.team)).scalars().all()

        return list(self._database.run(work))

    def take_up(self, lost: LostQuestion) -> bool:
        """Take for ours what was lost, once of all processes; tell whether it is."""

        def work(connection: Connection) -> int:
            now = self._now(connection)
            ours = {"owner": self._owner, "until": now + LEASE, "tries": lost.tries + 1}
            query = update(open_questions).where(ROW.id == lost.row, ROW.owner == lost.owner, self._is_lost(now))
            return connection.execute(query.values(ours)).rowcount

        return self._database.run(work) == 1

    def _is_lost(self, now: dt.datetime) -> ColumnElement[bool]:
        others = ROW.owner != self._owner
        return others if self._is_alone else others & (ROW.until < now)


def _read_left(body: str) -> dict[str, Any]:
    """Read what a row says of an answer that may be there; nothing of a row that is damaged."""
    try:
        read = json.loads(body)
        return {name: read[name] for name in MAY_STAND if name in read}
    except (ValueError, TypeError, KeyError):
        return {}


def _from_row(row: Row[Any]) -> LostQuestion | None:
    """Read a row; one of a later version, or damaged, is passed over, and keeps no other from its answer."""
    try:
        body = json.loads(row.body)
        place = Place(**body["place"], work=row.mark)
    except (ValueError, TypeError, KeyError):
        log.info("what was asked in row %s cannot be read", row.id)
        return None
    return LostQuestion(row.id, row.owner, place, row.taken_at, row.tries, body)
