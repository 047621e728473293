"""A look at the database that changes nothing: is it there, of which revision, can it be written."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.database import FILE, metadata
from analytics.storage.failures import is_damage
from analytics.storage.file_home import is_lost
from analytics.storage.network_drives import MOUNTS, warn_of_network
from analytics.storage.postgresql import make_engine, refuse_other_encodings
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.sqlite_file import refuse_special
from analytics.storage.trouble_words import explain_failure, name_role, name_server

BUSY_SECONDS = 5
SOUND = "ok"


@dataclass(frozen=True, slots=True)
class DatabaseLook:
    """
    What was seen. `where` has no password in it; `trouble` is what keeps it from being used, with what to do.

    `is_gone` where there was a file of ours and is none. `revision` is None for a new database, and for one of before
    revisions were kept; `verdict` is what SQLite says of a damaged file, unfit for a sentence; `warning` is what may go
    wrong one day, with what to do.
    """

    where: str
    newest: str
    revision: str | None = None
    is_new: bool = False
    is_gone: bool = False
    trouble: DatabaseTrouble | DatabaseUnusable | None = None
    verdict: str = ""
    warning: DatabaseTrouble | None = None


def look_at(folder: Path, url: str | None, history: SchemaHistory | None = None, mounts: Path = MOUNTS) -> DatabaseLook:
    """
    Look at PostgreSQL by its address, else at SQLite's file in the folder.

    Raises:  DatabaseUnusable, if the address is none.
    """
    history = history or SchemaHistory(tables=metadata)
    if url:
        engine = make_engine(url)
        return _look(engine, name_server(engine), history, role=name_role(engine))
    path = folder / FILE
    refuse_special(path)
    warning = warn_of_network(path, mounts)
    if is_lost(path):
        return DatabaseLook(str(path), history.newest, is_gone=True, warning=warning)
    if not path.exists():
        return DatabaseLook(str(path), history.newest, is_new=True, warning=warning)
    return _look(_existing(path), str(path), history, warning=warning)


def _existing(path: Path) -> Engine:
    """Open a file that is there, and make none."""
    address = f"{path.absolute().as_uri()}?mode=rw"

    def open_it() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)

    return create_engine("sqlite://", creator=open_it, poolclass=NullPool, hide_parameters=True)


def _look(
    engine: Engine, where: str, history: SchemaHistory, *, role: str = "", warning: DatabaseTrouble | None = None
) -> DatabaseLook:
    revision = None
    try:
        with engine.connect() as connection:
            if role:
                refuse_other_encodings(connection, where)
            if (verdict := _verdict(connection)) != SOUND:
                return DatabaseLook(where, history.newest, verdict=verdict, warning=warning)
            revision = history.examine(connection, where)
            _try_to_write(connection, is_new=revision is None)
    except DatabaseUnusable as refusal:
        return DatabaseLook(where, history.newest, trouble=refusal, warning=warning)
    except DBAPIError as failure:
        said = str(failure.orig).strip().partition("\n")[0]
        if not role and is_damage(failure):
            return DatabaseLook(where, history.newest, verdict=said, warning=warning)
        unknown = DatabaseTrouble(f"{where} cannot be written: {said}.", "Report this sentence.")
        trouble = explain_failure(failure, where, role) or unknown
        return DatabaseLook(where, history.newest, revision, trouble=trouble, warning=warning)
    finally:
        engine.dispose()
    return DatabaseLook(where, history.newest, revision, warning=warning)


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
