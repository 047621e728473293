"""What the stores of readings and of top lists have in common: values packed into a row, kept once, and read again."""

import datetime as dt
import json
import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Delete, Row, Table, func, insert, not_, select
from sqlalchemy.exc import IntegrityError

from analytics.domain.staleness import MARK_AHEAD
from analytics.domain.wording import day
from analytics.storage.column_types import end_of_second
from analytics.storage.database import Database

log = logging.getLogger(__name__)

Decoded = TypeVar("Decoded")

RowTest = Callable[[list[Any]], bool]
"""Tells of one of the "rows" of a stored object whether it is wanted."""

READ = json.JSONDecoder().raw_decode
"""Reads the value that begins at a place of a text, and tells where it ends; `pack` leaves no blanks between them."""

UNREADABLE = (zlib.error, ValueError, LookupError, TypeError)
"""What reading a damaged row raises, or one that another version wrote."""


def pack(value: Any) -> bytes:
    """Compress JSON; half a character, of which the Hub's names have some, is kept as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> Any:
    """Give back what was packed. Raises zlib.error, ValueError."""
    return json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))


def unpack_some(packed: bytes, is_wanted: RowTest) -> Any:
    """
    Give back a packed object, of its list "rows" only the rows that are wanted.

    They are read one after the other: forty thousand at once are half a million small values, and though all of them
    are given back, what is kept among them holds the memory around it. Raises zlib.error, ValueError,
    IndexError.
    """
    text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    found, at = {}, 1
    while text[at - 1] != "}":
        name, at = READ(text, at)
        found[name], at = _pick_rows(text, at + 1, is_wanted) if name == "rows" else READ(text, at + 1)
        at += 1  # the comma, or the end
    return found


def _pick_rows(text: str, at: int, is_wanted: RowTest) -> tuple[list[Any], int]:
    """Read a list of rows that begins at a place; give those wanted, and where the list is over."""
    rows, at = [], at + 1
    while text[at] != "]":
        row, at = READ(text, at)
        if is_wanted(row):
            rows.append(row)
        at += text[at] == ","
    return rows, at + 1


def keep(
    database: Database, table: Table, row: Mapping[str, Any], what: str, *, instead_of: Delete | None = None
) -> bool:
    """
    Insert a row; one already there is left as it is. False, with a notice, when it cannot be written.

    The answer at hand must go out all the same; `what` begins the notice ("A reading of papers"). What `instead_of`
    deletes goes in the same transaction.
    """

    def write(connection: Connection) -> None:
        if instead_of is not None:
            connection.execute(instead_of)
        connection.execute(insert(table).values(row))

    try:
        return database.write(write, what)
    except IntegrityError:
        return True


def decode(
    database: Database, rows: Iterable[Row[Any]], one: Callable[[Row[Any]], Decoded], what: Callable[[Row[Any]], str]
) -> Iterator[Decoded]:
    """Give what can be read, one by one; what cannot is passed over, with a notice that `what` begins."""
    for row in rows:
        try:
            yield one(row)
        except UNREADABLE as trouble:
            log.warning("row %s of %s cannot be read: %s", row.id, row.as_of, trouble)
            database.notice(f"{what(row)} of {day(row.as_of)} cannot be read and is passed over.")


def end_belief(as_of: ColumnElement[dt.datetime], clock: Callable[[], dt.datetime] | None) -> list[ColumnElement[bool]]:
    """Ask for no moment to come: a clock that was wrong dated it, and it would hide what is fresher until then."""
    return [as_of <= end_of_second(clock() + MARK_AHEAD)] if clock else []


def find_to_come(
    database: Database, table: Table, clock: Callable[[], dt.datetime] | None, **key: str
) -> dt.datetime | None:
    """Give the last moment in a table that a clock which was wrong dated; None where there is none."""
    if clock is None:
        return None
    query = select(func.max(table.c.as_of)).filter_by(**key).where(not_(*end_belief(table.c.as_of, clock)))
    return next(iter(database.look(lambda connection: connection.execute(query).scalars().all())), None)
