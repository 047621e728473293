"""What tables look like is asked table by table once for each schema, and seen anew wherever the schema is another."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, event, text

from analytics.storage.table_shapes import read_shapes


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Give a connection to an empty database in memory."""
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def make(connection: Connection, columns: str) -> None:
    """Make the table anew."""
    connection.execute(text("DROP TABLE IF EXISTS kept"))
    connection.execute(text(f"CREATE TABLE kept ({columns})"))


def test_a_schema_that_was_read_is_not_asked_about_again(connection: Connection) -> None:
    """One question tells whether it is the same, however many tables there are."""
    make(connection, "asked_twice TEXT NOT NULL PRIMARY KEY")
    first = read_shapes(connection, ["kept"])
    asked: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))

    assert read_shapes(connection, {"kept"}) == first
    assert len(asked) == 1


def test_a_column_or_a_key_that_came_since_is_seen(connection: Connection) -> None:
    """Somebody may change tables under our eyes."""
    make(connection, "one TEXT")
    assert read_shapes(connection, ["kept"])["kept"].columns == {"one"}

    make(connection, "one TEXT, two TEXT")
    assert read_shapes(connection, ["kept"])["kept"].columns == {"one", "two"}

    connection.execute(text("CREATE UNIQUE INDEX once ON kept (two)"))
    assert frozenset({"two"}) in read_shapes(connection, ["kept"])["kept"].keys


def test_other_tables_of_the_same_schema_are_looked_at_when_asked_for(connection: Connection) -> None:
    """What is remembered is for the tables that were asked for."""
    make(connection, "one TEXT")

    assert read_shapes(connection, ["other"]) == {}
    assert set(read_shapes(connection, ["kept"])) == {"kept"}
