"""Tables of ours that somebody changed, or put back in part: said in words at every start, and nothing is changed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from analytics.domain.observations import Ranking
from analytics.errors import AlteredDatabase, BecameNewer, DatabaseTrouble, InUse
from analytics.storage.database import Database
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.top_lists import TopListStore
from bot.checkup.machine_checks import check_database
from bot.digest.store import DigestStore
from bot.runtime.doctor import Health
from bot.runtime.single_instance import hold
from tests.analytics.storage.dump_schema import NOW, TOP_LIST, WANTED
from tests.analytics.storage.old_databases import ADD_X, BEFORE, NEXT, execute, history_with, lay_down
from tests.loopback import postgres

NEWEST = SchemaHistory().newest
OLDER = ("0001", NEWEST)
ROOT = Path(__file__).parents[3]

RENAMED = (
    'with op.batch_alter_table("top_lists") as table:\n        table.alter_column("origin", new_column_name="origins")'
)


def refusal(folder: Path, url: str | None) -> str:
    """Open, and give the words in which that is refused; doctor must have the same."""
    with pytest.raises(AlteredDatabase) as refused:
        Database(folder, lambda: NOW, url)
    symptom = check_database(folder, url)
    assert symptom.state is Health.MEND
    assert symptom.sentence == refused.value.what
    assert symptom.advice == refused.value.advice
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE top_lists DROP COLUMN complete", "top_lists has no column complete"),
        ("DROP TABLE slots", "the table slots is missing"),
        ("ALTER TABLE slots RENAME COLUMN shown TO showed", "slots has no column shown"),
    ],
)
@pytest.mark.parametrize("revision", OLDER)
def test_a_revision_that_is_claimed_is_not_believed(
    revision: str, change: str, said: str, tmp_path: Path, url: str | None
) -> None:
    """A dump restored by half: what is missing is named, and to put back the copy."""
    lay_down(revision, tmp_path, url)
    execute(change, tmp_path, url)

    words = refusal(tmp_path, url)

    assert f"are not those of revision {revision}: {said}" in words
    assert "Put back a whole copy" in words
    assert execute("SELECT version_num FROM alembic_version", tmp_path, url) == [(revision,)]


def test_a_file_whose_head_and_table_disagree_is_not_called_newer(tmp_path: Path) -> None:
    """Somebody emptied the table of the revision, or wrote a number known here into the head."""
    lay_down("0001", tmp_path, None)
    execute(f"PRAGMA user_version = {int(NEWEST)}", tmp_path, None)
    said = f"are not those of revision {NEWEST}: its head says so, and its table alembic_version says "
    assert f"{said}0001." in refusal(tmp_path, None)
    execute("DELETE FROM alembic_version", tmp_path, None)
    assert f"{said}nothing." in refusal(tmp_path, None)


def test_a_lost_key_is_missed(tmp_path: Path, url: str | None) -> None:
    """By keys nothing is posted twice; a restore that broke off has the rows and not the keys."""
    lay_down(NEWEST, tmp_path, url)
    for statement in (
        "ALTER TABLE slots RENAME TO whole",
        "CREATE TABLE slots AS SELECT * FROM whole",
        "DROP TABLE whole",
    ):
        execute(statement, tmp_path, url)

    assert "slots no longer keeps at, day and subscription unique" in refusal(tmp_path, url)


def test_a_column_more_that_nobody_fills_does_no_harm_and_one_to_be_filled_does(
    tmp_path: Path, url: str | None
) -> None:
    """The second would refuse every row this program writes."""
    lay_down(NEWEST, tmp_path, url)
    execute("ALTER TABLE top_lists ADD COLUMN note VARCHAR(9)", tmp_path, url)
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert TopListStore(database).newest(Ranking()) == TOP_LIST

    execute("DROP TABLE marks", tmp_path, url)
    made = "id INTEGER PRIMARY KEY, mark VARCHAR(64) NOT NULL UNIQUE, until TIMESTAMP NOT NULL, whose INTEGER NOT NULL"
    execute(f"CREATE TABLE marks ({made})", tmp_path, url)
    assert "marks has a column whose that has to be filled" in refusal(tmp_path, url)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE top_lists ADD COLUMN x INTEGER DEFAULT 7", "top_lists has a column x that this program did not"),
        ("ALTER TABLE top_lists RENAME COLUMN asked TO wanted", "top_lists has no column asked"),
    ],
)
def test_an_operators_own_column_is_no_other_programs(change: str, said: str, tmp_path: Path, url: str | None) -> None:
    """His data are not called a stranger's, and no word of Alembic's reads as an order; doctor says the same."""
    lay_down(BEFORE, tmp_path, url)
    execute(change, tmp_path, url)

    words = refusal(tmp_path, url)

    assert said in words
    assert "belongs to another program" not in words
    assert "remove column" not in words


def test_a_column_of_another_kind_is_named(tmp_path: Path, url: str | None) -> None:
    """Of before revisions, where the kinds are compared too: the first step would not make it what it should be."""
    lay_down(BEFORE, tmp_path, url)
    execute("ALTER TABLE slots RENAME COLUMN reason TO old", tmp_path, url)
    execute("ALTER TABLE slots ADD COLUMN reason VARCHAR(900) NOT NULL DEFAULT ''", tmp_path, url)
    execute("ALTER TABLE slots DROP COLUMN old", tmp_path, url)

    assert "slots keeps reason differently from how this program made it" in refusal(tmp_path, url)


# ------------------------------------------------------------------------------------------- beside a running process


def become_newer(folder: Path, url: str | None) -> None:
    """Let the next version rename a column, as its program would."""
    Database(folder, lambda: NOW, url, history_with(RENAMED, folder / "versions")).close()


def test_a_running_process_is_told_that_its_database_became_newer(tmp_path: Path, url: str | None) -> None:
    """Answers go out with a notice, a wish is refused in words; both say what to start."""
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        become_newer(tmp_path, url)

        assert TopListStore(database).newest(Ranking()) is None
        said = f"was brought to revision {NEXT} of its tables by a newer version of this program"
        assert said in database.notices[0]
        assert "Stop this one and start that version." in database.notices[0]
        execute("ALTER TABLE subscriptions RENAME TO wishes", tmp_path, url)
        with pytest.raises(BecameNewer, match=f"{said}; this one, which is still running, knows {NEWEST}"):
            DigestStore(database).subscribe(WANTED)


def test_who_still_runs_beside_a_newer_program_is_told_which_to_stop(tmp_path: Path) -> None:
    """As soon as a statement is wrong; until then nobody looks."""
    with closing(Database(tmp_path, lambda: NOW)) as database:
        execute("UPDATE alembic_version SET version_num = '9999'", tmp_path, None)
        execute("ALTER TABLE subscriptions RENAME TO wishes", tmp_path, None)

        said = "was brought to revision 9999 of its tables by a newer version of this program; this one, which is still"
        with pytest.raises(BecameNewer, match=f"{said} running, knows {NEWEST}"):
            DigestStore(database).subscribe(WANTED)


def test_a_table_that_is_taken_from_a_running_process_is_named(tmp_path: Path, url: str | None) -> None:
    """The revision is as it was: somebody took it by hand."""
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        execute("DROP TABLE slots", tmp_path, url)
        with pytest.raises(AlteredDatabase, match="the table slots is missing"):
            DigestStore(database).counts_since(NOW)


def test_tables_that_are_out_of_sight_for_a_while_are_told_of_and_found_again(
    tmp_path: Path, postgres_server: str
) -> None:
    """While a backup is put back, say: answers go out with a notice, a wish is refused in words, then all is there."""
    url = postgres.fresh_database(postgres_server)
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        TopListStore(database).add(TOP_LIST, "1")
        execute("ALTER SCHEMA public RENAME TO away", tmp_path, url)
        assert TopListStore(database).newest(Ranking()) is None
        assert "shows no table of this program any more. Put a backup back" in database.notices[0]
        with pytest.raises(DatabaseTrouble, match="shows no table of this program"):
            DigestStore(database).subscribe(WANTED)
        execute("ALTER SCHEMA away RENAME TO public", tmp_path, url)

        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert database.notices == ()


def test_nobody_changes_tables_under_a_running_bot(tmp_path: Path) -> None:
    """The terminal of the next version refuses, and says who works there; the bot itself may."""
    Database(tmp_path, lambda: NOW).close()
    history = history_with(ADD_X, tmp_path / "versions")
    with held_elsewhere(tmp_path):
        with pytest.raises(InUse, match=r"a bot \(process [0-9]+\) works with it .* Stop that bot"):
            Database(tmp_path, lambda: NOW, history=history)
        Database(tmp_path, lambda: NOW).close()  # one of the same version
    with hold(tmp_path), closing(Database(tmp_path, lambda: NOW, history=history)) as opened:
        assert opened.upgrade


def test_old_tables_are_left_alone_while_a_bot_holds_the_folder(tmp_path: Path) -> None:
    """Whoever holds it is named, and the file is as it was."""
    lay_down("0001", tmp_path, None)
    with FileLock(tmp_path / "bot.lock"), pytest.raises(InUse, match=r"a bot \(another process\) works with it"):
        Database(tmp_path, lambda: NOW)

    assert execute("SELECT version_num FROM alembic_version", tmp_path, None) == [("0001",)]


def test_a_first_start_beside_a_bot_makes_its_file(tmp_path: Path) -> None:
    """Where there is nothing yet, nobody works with it."""
    with held_elsewhere(tmp_path), closing(Database(tmp_path, lambda: NOW)) as opened:
        assert opened.upgrade


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[None]:
    """Let another process hold the folder, as a running bot does."""
    code = (
        "import sys; from pathlib import Path; from bot.runtime.single_instance import hold\n"
        "with hold(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate()
