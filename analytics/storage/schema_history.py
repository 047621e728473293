"""
Which revision of the schema a database is at, which is the newest, and the way from one to the other.

Alembic walks that way (`migrations/`). It takes a tenth of a second to import, so it is imported only when there is a
step to make; what is known without it is read from the names of the scripts and one row of the database.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    create_engine,
    inspect,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from analytics.errors import AS_BEFORE, AlteredDatabase, MigrationFailed, NewerDatabase
from analytics.storage.failures import Trouble, diagnose
from analytics.storage.ownership import TABLE, read_owned_revision, refuse_other_shapes, refuse_strangers_mark
from analytics.storage.table_shapes import TableShape, find_lacking, read_shapes, shapes_of

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
FIRST = "0001"
"""The schema of before revisions were kept; such a file of SQLite bears user_version 1."""

BEFORE_STEPS = "before_steps"
"""A mark in the transaction; a step that ends the transaction by itself loses it, and is found out by that."""

_one_at_a_time = threading.Lock()
"""Alembic's `op` and `context` are global to the process."""

_begun: dict[tuple[Path, str], bytes] = {}
"""What a new file of SQLite holds, by folder of steps and revision: walking there anew takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done to a database's tables; `since` is None for a new one, and for one of before revisions."""

    where: str
    since: str | None
    to: str
    is_new: bool
    copy: Path | None = None

    def __str__(self) -> str:
        if self.is_new and self.copy:
            made = f"{self.where} was made anew, with tables of revision {self.to}"
            return f"{made}; the one that was there is kept as {self.copy}."
        if self.is_new:
            return f"{self.where} was made, with tables of revision {self.to}."
        since = f"revision {self.since}" if self.since else "tables without a revision"
        kept = f" What it was before is kept as {self.copy}." if self.copy else ""
        return f"{self.where} was brought from {since} to revision {self.to}.{kept}"


class SchemaHistory:
    """
    The migrations of one folder, oldest first; their numbers are the revisions.

    `tables` are those that the program works with, which the newest revision makes (a test holds that): with them a
    database that is up to date is looked at without walking there.
    """

    def __init__(self, versions: Path = FOLDER / "versions", tables: MetaData | None = None) -> None:
        self._versions = versions
        self._tables = tables
        self._walked: dict[str, Mapping[str, TableShape]] = {}
        self.revisions = tuple(sorted(path.name[1:5] for path in versions.glob("r[0-9][0-9][0-9][0-9]_*.py")))

    @property
    def newest(self) -> str:
        """The revision this program works with."""
        return self.revisions[-1]

    def read_revision(self, connection: Connection, where: str) -> str | None:
        """
        Read the revision of a database; None for an empty one, and for one of before revisions were kept.

        Raises:  NewerDatabase; ForeignDatabase; AlteredDatabase, where a file's head and its tables disagree.
        """
        revision = read_owned_revision(connection, where, self.revisions)
        marked = _mark(connection)
        if marked > int(revision or FIRST):
            refuse_strangers_mark(connection, where, marked)
            if marked <= int(self.newest):
                lost = f"its head says so, and its table {TABLE} says {revision or 'nothing'}"
                raise AlteredDatabase(where, f"revision {marked:04}", [lost])
            raise NewerDatabase(where, str(marked), self.newest)
        return revision

    def examine(self, connection: Connection, where: str) -> str | None:
        """
        Read the revision, and see that the tables are what it made: a copy may have been put back in part.

        Raises:  NewerDatabase; ForeignDatabase; AlteredDatabase.
        """
        revision = self.read_revision(connection, where)
        if revision is None:
            if inspect(connection).get_table_names():
                refuse_other_shapes(connection, where, self._first_tables())
        elif lacking := self._find_lacking(connection, revision):
            if self.read_revision(connection, where) != revision:  # another process has changed them meanwhile
                return self.examine(connection, where)
            raise AlteredDatabase(where, f"revision {revision}", lacking)
        return revision

    def _find_lacking(self, connection: Connection, revision: str) -> list[str]:
        wanted = self._shapes_at(revision)
        return find_lacking(wanted, read_shapes(connection, wanted))

    def _shapes_at(self, revision: str) -> Mapping[str, TableShape]:
        if revision == self.newest and self._tables is not None:
            return shapes_of(self._tables)
        if revision not in self._walked:
            self._walked[revision] = self._walk_in_memory(revision)
        return self._walked[revision]

    def _walk_in_memory(self, revision: str) -> Mapping[str, TableShape]:
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.deserialize(self.begin_file(revision))
            with _reach(memory) as connection:
                return read_shapes(connection, set(inspect(connection).get_table_names()) - {TABLE})

    def upgrade(self, connection: Connection, where: str, copy: Callable[[], Path] | None = None) -> Upgrade | None:
        """
        Bring a database to the newest revision within the transaction at hand: all steps, or none.

        One left between two revisions would serve neither the old program nor the new. If rows are in it, `copy` is
        called first and gives where it has put them. None where there was nothing to do. It is done when the caller
        has committed, and not before.

        Raises:  NewerDatabase; ForeignDatabase; AlteredDatabase; MigrationFailed; sqlalchemy's DBAPIError, when the
        database is away, locked, damaged or full.
        """
        since = self.examine(connection, where)
        if since == self.newest:
            return None
        tables = inspect(connection).get_table_names()
        kept = copy() if copy and any(_has_rows(connection, name) for name in tables if name != TABLE) else None
        self._take_steps(connection, since, where, kept)
        return Upgrade(where, since, self.newest, is_new=not tables, copy=kept)

    def make(self, connection: Connection, revision: str) -> None:
        """Make the tables of some revision in an empty database."""
        with _one_at_a_time:
            self._walk(connection, [], revision)

    def begin_file(self, revision: str = "", where: str = "") -> bytes:
        """
        Give what a new file of SQLite holds, page by page, with the tables of a revision (the newest) and no rows.

        Whoever begins one copies these, so the pages of all files that were begun with a revision are alike: salvage
        leans on that.

        Raises:  MigrationFailed.
        """
        known = self._versions, revision or self.newest
        if known not in _begun:
            with closing(sqlite3.connect(":memory:")) as memory:
                with _reach(memory) as connection:
                    connection.execute(text("BEGIN IMMEDIATE"))
                    self._take_steps(connection, None, where, None, known[1])
                    connection.execute(text("COMMIT"))
                _begun[known] = memory.serialize()
        return _begun[known]

    def _take_steps(
        self, connection: Connection, since: str | None, where: str, copy: Path | None, to: str = ""
    ) -> None:
        applied: list[str] = []
        connection.execute(text(f"SAVEPOINT {BEFORE_STEPS}"))
        try:
            with _one_at_a_time:
                self._walk(connection, applied, to or self.newest)
            _see_that_nothing_was_committed(connection)
        except Exception as failure:
            if isinstance(failure, DBAPIError) and _is_the_places_fault(failure):
                raise
            failed = next(iter(self._after(since)[len(applied) :]), self.newest)
            left = _take_back(connection)
            raise MigrationFailed(where, failed, _reason(failure), copy, left) from failure

    def _first_tables(self) -> MetaData:
        """Read tables without a revision from the first script: they are listed nowhere else."""
        script = next(self._versions.glob(f"r{FIRST}_*.py"))
        spec = spec_from_file_location(script.stem, script)
        if spec is None or spec.loader is None:
            raise ImportError(f"{script} cannot be read")
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        tables = MetaData()
        for name, columns in module.tables().items():
            Table(name, tables, Column("id", Integer, primary_key=True), *columns)
        return tables

    def _walk(self, connection: Connection, applied: list[str], to: str) -> None:
        from alembic import command

        config = configuration(self._versions)
        config.attributes.update(connection=connection, applied=applied)
        command.upgrade(config, to)
        if connection.dialect.name == "sqlite":
            self.mark(connection, to)

    def mark(self, connection: Connection, revision: str = "") -> None:
        """Write the revision into the head of SQLite's file, where programs of before revisions look for it."""
        connection.execute(text(f"PRAGMA user_version = {int(revision or self.newest)}"))

    def _after(self, since: str | None) -> tuple[str, ...]:
        return tuple(revision for revision in self.revisions if since is None or revision > since)


