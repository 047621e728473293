"""A change of a table that has no migration is named, whatever it is, on both engines."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

import bot.alerting.alert_tables
import bot.answer_ledger
import bot.digest.tables
import bot.shared_marks  # noqa: F401 - a table of its own
from analytics.storage.database import Database, metadata
from tests.analytics.storage.dump_schema import NOW
from tests.analytics.storage.schema_drift import HOW, drift


def drift_of(change: Callable[[MetaData], object], folder: Path, url: str | None) -> list[str]:
    """Change a copy of the tables in the code, and give what the test for drift would say of it."""
    changed = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(changed)
    change(changed)
    with closing(Database(folder, lambda: NOW, url)) as database:
        found = database.run(lambda connection: drift(connection, changed))
        assert database.run(lambda connection: drift(connection, metadata)) == []
    assert all(words.endswith(f": {HOW}") for words in found)
    return [words.removesuffix(f": {HOW}") for words in found]


def without(kind: type, table: str) -> Callable[[MetaData], None]:
    """Take the constraints of a kind from a table."""

    def change(tables: MetaData) -> None:
        for one in [one for one in tables.tables[table].constraints if isinstance(one, kind)]:
            tables.tables[table].constraints.remove(one)

    return change


@pytest.mark.parametrize(
    ("constraint", "table", "said"),
    [
        (lambda: CheckConstraint("attempts > 0"), "slots", "check attempts > 0 of slots has no migration"),
        (
            lambda: CheckConstraint("attempts > 0", name="some"),
            "slots",
            "check attempts > 0 of slots has no migration",
        ),
        (lambda: UniqueConstraint("owner", "due_at"), "slots", "unique owner and due_at of slots has no migration"),
        (
            lambda: ForeignKeyConstraint(["asked"], ["subscriptions.id"]),
            "top_lists",
            "foreign key asked to subscriptions.id of top_lists has no migration",
        ),
    ],
)
def test_a_constraint_without_a_migration_is_named(
    constraint: Callable[[], CheckConstraint], table: str, said: str, tmp_path: Path, url: str | None
) -> None:
    """In words, no object's."""
    assert drift_of(lambda tables: tables.tables[table].append_constraint(constraint()), tmp_path, url) == [said]


def test_a_constraint_that_is_in_the_code_no_more_is_named(tmp_path: Path, url: str | None) -> None:
    """Or a slot could be claimed twice in a new database and not in an old one."""
    said = "unique subscription, day and at of slots is made by the migrations and is not in the code"
    assert drift_of(without(UniqueConstraint, "slots"), tmp_path, url) == [said]


def test_a_foreign_key_with_another_rule_is_named(tmp_path: Path, url: str | None) -> None:
    """Rows that vanish with others are another table."""

    def change(tables: MetaData) -> None:
        for one in tables.tables["slots"].foreign_key_constraints:
            one.ondelete = "CASCADE"

    assert drift_of(change, tmp_path, url) == [
        "foreign key subscription to subscriptions.id of slots is made by the migrations and is not in the code",
        "foreign key subscription to subscriptions.id ondelete CASCADE of slots has no migration",
    ]


def test_a_new_way_to_number_rows_is_named(tmp_path: Path) -> None:
    """With AUTOINCREMENT SQLite gives no number twice."""

    def change(tables: MetaData) -> None:
        tables.tables["slots"].dialect_options["sqlite"]["autoincrement"] = True

    assert drift_of(change, tmp_path, None) == ["autoincrement of slots has no migration"]


def test_an_index_is_named_with_its_columns(tmp_path: Path, url: str | None) -> None:
    """Both ways."""
    said = drift_of(lambda tables: Index("ix_new", tables.tables["slots"].c.owner), tmp_path, url)
    assert said == ["index ix_new of slots (owner) has no migration"]


def test_a_table_that_is_there_on_one_side_alone_is_told_once(tmp_path: Path, url: str | None) -> None:
    """Not with each of its rules."""
    said = drift_of(
        lambda tables: Table("more", tables, Column("id", Integer, primary_key=True), Column("x", String, unique=True)),
        tmp_path,
        url,
    )
    assert said == ["table more has no migration"]
