"""
Dated readings of any kind, kept for good: append, newest, as of a moment, the whole run.

A top list has a table of its own (`top_lists`). Everything else that is read outside and is small once reduced rests
here: single models, the census cube, papers by quarter, official collections. The body is JSON, compressed.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from analytics.domain.answer import Origin
from analytics.storage.column_types import Moment, end_of_second
from analytics.storage.database import Database, metadata
from analytics.storage.rows import RowTest, decode, end_belief, find_to_come, keep, pack, unpack, unpack_some

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("method", String(32), nullable=False),
    Column("origins", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "key", "as_of", "method"),
)


Beside = Callable[[Connection], object]
"""Writes something in a transaction that is under way."""


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
    """
    The readings of one database; safe to use from several threads.

    With a `clock` what is dated further ahead of it than another machine's may be is as if it were not.
    """

    def __init__(self, database: Database, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._database = database
        self._clock = clock

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong with the store, in words for people."""
        return self._database.notices

    def add(self, reading: Reading) -> bool:
        """
        Keep a reading; one already kept of the same moment and method is left as it is.

        Returns False, with a notice, when it cannot be written: the answer at hand must go out all the same.
        """
        return keep(self._database, readings, _as_row(reading), f"A reading of {reading.kind}")

    def claim(self, reading: Reading, beside: Beside | None = None) -> bool:
        """
        Keep a reading if none is kept of the same moment and method; tell whether it was.

        `beside` writes something else in the same transaction.

        Raises:  DatabaseTrouble, DatabaseUnusable, after which it may be kept or not.
        """

        def work(connection: Connection) -> None:
            connection.execute(insert(readings).values(_as_row(reading)))
            if beside:
                beside(connection)

        try:
            self._database.run(work)
        except IntegrityError:
            return False
        return True

    def newest(self, kind: str, key: str = "") -> Reading | None:
        """Give the newest reading."""
        return next(iter(self._read(kind, key, most=1)), None)

    def last_to_come(self, kind: str) -> dt.datetime | None:
        """Give the moment of the newest reading that is not believed, of any key; None where there is none."""
        return find_to_come(self._database, readings, self._clock, kind=kind)

    def as_of(self, kind: str, key: str, moment: dt.datetime, is_wanted: RowTest | None = None) -> Reading | None:
        """
        Give the newest reading at or before an aware moment, to the second.

        With `is_wanted` its body is an object with "rows", of which those alone are kept in memory.
        """
        at_most = readings.c.as_of <= end_of_second(moment)
        return next(iter(self._read(kind, key, at_most, most=1, is_wanted=is_wanted)), None)

    def before(self, kind: str, key: str, moment: dt.datetime) -> Reading | None:
        """Give the newest reading strictly before an aware moment: what to compare with."""
        return next(iter(self._read(kind, key, readings.c.as_of < moment, most=1)), None)

    def newest_of(self, kind: str, keys: Sequence[str] | None, moment: dt.datetime) -> dict[str, Reading]:
        """Give the newest readings at or before an aware moment by their keys, of many keys (None: of all) at once."""
        query = select(readings).filter_by(kind=kind).where(readings.c.as_of <= end_of_second(moment))
        query = query.order_by(readings.c.as_of, readings.c.id)
        # Half of a surrogate pair, which a list of an older version may hold, can be no key.
        asked = None if keys is None else [key for key in keys if key.isprintable()]
        parts = [query] if asked is None else [query.where(readings.c.key.in_(some)) for some in cut_keys(asked)]
        rows = self._database.look(lambda connection: [row for part in parts for row in connection.execute(part).all()])
        found = decode(self._database, rows, _from_row, lambda row: f"A stored reading of {row.kind}")
        return {reading.key: reading for reading in found}

    def list_keys(self, kind: str) -> set[str]:
        """Give the keys of which there is any reading of a kind."""
        query = select(readings.c.key).filter_by(kind=kind).distinct()
        return set(self._database.look(lambda connection: connection.execute(query).scalars().all()))

    def run(self, kind: str, key: str = "", most: int = 1000, until: dt.datetime | None = None) -> list[Reading]:
        """Give the last readings, oldest first; with `until` those at or before an aware moment."""
        at_most = (readings.c.as_of <= end_of_second(until),) if until else ()
        return self._read(kind, key, *at_most, most=most)[::-1]

    def _read(
        self, kind: str, key: str, *conditions: ColumnElement[bool], most: int, is_wanted: RowTest | None = None
    ) -> list[Reading]:
        query = select(readings).filter_by(kind=kind, key=key).where(*conditions)
        query = query.where(*end_belief(readings.c.as_of, self._clock))
        query = query.order_by(readings.c.as_of.desc(), readings.c.id.desc()).limit(most)
        rows = self._database.look(lambda connection: connection.execute(query).all())
        read = partial(_from_row, is_wanted=is_wanted)
        return list(decode(self._database, rows, read, lambda row: f"A stored reading of {row.kind}"))


AT_ONCE = 500
"""Keys of one query; databases take some thousands."""


def cut_keys(keys: Sequence[str]) -> list[Sequence[str]]:
    """Cut keys into parts that one query takes."""
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def _as_row(reading: Reading) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "key": reading.key,
        "as_of": reading.as_of,
        "method": reading.method,
        "origins": json.dumps([asdict(origin) for origin in reading.origins]),
        "body": pack(reading.body),
    }


def _from_row(row: Row[Any], is_wanted: RowTest | None = None) -> Reading:
    origins = tuple(Origin(**origin) for origin in json.loads(row.origins))
    body = unpack_some(row.body, is_wanted) if is_wanted else unpack(row.body)
    return Reading(row.kind, row.key, row.as_of, row.method, body, origins)