@contextmanager
def _reach(memory: sqlite3.Connection) -> Iterator[Connection]:
    """Work in a database in memory; transactions are the caller's."""
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool, hide_parameters=True)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        yield connection


def configuration(versions: Path) -> "Config":
    """Configure Alembic in code: no ini file is needed where the program is installed."""
    from alembic.config import Config

    config = Config()
    options = {"script_location": FOLDER, "version_locations": versions, "path_separator": "newline"}
    for name, value in (options | {"file_template": "r%(rev)s_%(slug)s"}).items():
        config.set_main_option(name, str(value).replace("%", "%%"))
    return config


def _see_that_nothing_was_committed(connection: Connection) -> None:
    try:
        connection.execute(text(f"RELEASE SAVEPOINT {BEFORE_STEPS}"))
    except DBAPIError as failure:
        if _is_the_places_fault(failure):
            raise
        raise RuntimeError("a step committed what it did, and none may") from failure


def _take_back(connection: Connection) -> str:
    """Undo all steps, and say whether that is true: what a step committed by itself stays."""
    try:
        connection.execute(text(f"ROLLBACK TO SAVEPOINT {BEFORE_STEPS}"))
    except DBAPIError:
        with suppress(DBAPIError):  # where no transaction is open any more there is none to end
            connection.exec_driver_sql("ROLLBACK")
        stays = _tell_revision(connection)
        return f"That step ended the transaction by itself, so what was done until then stays: {stays}."
    return AS_BEFORE


def _tell_revision(connection: Connection) -> str:
    revision = None
    if inspect(connection).has_table(TABLE):
        revision = connection.execute(text(f"SELECT max(version_num) FROM {TABLE}")).scalar()  # noqa: S608 - ours
    said = f"say that they are of revision {revision}" if revision else "bear no revision"
    return f"the tables {said} and may be those of no revision"


def _reason(failure: Exception) -> str:
    """Say it in one line: PostgreSQL adds the statement in more."""
    said = str(failure.orig) if isinstance(failure, DBAPIError) else repr(failure)
    return said.partition("\n")[0]


def _has_rows(connection: Connection, name: str) -> bool:
    return connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first() is not None


def _mark(connection: Connection) -> int:
    """Read the number that SQLite keeps in the file's head; 0 in PostgreSQL, which has none."""
    if connection.dialect.name != "sqlite":
        return 0
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def _is_the_places_fault(failure: DBAPIError) -> bool:
    """Tell a database that is away, locked, damaged or full from a migration that is wrong."""
    return diagnose(failure) is not Trouble.OURS
