"""
The table of an answer: rows under columns that say what they hold.

Who shows a table chooses by role and kind of a column, never by its place or its words.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analytics.domain.wording import sentence

Value = str | int | float | None
NOTHING: Mapping[str, Value] = {}


def write_value(value: Value) -> str:
    """Write a value for people: thousands apart, and a dash for what could not be had."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int | float) else value


class ColumnKind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    COUNT = "count"
    SCORE = "score"
    PERCENT = "percent"
    DAY = "day"
    ID = "id"
    EVIDENCE = "evidence"


NUMBERS = (ColumnKind.COUNT, ColumnKind.SCORE, ColumnKind.PERCENT)


class ColumnRole(StrEnum):
    """
    What a column does in its table: places or names a row, says what was asked, is one that is compared, or adds.

    One for programs stands in JSON and CSV alone: people would have to look past it.
    """

    RANK = "rank"
    NAME = "name"
    SPLIT = "split"
    CHANGE = "change"
    MEASURE = "measure"
    SUBJECT = "subject"
    DETAIL = "detail"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the `name` that programs use, and the `label` people read where it is not simply the name."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    role: ColumnRole = ColumnRole.DETAIL
    label: str = ""

    @property
    def heading(self) -> str:
        """What stands above the column."""
        return self.label or sentence(self.name)

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, which stand at the right."""
        return self.kind in NUMBERS


RANK = Column("rank", ColumnKind.COUNT, ColumnRole.RANK)
MODEL = Column("model", ColumnKind.ID, ColumnRole.NAME)
SPLIT = Column("split", role=ColumnRole.SPLIT)
EVIDENCE = Column("evidence", ColumnKind.EVIDENCE)
"""Columns that several tables share."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; None is a value that could not be had, shown as a dash and never as a zero."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: str

    @property
    def names(self) -> tuple[str, ...]:
        """The columns as programs name them."""
        return tuple(column.name for column in self.columns)

    @property
    def shown(self) -> list[int]:
        """The places of the columns that people are shown, in order."""
        return [place for place, column in enumerate(self.columns) if column.role is not ColumnRole.PROGRAM]

    def place(self, *roles: ColumnRole) -> int | None:
        """Tell where the first column is that has one of these roles, the first role first."""
        places = {column.role: place for place, column in reversed(list(enumerate(self.columns)))}
        return next((places[role] for role in roles if role in places), None)

    def list_models(self) -> list[str]:
        """Give the models whose rows these are, in order; none where the rows are of something else."""
        at = next((place for place, column in enumerate(self.columns) if column.kind is ColumnKind.ID), None)
        return [] if at is None else [str(row[at]) for row in self.rows]

    @property
    def is_of_models(self) -> bool:
        """Whether each row is a model, and not itself a count."""
        return any(column.kind is ColumnKind.ID for column in self.columns)

    def as_csv(self, beside: Mapping[str, Value] = NOTHING) -> str:
        """Write it as CSV for spreadsheets, in which no cell is a formula; what is `beside` it ends each row."""
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow([_as_cell(name) for name in (*self.names, *beside)])
        writer.writerows([_as_cell(value) for value in (*row, *beside.values())] for row in self.rows)
        return written.getvalue()

    def as_json(self) -> dict[str, list[Any]]:
        """Give names and rows as lists: the contract of `--json`."""
        return {"columns": list(self.names), "rows": [list(row) for row in self.rows]}


FORMULA = "=+@＝＋－＠﹦﹢﹣﹫-"
"""What spreadsheets take for the beginning of a formula (owasp.org/www-community/attacks/CSV_Injection)."""
UNSEEN = "\\s\\x00-\\x1f\u00ad\u200b-\u200f\u2060\ufeff"
"""What may stand before that, and is left out or not seen."""
RUNS_AT_FIRST = re.compile(rf"(?=[\t\r\n]|[{UNSEEN}]*[{FORMULA}])")
RUNS_WITHIN = re.compile(rf"(?<=[;|\t\r\n])(?=[ \u00a0]*[{FORMULA}])")
"""Where a list's separator is another one than the comma (a German Excel has `;`), a cell begins behind it."""
A_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)


def _as_cell(value: Value) -> Value:
    """Mark text that a spreadsheet would run as text; numbers, negative ones too, stay what they are."""
    if not isinstance(value, str) or A_NUMBER.fullmatch(value):
        return value
    marked = RUNS_WITHIN.sub("'", value)
    return f"'{marked}" if RUNS_AT_FIRST.match(value) else marked
