"""How a table is laid out in a terminal: which columns fit, and how a value is written."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table as RichTable
from rich.text import Text

from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value

if TYPE_CHECKING:
    from rich.console import JustifyMethod

HINT_WIDTH, HINT_WORDS = 80, 29
"""How wide the list of what can be typed is, and the words in it: longer ones have a line of their own."""

NARROW, MIDDLE = 100, 150
"""Below these widths of a terminal only some columns of ranked models are shown; the rest is in --csv."""

TELLING = {ColumnRole.RANK, ColumnRole.NAME, ColumnRole.CHANGE, ColumnRole.MEASURE}
"""What is shown of ranked models in any window."""

WITH_ROOM = {"frameworks", "likes"}
"""What is shown in a middling one instead of the split, where the table has it."""


def lay_out(table: Table, width: int) -> RichTable:
    """Lay out the table for a window; a narrow one gets fewer columns rather than torn words."""
    shown = _choose_columns(table, width)
    rich = RichTable(box=None, pad_edge=False)
    for column in (table.columns[index] for index in shown):
        side: JustifyMethod = "right" if column.is_number else "left"
        folds = column.kind is ColumnKind.ID or column.role is ColumnRole.SUBJECT
        rich.add_column(column.name, justify=side, no_wrap=not folds, overflow="fold")
    for row in table.rows:
        # A row whose values all stand in columns that have no room would be a name and dashes.
        if any(row[index] is not None for index in shown[1:]) or all(cell is None for cell in row[1:]):
            rich.add_row(*(Text(_cell(row[index])) for index in shown))
    return rich


def _choose_columns(table: Table, width: int) -> list[int]:
    """Choose the columns: of ranked models the telling ones, of other tables as many from the left as have room."""
    if table.place(ColumnRole.RANK) is not None:
        return [at for at, column in enumerate(table.columns) if _has_room(column, table, width)]
    if table.place(ColumnRole.SUBJECT) is not None:
        return list(range(len(table.columns)))  # what is compared stands side by side, however narrow
    shown = table.shown
    widths = [max(len(_cell(row[at])) for row in [table.names, *table.rows]) + 2 for at in shown]
    return [at for n, at in enumerate(shown) if n < 2 or sum(widths[: n + 1]) <= width]  # noqa: PLR2004 - name and value


def _has_room(column: Column, table: Table, width: int) -> bool:
    if width >= MIDDLE or column.role in TELLING:
        return True
    if width < NARROW or not WITH_ROOM & set(table.names):
        return column.role is ColumnRole.SPLIT
    return column.name in WITH_ROOM


def _cell(value: Value) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int | float) else value


def lay_out_hints(hints: Sequence[tuple[str, str]]) -> list[str]:
    """Set words and their meaning side by side, or below one another where the words are long, within 80 columns."""
    lines: list[str] = []
    for words, meaning in hints:
        is_long, margin = len(words) > HINT_WORDS, HINT_WORDS + 4
        lines += [f"  {words}"] if is_long else []
        head = f"{'' if is_long else f'  {words}':<{margin}}"
        lines += textwrap.wrap(meaning, HINT_WIDTH, initial_indent=head, subsequent_indent=" " * margin)
    return lines
