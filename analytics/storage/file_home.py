"""
SQLite's file in a folder of its own, and what is done when it cannot be opened as it should.

A damaged file is set aside, and what can be read of it goes into a new one. A file that cannot be written (a folder
without rights, a full disk, another program's lock) leaves us working in memory, on a copy of what can be read, until
it can: before every piece of work that is looked at.
"""

import datetime as dt
import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from os import getpid
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DBAPIError

from analytics.domain.wording import count, listing
from analytics.errors import DatabaseTrouble, NewerDatabase, UpgradeUnderWay
from analytics.storage.damage_log import Damage, DamageLog
from analytics.storage.failures import is_damage, sqlite_code
from analytics.storage.locks import Taken, lock
from analytics.storage.network_drives import MOUNTS
from analytics.storage.private_files import make_folder
from analytics.storage.schema_history import SchemaHistory, Upgrade
from analytics.storage.sqlite_file import (
    PATIENCE_SECONDS,
    can_be_written,
    has_no_tables,
    is_sound,
    open_file,
    open_memory,
    read_revision,
    refuse_special,
)
from analytics.storage.store_notices import HOME, StoreNotices
from analytics.storage.trouble_words import explain_failure

log = logging.getLogger(__name__)

FILE = "frameworks.sqlite3"
Turn = AbstractContextManager[object]


