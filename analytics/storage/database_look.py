"""A look at the database that changes nothing: is it there, of which revision, can it be written."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from analytics.errors import NewerDatabase
from analytics.storage.database import FILE
from analytics.storage.failures import is_damage
from analytics.storage.postgresql import make_engine
from analytics.storage.schema_history import SchemaHistory

BUSY_SECONDS = 5
SOUND = "ok"


@dataclass(frozen=True, slots=True)
class DatabaseLook:
    """
    What was seen. `where` has no password in it; `trouble` is what the database itself says, unfit for a sentence.

    `revision` is None for a new database, and for one of before revisions were kept.
    """

    where: str
    newest: str
    revision: str | None = None
    is_new: bool = False
    is_damaged: bool = False
    is_newer: bool = False
    is_reached: bool = True
    trouble: str = ""


def look_at(folder: Path, url: str | None, history: SchemaHistory | None = None) -> DatabaseLook:
    """
    Look at PostgreSQL by its address, else at SQLite's file in the folder.

    Raises:  DatabaseUnusable, if the address is none.
    """
    history = history or SchemaHistory()
    if url:
        engine = make_engine(url)
        return _look(engine, f"PostgreSQL's database {engine.url.database}", history)
    path = folder / FILE
    if not path.exists():
        return DatabaseLook(str(path), history.newest, is_new=True)
    return _look(_existing(path), str(path), history)


def _existing(path: Path) -> Engine:
    """Open a file that is there, and make none."""
    address = f"{path.absolute().as_uri()}?mode=rw"

    def open_it() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)

    return create_engine("sqlite://", creator=open_it, poolclass=NullPool)


def _look(engine: Engine, where: str, history: SchemaHistory) -> DatabaseLook:
    reached, revision = False, None
    try:
        with engine.connect() as connection:
            reached = True
            if (verdict := _verdict(connection)) != SOUND:
                return DatabaseLook(where, history.newest, is_damaged=True, trouble=verdict)
            revision = history.read_revision(connection, where)
            _try_to_write(connection, is_new=revision is None)
    except NewerDatabase as newer:
        return DatabaseLook(where, history.newest, is_newer=True, trouble=str(newer))
    except DBAPIError as failure:
        said = str(failure.orig).strip().partition("\n")[0]
        return DatabaseLook(
            where, history.newest, revision, is_damaged=is_damage(failure), is_reached=reached, trouble=said
        )
    finally:
        engine.dispose()
    return DatabaseLook(where, history.newest, revision)


def _verdict(connection: Connection) -> str:
    """Let SQLite look through its file; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return SOUND
    return str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())


def _try_to_write(connection: Connection, *, is_new: bool) -> None:
    """Write something, and take it back."""
    anything = "CREATE TABLE doctors_probe (n INTEGER)"
    connection.execute(text(anything if is_new else "UPDATE alembic_version SET version_num = version_num"))
    connection.rollback()
