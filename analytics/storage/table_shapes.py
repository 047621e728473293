"""What a program relies on in its tables: which there are, their columns, and what may not be in them twice."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, Table, UniqueConstraint, inspect, text

from analytics.domain.wording import listing

Key = frozenset[str]


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table: `keys` are columns that together are in it once, `needed` those that every new row has to fill."""

    columns: frozenset[str]
    keys: frozenset[Key]
    needed: frozenset[str] = frozenset()


Written = tuple[tuple[str, ...], ...]
"""The statements that made a file's tables and indexes, as SQLite keeps them."""

MOST_REMEMBERED = 32
"""Schemas: a process meets one or two."""

_read: dict[tuple[Written, frozenset[str]], Mapping[str, TableShape]] = {}
"""What was read, by the statements that made it: reading them takes a millisecond, the tables one by one ten."""


def read_shapes(connection: Connection, names: Collection[str]) -> Mapping[str, TableShape]:
    """Read tables of these names, as far as they are there; others are not looked at. SQLite's are remembered."""
    if connection.dialect.name != "sqlite":
        return _reflect(connection, names)
    made = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    known = tuple(tuple(map(str, row)) for row in made), frozenset(names)
    if (shapes := _read.get(known)) is None:
        shapes = _reflect(connection, names)
        if len(_read) >= MOST_REMEMBERED:
            _read.clear()
        _read[known] = shapes
    return shapes


def _reflect(connection: Connection, names: Collection[str]) -> dict[str, TableShape]:
    """Ask for them in a few questions."""
    seen, wanted = inspect(connection), sorted(names)
    columns, primary = seen.get_multi_columns(filter_names=wanted), seen.get_multi_pk_constraint(filter_names=wanted)
    unique = seen.get_multi_unique_constraints(filter_names=wanted)
    indexes = seen.get_multi_indexes(filter_names=wanted)
    shapes = {}
    for place, told in columns.items():
        keys = {frozenset(primary[place]["constrained_columns"])}
        keys |= {frozenset(one["column_names"]) for one in unique.get(place, ())}
        keys |= {frozenset(map(str, one["column_names"])) for one in indexes.get(place, ()) if one["unique"]}
        needed = {one["name"] for one in told if not one["nullable"] and one["default"] is None}
        shapes[place[1]] = TableShape(frozenset(one["name"] for one in told), frozenset(keys), frozenset(needed))
    return shapes


def shapes_of(tables: MetaData) -> dict[str, TableShape]:
    """Tell what tables in code have."""
    return {
        table.name: TableShape(frozenset(table.columns.keys()), frozenset(_keys_of(table)))
        for table in tables.tables.values()
    }


def _keys_of(table: Table) -> Iterator[Key]:
    yield frozenset(column.name for column in table.primary_key.columns)
    for one in table.constraints:
        if isinstance(one, UniqueConstraint):
            yield frozenset(column.name for column in one.columns)


def find_lacking(wanted: Mapping[str, TableShape], found: Mapping[str, TableShape]) -> list[str]:
    """Say what is missing for a program that works with tables, and what is more and would be in its way."""
    return [words for name, shape in sorted(wanted.items()) for words in _of_table(name, shape, found.get(name))]


def _of_table(name: str, wanted: TableShape, found: TableShape | None) -> Iterator[str]:
    if found is None:
        yield f"the table {name} is missing"
        return
    if missing := wanted.columns - found.columns:
        yield f"{name} has no column {listing(sorted(missing))}"
    for key in sorted(map(sorted, wanted.keys - found.keys)):
        if missing.isdisjoint(key):
            yield f"{name} no longer keeps {listing(key)} unique"
    if more := found.needed - wanted.columns:
        yield f"{name} has a column {listing(sorted(more))} that has to be filled and that this program did not make"
