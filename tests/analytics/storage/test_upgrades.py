"""What is done before a database is changed, and what is left when that fails."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from analytics.domain.observations import Ranking
from analytics.errors import AlteredDatabase, MigrationFailed, NewerDatabase, UpgradeUnderWay
from analytics.storage.database import FILE, Database
from analytics.storage.locks import lock
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.sqlite_file import open_file
from analytics.storage.top_lists import TopListStore
from tests.analytics.storage.dump_schema import NOW, TOP_LIST
from tests.analytics.storage.old_databases import ADD_X, BEFORE, BROKEN, NEXT, execute, history_with, lay_down
from tests.analytics.storage.room import no_file_grows_beyond
from tests.loopback import postgres

NEWEST = SchemaHistory().newest


def newest_list(folder: Path, url: str | None = None) -> object:
    """Open with today's program and ask."""
    with closing(Database(folder, lambda: NOW, url)) as database:
        return TopListStore(database).newest(Ranking())


# ------------------------------------------------------------------------------------------------------- copied aside


def test_a_file_is_copied_aside_first_and_the_message_says_where(tmp_path: Path) -> None:
    """Nobody else may read the copy, and the program of before can use it."""
    lay_down(BEFORE, tmp_path, None)
    with closing(Database(tmp_path, lambda: NOW)) as database:
        copy = tmp_path / f"{FILE}.before-{NEWEST}-20261123T090000000000Z"
        assert str(database.upgrade) == (
            f"{tmp_path / FILE} was brought from tables without a revision to revision {NEWEST}. "
            f"What it was before is kept as {copy}."
        )

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM top_lists").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone() == (0,)


def test_what_the_log_holds_is_in_the_copy(tmp_path: Path) -> None:
    """A reader keeps SQLite from writing its log back: the newest row is not in the file itself."""
    lay_down(BEFORE, tmp_path, None)
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("UPDATE top_lists SET method = 'late'")
        other.commit()
        assert b"late" not in (tmp_path / FILE).read_bytes()
        Database(tmp_path, lambda: NOW).close()

    copy = next(tmp_path.glob("*.before-*Z"))
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT method FROM top_lists").fetchone() == ("late",)


def test_nothing_is_copied_where_nothing_is_stored(tmp_path: Path) -> None:
    """A fresh file, and one that is up to date, hold nothing that could be lost by a step."""
    for _ in range(2):
        Database(tmp_path, lambda: NOW).close()

    assert {path.name for path in tmp_path.iterdir()} == {FILE, f"{FILE}.lock"}
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_disk_without_room_for_the_copy_leaves_the_file_alone(tmp_path: Path) -> None:
    """What is stored answers, from memory, and the notice says what to do."""
    lay_down(BEFORE, tmp_path, None)
    before = (tmp_path / FILE).read_bytes()
    with no_file_grows_beyond(20_000), closing(Database(tmp_path, lambda: NOW)) as database:
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert "Nothing can be stored" in database.notices[0]
        assert not database.is_kept

    assert (tmp_path / FILE).read_bytes() == before
    assert not list(tmp_path.glob("*.before-*"))


def test_an_old_file_that_may_not_be_written_answers_from_memory(tmp_path: Path) -> None:
    """Its copy in memory is brought to the tables of today; the file is not touched."""
    lay_down(BEFORE, tmp_path, None)
    history = history_with(ADD_X, tmp_path / "versions")
    (tmp_path / f"{FILE}.lock").mkdir()  # in the way of the lock: to root no folder is read-only
    before = (tmp_path / FILE).read_bytes()

    with closing(Database(tmp_path, lambda: NOW, history=history)) as database:
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert database.run(lambda connection: connection.execute(text("SELECT x FROM top_lists")).all()) == [(7,)]
        assert "Nothing can be stored" in database.notices[0]
    assert (tmp_path / FILE).read_bytes() == before


# ---------------------------------------------------------------------------------------------------------- that fails


def test_a_step_that_fails_is_named_and_taken_back(tmp_path: Path, url: str | None) -> None:
    """All of it, the column it had added too; the program of before goes on with its data."""
    lay_down(BEFORE, tmp_path, url)
    history = history_with(BROKEN, tmp_path / "versions")

    with pytest.raises(
        MigrationFailed, match=f"not be brought to revision {NEXT} of its tables: .*y.*All is as it was"
    ):
        Database(tmp_path, lambda: NOW, url, history)

    assert newest_list(tmp_path, url) == TOP_LIST
    assert execute("SELECT version_num FROM alembic_version", tmp_path, url) == [(NEWEST,)]
    with pytest.raises((sqlite3.OperationalError, psycopg.Error), match="x"):
        execute("SELECT x FROM top_lists", tmp_path, url)


