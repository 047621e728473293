"""
What a failure of the database means: told by SQLite's own codes and by PostgreSQL's, never by the words.

One thing is known by its words alone: why a server refused a connection, because libpq keeps the code of that to
itself. Words nobody foresaw (of another language) mean that the server is away, which is looked at again.
"""

import re
import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


class Trouble(StrEnum):
    """What is the matter with a database."""

    AWAY = "away"
    WRONG_ADDRESS = "wrong address"
    """The address asks for what no server can give: an unknown service, a word no option takes, a missing key."""

    REFUSED = "refused"
    MISSING = "missing"
    CROWDED = "crowded"
    ALL_IN_USE = "all in use"
    """Not the server's doing: this process has no connection left."""

    POOLER = "pooler"
    LOCKED = "locked"
    SLOW = "slow"
    NO_RIGHT = "no right"
    READ_ONLY = "read only"
    FULL = "full"
    CANNOT_OPEN = "cannot open"
    DISK = "disk"
    DAMAGED = "damaged"
    OURS = "ours"
    """A wrong statement, or anything else that no operator can mend."""


PRIMARY = 0xFF
"""An extended code holds the primary one in its lowest byte (SQLITE_IOERR_WRITE is SQLITE_IOERR and 3 << 8)."""

OF_SQLITE = {
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_PERM: Trouble.NO_RIGHT,
    sqlite3.SQLITE_AUTH: Trouble.NO_RIGHT,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_NOLFS: Trouble.DISK,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: Trouble.FULL,  # no room for the file beside it that every connection shares
    sqlite3.SQLITE_CANTOPEN: Trouble.CANNOT_OPEN,
}

ALL_IN_USE = "Z0001"
"""Our own code, of a class that PostgreSQL leaves to others."""

OF_POSTGRESQL = {
    ALL_IN_USE: Trouble.ALL_IN_USE,
    "F0000": Trouble.WRONG_ADDRESS,  # "configuration file error", which libpq itself meets before it asks a server
    "08P01": Trouble.POOLER,  # PgBouncer's code for all it refuses; no server of PostgreSQL has reason to say so to us
    "26000": Trouble.POOLER,  # a prepared statement that another server's connection has
    "42P05": Trouble.POOLER,
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,
    "57014": Trouble.SLOW,
    "28": Trouble.REFUSED,
    "3D": Trouble.MISSING,
    "3F": Trouble.MISSING,
    "53300": Trouble.CROWDED,
    "53": Trouble.FULL,
    "55P03": Trouble.LOCKED,
    "55006": Trouble.LOCKED,
    "40": Trouble.LOCKED,
    "42501": Trouble.NO_RIGHT,
    "25006": Trouble.READ_ONLY,
    "25P03": Trouble.AWAY,  # a session that rested too long in a transaction is closed
    "25P04": Trouble.AWAY,
    "58": Trouble.DISK,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
"""By the whole code, else by how it begins; the longest beginning counts."""

AT_THE_DOOR = (
    (r"invalid [\w ]*(value|port number)|definition of service|service file|syntax error in .*service", "F0000"),
    (r"(certificate|private key|CRL) file|sslmode|weak sslmode", "F0000"),
    (r"password authentication failed|no pg_hba\.conf entry|role \".*\" (does not exist|is not permitted)", "28000"),
    (r"(auth|SASL|peer|ident|certificate|GSSAPI|LDAP).* failed|no password supplied|no such user", "28000"),
    (r"remaining connection slots|too many (clients|connections)|no more connections allowed", "53300"),
    (r"[Mm]ax client(s| connections) reached", "53300"),  # of poolers that a host runs
    (r"database \".*\" does not exist|no such database", "3D000"),
    (r"database system is|server is (starting|shutting)|terminating connection", "57P03"),
    (r"unsupported startup parameter|pooler|pgbouncer|server_login_retry|query_wait_timeout", "08P01"),
)
"""Words of libpq about an address, or of a server or pooler that lets nobody in; and the code that is kept from us."""


def diagnose(failure: DBAPIError) -> Trouble:
    """Tell what a failure means."""
    if _is_postgresqls(failure):
        return _of_postgresql(failure)
    return OF_SQLITE.get(_read_extended_code(failure)) or OF_SQLITE.get(sqlite_code(failure), Trouble.OURS)


def sqlite_code(failure: DBAPIError) -> int:
    """Give SQLite's primary code of a failure; SQLITE_OK where it is not one of SQLite's."""
    return _read_extended_code(failure) & PRIMARY


def _read_extended_code(failure: DBAPIError) -> int:
    return int(getattr(failure.orig, "sqlite_errorcode", sqlite3.SQLITE_OK))


def sqlstate(failure: DBAPIError) -> str:
    """Give PostgreSQL's code of a failure; nothing where the server could not be reached or hung up without a word."""
    said = getattr(failure.orig, "sqlstate", None)
    return said or next((code for words, code in AT_THE_DOOR if re.search(words, str(failure.orig))), "")


def is_damage(failure: DBAPIError) -> bool:
    """Tell whether the database turned out not to be sound."""
    return diagnose(failure) is Trouble.DAMAGED


def is_unwritable(failure: DBAPIError) -> bool:
    """Tell whether it failed for want of a server, a turn, room or a right: nothing we did wrong, and it may pass."""
    return diagnose(failure) not in (Trouble.DAMAGED, Trouble.OURS)


def is_away(failure: DBAPIError) -> bool:
    """Tell whether a PostgreSQL server, or the pooler in front of it, could not be reached or hung up."""
    return _is_postgresqls(failure) and diagnose(failure) in (Trouble.AWAY, Trouble.POOLER)


def has_hung_up(failure: DBAPIError) -> bool:
    """Tell whether a connection is gone: the server was restarted, or the line broke."""
    return failure.connection_invalidated or is_away(failure)


def _is_postgresqls(failure: DBAPIError) -> bool:
    return any(kind.__module__.startswith("psycopg") for kind in type(failure.orig).__mro__)


def _of_postgresql(failure: DBAPIError) -> Trouble:
    code = sqlstate(failure)
    beginnings = (code[:length] for length in range(len(code), 0, -1))
    known = next((OF_POSTGRESQL[one] for one in beginnings if one in OF_POSTGRESQL), None)
    without = Trouble.AWAY if isinstance(failure, OperationalError | InterfaceError) else Trouble.OURS
    return known or (Trouble.OURS if code else without)
