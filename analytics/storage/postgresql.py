"""PostgreSQL, which may be away for a while: a small pool of connections, and the tables brought up to date."""

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from analytics.errors import DatabaseUnusable
from analytics.storage.schema_history import SchemaHistory, Upgrade

POOL = 5
CONNECT_SECONDS, STATEMENT_SECONDS = 5, 30

PATIENCE_SECONDS = 60
"""How long to wait for another process that is bringing the tables up to date, or works with them."""

ADVISORY_KEY = 0x6672616D65
"""Any number that no other program uses: "frame" in ASCII."""


def make_engine(url: str) -> Engine:
    """
    Make a pool of connections, each tested before use; connecting happens later.

    Raises:  DatabaseUnusable, if the address is none.
    """
    address = _address(url)
    limits = {"connect_timeout": CONNECT_SECONDS, "options": f"-c statement_timeout={STATEMENT_SECONDS}s"}
    return create_engine(address, pool_pre_ping=True, pool_size=POOL, connect_args=limits)


def _address(url: str) -> URL:
    """Read an address; no word of it gets into an error, for a password may stand anywhere in it."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
        make_conninfo(**{name: str(value) for name, value in address.query.items()})
    except (ArgumentError, ValueError):
        raise DatabaseUnusable(
            "DATABASE_URL cannot be understood: it must read postgresql://user:password@host:5432/name."
        ) from None
    except ProgrammingError:
        raise DatabaseUnusable(
            "DATABASE_URL names an option behind its ? that PostgreSQL does not know: mend it or leave it out."
        ) from None
    return address


def bring_up_to_date(engine: Engine, history: SchemaHistory) -> Upgrade | None:
    """
    Make or change the tables; under a lock, because several processes may start at once. Tells what was done.

    Raises:  DatabaseUnusable; sqlalchemy's OperationalError, when the server is away.
    """
    where = f"PostgreSQL's database {engine.url.database}"  # the whole address may hold a password
    with engine.connect() as connection:
        if history.read_revision(connection, where) == history.newest:
            return None
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))  # a step through many rows takes its time
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
        return history.upgrade(connection, where)
