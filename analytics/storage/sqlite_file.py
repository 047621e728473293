"""
SQLite: one file, opened, checked, copied aside and brought up to date; or a copy of it in memory.

pysqlite begins no transaction before a change of tables, so that such changes would be kept one by one; `exclusively`
begins one by hand.
"""

import datetime as dt
import filecmp
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from os import getpid
from pathlib import Path
from time import monotonic

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool

from analytics.domain.wording import stamp
from analytics.errors import DatabaseTrouble, DatabaseUnusable, InUse, UpgradeUnderWay
from analytics.storage.failures import sqlite_code
from analytics.storage.locks import RESIDENT, Taken, lock, tell_other_holder
from analytics.storage.network_drives import MOUNTS, warn_of_network
from analytics.storage.private_files import BESIDE, begin_private, make_private
from analytics.storage.schema_history import SchemaHistory, Upgrade

log = logging.getLogger(__name__)

BUSY_SECONDS = 5

PATIENCE_SECONDS = 60
"""How long to wait for another process that is bringing the file up to date."""

SHARED = "-shm"
"""Memory and locks that processes share: SQLite makes it anew for a copy; to close it would let go of ours."""

CHECKED = ("subscriptions", "slots")
"""Tables whose indexes are compared with them too: by those nothing is posted twice."""


