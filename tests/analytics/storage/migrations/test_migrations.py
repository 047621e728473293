"""Databases of every earlier schema, on SQLite and on PostgreSQL, are brought to today's and lose nothing."""

import importlib
import pkgutil
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, DefaultClause, Integer, MetaData, Table

import analytics.storage
import bot.alerting
import bot.answer_ledger  # a table of its own
import bot.digest
import bot.shared_marks  # a table of its own
import bot.workspaces
from analytics.analyst import Analyst
from analytics.domain.observations import Ranking
from analytics.domain.requests import Top
from analytics.errors import MigrationFailed
from analytics.storage.database import Database, metadata
from analytics.storage.migrations.__main__ import main as make_migration
from analytics.storage.readings import ReadingStore
from analytics.storage.schema_history import FOLDER, SchemaHistory, configuration
from analytics.storage.top_lists import TopListStore
from bot.digest.store import DigestStore
from tests.analytics.storage.dump_schema import (
    CLAIMED,
    DATA,
    NOW,
    POSTED,
    POSTGRESQL,
    READING,
    SQLITE,
    TOP_LIST,
    WANTED,
    WEEK,
)
from tests.analytics.storage.empty_steps import find_empty_steps
from tests.analytics.storage.old_databases import ADD_X, BEFORE, NEXT, execute, history_with, lay_down
from tests.analytics.storage.schema_drift import HOW, drift

for package in (
    analytics.storage,
    bot.alerting,
    bot.digest,
    bot.workspaces,
):  # a table in a module that nobody imported would not be looked at
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

RELEASED = (BEFORE, *SchemaHistory().revisions)
HEADLINE = "PyTorch is in 1 of the top 3 models (1 proven, at most 2), TensorFlow in 1 (1 proven, at most 2)"
"""What the program of before revisions answered from the same list."""


@pytest.mark.parametrize("ending", [SQLITE, POSTGRESQL])
@pytest.mark.parametrize("revision", RELEASED)
def test_every_schema_is_kept_with_data_in_it(revision: str, ending: str) -> None:
    """Or nobody would notice the day its databases cannot be opened any more."""
    assert (DATA / f"schema_{revision}.{ending}").exists(), (
        f"revision {revision} of the tables is not kept for tests: python -m tests.analytics.storage.dump_schema "
        "writes the newest"
    )


@pytest.mark.parametrize("revision", RELEASED)
def test_what_earlier_programs_stored_is_there_and_of_use(revision: str, tmp_path: Path, url: str | None) -> None:
    """A list, a reading, a subscription, its ledger; and new ones go in beside them."""
    lay_down(revision, tmp_path, url)

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        digests = DigestStore(database)
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert ReadingStore(database).newest("papers") == READING
        assert digests.active() == [replace(WANTED, id=1)]
        assert [(entry.slot, entry.state) for entry in digests.history(1)] == [(CLAIMED, "claimed"), (POSTED, "posted")]
        assert not digests.claim(CLAIMED, "two", NOW)
        assert digests.claim(replace(CLAIMED, day=CLAIMED.day + WEEK, due_at=NOW + WEEK), "two", NOW)
        assert digests.take_over("two", NOW + WEEK, NOW + WEEK)[0].slot == CLAIMED
        assert TopListStore(database).add(replace(TOP_LIST, as_of=NOW + WEEK), "1")


@pytest.mark.parametrize("revision", [None, *RELEASED])
def test_migrations_and_tables_agree(revision: str | None, tmp_path: Path, url: str | None) -> None:
    """From nothing and from every earlier schema: the migrations make the tables that the code works with."""
    if revision:
        lay_down(revision, tmp_path, url)

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        found = database.run(lambda connection: drift(connection, metadata))
    assert not found, "\n".join(found)


def test_a_column_without_a_migration_is_named(tmp_path: Path, url: str | None) -> None:
    """Whoever adds one learns which, and the command that makes a migration."""
    changed = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(changed)
    changed.tables["top_lists"].append_column(Column("x", Integer, nullable=False))
    Table("extra", changed, Column("id", Integer, primary_key=True))

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        found = database.run(lambda connection: drift(connection, changed))
    assert found == [f"table extra has no migration: {HOW}", f"column top_lists.x has no migration: {HOW}"]


def test_top30_answers_after_a_column_was_added(tmp_path: Path, url: str | None) -> None:
    """A list stored by the program of before revisions, a column with a default: the same answer as before."""
    lay_down(BEFORE, tmp_path, url)
    with closing(Database(tmp_path, lambda: NOW, url, history_with(ADD_X, tmp_path / "versions"))) as database:
        assert database.upgrade
        assert (database.upgrade.since, database.upgrade.to) == (None, NEXT)
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
    assert execute("SELECT x FROM top_lists", tmp_path, url) == [(7,)]


def test_top30_answers_from_a_list_of_before(tmp_path: Path, url: str | None) -> None:
    """The whole way, with the Hub out of reach."""
    lay_down(BEFORE, tmp_path, url)

    with closing(Analyst(tmp_path, "http://127.0.0.1:9", database_url=url)) as analyst:
        assert analyst.answer(Top(), as_of=NOW).headline == HEADLINE


def test_the_terminals_database_is_taken_over_too(tmp_path: Path, url: str | None) -> None:
    """It had made two tables of the four; the others are made, and the two keep what they hold."""
    lay_down(BEFORE, tmp_path, url)
    for table in ("slots", "subscriptions"):
        execute(f"DROP TABLE {table}", tmp_path, url)

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert DigestStore(database).subscribe(WANTED) == (replace(WANTED, id=1), True)
        assert database.run(lambda connection: drift(connection, metadata)) == []


