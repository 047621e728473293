"""What one process may take of a PostgreSQL that many share: so long for a statement, so many connections."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError

from analytics.errors import DatabaseTrouble
from analytics.storage.database import Database
from analytics.storage.failures import Trouble, diagnose
from analytics.storage.postgresql import LIMITS, STATEMENT_SECONDS, make_engine
from analytics.storage.server_pool import PoolLimits
from tests.loopback import postgres
from tests.loopback.pgbouncer import pooler

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
MOST = LIMITS.size + LIMITS.more
ASKERS = MOST + 5
PATIENCE = 20.0
Connected = TypeVar("Connected")


@pytest.fixture
def url(postgres_server: str) -> str:
    """Give a fresh database."""
    return postgres.fresh_database(postgres_server)


@pytest.fixture(params=["itself", "through PgBouncer"])
def address(url: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give its address, and that of a PgBouncer before it."""
    if request.param == "itself":
        yield url
        return
    with pooler(url) as pooled:
        yield pooled


def test_no_statement_takes_for_ever(address: str, tmp_path: Path) -> None:
    """Set within each transaction, so that it holds behind a pooler as well, and is nobody else's afterwards."""
    with closing(Database(tmp_path, lambda: NOW, address)) as database:
        told = database.run(lambda connection: connection.execute(text("SHOW statement_timeout")).scalar())
        assert told == f"{STATEMENT_SECONDS}s"
    with psycopg.connect(address, prepare_threshold=None) as other:
        assert other.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_a_process_opens_fifteen_connections_at_most(url: str, tmp_path: Path) -> None:
    """Of twenty who ask at once fifteen are served, and the others in their turn."""
    together = Barrier(MOST, timeout=60)
    seen: list[int] = []
    count = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> 0")

    def work(connection: Connection) -> None:
        if len(seen) < MOST:
            seen.append(0)
            together.wait()
        seen.append(int(connection.execute(count).scalar_one()))

    with closing(Database(tmp_path, lambda: NOW, url)) as database, ThreadPoolExecutor(ASKERS) as people:
        list(people.map(lambda _: database.run(work), range(ASKERS)))

    assert max(seen) == MOST


def when_free(connect: Callable[[], Connected]) -> Connected:
    """Connect as soon as the server has seen the last one go, which is a moment after it went."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return connect()
        except (psycopg.OperationalError, DatabaseTrouble):
            if time.monotonic() > until:
                raise


@contextmanager
def limited(url: str, connections: int) -> Iterator[tuple[str, str]]:
    """Let a role of its own own the database, which may have so many connections; gives its name and the address."""
    wanted = make_url(url)
    role = f"few_{wanted.database}"
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT {connections}")
        administrator.execute(f"ALTER DATABASE {wanted.database} OWNER TO {role}")
        yield role, wanted.set(username=role).render_as_string(hide_password=False)


def test_a_role_without_a_free_connection_is_told_in_a_sentence_and_goes_on_by_itself(url: str, tmp_path: Path) -> None:
    """At the start and in mid-run, when others took its place: what is wrong, what to do, and later it works."""
    with limited(url, 1) as (role, address):
        with psycopg.connect(address), closing(Database(tmp_path, lambda: NOW, address)) as database:
            assert f'too many connections for role "{role}"' in str(database.trouble)
            assert "CONNECTION LIMIT" in str(database.trouble)
        with closing(Database(tmp_path, lambda: NOW, address)) as database:
            when_free(database.ping)
            postgres.cut_off(url)
            with (
                when_free(lambda: psycopg.connect(address)),
                pytest.raises(DatabaseTrouble, match="takes no more connections"),
            ):
                database.ping()
            when_free(database.ping)


def test_more_who_ask_than_a_role_may_have_connections_are_served_in_turn(url: str, tmp_path: Path) -> None:
    """Of eight at once two are connected, and nobody is sent away for the sake of those."""
    pause = text("SELECT pg_sleep(0.05)")
    with limited(url, 2) as (_, address), closing(Database(tmp_path, lambda: NOW, address)) as database:
        database.ping()  # the tables are made by one
        with ThreadPoolExecutor(8) as people:
            done = list(people.map(lambda _: database.write(lambda one: one.execute(pause), "One"), range(8)))

    assert done == [True] * 8


def test_a_process_without_a_free_connection_is_a_trouble_that_is_told(url: str, tmp_path: Path) -> None:
    """A pool of one, in use: who waits too long hears what it is, as of a server that is away, and not a traceback."""
    limits = PoolLimits(1, 0, 0.05)
    with closing(Database(tmp_path, lambda: NOW, url, limits=limits)) as database:

        def ask_meanwhile(_: Connection) -> None:
            with pytest.raises(DatabaseTrouble, match=r"are in use \(1 in use\)\. It is tried again"):
                database.ping()
            assert not database.write(lambda connection: connection.execute(text("SELECT 1")), "A reading")
            assert list(database.look(lambda connection: connection.execute(text("SELECT 1")).all())) == []

        database.run(ask_meanwhile)
        database.ping()


def test_a_connection_that_does_not_last_to_its_first_use_is_a_server_that_is_away(url: str) -> None:
    """The pool gives up after some tries, in words of its own that are no error of a database."""

    def hang_up(*_: object) -> None:
        raise DisconnectionError

    engine = make_engine(url)
    event.listen(engine, "checkout", hang_up)
    with pytest.raises(DBAPIError) as met, closing(engine.connect()):
        pass
    engine.dispose()
    assert diagnose(met.value) is Trouble.AWAY
