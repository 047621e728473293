"""
Dated readings of any kind, kept for good: append, newest, as of a moment, the whole run.

A top list has a table of its own (`top_lists`). Everything else that is read outside and is small once reduced rests
here: single models, the census cube, papers by quarter, official collections. The body is JSON, compressed.
"""

import datetime as dt
import json
import logging
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, OperationalError

from analytics.domain.answer import Origin
from analytics.storage.database import Database, is_unwritable, metadata

log = logging.getLogger(__name__)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Column("as_of", DateTime, nullable=False),
    Column("method", String(32), nullable=False),
    Column("origins", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "key", "as_of", "method"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What was read of `key` at `as_of` (aware, UTC), under the version `method` of the rule that reduced it.

    `kind` names the collector ("census", "papers"), `key` what was read of it ("" if there is only one); `body` is
    whatever JSON holds.
    """

    kind: str
    key: str
    as_of: dt.datetime
    method: str
    body: Any
    origins: tuple[Origin, ...] = field(default=())


class ReadingStore:
    """The readings of one database; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong with the store, in words for people."""
        return self._database.notices

    def add(self, reading: Reading) -> bool:
        """
        Keep a reading; one already kept of the same moment and method is left as it is.

        Returns False, with a notice, when it cannot be written: the answer at hand must go out all the same.
        """
        try:
            self._database.run(lambda connection: connection.execute(insert(readings).values(_as_row(reading))))
        except IntegrityError:
            return True
        except OperationalError as failure:
            if not is_unwritable(failure):
                raise
            self._database.notice(
                f"A reading of {reading.kind} could not be stored ({failure.orig}). Make room or rights in the data "
                "folder."
            )
            return False
        return True

    def newest(self, kind: str, key: str = "") -> Reading | None:
        """Give the newest reading."""
        return next(iter(self._read(kind, key, most=1)), None)

    def as_of(self, kind: str, key: str, moment: dt.datetime) -> Reading | None:
        """Give the newest reading at or before an aware moment."""
        return next(iter(self._read(kind, key, readings.c.as_of <= _naive(moment), most=1)), None)

    def before(self, kind: str, key: str, moment: dt.datetime) -> Reading | None:
        """Give the newest reading strictly before an aware moment: what to compare with."""
        return next(iter(self._read(kind, key, readings.c.as_of < _naive(moment), most=1)), None)

    def run(self, kind: str, key: str = "", most: int = 1000) -> list[Reading]:
        """Give the last readings, oldest first."""
        return self._read(kind, key, most=most)[::-1]

    def prune(self, kind: str, before: dt.datetime) -> int:
        """Drop readings of a kind that is only a cache; gives how many went."""
        old = delete(readings).where(readings.c.kind == kind, readings.c.as_of < _naive(before))
        return self._database.run(lambda connection: connection.execute(old).rowcount)

    def _read(self, kind: str, key: str, *conditions: ColumnElement[bool], most: int) -> list[Reading]:
        query = select(readings).filter_by(kind=kind, key=key).where(*conditions)
        query = query.order_by(readings.c.as_of.desc(), readings.c.id.desc()).limit(most)
        rows = self._database.look(lambda connection: connection.execute(query).all())
        return [reading for reading in map(self._from_row, rows) if reading]

    def _from_row(self, row: Row[Any]) -> Reading | None:
        try:
            body = json.loads(zlib.decompress(row.body))
            origins = tuple(Origin(**origin) for origin in json.loads(row.origins))
        except (zlib.error, ValueError, KeyError, TypeError) as trouble:
            log.warning("reading %s of %s cannot be read: %s", row.id, row.as_of, trouble)
            self._database.notice(
                f"A stored reading of {row.kind} of {row.as_of:%Y-%m-%d} cannot be read and is passed over."
            )
            return None
        return Reading(row.kind, row.key, row.as_of.replace(tzinfo=dt.UTC), row.method, body, origins)


def _naive(moment: dt.datetime) -> dt.datetime:
    """Moments are stored as UTC without a zone: SQLite knows none, and PostgreSQL then does not convert them."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _as_row(reading: Reading) -> dict[str, Any]:
    text = json.dumps(reading.body, ensure_ascii=True, separators=(",", ":"))
    return {
        "kind": reading.kind,
        "key": reading.key,
        "as_of": _naive(reading.as_of),
        "method": reading.method,
        "origins": json.dumps([asdict(origin) for origin in reading.origins]),
        "body": zlib.compress(text.encode()),
    }
