"""
PostgreSQL, which may be away for a while: a small pool of connections, and the tables brought up to date.

A pooler such as PgBouncer may stand before it, and hand each transaction to another connection of the server. So
nothing outlives a transaction here: no options at the start of a session, no prepared statements, no session's lock.
"""

from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from analytics.errors import DatabaseUnusable, UpgradeUnderWay
from analytics.storage.failures import Trouble, diagnose
from analytics.storage.schema_history import SchemaHistory, Upgrade
from analytics.storage.server_pool import PoolLimits, ServerPool
from analytics.storage.trouble_words import name_server

LIMITS = PoolLimits()
"""Of one process: fifteen connections at most."""

CONNECT_SECONDS, STATEMENT_SECONDS = 5, 30

PATIENCE_SECONDS = 60
"""How long to wait at the start for another process that is bringing the tables up to date, or works with them."""

ADVISORY_KEY = 0x6672616D65
"""Any number that no other program uses: "frame" in ASCII."""

OF_POOLERS = ("pgbouncer", "connection_limit", "pool_timeout")
"""What hosts of poolers write behind the ? for another library; to libpq they mean nothing."""

UTF8 = ("UTF8", "UNICODE")


def make_engine(url: str, limits: PoolLimits = LIMITS) -> Engine:
    """
    Make a pool of connections, each tested before use; connecting happens later.

    Raises:  DatabaseUnusable, if the address is none.
    """
    arguments: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "prepare_threshold": None,
        "client_encoding": "utf8",  # else an ASCII database gives bytes in place of text; poolers keep this one option
    }
    address = _address(url)
    try:
        engine = create_engine(
            address,
            poolclass=ServerPool,
            pool_pre_ping=True,
            pool_size=limits.size,
            max_overflow=limits.more,
            pool_timeout=limits.patience,
            connect_args=arguments,
            hide_parameters=True,
        )
    except ArgumentError:  # of what stands behind the ?, hosts and ports are read here
        raise DatabaseUnusable(
            "DATABASE_URL names hosts or ports behind its ? that do not go together:",
            "write ?host=one,two&port=5432,5432, or leave them out.",
        ) from None
    event.listen(engine, "begin", _bound_statements)
    return engine


def _bound_statements(connection: Connection) -> None:
    """Let no statement of this transaction take for ever."""
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'")


def _address(url: str) -> URL:
    """Read an address; no word of it gets into an error, for a password may stand anywhere in it."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg").difference_update_query(OF_POOLERS)
        make_conninfo(**{name: str(value) for name, value in address.query.items()})
    except (ArgumentError, ValueError):
        raise DatabaseUnusable(
            "DATABASE_URL cannot be understood:", "it must read postgresql://user:password@host:5432/name."
        ) from None
    except ProgrammingError:
        raise DatabaseUnusable(
            "DATABASE_URL names an option behind its ? that PostgreSQL does not know:", "mend it or leave it out."
        ) from None
    return address


def refuse_other_encodings(connection: Connection, where: str) -> None:
    """Refuse a database that cannot hold every letter: some names would fail one day. Raises DatabaseUnusable."""
    encoding = str(connection.execute(text("SHOW server_encoding")).scalar_one())
    if encoding.upper().replace("-", "") not in UTF8:
        raise DatabaseUnusable(
            f"{where} is encoded in {encoding}, which cannot hold every letter.",
            "Make another one (createdb -T template0 -E UTF8 NAME) and name it in DATABASE_URL.",
        )


def bring_up_to_date(engine: Engine, history: SchemaHistory, patience: float = PATIENCE_SECONDS) -> Upgrade | None:
    """
    Make or change the tables; under a lock, because several processes may start at once. Tells what was done.

    Raises:  DatabaseUnusable; sqlalchemy's DBAPIError, when the server is away or does not let us.
    """
    where = name_server(engine)
    with engine.connect() as connection:
        refuse_other_encodings(connection, where)
        if history.examine(connection, where) == history.newest:
            return None
    try:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))  # a step through many rows takes its time
            connection.execute(text(f"SET LOCAL lock_timeout = '{round(patience * 1000)}ms'"))
            # Held until the end of the transaction: behind a pooler a session's lock would be another's.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
            return history.upgrade(connection, where)
    except DBAPIError as failure:
        if diagnose(failure) is Trouble.LOCKED:
            raise UpgradeUnderWay(where, "another process, or somebody holds its tables") from failure
        raise
