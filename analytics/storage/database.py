"""
The one way to the tables: work is handed a connection in a transaction.

With an address (`DATABASE_URL`) they rest in PostgreSQL (`server_home.py`), without one in a file of SQLite
(`file_home.py`). Each knows what to do when its place is away, locked or damaged; what people should know of that is
told by `notices`, and what has passed is told no more.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from analytics.errors import BecameNewer, DatabaseTrouble, DatabaseUnusable, NewerDatabase
from analytics.storage.damage_log import Damage
from analytics.storage.failures import Trouble, diagnose
from analytics.storage.file_home import FILE, FileHome
from analytics.storage.network_drives import MOUNTS
from analytics.storage.schema_history import SchemaHistory, Upgrade
from analytics.storage.store_notices import READING, WRITING, StoreNotices

if TYPE_CHECKING:
    from analytics.storage.server_home import ServerHome
    from analytics.storage.server_pool import PoolLimits

__all__ = ["FILE", "Database", "metadata"]

UNREACHED = "The database could not be reached or used, so nothing stored was used and nothing is kept."

Result = TypeVar("Result")
metadata = MetaData()


def _on_server(url: str, history: SchemaHistory, limits: "PoolLimits | None") -> "ServerHome":
    """Choose the server; its driver takes a while to import, and a file needs none."""
    from analytics.storage.server_home import ServerHome

    return ServerHome(url, history, limits=limits)


PUT_BACK = (
    "Put a backup back, or mend what hides them (a search_path, say); nothing needs to be started again then. A "
    "restart would begin with new ones."
)


class Database:
    """
    One open database. `notices` say in plain words what went wrong with it and what was done.

    `run` is the only way in. `is_ready` once the tables are those of this program; `upgrade` tells what was done for
    that.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], dt.datetime],
        url: str | None = None,
        history: SchemaHistory | None = None,
        mounts: Path = MOUNTS,
        limits: "PoolLimits | None" = None,
    ) -> None:
        self._history = history = history or SchemaHistory(tables=metadata)
        self._notices = StoreNotices("PostgreSQL" if url else str(folder))
        self._home = _on_server(url, history, limits) if url else FileHome(folder, history, now, self._notices, mounts)

    @property
    def upgrade(self) -> Upgrade | None:
        """What was done to bring the tables up to date, if anything."""
        return self._home.upgrade

    @property
    def is_ready(self) -> bool:
        """Whether the tables are those of this program: not while the server is away."""
        return self._home.is_ready

    @property
    def trouble(self) -> DatabaseTrouble | None:
        """Why the tables could not be brought up to date yet, if they could not."""
        return self._home.trouble

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should know of the store, oldest first."""
        return self._notices.list_all()

    def notice(self, sentence: str) -> None:
        """Remember something that people should know, once."""
        self._notices.add(sentence)

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """
        Run `work` in a transaction; again, if its place was damaged or restarted meanwhile and could be mended.

        Raises:  DatabaseTrouble, when it cannot be used now; DatabaseUnusable, also where another process changed the
        tables meanwhile; sqlalchemy's DBAPIError for a wrong statement or a row that is there already.
        """
        try:
            self._home.prepare()
            return self._run(work)
        except DBAPIError as failure:
            if trouble := self._home.explain(failure):
                raise trouble from failure
            if diagnose(failure) is Trouble.OURS:
                self._look_again(failure)
            raise

    def _look_again(self, failure: DBAPIError) -> None:
        """
        Refuse to go on if a statement is wrong because somebody changed the tables while this program was running.

        Raises:  BecameNewer; another DatabaseUnusable; DatabaseTrouble, while no table is to be seen.
        """
        engine, turn = self._home.opened
        try:
            with turn, suppress(DBAPIError), engine.connect() as connection:
                if self._history.examine(connection, self._home.where) is None:
                    raise DatabaseTrouble(f"{self._home.where} shows no table of this program any more.", PUT_BACK)
        except NewerDatabase as newer:
            raise BecameNewer(newer) from failure

    def _run(self, work: Callable[[Connection], Result], lost: int = 0) -> Result:
        engine, turn = self._home.opened
        began, done = False, list[Result]()
        try:
            with turn, engine.begin() as connection:
                began = True
                done.append(work(connection))
            return done[0]
        except DBAPIError as failure:
            # What was lost while it was committed may have been kept: it is not done again.
            if (done and self._home.damages is None) or not self._home.recovers(failure, engine, lost, began=began):
                raise
        return self._run(work, lost + 1)

    def ping(self) -> None:
        """Ask the database for nothing in particular. Raises DatabaseTrouble or DatabaseUnusable where it is away."""
        self.run(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())

    def look(self, work: Callable[[Connection], Sequence[Result]]) -> Sequence[Result]:
        """Run a query that an answer can do without: where the database cannot be used, nothing and a notice."""
        try:
            found = self.run(work)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            self._notices.begin(READING, f"{UNREACHED} {trouble}")
            return ()
        self._notices.end(READING)
        return found

    def write(self, work: Callable[[Connection], object], what: str) -> bool:
        """Run a writing that an answer can do without; `what` begins the notice where it could not be done."""
        try:
            self.run(work)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            self._notices.begin(WRITING, f"{what} could not be stored. {trouble}")
            return False
        self._notices.end(WRITING)
        return True

    @property
    def is_kept(self) -> bool:
        """Whether what is written outlives this process."""
        self._home.prepare()
        return self._home.is_kept

    @property
    def damage(self) -> Damage | None:
        """What is known of the last damage to a file; None where there was none."""
        return self._home.damages.newest() if self._home.damages else None

    def note_told(self, damage: Damage, who: str) -> None:
        """Remember that somebody was told of a damage."""
        if self._home.damages:
            self._home.damages.add(replace(damage, told=damage.told | {who}))

    def close(self) -> None:
        """Close all connections."""
        self._home.close()
