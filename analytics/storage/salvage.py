"""
What can still be read of a damaged file, row by row, goes into a new one; the damaged one is kept beside it.

It is read from a copy, whose head is written anew if need be: each table from its first row on and from its last row
back, and what lies between by its number. The new file takes the place of the damaged one in one step, so that whoever
dies on the way leaves the damaged file where it was.
"""

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from analytics.domain.wording import stamp
from analytics.storage.damage_log import Damage
from analytics.storage.ownership import OURS, TABLE
from analytics.storage.private_files import BESIDE, begin_private, make_private
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.sqlite_file import lay_pages

FURTHEST = 20_000
"""How many numbers behind the last row that could be read are looked at, if the end of a table cannot be."""

PAGE, HEAD = 4096, 100
WRITTEN_AS: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "BOOLEAN": (int,),
    "VARCHAR": (str,),
    "DATETIME": (str,),
    "BLOB": (bytes,),
}
"""What values of a column's type look like in the file; SQLite itself would take any."""

Row = tuple[Any, ...]


def salvage(path: Path, history: SchemaHistory, now: dt.datetime) -> Damage:
    """
    Put a sound file, with what could be saved, in the place of a damaged one.

    Raises:  OSError or sqlite3.Error, when there is no room or right for that; then all is as it was.
    """
    aside = path.with_name(f"{path.name}.damaged-{stamp(now, exact=True)}")
    source, part = path.with_name(f"{path.name}.reading-part"), path.with_name(f"{path.name}.salvaged-part")
    try:
        _copy(path, source)
        with begin_private(part):
            saved, whole = _fill(part, source, history)
            _keep_aside(path, aside)
            part.replace(path)
    finally:
        for suffix in ("", *BESIDE):
            Path(f"{source}{suffix}").unlink(missing_ok=True)
    return Damage(now, aside.name, saved, whole)


def _copy(path: Path, to: Path) -> None:
    for suffix in ("", "-wal"):
        with suppress(FileNotFoundError), begin_private(Path(f"{to}{suffix}")) as copy:
            shutil.copyfile(f"{path}{suffix}", copy)


def _keep_aside(path: Path, aside: Path) -> None:
    """Give the damaged file, and what lies beside it, another name too; then what lay beside it goes from its place."""
    for suffix in ("", *BESIDE):
        old, new = Path(f"{path}{suffix}"), Path(f"{aside}{suffix}")
        with suppress(FileNotFoundError):
            try:
                os.link(old, new)
            except OSError:  # not every file system gives a file two names
                shutil.copyfile(old, new)
            make_private(new)
    for suffix in BESIDE:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _fill(part: Path, source: Path, history: SchemaHistory) -> tuple[dict[str, int], frozenset[str]]:
    """Make the tables of the damaged file's revision in a new one, and put into them what can be read."""
    _mend_head(source, history)
    with closing(sqlite3.connect(source)) as damaged, closing(sqlite3.connect(part)) as new:
        lay_pages(new, history.begin_file(_revision(damaged, history)))
        tables = [name for name in _names(new) if name != TABLE]
        saved = {name: _take(damaged, new, name) for name in tables}
        strangers = _drop_orphans(new)
        new.commit()
        counts = {name: _count(new, name) for name in tables}
        whole = frozenset(name for name in tables if saved[name] and name not in strangers)
        return counts, whole


def _mend_head(source: Path, history: SchemaHistory) -> None:
    """Write anew what SQLite cannot begin without: the first hundred bytes, then the page of the schema too."""
    page = _first_page(source, history)
    for length in (HEAD, PAGE):
        if _begins(source):
            return
        with source.open("r+b") as file:
            file.write(page[:length])


def _begins(source: Path) -> bool:
    """Tell whether SQLite finds in a file the tables that it holds."""
    with closing(sqlite3.connect(source)) as damaged:
        try:
            return bool(OURS & {*_names(damaged)})
        except sqlite3.Error:
            return False


