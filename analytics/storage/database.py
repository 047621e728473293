"""
Opening the database, and what is done when it cannot be opened as it should.

With an address (`DATABASE_URL`) PostgreSQL, which may be away for a while: it is connected to when first needed, and
each failure is the caller's to try again. Without one, SQLite in a folder of its own: a damaged file is moved aside,
never deleted, and a fresh one begun; a folder that cannot be written leaves us working in memory, on a copy of what can
be read. Each of these leaves a notice for people.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import DatabaseError, OperationalError

from analytics.domain.wording import stamp as stamp_of
from analytics.errors import DatabaseUnusable
from analytics.storage.failures import is_away, is_damage
from analytics.storage.postgresql import bring_up_to_date, make_engine
from analytics.storage.schema_history import SchemaHistory, Upgrade
from analytics.storage.sqlite_file import open_file, open_memory

log = logging.getLogger(__name__)

FILE = "frameworks.sqlite3"

Result = TypeVar("Result")
metadata = MetaData()


class Database:
    """
    One open database. `notices` say in plain words what went wrong with it and what was done.

    `run` is the only way in: it hands a connection in a transaction to a function, and when the file turns out to be
    damaged sets it aside, begins a fresh one and runs the function once more. `is_ready` once the tables are those of
    this program; `upgrade` tells what was done for that.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], dt.datetime],
        url: str | None = None,
        history: SchemaHistory | None = None,
    ) -> None:
        self.upgrade: Upgrade | None = None
        self.is_ready = False
        self._folder = folder
        self._url = url
        self._history = history or SchemaHistory()
        self._now = now
        self._notices: list[str] = []
        self._mending = threading.Lock()
        self._turn: AbstractContextManager[object] = nullcontext()
        self._engine = self._open()
        self._try_to_bring_up_to_date()

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
        if not self.is_ready:
            self._bring_up_to_date()
        engine = self._engine
        try:
            with self._turn, engine.begin() as connection:
                return work(connection)
        except DatabaseError as failure:
            if self._url or not is_damage(failure):
                raise
        self._mend(engine)
        with self._engine.begin() as connection:
            return work(connection)

    def look(self, work: Callable[[Connection], Sequence[Result]]) -> Sequence[Result]:
        """Run a query that an answer can do without: while the server is away, nothing and a notice."""
        try:
            return self.run(work)
        except OperationalError as failure:
            if not is_away(failure):
                raise
            self.notice("The database could not be reached, so nothing stored was used and nothing is kept.")
        except DatabaseUnusable as refusal:  # it was away at the start, and came back changed
            self.notice(str(refusal))
        return ()

    @property
    def is_kept(self) -> bool:
        """Whether what is written outlives this process."""
        return isinstance(self._turn, nullcontext)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # ------------------------------------------------------------------------------------------------------- opening

    def _open(self) -> Engine:
        if self._url:
            return make_engine(self._url)
        path = self._folder / FILE
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._open_file(path)
        except DatabaseError as failure:
            if is_damage(failure):
                self._set_aside(path)
                return self._open_file(path)
            return self._open_memory(path, str(failure.orig))
        except OSError as failure:
            return self._open_memory(path, failure.strerror or str(failure))

    def _open_file(self, path: Path) -> Engine:
        engine, self.upgrade = open_file(path, self._history, self._now())
        return engine

    def _mend(self, broken: Engine) -> None:
        """Replace a damaged file, once however many threads met the damage."""
        with self._mending:
            if self._engine is broken:
                broken.dispose()
                self._set_aside(self._folder / FILE)
                self._engine = self._open_file(self._folder / FILE)

    def _set_aside(self, path: Path) -> None:
        stamp = stamp_of(self._now(), exact=True)
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(path.with_name(f"{path.name}.damaged-{stamp}{suffix}"))
        self.notice(
            f"The stored readings were damaged and set aside as {path.name}.damaged-{stamp}; earlier lists are missing "
            "until that file is repaired."
        )

    def _open_memory(self, path: Path, why: str) -> Engine:
        self.notice(
            f"Nothing can be stored ({why}), so this answer is not kept. Make the data folder writable, or set "
            "FRAMEWORKS_HOME to another one."
        )
        self._turn = threading.Lock()  # one connection for all threads: they take turns
        return open_memory(path, self._history)

    def _try_to_bring_up_to_date(self) -> None:
        """Refuse at the start what cannot be worked with; a server that is away is asked again when it is needed."""
        try:
            self._bring_up_to_date()
        except OperationalError as failure:
            log.warning("the database cannot be reached yet: %s", failure.orig)
        except BaseException:
            self.close()
            raise

    def _bring_up_to_date(self) -> None:
        if self._url:
            self.upgrade = bring_up_to_date(self._engine, self._history)
        self.is_ready = True
