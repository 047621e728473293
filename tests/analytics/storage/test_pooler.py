"""Behind PgBouncer in transaction mode each transaction may have another connection of the server's."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text

from analytics.domain.observations import Ranking
from analytics.errors import DatabaseTrouble
from analytics.storage.database import Database
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.top_lists import TopListStore
from bot.checkup.machine_checks import check_database
from bot.digest.store import DigestStore
from bot.runtime.doctor import Health
from tests.analytics.storage.dump_schema import CLAIMED, NOW, TOP_LIST, WANTED
from tests.analytics.storage.old_databases import BEFORE, lay_down
from tests.loopback import postgres
from tests.loopback.pgbouncer import pooler


@pytest.fixture
def pooled(postgres_server: str) -> Iterator[str]:
    """Give an empty database by way of a pooler that pools by transaction."""
    with pooler(postgres.fresh_database(postgres_server)) as address:
        yield address


def at_once(work: Callable[[int], object], threads: int = 6) -> None:
    """Run it in as many threads; what one of them raises is raised here by pytest."""
    running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def test_all_that_is_kept_comes_back_through_a_pooler(tmp_path: Path, pooled: str) -> None:
    """The tables are made, and lists, subscriptions and claims written and read, as without one."""
    with closing(Database(tmp_path, lambda: NOW, pooled)) as database:
        digests = DigestStore(database)
        assert TopListStore(database).add(TOP_LIST, "1")
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert digests.subscribe(WANTED) == (replace(WANTED, id=1), True)
        assert [digests.claim(CLAIMED, owner, NOW) for owner in ("one", "two")] == [True, False]
        assert database.notices == ()


def test_statements_are_not_prepared(tmp_path: Path, pooled: str) -> None:
    """From the fifth time on psycopg would prepare them, on a connection that is another's the next moment."""
    said: list[int] = []
    with closing(Database(tmp_path, lambda: NOW, pooled)) as database, closing(Database(tmp_path, lambda: NOW, pooled)):

        def ask(_: int) -> None:
            said.extend(database.run(lambda connection: connection.scalar(text("SELECT 7"))) for _ in range(20))

        at_once(ask)
        prepared = database.run(
            lambda connection: connection.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
        )
    assert (said, prepared) == ([7] * 120, 0)


def test_the_limit_of_a_statement_is_ours_alone(tmp_path: Path, pooled: str) -> None:
    """It ends with the transaction: the next on that connection may be another program's."""

    def limit(connection: Connection) -> object:
        return connection.scalar(text("SHOW statement_timeout"))

    with closing(Database(tmp_path, lambda: NOW, pooled)) as database:
        assert database.run(limit) == "30s"
        with psycopg.connect(pooled, prepare_threshold=None) as other:
            assert other.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_many_who_start_at_once_behind_a_pooler_take_each_step_once(tmp_path: Path, postgres_server: str) -> None:
    """The lock is the transaction's: a session's would be left behind on a connection of somebody else."""
    direct = postgres.fresh_database(postgres_server)
    lay_down(BEFORE, tmp_path, direct)
    opened: list[Database] = []
    with pooler(direct) as pooled:
        at_once(lambda _: opened.append(Database(tmp_path, lambda: NOW, pooled)))
        for database in opened:
            database.close()
        with psycopg.connect(direct) as other:
            held = other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
    assert sorted(database.upgrade is not None for database in opened) == [False] * 5 + [True]
    assert held == (0,)


def test_an_address_as_hosts_of_poolers_print_it_is_taken(tmp_path: Path, pooled: str) -> None:
    """They add words for another library, which libpq does not know."""
    with closing(Database(tmp_path, lambda: NOW, f"{pooled}?pgbouncer=true&connection_limit=1")) as database:
        assert database.is_ready


def test_a_pooler_that_refuses_options_is_named(tmp_path: Path, pooled: str) -> None:
    """Somebody wrote them into the address; nothing of ours needs them."""
    finding = check_database(tmp_path, f"{pooled}?options=-c%20geqo%3Doff")

    assert finding.state is Health.MEND
    assert "A pooler such as PgBouncer stands before PostgreSQL's database" in finding.sentence
    assert "take options from DATABASE_URL" in finding.advice


def test_a_pooler_by_statement_is_named(tmp_path: Path, postgres_server: str) -> None:
    """It has no transactions, without which nothing is posted once."""
    direct = postgres.fresh_database(postgres_server)
    Database(tmp_path, lambda: NOW, direct).close()
    with pooler(direct, mode="statement") as pooled, closing(Database(tmp_path, lambda: NOW, pooled)) as database:
        with pytest.raises(DatabaseTrouble, match=r"PgBouncer.*Let it pool by transaction or by session"):
            DigestStore(database).active()
        assert SchemaHistory().newest in check_database(tmp_path, direct).sentence


def hang_up(connection: Connection, direct: str) -> None:
    """Cut a session off in the middle of its transaction, as a restart does."""
    session = connection.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(direct, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (session,))


@pytest.mark.parametrize("kind", ["direct", "pooled"])
def test_work_whose_session_is_cut_off_is_done_again(tmp_path: Path, postgres_server: str, kind: str) -> None:
    """Nothing of it was kept, so it is done anew and once."""
    direct = postgres.fresh_database(postgres_server)
    tries: list[int] = []

    def work(connection: Connection) -> object:
        connection.execute(text("CREATE TABLE IF NOT EXISTS t (n INTEGER)"))
        connection.execute(text("INSERT INTO t VALUES (1)"))
        tries.append(1)
        if len(tries) == 1:
            hang_up(connection, direct)
        return connection.scalar(text("SELECT count(*) FROM t"))

    with pooler(direct) as pooled:
        address = pooled if kind == "pooled" else direct
        with closing(Database(tmp_path, lambda: NOW, address)) as database:
            assert database.run(work) == 1
            assert len(tries) == 2


def test_a_server_restarted_in_mid_transaction_is_waited_for(tmp_path: Path) -> None:
    """A real restart, which takes a moment."""
    tries: list[int] = []
    with postgres.server() as address:

        def work(connection: Connection) -> object:
            connection.execute(text("CREATE TABLE t (n INTEGER)"))
            tries.append(1)
            if len(tries) == 1:
                postgres.restart(address)
            return connection.scalar(text("SELECT count(*) FROM t"))

        with closing(Database(tmp_path, lambda: NOW, address)) as database:
            assert database.run(work) == 0
            assert len(tries) == 2
            assert TopListStore(database).add(TOP_LIST, "1")
            assert database.notices == ()


def test_what_was_lost_while_it_was_committed_is_not_done_again(tmp_path: Path, postgres_server: str) -> None:
    """Nobody knows whether it was kept: that is said, and whoever wanted it looks first."""
    direct = postgres.fresh_database(postgres_server)
    tries: list[int] = []

    def work(connection: Connection) -> None:
        connection.execute(text("SELECT 1"))
        tries.append(1)
        hang_up(connection, direct)

    with (
        closing(Database(tmp_path, lambda: NOW, direct)) as database,
        pytest.raises(DatabaseTrouble, match="cannot be reached"),
    ):
        database.run(work)
    assert tries == [1]
