"""What a migration step may be: nothing of ours in it, one transaction, a reason in one line."""

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from analytics.domain.observations import Ranking
from analytics.errors import MigrationFailed
from analytics.storage.database import FILE, Database
from analytics.storage.schema_history import FOLDER, SchemaHistory
from analytics.storage.top_lists import TopListStore
from tests.analytics.storage.dump_schema import NOW, TOP_LIST
from tests.analytics.storage.old_databases import ADD_X, NEXT, execute, history_with, lay_down
from tests.loopback import postgres

NEWEST = SchemaHistory().newest
COMMITS = f'{ADD_X}\n    op.execute("COMMIT")\n    op.execute("UPDATE top_lists SET y = 1")'  # noqa: S608 - a wrong one
OURS = {"analytics", "bot", "playground", "tests"}


def find_own_code(versions: Path) -> list[str]:
    """Name the steps that import anything of ours, at their head or within."""
    return [
        f"{script.name} imports {name}: a step must mean the same in years"
        for script in sorted(versions.glob("r*.py"))
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        for name in imported_by(node)
        if name.startswith(".") or name.partition(".")[0] in OURS
    ]


def imported_by(node: ast.AST) -> list[str]:
    """Give the modules that a statement imports."""
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=module, level=level):
            return ["." * level + (module or "")]
        case ast.Call(func=ast.Name(id="__import__") | ast.Attribute(attr="import_module"), args=[ast.Constant(value)]):
            return [str(value)]
    return []


def test_no_step_uses_code_of_ours() -> None:
    """What it uses would change under it."""
    assert find_own_code(FOLDER / "versions") == []


@pytest.mark.parametrize(
    "line",
    [
        "from analytics.attribution import METHOD",
        "import bot.digest.tables",
        "from . import r0001_first_tables",
        'import importlib; importlib.import_module("analytics.domain")',
    ],
)
def test_a_step_that_uses_code_of_ours_is_named(line: str, tmp_path: Path) -> None:
    """Also one that hides it in its function."""
    history_with(f"{line}\n    {ADD_X}", tmp_path / "versions")

    (found,) = find_own_code(tmp_path / "versions")
    assert found.startswith(f"r{NEXT}_one_more.py imports ")


# ---------------------------------------------------------------------------------------------------- one transaction


def test_a_step_that_commits_by_itself_is_not_told_as_taken_back(tmp_path: Path, url: str | None) -> None:
    """What it had done until then stays: the words say so, and to put back the copy."""
    lay_down("0001", tmp_path, url)
    with pytest.raises(MigrationFailed) as failed:
        Database(tmp_path, lambda: NOW, url, history_with(COMMITS, tmp_path / "versions"))

    assert execute("SELECT x FROM top_lists", tmp_path, url) == [(7,)]
    assert "All is as it was before" not in failed.value.what
    assert f"what was done until then stays: the tables say that they are of revision {NEWEST}" in failed.value.what
    assert failed.value.advice.startswith("Put back ")
    assert ("a backup" if url else str(next(tmp_path.glob("*.before-*")))) in failed.value.advice


def test_a_step_that_commits_and_then_succeeds_is_refused_too(tmp_path: Path, url: str | None) -> None:
    """So that its author sees it before anybody else: the next step's failure could not be taken back."""
    with pytest.raises(MigrationFailed, match="ended the transaction by itself"):
        Database(tmp_path, lambda: NOW, url, history_with(f'{ADD_X}\n    op.execute("COMMIT")', tmp_path / "versions"))


def test_a_step_that_fails_within_the_transaction_is_taken_back(tmp_path: Path, url: str | None) -> None:
    """Here the words are true: the column is gone again, the old program reads."""
    lay_down(NEWEST, tmp_path, url)
    with pytest.raises(MigrationFailed, match=r"All is as it was before\."):
        Database(
            tmp_path,
            lambda: NOW,
            url,
            history_with(f'{ADD_X}\n    op.execute("nonsense")', tmp_path / "versions"),
        )
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
    with pytest.raises((sqlite3.OperationalError, psycopg.Error)):
        execute("SELECT x FROM top_lists", tmp_path, url)


# -------------------------------------------------------------------------------------------------- what is said of it


def test_the_reason_is_one_line(tmp_path: Path, url: str | None) -> None:
    """PostgreSQL adds the statement in more, and a statement may hold anything."""
    with pytest.raises(MigrationFailed) as failed:
        Database(tmp_path, lambda: NOW, url, history_with('op.execute("SELECT 1,\\n nonsense")', tmp_path / "versions"))
    assert "nonsense" in failed.value.what
    assert "\n" not in str(failed.value)
    assert "LINE 2" not in str(failed.value)


def test_rows_are_copied_aside_and_empty_tables_are_not(tmp_path: Path) -> None:
    """A file of today without a row has nothing that a step could lose."""
    Database(tmp_path, lambda: NOW).close()
    with closing(Database(tmp_path, lambda: NOW, None, history_with(ADD_X, tmp_path / "versions"))) as database:
        assert database.upgrade
        assert database.upgrade.copy is None
    assert not list(tmp_path.glob(f"{FILE}.before-*"))


def test_a_connection_that_is_lost_is_no_wrong_step(tmp_path: Path, postgres_server: str) -> None:
    """The server hung up in the middle of it: that is tried again, and nobody has to go back to an older program."""
    history = history_with('op.execute("SELECT pg_terminate_backend(pg_backend_pid())")', tmp_path / "versions")
    with closing(Database(tmp_path, lambda: NOW, postgres.fresh_database(postgres_server), history)) as database:
        assert not database.is_ready
        assert "cannot be reached" in str(database.trouble)
