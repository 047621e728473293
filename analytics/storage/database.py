"""
Opening the database, and what is done when it cannot be opened as it should.

With an address (`DATABASE_URL`) PostgreSQL, which may be away for a while: it is connected to when first needed, and
each failure is the caller's to try again. Without one, SQLite in a folder of its own: a damaged file is moved aside,
never deleted, and a fresh one begun; a folder that cannot be written leaves us working in memory, on a copy of what can
be read. Each of these leaves a notice for people.
"""

import datetime as dt
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, make_url, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool

log = logging.getLogger(__name__)

FILE = "frameworks.sqlite3"
SCHEMA = 1
"""Version of the tables, kept in the file; a newer file is refused rather than harmed."""

BUSY_SECONDS = 5
DAMAGE = ("malformed", "not a database", "disk image", "unsupported file format")
"""What SQLite says of a file that is no sound database (SQLITE_CORRUPT, SQLITE_NOTADB)."""

UNWRITABLE = ("readonly", "full", "locked", "unable to open", "disk I/O")
"""What SQLite says when there is no room, no right or no turn to write."""

POOL = 5
CONNECT_SECONDS, STATEMENT_SECONDS = 5, 30
ADVISORY_KEY = 0x6672616D65
"""Any number that no other program uses: "frame" in ASCII."""

Result = TypeVar("Result")
metadata = MetaData()


class NewerDatabase(Exception):
    """The database was written by a newer version of this program; it is left untouched."""

    def __init__(self, path: Path, version: int) -> None:
        super().__init__(
            f"{path} is of a newer version of this program (tables {version}, known here {SCHEMA}). Install that "
            "version, or set FRAMEWORKS_HOME to another folder."
        )


class Database:
    """
    One open database. `notices` say in plain words what went wrong with it and what was done.

    `run` is the only way in: it hands a connection in a transaction to a function, and when the file turns out to be
    damaged sets it aside, begins a fresh one and runs the function once more.
    """

    def __init__(self, folder: Path, now: Callable[[], dt.datetime], url: str | None = None) -> None:
        self._folder = folder
        self._url = url
        self._prepared = url is None
        self._now = now
        self._notices: list[str] = []
        self._mending = threading.Lock()
        self._turn: AbstractContextManager[object] = nullcontext()
        self._engine = self._open()

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know of the store, oldest first."""
        return tuple(self._notices)

    def notice(self, sentence: str) -> None:
        """Remember something that people should know, once."""
        if sentence not in self._notices:
            log.warning("%s (%s)", sentence, self._folder)
            self._notices.append(sentence)

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """
        Run `work` in a transaction.

        Raises:  sqlalchemy's OperationalError, when the file cannot be written or stays locked.
        """
        if not self._prepared:
            _prepare(self._engine)
            self._prepared = True
        engine = self._engine
        try:
            with self._turn, engine.begin() as connection:
                return work(connection)
        except DatabaseError as failure:
            if self._url or not _is_damage(failure):
                raise
        self._mend(engine)
        with self._engine.begin() as connection:
            return work(connection)

    def look(self, work: Callable[[Connection], Sequence[Result]]) -> Sequence[Result]:
        """Run a reading that an answer can do without: while the server is away, nothing and a notice."""
        try:
            return self.run(work)
        except OperationalError as failure:
            if not is_away(failure):
                raise
            self.notice("The database could not be reached, so nothing stored was used and nothing is kept.")
            return ()

    @property
    def is_kept(self) -> bool:
        """Whether what is written outlives this process."""
        return isinstance(self._turn, nullcontext)

    @property
    def is_shared(self) -> bool:
        """Whether several processes may work on it at once."""
        return self._url is not None

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # ------------------------------------------------------------------------------------------------------- opening

    def _open(self) -> Engine:
        if self._url:
            return _postgresql(self._url)
        path = self._folder / FILE
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _sqlite(path)
        except DatabaseError as failure:
            if _is_damage(failure):
                self._set_aside(path)
                return _sqlite(path)
            return self._in_memory(path, str(failure.orig))
        except OSError as failure:
            return self._in_memory(path, failure.strerror or str(failure))

    def _mend(self, broken: Engine) -> None:
        """Replace a damaged file, once however many threads met the damage."""
        with self._mending:
            if self._engine is broken:
                broken.dispose()
                self._set_aside(self._folder / FILE)
                self._engine = _sqlite(self._folder / FILE)

    def _set_aside(self, path: Path) -> None:
        stamp = f"{self._now():%Y%m%dT%H%M%S%fZ}"
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(path.with_name(f"{path.name}.damaged-{stamp}{suffix}"))
        self.notice(
            f"The stored readings were damaged and set aside as {path.name}.damaged-{stamp}; earlier lists are missing "
            "until that file is repaired."
        )

    def _in_memory(self, path: Path, why: str) -> Engine:
        self.notice(
            f"Nothing can be stored ({why}), so this answer is not kept. Make the data folder writable, or set "
            "FRAMEWORKS_HOME to another one."
        )
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as readable:
                readable.backup(memory)
        except (sqlite3.Error, ValueError):
            log.info("nothing readable at %s", path)
        self._turn = threading.Lock()  # one connection for all threads: they take turns
        engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
        metadata.create_all(engine)
        return engine


def _postgresql(url: str) -> Engine:
    """Make a small pool of connections, each tested before use; connecting happens later."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    limits = {"connect_timeout": CONNECT_SECONDS, "options": f"-c statement_timeout={STATEMENT_SECONDS}s"}
    return create_engine(address, pool_pre_ping=True, pool_size=POOL, connect_args=limits)


def _prepare(engine: Engine) -> None:
    """Make the tables; under a lock, because several processes may start at once."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
        metadata.create_all(connection)


def _sqlite(path: Path) -> Engine:
    """Open or create the file, check that it is a database of ours, and make its tables."""
    # A connection for each piece of work: none is shared between threads, and no cache hides damage.
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS}, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            _check(connection, path)
            connection.execute(text("PRAGMA journal_mode = WAL"))  # kept in the file: readers do not wait for a writer
            metadata.create_all(connection)
            connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(connection: Connection, path: Path) -> None:
    """Refuse a file of a newer version, and find damage before it is built upon."""
    version = connection.execute(text("PRAGMA user_version")).scalar_one()
    if version > SCHEMA:
        raise NewerDatabase(path, version)
    verdict = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
    if verdict != "ok":
        raise DatabaseError("PRAGMA quick_check", None, sqlite3.DatabaseError(f"malformed: {verdict}"))


def _is_damage(failure: DatabaseError) -> bool:
    return any(word in str(failure.orig) for word in DAMAGE)


def is_unwritable(failure: OperationalError) -> bool:
    """Tell whether a write failed for want of room, rights or a server, or because another process holds the file."""
    return is_away(failure) or any(word in str(failure.orig) for word in UNWRITABLE)


def is_away(failure: OperationalError) -> bool:
    """Tell whether a PostgreSQL server could not be reached or hung up."""
    return type(failure.orig).__module__.startswith("psycopg")
