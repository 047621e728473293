"""What the tables in the code and the tables the migrations make do not agree on, in words."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

HOW = (
    'make one with: python -m analytics.storage.migrations "..." (analytics/storage/migrations/__init__.py says how to '
    "go on)"
)


def drift(connection: Connection, tables: MetaData) -> list[str]:
    """Give a sentence for each difference."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    found = [one for some in compare_metadata(context, tables) for one in (some if isinstance(some, list) else [some])]
    return [_said(*one) for one in found]


def _said(kind: str, *what: Any) -> str:
    match kind, what:
        case "add_column", (_, table, column):
            return f"column {table}.{column.name} has no migration: {HOW}"
        case "add_table", (table,):
            return f"table {table.name} has no migration: {HOW}"
        case "remove_column", (_, table, column):
            return f"column {table}.{column.name} is made by the migrations and is not in the code: {HOW}"
        case "remove_table", (table,):
            return f"table {table.name} is made by the migrations and is not in the code: {HOW}"
        case str() as what_of, (_, table, column, *_) if what_of.startswith("modify_"):
            return f"{what_of.removeprefix('modify_')} of {table}.{column} has no migration: {HOW}"
    return f"{kind} {' '.join(map(str, what))} has no migration: {HOW}"
