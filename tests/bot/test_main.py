"""Starting the bot where it cannot work, and bringing its database up to date: sentences, no traceback."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import psycopg
import pytest

from analytics.storage.schema_history import SchemaHistory
from tests.analytics.storage.old_databases import BEFORE, lay_down
from tests.loopback.postgres import fresh_database
from tests.programs import ended

NEWEST = SchemaHistory().newest


def run(module: str, *words: str, home: Path, **settings: str) -> CompletedProcess[str]:
    """Start a program on a data folder and wait for its end."""
    environment = {"FRAMEWORKS_HOME": str(home), "PATH": os.defpath, "HOME": str(home)} | settings
    return ended(module, *words, folder=Path(__file__).parents[2], environment=environment)


def execute(folder: Path, sql: str) -> None:
    """Run a statement in the folder's database, past the program."""
    with closing(sqlite3.connect(folder / "frameworks.sqlite3")) as file:
        file.execute(sql)


def test_a_database_of_a_newer_version_is_left_alone_and_named(tmp_path: Path) -> None:
    """It says what to install or to change, and ends with 2."""
    execute(tmp_path, "PRAGMA user_version = 99")

    done = run("bot", home=tmp_path)

    assert done.returncode == 2
    assert "is of a newer version of this program" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_step_that_fails_ends_the_bot_and_the_terminal_in_words(tmp_path: Path) -> None:
    """A view in a table's place: it cannot be made. Each has its own exit status."""
    execute(tmp_path, "CREATE VIEW slots AS SELECT 1")

    for module, words, status in (("bot", (), 2), ("bot", ("migrate",), 2), ("analytics", ("top30",), 1)):
        done = run(module, *words, home=tmp_path)
        said = " ".join(done.stderr.split())
        assert done.returncode == status
        assert "could not be brought to revision 0001 of its tables: view slots already exists. All is as" in said
        assert "Traceback" not in done.stderr


def test_migrate_says_from_where_to_where_and_where_the_copy_is(tmp_path: Path) -> None:
    """And the second time, that there is nothing to do."""
    lay_down(BEFORE, tmp_path, None)

    first, second = run("bot", "migrate", home=tmp_path), run("bot", "migrate", home=tmp_path)

    copy = next(tmp_path.glob("*.before-*"))
    assert f"brought from tables without a revision to revision {NEWEST}. " in first.stdout
    assert f"What it was before is kept as {copy}." in first.stdout
    assert second.stdout == f"The tables are at revision {NEWEST} already; nothing was done.\n"
    assert (first.returncode, second.returncode) == (0, 0)


def test_migrate_says_nothing_but_the_sentence_where_a_server_refuses(tmp_path: Path, postgres_server: str) -> None:
    """That a pool of connections was emptied is nobody's business."""
    url = fresh_database(postgres_server)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE VIEW slots AS SELECT 1")

    done = run("bot", "migrate", home=tmp_path, DATABASE_URL=url)

    assert done.returncode == 2
    assert done.stderr.startswith("PostgreSQL's database ")


def test_migrate_says_so_when_the_server_is_away(tmp_path: Path) -> None:
    """Nothing was done, and the way out."""
    done = run("bot", "migrate", home=tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")

    assert done.returncode == 2
    assert "The database cannot be reached, so nothing was done." in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_says_so_when_the_folder_cannot_be_written(tmp_path: Path) -> None:
    """A file in its place: nothing could be kept."""
    (tmp_path / "file").write_text("in the way")

    done = run("bot", "migrate", home=tmp_path / "file")

    assert done.returncode == 2
    assert "The tables were not brought up to date. The file" in done.stderr
    assert "this answer" not in done.stderr.splitlines()[-1]
    assert done.stdout == ""


def test_migrate_says_that_it_made_a_new_file_in_the_place_of_a_damaged_one(tmp_path: Path) -> None:
    """Not that nothing was done; the second time nothing is."""
    (tmp_path / "frameworks.sqlite3").write_text("hello world " * 100)

    first, second = run("bot", "migrate", home=tmp_path), run("bot", "migrate", home=tmp_path)

    aside = next(path for path in tmp_path.glob("*.damaged-*") if path.suffix != ".json")
    made = f"{tmp_path / 'frameworks.sqlite3'} was made anew, with tables of revision {NEWEST}"
    assert first.stdout == f"{made}; the one that was there is kept as {aside}.\n"
    assert "damaged and set aside" in first.stderr
    assert second.stdout == f"The tables are at revision {NEWEST} already; nothing was done.\n"


def test_migrate_says_that_nothing_was_done_where_it_is_refused(tmp_path: Path) -> None:
    """Each refusal begins with that; a locked file too."""
    lay_down("0001", tmp_path, None)
    execute(tmp_path, "DROP TABLE slots")
    refused = run("bot", "migrate", home=tmp_path)
    assert refused.stderr.startswith("The tables were not brought up to date. The tables of this program in ")
    lay_down("0001", tmp_path, None)
    with closing(sqlite3.connect(tmp_path / "frameworks.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        locked = run("bot", "migrate", home=tmp_path)
    assert "The tables were not brought up to date. " in locked.stderr
    assert "is locked by another program" in locked.stderr
    assert (refused.returncode, locked.returncode) == (2, 2)


def test_other_words_are_not_taken(tmp_path: Path) -> None:
    """A mistyped command must not start a bot."""
    done = run("bot", "migrat", home=tmp_path)

    assert done.returncode == 2
    assert "“migrat” is no command of it. Did you mean migrate?" in done.stderr


@pytest.mark.parametrize(("typed", "closed"), [("migrate", "<&- >&- 2>&-"), ("migrate", ">&-"), ("migrate", "| true")])
def test_whoever_reads_the_bot_s_words_no_traceback_ends_them(tmp_path: Path, typed: str, closed: str) -> None:
    """A stream that was never open, or that is closed early, changes neither what is done nor the status."""
    environment = {"PATH": os.environ["PATH"], "FRAMEWORKS_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    line = f'{{ "{sys.executable}" -m bot {typed}; echo "status $?" >&3; }} {closed}'
    reading, writing = os.pipe()
    done = subprocess.run(  # the status is told beside the streams that are closed
        ["/bin/bash", "-c", f"exec 3>&{writing}; {line}"],
        env=environment,
        pass_fds=[writing],
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        assert told.read() == "status 0\n"
    assert "Traceback" not in done.stderr
