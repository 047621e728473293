"""A file that is emptied, cut short or replaced while the bot runs is noticed by the next piece of work, and told."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from analytics.errors import DatabaseUnusable
from analytics.storage.database import FILE, Database
from bot.digest.store import DigestStore
from tests.analytics.storage.dump_schema import NOW, WANTED
from tests.analytics.storage.old_databases import BEFORE, lay_down


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open a database with one digest in it."""
    with closing(Database(tmp_path, lambda: NOW)) as opened:
        DigestStore(opened).subscribe(WANTED)
        yield opened


def empty(file: Path) -> None:
    """Leave no byte."""
    file.write_bytes(b"")


def replace_by_empty(file: Path) -> None:
    """Put a sound database without a table in its place."""
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("VACUUM")
        other.execute("PRAGMA user_version = 0")


def replace_by_page(file: Path) -> None:
    """Put a database of one page in its place, whose table was dropped."""
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE x (y)")
        other.execute("DROP TABLE x")


def cut_short(file: Path) -> None:
    """Leave half of it."""
    file.write_bytes(file.read_bytes()[:20_000])


def scribble(file: Path) -> None:
    """Put words in its place."""
    file.write_text("hello " * 2_000)


@pytest.mark.parametrize("spoil", [empty, replace_by_empty, replace_by_page, cut_short, scribble])
@pytest.mark.parametrize("is_written", [True, False])
def test_it_is_a_damage_that_is_told_and_the_work_goes_on(
    database: Database, tmp_path: Path, spoil: Callable[[Path], None], *, is_written: bool
) -> None:
    """As at a start: set aside, said in answers and to be told to creators, and what is done next is kept."""
    spoil(tmp_path / FILE)
    store = DigestStore(database)
    if is_written:
        assert store.subscribe(WANTED)[1]
    else:
        store.active()

    assert database.damage is not None
    assert "The database was damaged and set aside as" in database.notices[0]
    assert len(list(tmp_path.glob(f"{FILE}.damaged-*.json"))) == 1
    store.subscribe(WANTED)
    with closing(Database(tmp_path, lambda: NOW)) as again:
        assert len(DigestStore(again).active()) == 1


def test_an_older_copy_that_is_put_in_its_place_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    """Of the tables of before: the next piece of work does as a start would."""
    (tmp_path / FILE).unlink()
    lay_down(BEFORE, tmp_path, None)

    database.run(lambda connection: connection.exec_driver_sql("SELECT * FROM marks"))
    assert DigestStore(database).counts_since(NOW) == {"claimed": 1}
    assert (database.damage, database.upgrade is not None) == (None, True)


def test_another_programs_file_in_its_place_is_refused(database: Database, tmp_path: Path) -> None:
    """In one sentence, and nothing is written into it."""
    (tmp_path / FILE).unlink()
    with closing(sqlite3.connect(tmp_path / FILE)) as theirs:
        theirs.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        theirs.execute("INSERT INTO alembic_version VALUES ('cafe')")
        theirs.commit()

    with pytest.raises(DatabaseUnusable):
        DigestStore(database).active()


def test_a_wrong_statement_is_nobodys_damage(database: Database, tmp_path: Path) -> None:
    """What is wrong with us is not blamed on the file."""
    with pytest.raises(Exception, match="no such table"):
        database.run(lambda connection: connection.exec_driver_sql("SELECT * FROM xyz"))

    assert (database.damage, list(tmp_path.glob(f"{FILE}.damaged-*"))) == (None, [])