def _first_page(source: Path, history: SchemaHistory) -> bytes:
    """Make the first page as it is in every file that was begun with the newest tables, but for the file's size."""
    page = bytearray(history.begin_file()[:PAGE])
    in_log = 2 if Path(f"{source}-wal").exists() else 1
    page[18:20] = bytes((in_log, in_log))
    page[28:32] = (source.stat().st_size // PAGE).to_bytes(4, "big")
    page[32:40] = bytes(8)  # no pages are free
    page[92:96] = page[24:28]  # the size above is of the last change
    return bytes(page)


def _revision(damaged: sqlite3.Connection, history: SchemaHistory) -> str:
    """Read of which revision the tables are; where it cannot be read, they are taken to be the newest."""
    with suppress(sqlite3.Error):
        for (revision,) in damaged.execute(f"SELECT version_num FROM {TABLE}"):  # noqa: S608 - ours
            return revision if revision in history.revisions else history.newest
    with suppress(sqlite3.Error):
        return history.newest if TABLE in _names(damaged) else history.revisions[0]
    return history.newest


def _names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Give the names and types of a table's columns; none where it is not there or cannot be read."""
    try:
        told = connection.execute(f"PRAGMA table_info({table})").fetchall()
    except sqlite3.Error:
        return {}
    return {name: kind.partition("(")[0].upper() for _, name, kind, *_ in told}


def _take(damaged: sqlite3.Connection, new: sqlite3.Connection, table: str) -> bool:
    """Copy what can be read of a table; tell whether that is all of it."""
    kinds = _columns(new, table)
    columns = [name for name in kinds if name in _columns(damaged, table)]
    if "id" not in columns:
        return False
    quoted = ", ".join(f'"{name}"' for name in columns)
    wanted = [kinds[name] for name in columns]
    insert = f"INSERT INTO {table} ({quoted}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own names
    reading = Rows(damaged, f"SELECT {quoted} FROM {table} NOT INDEXED", columns.index("id"))  # noqa: S608 - the same
    for row in reading:
        try:
            if not all(_fits(value, kind) for value, kind in zip(row, wanted, strict=True)):
                raise ValueError(row)  # noqa: TRY301 - as what the table refuses
            new.execute(insert, row)
        except (sqlite3.IntegrityError, ValueError):
            reading.is_whole = False
    return reading.is_whole


def _fits(value: object, kind: str) -> bool:
    return value is None or isinstance(value, WRITTEN_AS.get(kind, (object,)))


class Rows:
    """The rows of one damaged table that can be read; `is_whole` once all were read without damage."""

    def __init__(self, damaged: sqlite3.Connection, query: str, number: int) -> None:
        self.is_whole = True
        self._damaged = damaged
        self._query = query
        self._number = number

    def __iter__(self) -> Iterator[Row]:
        """Give each row once."""
        first = 0
        for row in self._read(f"{self._query} ORDER BY id"):
            first = row[self._number]
            yield row
        if self.is_whole:
            return
        last = list(self._read(f"{self._query} WHERE id > {first} ORDER BY id DESC"))
        yield from self._between(first, last[-1][self._number] if last else first + FURTHEST)
        yield from reversed(last)

    def _between(self, first: int, last: int) -> Iterator[Row]:
        for number in range(first + 1, min(last, first + 1 + FURTHEST)):
            yield from self._read(f"{self._query} WHERE id = {number}")

    def _read(self, query: str) -> Iterator[Row]:
        try:
            yield from self._damaged.execute(query)
        except (sqlite3.Error, OverflowError):
            self.is_whole = False


def _drop_orphans(new: sqlite3.Connection) -> frozenset[str]:
    """Take away rows whose parents are lost: a new parent would get its number, and inherit them. Gives the tables."""
    orphans: Sequence[Row] = new.execute("PRAGMA foreign_key_check").fetchall()
    for table, row, *_ in orphans:
        new.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608 - our own names
    return frozenset(table for table, *_ in orphans)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
