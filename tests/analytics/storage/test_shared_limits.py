"""What one process may take of a PostgreSQL that many share: so long for a statement, so many connections."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import Connection, text

from analytics.storage.database import Database
from analytics.storage.postgresql import MORE, POOL, STATEMENT_SECONDS
from tests.loopback import postgres
from tests.loopback.pgbouncer import pooler

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
ASKERS = POOL + MORE + 5


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
    together = Barrier(POOL + MORE, timeout=60)
    seen: list[int] = []
    count = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> 0")

    def work(connection: Connection) -> None:
        if len(seen) < POOL + MORE:
            seen.append(0)
            together.wait()
        seen.append(int(connection.execute(count).scalar_one()))

    with closing(Database(tmp_path, lambda: NOW, url)) as database, ThreadPoolExecutor(ASKERS) as people:
        list(people.map(lambda _: database.run(work), range(ASKERS)))

    assert max(seen) == POOL + MORE