class FileHome:
    """Where the tables rest: `opened` is the engine to work with now, and the turn to take for that."""

    def __init__(
        self,
        folder: Path,
        history: SchemaHistory,
        now: Callable[[], dt.datetime],
        notices: StoreNotices,
        mounts: Path = MOUNTS,
    ) -> None:
        self.upgrade: Upgrade | None = None
        self.trouble: DatabaseTrouble | None = None
        self.is_ready = True
        self.damages = DamageLog(folder / FILE)
        self._path = folder / FILE
        self.where = str(self._path)
        self._lock = lock_of(self._path)
        self._history = history
        self._now = now
        self._mounts = mounts
        self._notices = notices
        self._mending = threading.Lock()
        self._left: list[Engine] = []
        self.opened: tuple[Engine, Turn] = self._open()

    @property
    def is_kept(self) -> bool:
        """Whether what is written outlives this process."""
        return isinstance(self.opened[1], nullcontext)

    def prepare(self) -> None:
        """Go back from memory to the file as soon as it can be written."""
        if self.is_kept or not self._mending.acquire(blocking=False):
            return
        try:
            if can_be_written(self._path):
                self._go_back()
        finally:
            self._mending.release()

    def recovers(self, failure: DBAPIError, broken: Engine, lost: int, *, began: bool) -> bool:
        """
        Mend a damaged file, once however many threads met the damage; tell whether the work is to be done again.

        One that was emptied, or another one put in its place, under our eyes is opened as at the start.
        """
        if lost or not self.is_kept or not (is_damage(failure) or self._is_replaced(failure)):
            return False
        with self._mending:
            if self.opened[0] is broken:
                broken.dispose()
                self.opened = self._open(had_tables=True)
        del began
        return True

    def _is_replaced(self, failure: DBAPIError) -> bool:
        """Tell whether a statement of ours fails because the file is not the one we opened."""
        if sqlite_code(failure) != sqlite3.SQLITE_ERROR or not self._path.exists():
            return False
        try:
            return read_revision(self._path, self._history) != self._history.newest
        except NewerDatabase:  # the same file, which a newer program has brought up to date
            return False

    def explain(self, failure: DBAPIError) -> DatabaseTrouble | None:
        """Say what is the matter and what to do; None for what is our fault."""
        return explain_failure(failure, str(self._path))

    def close(self) -> None:
        """Close all connections."""
        for engine in (self.opened[0], *self._left):
            engine.dispose()

    # ------------------------------------------------------------------------------------------------------- opening

    def _open(self, *, had_tables: bool = False) -> tuple[Engine, Turn]:
        try:
            return self._open_file(had_tables=had_tables), nullcontext()
        except DBAPIError as failure:
            return self._open_memory(explain_failure(failure, str(self._path)), str(failure.orig))
        except sqlite3.Error as failure:  # while it was mended
            return self._open_memory(None, str(failure))
        except OSError as failure:
            return self._open_memory(None, failure.strerror or str(failure))

    def _open_file(self, *, had_tables: bool = False) -> Engine:
        """Open it; `had_tables` says that there were some when it was opened last: one without any is no new one."""

        def is_gone() -> bool:
            return is_lost(self._path) or (had_tables and has_no_tables(self._path))

        make_folder(self._path.parent)
        refuse_special(self._path)
        if is_gone():
            self._salvage(is_mended=lambda: not is_gone())
        try:
            return self._open_sound()
        except DatabaseError as failure:
            if not is_damage(failure):
                raise
        self._salvage(is_mended=lambda: is_sound(self._path))
        return self._open_sound()

    def _open_sound(self) -> Engine:
        engine, upgrade = open_file(self._path, self._history, self._now(), mounts=self._mounts)
        self.upgrade = upgrade or self.upgrade
        if upgrade:
            log.info("%s", upgrade)
        return engine

    def _open_memory(self, trouble: DatabaseTrouble | None, why: str) -> tuple[Engine, Turn]:
        self.trouble = trouble or DatabaseTrouble(
            f"The file {self._path} cannot be used ({why}).",
            "Make the data folder writable, or set FRAMEWORKS_HOME to another one.",
        )
        advice = self.trouble.advice
        self._notices.begin(HOME, f"Nothing can be stored ({why}), so this answer is not kept. {advice}")
        # One connection for all threads: they take turns.
        return open_memory(self._path, self._history), threading.Lock()

    def _go_back(self) -> None:
        with suppress(DBAPIError, sqlite3.Error, OSError):
            engine = self._open_file()
            self._left.append(self.opened[0])  # somebody may be reading in it
            self.opened, self.trouble = (engine, nullcontext()), None
            self._notices.end(HOME)

    def _salvage(self, is_mended: Callable[[], bool]) -> None:
        """Keep what can be read of the damaged file, unless another process did so while we waited for our turn."""
        try:
            with lock(self._lock, f"process {getpid()}", PATIENCE_SECONDS):
                if is_mended():
                    return
                from analytics.storage.salvage import salvage

                gone = not self._path.exists()
                self._path.touch(mode=0o600)
                damage = replace(salvage(self._path, self._history, self._now()), gone=gone)
                self.damages.add(damage)
                self.upgrade = self._tell_anew(damage)
        except Taken as other:
            raise UpgradeUnderWay(str(self._path), other.who) from None
        self._notices.add(_describe(damage))

    def _tell_anew(self, damage: Damage) -> Upgrade:
        copy = None if damage.gone else self._path.with_name(damage.aside)
        return Upgrade(self.where, None, self._history.newest, is_new=True, copy=copy)


def lock_of(path: Path) -> Path:
    """Give the file by which the tables of a database are locked while they are made; a new one has none yet."""
    return path.with_name(f"{path.name}.lock")


def is_lost(path: Path) -> bool:
    """Tell a file that had tables once and is away, or without a byte: SQLite would take it for a new one."""
    return lock_of(path).exists() and (not path.exists() or path.stat().st_size == 0)


def _describe(damage: Damage) -> str:
    if damage.gone and not any(damage.saved.values()):
        return (
            "The database that was here is gone, so a new one was begun: earlier lists, digests and what was posted of "
            "them are missing. If there is a copy of the folder, stop the bot and put it back."
        )
    said = f"The database was damaged and set aside as {damage.aside}."
    saved = [f"{count(rows, 'row')} of {name}" for name, rows in damage.saved.items() if rows]
    if not saved:
        return f"{said} Nothing of it could be read, so earlier lists, digests and what was posted of them are missing."
    if damage.is_nothing_lost:
        return f"{said} Everything in it could be read and was kept."
    return f"{said} What could be read of it was kept ({listing(saved)}); the rest is missing."
