"""What a failure of the database means: told by SQLite's own codes and psycopg's classes, never by the words."""

import sqlite3

from sqlalchemy.exc import DBAPIError

DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""The file is no sound database."""

UNWRITABLE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""There is no room, no right or no turn to write."""

PRIMARY = 0xFF
"""An extended code holds the primary one in its lowest byte (SQLITE_IOERR_WRITE is SQLITE_IOERR and 3 << 8)."""


def sqlite_code(failure: DBAPIError) -> int:
    """Give SQLite's primary code of a failure; SQLITE_OK where it is not one of SQLite's."""
    return getattr(failure.orig, "sqlite_errorcode", sqlite3.SQLITE_OK) & PRIMARY


def is_damage(failure: DBAPIError) -> bool:
    """Tell whether the file turned out to be no sound database."""
    return sqlite_code(failure) in DAMAGE


def is_unwritable(failure: DBAPIError) -> bool:
    """Tell whether a write failed for want of room, rights or a server, or because another process holds the file."""
    return is_away(failure) or is_unwritable_file(failure)


def is_unwritable_file(failure: DBAPIError) -> bool:
    """Tell whether SQLite's file could not be written for want of room, rights or its turn."""
    return sqlite_code(failure) in UNWRITABLE


def is_away(failure: DBAPIError) -> bool:
    """Tell whether a PostgreSQL server could not be reached or hung up."""
    return type(failure.orig).__module__.startswith("psycopg")
