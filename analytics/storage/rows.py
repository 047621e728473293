"""What the stores of readings and of top lists have in common: values packed into a row, kept once, and read again."""

import json
import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Row, Table, insert
from sqlalchemy.exc import IntegrityError

from analytics.domain.wording import day
from analytics.storage.database import Database

log = logging.getLogger(__name__)

Decoded = TypeVar("Decoded")

UNREADABLE = (zlib.error, ValueError, KeyError, TypeError)
"""What reading a damaged row raises, or one that another version wrote."""


def pack(value: Any) -> bytes:
    """Compress JSON; half a character, of which the Hub's names have some, is kept as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes) -> Any:
    """Give back what was packed. Raises zlib.error, ValueError."""
    return json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))


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