def test_many_who_start_at_once_take_each_step_once(tmp_path: Path, url: str | None) -> None:
    """One brings the database up to date, the others find it so; SQLite's file is copied once."""
    lay_down(BEFORE, tmp_path, url)
    history, opened = history_with(ADD_X, tmp_path / "versions"), list[Database]()
    threads = [
        threading.Thread(target=lambda: opened.append(Database(tmp_path, lambda: NOW, url, history))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(database.upgrade is not None for database in opened) == [False] * 5 + [True]
    assert all(TopListStore(database).newest(Ranking()) == TOP_LIST for database in opened)
    assert len(list(tmp_path.glob("*.before-*"))) == (0 if url else 1)
    for database in opened:
        database.close()


def test_databases_side_by_side_do_not_mix_their_steps(tmp_path: Path) -> None:
    """Alembic keeps the one it works on for the whole process; eight threads begin with a file each."""
    history, together = history_with(ADD_X, tmp_path / "versions"), threading.Barrier(8)
    opened: list[Database] = []

    def begin(folder: Path) -> None:
        together.wait()
        opened.append(Database(folder, lambda: NOW, history=history))

    threads = [threading.Thread(target=begin, args=(tmp_path / str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [database.upgrade and database.upgrade.to for database in opened] == [NEXT] * 8
    assert [execute("SELECT x FROM top_lists", tmp_path / str(number), None) for number in range(8)] == [[]] * 8


def test_alembic_is_not_imported_where_there_is_no_step_to_take(tmp_path: Path, url: str | None) -> None:
    """It takes longer than an answer: a start with an up-to-date database does without."""
    Database(tmp_path, lambda: NOW, url).close()
    code = (
        "import sys; from pathlib import Path; from analytics.analyst import utc_now\n"
        "from analytics.storage.database import Database\n"
        "print(Database(Path(sys.argv[1]), utc_now, sys.argv[2] or None).is_ready, 'alembic' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), url or ""], check=True, capture_output=True, text=True
    )

    assert told.stdout == "True False\n"


def test_the_numbers_of_the_scripts_are_alembics_revisions() -> None:
    """One line without branches: what is read from their names is what Alembic finds in them."""
    known = ScriptDirectory.from_config(configuration(FOLDER / "versions"))

    assert known.get_heads() == [SchemaHistory().newest]
    assert tuple(step.revision for step in known.walk_revisions())[::-1] == SchemaHistory().revisions
    assert SchemaHistory().revisions == tuple(f"{n:04}" for n in range(1, len(SchemaHistory().revisions) + 1))


def test_the_command_makes_a_step_that_runs_once_it_is_filled_in(tmp_path: Path, url: str | None) -> None:
    """What it makes is refused as it is, by its number and with words."""
    history_with(ADD_X, tmp_path / "versions")
    assert make_migration(["Add y."], tmp_path / "versions") == 0
    made = SchemaHistory(tmp_path / "versions")
    with pytest.raises(MigrationFailed, match=rf"revision {made.newest} .*this step is to be filled in"):
        Database(tmp_path, lambda: NOW, url, made)

    script = tmp_path / "versions" / f"r{made.newest}_add_y.py"
    assert script.read_text().startswith('"""Add y."""')
    filled = script.read_text().replace("raise NotImplementedError(", "print(")
    script.write_text(filled)
    with closing(Database(tmp_path, lambda: NOW, url, made)) as database:
        assert database.upgrade
        assert database.upgrade.to == made.newest


@pytest.mark.parametrize(
    ("words", "status"), [(["--help"], 0), (["-h"], 0), (["help"], 0), ([], 2), (["--ad", "x"], 2)]
)
def test_who_asks_the_command_for_help_gets_no_step(tmp_path: Path, words: list[str], status: int) -> None:
    """`--help` made a migration of that name."""
    versions = history_with(ADD_X, tmp_path / "versions")

    assert make_migration(words, tmp_path / "versions") == status
    assert SchemaHistory(tmp_path / "versions").newest == versions.newest


def test_the_command_makes_a_step_that_the_linter_takes(tmp_path: Path) -> None:
    """All rules, and the house's form; whoever fills it in starts clean."""
    versions = tmp_path / "analytics" / "storage" / "migrations" / "versions"
    history_with(ADD_X, versions)
    make_migration(["Add it's y"], versions)
    script = next(versions.glob("*add_it*"))
    for check in (["check"], ["format", "--check"]):
        ruff = [
            sys.executable,
            "-m",
            "ruff",
            *check,
            "--config",
            str(FOLDER.parents[2] / "pyproject.toml"),
            str(script),
        ]
        done = subprocess.run(ruff, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_every_step_does_something() -> None:
    """A revision whose upgrade is empty would claim a schema that nobody made."""
    assert find_empty_steps(SchemaHistory()) == []


@pytest.mark.parametrize("step", ["pass", "op.get_bind()", 'op.execute("SELECT 1")'])
def test_a_step_that_does_nothing_is_named(step: str, tmp_path: Path) -> None:
    """Neither words nor a look at the database are a change."""
    assert find_empty_steps(history_with(step, tmp_path / "versions")) == [NEXT]
    assert find_empty_steps(history_with(ADD_X, tmp_path / "more")) == []


def test_another_default_has_to_be_migrated(tmp_path: Path, url: str | None) -> None:
    """What the database puts in by itself is part of a table, whichever side has it."""
    changed = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(changed)
    changed.tables["top_lists"].columns["asked"].server_default = DefaultClause("7")

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        found = database.run(lambda connection: drift(connection, changed))
    assert found == [f"default of top_lists.asked has no migration: {HOW}"]
