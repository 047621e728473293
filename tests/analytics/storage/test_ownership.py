"""A database of another program is refused in words, and nothing in it is changed."""

import logging
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from analytics.errors import (
    AlteredDatabase,
    DatabaseUnusable,
    ForeignDatabase,
    MigrationFailed,
    NewerDatabase,
    UpgradeUnderWay,
)
from analytics.storage.database import Database
from analytics.storage.postgresql import ADVISORY_KEY, bring_up_to_date, make_engine
from analytics.storage.readings import Reading, ReadingStore
from analytics.storage.schema_history import SchemaHistory
from tests.analytics.storage.dump_schema import NOW
from tests.analytics.storage.old_databases import ADD_X, BEFORE, BROKEN, execute, history_with, lay_down
from tests.loopback import postgres

OTHERS = "which is no revision of ours"
ALEMBICS = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (
            (ALEMBICS, "INSERT INTO alembic_version VALUES ('ae1027a6acf')"),
            f"says ae1027a6acf, {OTHERS}",
        ),
        ((ALEMBICS, "INSERT INTO alembic_version VALUES ('0001')"), "says 0001, but there is no table readings"),
        ((ALEMBICS, "INSERT INTO alembic_version VALUES ('0042')"), "says 0042, but there is no table readings"),
        (
            (ALEMBICS, "INSERT INTO alembic_version VALUES ('a1'), ('b2')"),
            f"says a1 and b2, {OTHERS}",
        ),
        (("CREATE TABLE alembic_version (n INTEGER)",), "its table alembic_version is not Alembic's"),
        (("CREATE TABLE slots (id INTEGER PRIMARY KEY, doctor VARCHAR(9))",), "has a table slots that is not ours"),
    ],
)
def test_a_database_of_another_program_is_refused(
    statements: tuple[str, ...], why: str, tmp_path: Path, url: str | None
) -> None:
    """It is told why it is taken for that, and what to do; not that a newer version is to be installed."""
    for statement in ("CREATE TABLE patients (id INTEGER)", *statements):
        execute(statement, tmp_path, url)

    with pytest.raises(ForeignDatabase) as refused:
        Database(tmp_path, lambda: NOW, url)

    assert why in str(refused.value)
    assert "belongs to another program" in refused.value.what
    assert "Name a database of its own for this program in DATABASE_URL" in refused.value.advice
    assert list_tables(tmp_path, url) == sorted({"patients", *made_by(statements)})


def made_by(statements: tuple[str, ...]) -> set[str]:
    """Name the tables that statements make."""
    return {words[2] for words in map(str.split, statements) if words[:2] == ["CREATE", "TABLE"]}


def list_tables(folder: Path, url: str | None) -> list[object]:
    """Name the tables there are."""
    of_file = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    of_server = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [name for (name,) in execute(of_server if url else of_file, folder, url)]


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE top_lists ADD COLUMN theirs INTEGER",
        "ALTER TABLE top_lists RENAME COLUMN asked TO wanted",
        "DROP TABLE slots",
    ],
)
def test_tables_of_before_revisions_are_ours_only_in_their_shape(change: str, tmp_path: Path, url: str | None) -> None:
    """A column more or less, and they are not; a table that is not there is made."""
    lay_down(BEFORE, tmp_path, url)
    execute(change, tmp_path, url)
    if change.startswith("DROP"):
        Database(tmp_path, lambda: NOW, url).close()
        assert "slots" in list_tables(tmp_path, url)
    else:
        with pytest.raises(AlteredDatabase, match=r"top_lists has (a column theirs|no column asked)"):
            Database(tmp_path, lambda: NOW, url)
        assert "alembic_version" not in list_tables(tmp_path, url)


def test_other_tables_beside_ours_do_no_harm(tmp_path: Path, url: str | None) -> None:
    """A server's database may be shared by programs that keep out of each other's way."""
    execute("CREATE TABLE patients (id INTEGER)", tmp_path, url)

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert database.upgrade
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert database.upgrade is None


def test_a_file_of_another_program_is_not_called_newer(tmp_path: Path) -> None:
    """It has a number of its own in its head, and tables that are not ours."""
    execute("CREATE TABLE patients (id INTEGER)", tmp_path, None)
    execute("PRAGMA user_version = 7", tmp_path, None)

    with pytest.raises(ForeignDatabase, match="marked 7 and holds the table patients"):
        Database(tmp_path, lambda: NOW)


def test_a_newer_revision_of_ours_is_still_called_newer(tmp_path: Path, url: str | None) -> None:
    """Our tables are there, and the number goes on from ours."""
    Database(tmp_path, lambda: NOW, url, history_with(ADD_X, tmp_path / "versions")).close()

    with pytest.raises(NewerDatabase):
        Database(tmp_path, lambda: NOW, url)


# ------------------------------------------------------------------------------------------------------- what is logged


