"""What the tables in the code and the tables the migrations make do not agree on, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, create_engine, inspect, text
from sqlalchemy.pool import StaticPool

from analytics.domain.wording import listing

HOW = (
    'make one with: python -m analytics.storage.migrations "..." (analytics/storage/migrations/__init__.py says how to '
    "go on)"
)
SCRATCH = "drift_scratch"


def drift(connection: Connection, tables: MetaData) -> list[str]:
    """Give a sentence for each difference."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    found = [one for some in compare_metadata(context, tables) for one in (some if isinstance(some, list) else [some])]
    return [words for one in found for words in _say(*one)] + list(_compare_rules(connection, tables))


def _say(kind: str, *what: Any) -> Iterator[str]:
    match kind, what:
        case "add_column", (_, table, column):
            yield f"column {table}.{column.name} has no migration: {HOW}"
        case "add_table", (table,):
            yield f"table {table.name} has no migration: {HOW}"
        case "remove_column", (_, table, column):
            yield f"column {table}.{column.name} is made by the migrations and is not in the code: {HOW}"
        case "remove_table", (table,):
            yield f"table {table.name} is made by the migrations and is not in the code: {HOW}"
        case (("add_index" | "remove_index"), (index,)):
            names = listing(column.name for column in index.columns)
            yield f"index {index.name} of {index.table.name} ({names}) {_side(made=kind == 'remove_index')}: {HOW}"
        case (("add_constraint" | "remove_constraint" | "add_fk" | "remove_fk"), _):
            return  # told by `_compare_rules`, on both engines and whatever they are called
        case str() as what_of, (_, table, column, *_) if what_of.startswith("modify_"):
            yield f"{what_of.removeprefix('modify_')} of {table}.{column} has no migration: {HOW}"
        case _:
            yield f"{kind.replace('_', ' ')} has no migration: {HOW}"


def _side(*, made: bool) -> str:
    return "is made by the migrations and is not in the code" if made else "has no migration"


# ------------------------------------------------------------------------------- what may be in a table, as its engine
#                                                                                 tells it of both


def _compare_rules(connection: Connection, tables: MetaData) -> Iterator[str]:
    """Make the tables of the code beside those of the migrations, and let the database tell of both."""
    shared = sorted({*tables.tables} & {*inspect(connection).get_table_names()})
    there = {(name, rule) for name in shared for rule in _rules(connection, name, None)}
    with _made(connection, tables) as (made, schema):
        wanted = {(name, rule) for name in shared for rule in _rules(made, name, schema)}
    for name, rule in sorted(wanted ^ there):
        yield f"{rule} of {name} {_side(made=(name, rule) in there)}: {HOW}"


@contextmanager
def _made(connection: Connection, tables: MetaData) -> Iterator[tuple[Connection, str | None]]:
    """Make tables on the same engine, where nobody sees them, and take them away again."""
    if connection.dialect.name == "sqlite":
        engine = create_engine("sqlite://", poolclass=StaticPool)
        with engine.connect() as memory:
            tables.create_all(memory)
            yield memory, None
        engine.dispose()
        return
    with connection.begin_nested() as taken_back:
        connection.execute(text(f"CREATE SCHEMA {SCRATCH}"))
        beside = MetaData()
        for table in tables.sorted_tables:
            table.to_metadata(beside, schema=SCRATCH)
        beside.create_all(connection)
        yield connection, SCRATCH
        taken_back.rollback()


def _rules(connection: Connection, table: str, schema: str | None) -> Iterator[str]:
    seen = inspect(connection)
    for one in seen.get_unique_constraints(table, schema=schema):
        yield f"unique {listing(one['column_names'])}"
    for one in seen.get_foreign_keys(table, schema=schema):
        to = f"{one['referred_table']}.{listing(one['referred_columns'])}"
        options = "".join(f" {word} {what}" for word, what in sorted(one.get("options", {}).items()))
        yield f"foreign key {listing(one['constrained_columns'])} to {to}{options}"
    for one in seen.get_check_constraints(table, schema=schema):
        yield f"check {one['sqltext']}"
    yield f"primary key {listing(seen.get_pk_constraint(table, schema=schema)['constrained_columns'])}"
    yield from _counting(connection, table, schema)


def _counting(connection: Connection, table: str, schema: str | None) -> Iterator[str]:
    """Say how numbers are given to rows: with AUTOINCREMENT none is given twice, PostgreSQL has identities."""
    if connection.dialect.name == "sqlite":
        made = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table}
        ).scalar_one()
        if "AUTOINCREMENT" in str(made).upper():
            yield "autoincrement"
        return
    for column in inspect(connection).get_columns(table, schema=schema):
        if column.get("identity"):
            yield f"identity {column['name']}"
        elif str(column["default"]).startswith("nextval"):
            yield f"autoincrement {column['name']}"
