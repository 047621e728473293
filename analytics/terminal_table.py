"""How a table is laid out in a terminal: which columns fit, and how a value is written."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from analytics.domain.table import Column, ColumnRole, Table, write_value

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


ALWAYS = {"rank of all", "before"}
"""What a question of ranked models asks for besides, in any window."""

LONGEST_WORD, MOST_ON_ITS_SIDE, GAP = 12, 4, 2
"""Letters of a word that is not torn, rows of a table that is laid on its side, spaces between columns."""


def lay_out(table: Table, width: int) -> RenderableType:
    """
    Lay out the table for a window: of ranked models the telling columns, of other tables all.

    What has no room stands on its side if it has few rows, else in parts below one another, each with the first column.
    """
    if table.place(ColumnRole.RANK) is not None:
        return _lay([at for at, column in enumerate(table.columns) if _has_room(column, table, width)], table)
    parts = _part(table, width)
    if len(parts) > 1 and len(table.rows) <= MOST_ON_ITS_SIDE:
        return _turn(table)
    return Group(*(_lay(part, table) for part in parts))


def _lay(shown: Sequence[int], table: Table) -> RichTable:
    """Lay some columns side by side."""
    rich = RichTable(box=None, pad_edge=False)
    for at in shown:
        side: JustifyMethod = "right" if table.columns[at].is_number else "left"
        rich.add_column(_heading(table, at), justify=side, no_wrap=table.columns[at].is_number, overflow="fold")
    for row in table.rows:
        # A row whose values all stand in other columns would be a name and dashes.
        if any(row[at] is not None for at in shown[1:]) or all(cell is None for cell in row[1:]):
            rich.add_row(*(Text(write_value(row[at])) for at in shown))
    return rich


def _heading(table: Table, at: int) -> str:
    """Write a heading; each word in a line of its own where it is longer than all that stands below it."""
    name, longest = (
        table.columns[at].label or table.names[at],
        max((len(write_value(row[at])) for row in table.rows), default=0),
    )
    return name.replace(" ", "\n") if len(name) > longest else name


def _part(table: Table, width: int) -> list[list[int]]:
    """Share out the columns among as few parts as have room, the first column in each."""
    first, *others = table.shown
    widths = {at: _least_width(table, at) + GAP for at in table.shown}
    parts = [[first]]
    for at in others:
        if len(parts[-1]) > 1 and sum(widths[one] for one in [*parts[-1], at]) - GAP > width:
            parts.append([first])
        parts[-1].append(at)
    return parts


def _least_width(table: Table, at: int) -> int:
    """Give the width below which a column would be torn: its longest figure, its longest word up to a bound."""
    cells = [write_value(row[at]) for row in table.rows]
    is_figure = table.columns[at].is_number or all(len(cell) <= LONGEST_WORD for cell in cells)
    below = max(map(len, cells if is_figure else " ".join(cells).split()), default=0)
    above = max(map(len, _heading(table, at).split("\n")))
    return max(above, below) if is_figure else min(max(above, below), LONGEST_WORD)


def _turn(table: Table) -> RichTable:
    """Lay the table on its side: a line for each column, a column for each row."""
    rich = RichTable(box=None, pad_edge=False)
    rich.add_column(table.columns[0].label or table.names[0], overflow="fold")
    for row in table.rows:
        rich.add_column(write_value(row[0]), justify="right", overflow="fold")
    for at in table.shown[1:]:
        values = (Text(write_value(row[at])) for row in table.rows)
        rich.add_row(Text(table.columns[at].label or table.names[at]), *values)
    return rich


def _has_room(column: Column, table: Table, width: int) -> bool:
    if width >= MIDDLE or column.role in TELLING or column.name in ALWAYS:
        return True
    if width < NARROW or not WITH_ROOM & set(table.names):
        return column.role is ColumnRole.SPLIT
    return column.name in WITH_ROOM


def lay_out_hints(hints: Sequence[tuple[str, str]]) -> list[str]:
    """Set words and their meaning side by side, or below one another where the words are long, within 80 columns."""
    lines: list[str] = []
    for words, meaning in hints:
        is_long, margin = len(words) > HINT_WORDS, HINT_WORDS + 4
        lines += [f"  {words}"] if is_long else []
        head = f"{'' if is_long else f'  {words}':<{margin}}"
        lines += textwrap.wrap(meaning, HINT_WIDTH, initial_indent=head, subsequent_indent=" " * margin)
    return lines