def test_an_upgrade_is_logged_when_it_is_committed(
    tmp_path: Path, url: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """By then the tables can be seen by everybody."""
    seen: list[bool] = []

    class SeenFiles(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "was made, with tables of revision" in record.getMessage():
                seen.append("slots" in list_tables(tmp_path, url))

    handler = SeenFiles()
    logging.getLogger("analytics.storage").addHandler(handler)
    with caplog.at_level(logging.INFO, "analytics.storage"):
        Database(tmp_path, lambda: NOW, url).close()
    logging.getLogger("analytics.storage").removeHandler(handler)
    assert seen == [True]


def test_an_upgrade_that_fails_is_not_logged(tmp_path: Path, url: str | None, caplog: pytest.LogCaptureFixture) -> None:
    """Nor is one that was taken back."""
    lay_down(BEFORE, tmp_path, url)
    with caplog.at_level(logging.INFO, "analytics.storage"), pytest.raises(MigrationFailed):
        Database(tmp_path, lambda: NOW, url, history_with(BROKEN, tmp_path / "versions"))
    assert "was brought" not in caplog.text


def test_the_copy_in_memory_is_brought_up_to_date_without_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The file is as it was, so nothing is said to have been done to it."""
    lay_down(BEFORE, tmp_path, None)
    (tmp_path / "frameworks.sqlite3.lock").mkdir()
    with caplog.at_level(logging.INFO, "analytics.storage"), closing(Database(tmp_path, lambda: NOW)) as database:
        assert not database.is_kept
        assert database.upgrade is None
    assert "was brought" not in caplog.text


# ------------------------------------------------------------------------------------------------ rights and locks


def as_role(url: str, role: str) -> str:
    """Give the address of a database for another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@pytest.fixture
def stranger(postgres_server: str) -> str:
    """Give the address of an empty database for a role without any rights."""
    url = postgres.fresh_database(postgres_server)
    role = f"role_{make_url(url).database}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN".encode())
    return as_role(url, role)


def test_a_role_without_rights_is_refused_at_the_start(tmp_path: Path, stranger: str) -> None:
    """With the right that is missing, the role, and what to type."""
    with pytest.raises(DatabaseUnusable) as refused:
        Database(tmp_path, lambda: NOW, stranger)

    assert f"the role {make_url(stranger).username} lacks a right (permission denied for schema" in refused.value.what
    assert f"TO {make_url(stranger).username}." in refused.value.advice


def test_a_right_that_is_taken_away_later_leaves_a_notice(tmp_path: Path, postgres_server: str) -> None:
    """Answers go out, say what is missing, and say no more of it when it is given back."""
    owner = postgres.fresh_database(postgres_server)
    Database(tmp_path, lambda: NOW, owner).close()
    role = f"reader_{make_url(owner).database}"
    execute(f"CREATE ROLE {role} LOGIN", tmp_path, owner)
    execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}", tmp_path, owner)
    with closing(Database(tmp_path, lambda: NOW, as_role(owner, role))) as database:
        store = ReadingStore(database)
        assert not store.add(Reading("papers", "", NOW, "1", {}))
        assert (
            f"could not be stored. PostgreSQL's database {make_url(owner).database}: the role {role}"
            in store.notices[0]
        )
        execute(f"GRANT INSERT ON ALL TABLES IN SCHEMA public TO {role}", tmp_path, owner)
        execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}", tmp_path, owner)
        assert store.add(Reading("papers", "", NOW, "1", {}))
        assert store.notices == ()


def test_a_database_that_can_only_be_read_is_refused_at_the_start(tmp_path: Path, postgres_server: str) -> None:
    """A standby, or a switch of the administrator's."""
    url = postgres.fresh_database(postgres_server)
    execute(f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on", tmp_path, url)

    with pytest.raises(DatabaseUnusable, match=r"can only be read .* Name the primary server"):
        Database(tmp_path, lambda: NOW, url)


def test_who_holds_the_lock_for_too_long_is_told_of(postgres_server: str) -> None:
    """An upgrade is under way, or somebody works with the tables: the server is not away."""
    url = postgres.fresh_database(postgres_server)
    engine = make_engine(url)
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (ADVISORY_KEY,))
        with pytest.raises(UpgradeUnderWay, match="being brought up to date by another process, or somebody holds"):
            bring_up_to_date(engine, SchemaHistory(), patience=0.05)
    assert bring_up_to_date(engine, SchemaHistory())
    engine.dispose()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"username": "nobody_here"}, "does not let the role nobody_here in (role"),
        ({"database": "not_here"}, "PostgreSQL's database not_here does not exist (database"),
    ],
)
def test_who_is_not_let_in_waits_and_says_why(
    broken: dict[str, str], said: str, tmp_path: Path, postgres_server: str
) -> None:
    """Both can be mended on the server while the bot runs."""
    url = make_url(postgres_server).set(**broken).render_as_string(hide_password=False)

    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        assert not database.is_ready
        assert said in str(database.trouble)
