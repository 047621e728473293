"""The copy in memory that answers while the file is held by others: all that was committed is in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from analytics.domain.observations import Ranking
from analytics.storage.database import FILE, Database
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.sqlite_file import open_memory
from analytics.storage.top_lists import TopListStore
from tests.analytics.storage.dump_schema import NOW, TOP_LIST
from tests.analytics.storage.room import no_file_grows_beyond


@contextmanager
def kept_in_the_log(folder: Path) -> Iterator[sqlite3.Connection]:
    """Store a list that SQLite has not yet written back into the file: somebody reads there."""
    Database(folder, lambda: NOW).close()
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("SELECT 1 FROM top_lists").fetchall()
        with closing(Database(folder, lambda: NOW)) as database:
            assert TopListStore(database).add(TOP_LIST, "1")
        assert b"org/both" not in (folder / FILE).read_bytes()
        yield other


def test_what_lies_in_the_log_answers_while_the_file_is_locked(tmp_path: Path) -> None:
    """A writer beside us keeps the file; the list it does not touch is there."""
    with kept_in_the_log(tmp_path) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(Database(tmp_path, lambda: NOW)) as database:
            assert not database.is_kept
            assert TopListStore(database).newest(Ranking()) == TOP_LIST


def test_what_a_crash_left_in_the_log_answers_where_nothing_can_be_opened_in_its_place(tmp_path: Path) -> None:
    """A folder that may not be written, in effect: what SQLite would make beside the file cannot be made."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with kept_in_the_log(tmp_path):
        for suffix in ("", "-wal"):
            (crashed / f"{FILE}{suffix}").write_bytes((tmp_path / f"{FILE}{suffix}").read_bytes())
    (crashed / f"{FILE}-shm").symlink_to(crashed / "no" / "where")  # to root no folder is read-only

    engine = open_memory(crashed / FILE, SchemaHistory())
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM top_lists").scalar() == 1
    engine.dispose()
    assert (crashed / f"{FILE}-wal").stat().st_size > 0


def test_without_room_for_a_copy_the_file_alone_answers(tmp_path: Path) -> None:
    """Better than nothing: what was written back is there."""
    with closing(Database(tmp_path, lambda: NOW)) as database:
        TopListStore(database).add(TOP_LIST, "1")
    (tmp_path / f"{FILE}-shm").symlink_to(tmp_path / "no" / "where")
    with no_file_grows_beyond(10_000):
        engine = open_memory(tmp_path / FILE, SchemaHistory())
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM top_lists").scalar() == 1
    engine.dispose()


def test_a_file_that_cannot_be_read_at_all_is_an_empty_copy(tmp_path: Path) -> None:
    """No way is left; answers go out all the same."""
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    engine = open_memory(tmp_path / FILE, SchemaHistory())
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM top_lists").scalar() == 0
    engine.dispose()
