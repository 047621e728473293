"""A database of PostgreSQL that cannot hold every letter is refused in one sentence; no error tells what was typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from analytics.errors import DatabaseUnusable
from analytics.storage.database import Database
from analytics.storage.database_look import look_at
from tests.analytics.storage.dump_schema import NOW
from tests.loopback import postgres


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_another_encoding_is_refused_at_the_start_and_by_the_doctor(
    postgres_server: str, tmp_path: Path, encoding: str
) -> None:
    """What it is, why that will not do, and how to make another."""
    url = postgres.fresh_database(postgres_server, encoding)
    with pytest.raises(DatabaseUnusable) as refusal:
        Database(tmp_path, lambda: NOW, url)

    assert f"is encoded in {encoding}" in refusal.value.what
    assert "createdb -T template0 -E UTF8" in refusal.value.advice
    assert str(look_at(tmp_path, url).trouble) == str(refusal.value)


def test_what_was_typed_is_in_no_error_of_a_database(open_database: Callable[[], Database]) -> None:
    """Whatever statement fails, on SQLite and on PostgreSQL: what it was given stays hidden."""
    failing = text("INSERT INTO nowhere VALUES (:name)")
    with pytest.raises(DBAPIError) as failure:
        open_database().run(lambda connection: connection.execute(failing, {"name": "topsecret/model"}))

    assert "topsecret" not in f"{failure.value} {failure.value!r}"