def test_a_failure_says_where_the_copy_is_and_the_same_is_copied_once(tmp_path: Path) -> None:
    """A bot that is started over and over must not fill the disk."""
    lay_down(BEFORE, tmp_path, None)
    history = history_with(BROKEN, tmp_path / "versions")
    for minute in range(3):
        with pytest.raises(MigrationFailed) as failed:
            Database(tmp_path, lambda: NOW.replace(minute=minute), history=history)  # noqa: B023 - called at once

    assert f"A copy of it is kept as {next(tmp_path.glob('*.before-*Z'))}." in str(failed.value)
    assert "Go on with the version of this program you had" in str(failed.value)
    assert len(list(tmp_path.glob("*.before-*"))) == 1


def test_a_step_that_stumbles_over_itself_is_named_too(tmp_path: Path, url: str | None) -> None:
    """Not only the database's own errors: any exception of a script."""
    with pytest.raises(MigrationFailed, match="KeyError"):
        Database(tmp_path, lambda: NOW, url, history_with("{}['x']", tmp_path / "versions"))


def test_who_waits_too_long_for_another_is_told_who(tmp_path: Path) -> None:
    """Nothing is changed beside a process that is at it."""
    lay_down(BEFORE, tmp_path, None)
    with (
        lock(tmp_path / f"{FILE}.lock", "process 7"),
        pytest.raises(UpgradeUnderWay, match=r"brought up to date by process 7\. Start again when"),
    ):
        open_file(tmp_path / FILE, SchemaHistory(), NOW, patience=0)


# ------------------------------------------------------------------------------------------------------ that is newer


def test_a_database_of_a_newer_program_is_refused_untouched(tmp_path: Path, url: str | None) -> None:
    """Its revision is not among those this program knows; it says what to do."""
    lay_down(BEFORE, tmp_path, url)
    Database(tmp_path, lambda: NOW, url, history_with(ADD_X, tmp_path / "versions")).close()
    before = execute("SELECT * FROM top_lists", tmp_path, url)

    said = rf"is of a newer version of this program \(tables of revision {NEXT}, known here {NEWEST}\)\. Install"
    with pytest.raises(NewerDatabase, match=said):
        Database(tmp_path, lambda: NOW, url)

    assert execute("SELECT * FROM top_lists", tmp_path, url) == before
    assert execute("SELECT version_num FROM alembic_version", tmp_path, url) == [(NEXT,)]


def test_a_program_of_before_revisions_is_kept_off_by_the_number_it_knows(tmp_path: Path) -> None:
    """It reads user_version only, and works with 1."""
    Database(tmp_path, lambda: NOW).close()
    assert execute("PRAGMA user_version", tmp_path, None) == [(int(NEWEST),)]

    Database(tmp_path, lambda: NOW, history=history_with(ADD_X, tmp_path / "versions")).close()
    assert execute("PRAGMA user_version", tmp_path, None) == [(int(NEXT),)]


def test_a_file_marked_2_by_hand_is_of_nobody(tmp_path: Path) -> None:
    """Before revisions, a maintainer could only raise the number: no tables follow from that."""
    lay_down(BEFORE, tmp_path, None)
    execute("PRAGMA user_version = 2", tmp_path, None)

    said = "are not those of revision 0002: its head says so, and its table alembic_version says nothing"
    with pytest.raises(AlteredDatabase, match=said):
        Database(tmp_path, lambda: NOW)
    execute("PRAGMA user_version = 99", tmp_path, None)
    with pytest.raises(NewerDatabase, match="tables of revision 99"):
        Database(tmp_path, lambda: NOW)


def run_on(server: str, sql: str) -> None:
    """Run a statement beside all databases of the tests."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.encode())


def test_a_server_that_was_away_is_brought_up_to_date_when_it_is_needed(tmp_path: Path, postgres_server: str) -> None:
    """The database is made only after the bot started."""
    url = postgres.fresh_database(postgres_server)
    name = make_url(url).database
    run_on(postgres_server, f"DROP DATABASE {name}")
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert not database.is_ready
        run_on(postgres_server, f"CREATE DATABASE {name}")

        assert TopListStore(database).add(TOP_LIST, "1")
        assert database.upgrade
        assert database.upgrade.is_new


def test_a_server_that_comes_back_newer_leaves_a_notice(tmp_path: Path, postgres_server: str) -> None:
    """The bot runs by then: answers go out without what is stored, and say so."""
    url = postgres.fresh_database(postgres_server)
    name = make_url(url).database
    run_on(postgres_server, f"ALTER DATABASE {name} RENAME TO away")
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        run_on(postgres_server, f"ALTER DATABASE away RENAME TO {name}")
        Database(tmp_path, lambda: NOW, url, history_with(ADD_X, tmp_path / "versions")).close()

        assert TopListStore(database).newest(Ranking()) is None
        assert not TopListStore(database).add(TOP_LIST, "1")
        assert "is of a newer version of this program" in database.notices[0]
