"""Whose a database is: ours, a newer version's of ours, or another program's."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, MetaData, inspect, text

from analytics.errors import ForeignDatabase, NewerDatabase

TABLE = "alembic_version"
"""Every program that uses Alembic has one of this name."""

OURS = frozenset({"readings", "top_lists"})
"""What every revision of this program has."""

NUMBER = re.compile(r"[0-9]{4}")
"""How our revisions are called."""


def read_owned_revision(connection: Connection, where: str, known: Sequence[str]) -> str | None:
    """
    Read the revision of a database of ours; None where none is kept.

    Raises:  NewerDatabase; ForeignDatabase.
    """
    found = _read_revisions(connection, where)
    if not found:
        return None
    revision, tables = found[0], frozenset(inspect(connection).get_table_names())
    if len(found) > 1 or not NUMBER.fullmatch(revision):
        raise ForeignDatabase(where, f"its table {TABLE} says {' and '.join(found)}, which is no revision of ours")
    if missing := OURS - tables:
        raise ForeignDatabase(where, f"its table {TABLE} says {revision}, but there is no table {min(missing)}")
    if revision not in known:
        raise NewerDatabase(where, revision, known[-1])
    return revision


def _read_revisions(connection: Connection, where: str) -> tuple[str, ...]:
    if not inspect(connection).has_table(TABLE):
        return ()
    columns = [column["name"] for column in inspect(connection).get_columns(TABLE)]
    if columns != ["version_num"]:
        raise ForeignDatabase(where, f"its table {TABLE} is not Alembic's")
    query = f"SELECT version_num FROM {TABLE} ORDER BY version_num"  # noqa: S608 - ours
    return tuple(map(str, connection.execute(text(query)).scalars()))


def refuse_strangers_mark(connection: Connection, where: str, marked: int) -> None:
    """Refuse a file with a number in its head that is not ours, by its tables. Raises ForeignDatabase."""
    tables = frozenset(inspect(connection).get_table_names())
    if tables and not tables & OURS:
        raise ForeignDatabase(where, f"it is marked {marked} and holds the table {min(tables)}, and none of ours")


def refuse_other_shapes(connection: Connection, where: str, first: MetaData) -> None:
    """
    Refuse tables that have our names and are not what was made before revisions were kept.

    Raises:  ForeignDatabase.
    """
    for name in sorted(first.tables.keys() & {*inspect(connection).get_table_names()}):
        if difference := next(iter(_differences(connection, first, name)), ""):
            raise ForeignDatabase(where, f"it has a table {name} that is not ours ({difference})")


def _differences(connection: Connection, first: MetaData, name: str) -> Iterable[str]:
    """Compare a table with ours of that name; whatever else is there does not matter, nor do indexes."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    def is_asked_about(_: object, what: str | None, kind: str, *__: object) -> bool:
        return kind not in ("table", "index") or what == name

    options = {"compare_type": True, "include_object": is_asked_about}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), first)
    for one in (each for some in found for each in (some if isinstance(some, list) else [some])):
        kind, *what = one
        if kind not in ("add_table", "remove_table", "add_index", "remove_index"):
            names = (getattr(word, "name", word) for word in (*what[2:3], *what[-1:]))
            yield f"{kind.replace('_', ' ')} {next((name for name in names if isinstance(name, str)), '')}".strip()
