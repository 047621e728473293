"""Whose a database is: ours, a newer version's of ours, or another program's."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, MetaData, inspect, text

from analytics.domain.wording import listing
from analytics.errors import AlteredDatabase, ForeignDatabase, NewerDatabase
from analytics.storage.table_shapes import TableShape, find_lacking, read_shapes, shapes_of

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

    Raises:  ForeignDatabase, if one is a stranger's; AlteredDatabase, if it is ours and somebody changed it.
    """
    there = read_shapes(connection, first.tables)
    ours = {name: shape for name, shape in shapes_of(first).items() if name in there}
    for name, shape in sorted(ours.items()):
        missing = sorted(shape.columns - there[name].columns)
        if len(missing) > len(shape.columns) / 2:
            raise ForeignDatabase(where, f"it has a table {name} that is not ours (it has no {listing(missing)})")
    if altered := [words for name in sorted(ours) for words in _alterations(connection, first, name, ours, there)]:
        raise AlteredDatabase(where, "the time before revisions were kept", altered)


def _alterations(
    connection: Connection,
    first: MetaData,
    name: str,
    ours: Mapping[str, TableShape],
    there: Mapping[str, TableShape],
) -> Iterator[str]:
    """Say what is otherwise in a table of ours; whatever else is in the database does not matter, nor do indexes."""
    yield from find_lacking({name: ours[name]}, there)
    if more := sorted(there[name].columns - there[name].needed - ours[name].columns):
        yield f"{name} has a column {listing(more)} that this program did not make"
    if others := sorted({*_find_others(connection, first, name)}):
        yield f"{name} keeps {listing(others)} differently from how this program made it"


def _find_others(connection: Connection, first: MetaData, name: str) -> Iterator[str]:
    """Name the columns that are of another kind, and may be empty where ours may not, or the other way round."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    def is_asked_about(_: object, what: str | None, kind: str, *__: object) -> bool:
        return kind != "table" or what == name

    options = {"compare_type": True, "include_object": is_asked_about}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), first)
    for one in (each for some in found for each in (some if isinstance(some, list) else [some])):
        kind, *what = one
        if kind.startswith("modify_"):
            yield str(what[2])