def refuse_special(path: Path) -> None:
    """
    Refuse what is there and is neither file nor folder (of which SQLite says it): reading it may never end.

    Raises:  DatabaseUnusable.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise DatabaseUnusable(
            f"{path} is a device or a pipe, and no file.", "Take it away, or set FRAMEWORKS_HOME to another folder."
        )


def open_file(
    path: Path, history: SchemaHistory, now: dt.datetime, patience: float = PATIENCE_SECONDS, mounts: Path = MOUNTS
) -> tuple[Engine, Upgrade | None]:
    """
    Open or create a file, check that it is sound, and bring it up to date; tells what was done for that.

    Raises:  DatabaseUnusable; OSError or sqlalchemy's DatabaseError, when it cannot be written or is damaged.
    """
    if not path.exists():
        path.touch(mode=0o600)  # what lies beside it (-wal, -shm) takes its rights from it
    for suffix in ("", *BESIDE):
        make_private(Path(f"{path}{suffix}"))
    engine = _connect(path)
    with engine.connect() as connection:
        _check(connection)
        is_newest = history.examine(connection, str(path)) == history.newest
        is_new = not inspect(connection).get_table_names()
    _choose_journal(engine, warn_of_network(path, mounts))
    if not is_newest:
        if not is_new and (who := tell_other_holder(path.with_name(RESIDENT))):
            raise InUse(str(path), who)
        return engine, _upgrade(engine, path, history, now, patience)
    with exclusively(engine) as connection:
        history.mark(connection)  # what cannot be written is found now, not by the first who wants to
    return engine, None


def _connect(path: Path) -> Engine:
    """
    Make a connection for each piece of work: none is shared between threads, and no cache hides damage.

    A file that is gone is not made anew: what is written next would be all there is.
    """
    address = URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"})
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _read_any_text)
    return engine


def _read_any_text(connection: sqlite3.Connection, _: object) -> None:
    """Read letters that damage left as none, instead of failing at them: then their row alone is passed over."""
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")


def can_be_written(path: Path) -> bool:
    """Tell, without waiting, whether nobody holds a file and it may be written, or it is not there."""
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)) as file:
            file.isolation_level = None
            file.execute("BEGIN IMMEDIATE")
            file.execute("ROLLBACK")
    except sqlite3.Error as failure:
        return getattr(failure, "sqlite_errorcode", 0) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return True


def is_sound(path: Path) -> bool:
    """Tell whether a file that was found to be damaged is so no more: another process has mended it."""
    try:
        with _connect(path).connect() as connection:
            _check(connection)
    except DatabaseError:
        return False
    return True


def has_no_tables(path: Path) -> bool:
    """Tell whether a file is sound and empty."""
    try:
        with _connect(path).connect() as connection:
            return not inspect(connection).get_table_names()
    except DatabaseError:
        return False


def read_revision(path: Path, history: SchemaHistory) -> str | None:
    """
    Read of which revision the tables of a file are; None where there are none, or it cannot be read.

    Raises:  DatabaseUnusable, for another program's.
    """
    try:
        with _connect(path).connect() as connection:
            return history.read_revision(connection, str(path))
    except DatabaseError:
        return None


def open_memory(path: Path, history: SchemaHistory) -> Engine:
    """
    Open a copy in memory of what can be read of a file, brought up to date; an empty one if that is nothing.

    Raises:  DatabaseUnusable.
    """
    memory = _read(path) or _begin_in_memory(history)
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool, hide_parameters=True)
    with exclusively(engine) as connection:
        history.upgrade(connection, str(path))
    return engine


def _begin_in_memory(history: SchemaHistory) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    memory.deserialize(history.begin_file())
    return memory


def lay_pages(target: sqlite3.Connection, pages: bytes, patience: float = BUSY_SECONDS) -> None:
    """
    Make a file what these pages are, all of them or none.

    Raises:  sqlite3.Error; OperationalError of it, if another process holds the file for longer than `patience`.
    """
    until = monotonic() + patience

    def give_up(status: int, *_pages: int) -> None:
        if status != sqlite3.SQLITE_DONE and monotonic() > until:
            held = sqlite3.OperationalError("database is locked")
            held.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise held

    with closing(sqlite3.connect(":memory:")) as begun:
        begun.deserialize(pages)
        begun.backup(target, progress=give_up)


@contextmanager
def exclusively(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that holds changes of tables too, and beside which nobody writes."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").begin() as connection:
        connection.execute(text("BEGIN IMMEDIATE"))
        yield connection


def _check(connection: Connection) -> None:
    """Find damage before it is built upon."""
    try:
        verdict = str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())
        for table in CHECKED if verdict == "ok" else ():
            verdict = verdict if verdict != "ok" else _compare_indexes(connection, table)
    except DatabaseError as failure:
        if sqlite_code(failure) != sqlite3.SQLITE_ERROR:
            raise
        verdict = str(failure.orig)  # "unsupported file format" has no code of its own; nothing else is wrong here
    if verdict != "ok":
        damage = sqlite3.DatabaseError(f"malformed: {verdict}")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise DatabaseError("PRAGMA quick_check", None, damage)


def _compare_indexes(connection: Connection, table: str) -> str:
    """Let SQLite compare a table with its indexes; one that is not there is not damaged."""
    if not inspect(connection).has_table(table):
        return "ok"
    return str(connection.execute(text(f"PRAGMA integrity_check({table})")).scalars().first())


def _upgrade(engine: Engine, path: Path, history: SchemaHistory, now: dt.datetime, patience: float) -> Upgrade | None:
    copy = partial(_copy_aside, path, f"{path.name}.before-{history.newest}-", now)
    try:
        with lock(path.with_name(f"{path.name}.lock"), f"process {getpid()}", patience):
            if _holds_nothing(path):
                return _begin(path, history)
            with exclusively(engine) as connection:
                return history.upgrade(connection, str(path), copy)
    except Taken as other:
        raise UpgradeUnderWay(str(path), other.who) from None


def _holds_nothing(path: Path) -> bool:
    """Tell whether there is nothing at all in a file, no view either: what is copied over it would be lost."""
    with _connect(path).connect() as connection:
        return not connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()


def _begin(path: Path, history: SchemaHistory) -> Upgrade:
    pages = history.begin_file(where=str(path))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as file:
            lay_pages(file, pages)
    except sqlite3.Error as failure:
        raise DatabaseError("backup", None, failure) from failure
    return Upgrade(str(path), None, history.newest, is_new=True)


def _choose_journal(engine: Engine, network: DatabaseTrouble | None) -> None:
    """
    Let readers not wait for a writer; kept in the file. If somebody reads just now, the next start does it.

    On another machine's disk that way does not work, and no way is safe: that is said.
    """
    with suppress(OperationalError), engine.connect() as connection:
        if network:  # the file's log is read alone, without the memory that processes share
            connection.execute(text("PRAGMA locking_mode = EXCLUSIVE"))
        connection.execute(text(f"PRAGMA journal_mode = {'DELETE' if network else 'WAL'}"))
    if network:
        log.warning("%s", network)


def _copy_aside(path: Path, prefix: str, now: dt.datetime) -> Path:
    """Copy a file with what its log holds; a copy of before, if it is the same, is not made again."""
    copy = path.with_name(f"{prefix}{stamp(now, exact=True)}")
    with begin_private(path.with_name(f"{prefix}part")) as part:
        try:
            with closing(_open_to_read(path)) as source, closing(sqlite3.connect(part)) as target:
                source.backup(target)
        except sqlite3.Error as failure:
            raise DatabaseError("backup", None, failure) from failure
        # A bot that is started again and again while a step fails must not fill the disk.
        for older in path.parent.glob(f"{prefix}*Z"):
            if filecmp.cmp(older, part, shallow=False):
                part.unlink()
                return older
        return part.rename(copy)


def _open_to_read(path: Path, more: str = "", seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{more}", uri=True, timeout=seconds, isolation_level=None)


def _read(path: Path) -> sqlite3.Connection | None:
    """Read a file into memory, though nothing may be written beside it; None if it cannot be read, or is damaged."""
    for way in (_read_beside_others, _read_a_copy, _read_alone):
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with suppress(sqlite3.Error, OSError):
            way(path, memory)
            if memory.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return memory
        memory.close()
    return None


def _read_beside_others(path: Path, memory: sqlite3.Connection) -> None:
    """Read with what the file's log holds: SQLite lets us, unless somebody keeps all others out."""
    with closing(_open_to_read(path, seconds=0)) as source:
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master").fetchone()  # or a backup of what is locked waits for ever
        source.backup(memory)


def _read_a_copy(path: Path, memory: sqlite3.Connection) -> None:
    """Read the log where it cannot be read in its place: in a folder that may not be written, beside a lock."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        for suffix in ("", *BESIDE):
            if Path(f"{path}{suffix}").exists() and suffix != SHARED:
                shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
        with closing(sqlite3.connect(copy)) as source:
            source.backup(memory)


def _read_alone(path: Path, memory: sqlite3.Connection) -> None:
    """Read the file as it lies there: there is no room for a copy of it."""
    with closing(_open_to_read(path, "&immutable=1")) as source:
        source.backup(memory)
