"""Tables: data_table, which sorts and pages, and the plain table (docs.slack.dev/reference/block-kit/blocks)."""

from collections.abc import Iterator
from typing import Any

from playground.block_kit import limits
from playground.block_kit.elements import BUTTON
from playground.block_kit.rich import RICH_TEXT
from playground.block_kit.rules import Looking, Rule, Shape, boolean, by_type, items, number, one_of, record, string

ANY_LENGTH = 1_000_000
"""The characters are counted over the whole table, not in a cell."""

RAW_TEXT = record({"text": string(ANY_LENGTH)}, {"emoji": boolean})
RAW_NUMBER = record({"value": number()}, {"text": string(ANY_LENGTH)})
CELLS: dict[str, Rule] = {"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT}
FALLBACK = by_type(CELLS, "cell")
ACTION_CELL = record({"element": BUTTON, "fallback": FALLBACK})
DATA_CELL = by_type({**CELLS, "action_cell": ACTION_CELL}, "cell")
PLAIN_CELL = by_type(CELLS, "cell")


def _rows(block: dict[str, Any]) -> list[list[Any]]:
    rows = block.get("rows")
    return [row if isinstance(row, list) else [] for row in rows] if isinstance(rows, list) else []


def _header_is_text(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    for index, cell in enumerate(next(iter(_rows(block)), [])):
        if isinstance(cell, dict) and cell.get("type") != "raw_text":
            looking.note(f"{pointer}/rows/0/{index}/type", "a header cell must be raw_text")


def _even(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    rows = _rows(block)
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            looking.note(f"{pointer}/rows/{index}", f"must have {len(rows[0])} cells like the first row")


def _header_column_exists(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    column, rows = block.get("row_header_column_index", 0), _rows(block)
    if isinstance(column, int) and rows and not 0 <= column < len(rows[0]):
        looking.note(f"{pointer}/row_header_column_index", "must be the index of a column")


def characters(value: Any) -> int:
    """Count what a cell shows: its text, or its number as digits."""
    if not isinstance(value, dict):
        return 0
    if value.get("type") == "raw_number":
        return len(str(value.get("text", value.get("value", ""))))
    return sum(len(piece) for piece in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    for name, inner in value.items() if isinstance(value, dict) else []:
        if name == "text" and isinstance(inner, str):
            yield inner
        for one in inner if isinstance(inner, list) else [inner]:
            yield from _texts(one)


def _short_enough(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    looking.counts["table characters"] += sum(characters(cell) for row in _rows(block) for cell in row)
    most = looking.profile.table_characters
    if looking.counts["table characters"] > most:
        looking.note(f"{pointer}/rows", f"no more than {most} characters in the data_tables of a message")


def _plain_short_enough(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    if sum(characters(cell) for row in _rows(block) for cell in row) > limits.PLAIN_TABLE_CHARACTERS:
        looking.note(f"{pointer}/rows", f"no more than {limits.PLAIN_TABLE_CHARACTERS} characters in a table")


def _only_table(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    del block
    looking.counts["tables"] += 1
    if looking.counts["tables"] > 1:
        looking.note(pointer, "only one table allowed in a message")


DATA_TABLE = Shape(
    {
        "caption": string(ANY_LENGTH),
        "rows": items(items(DATA_CELL, limits.COLUMNS), lambda profile: profile.table_rows, least=2),
    },
    {
        "page_size": number(least=1, most=limits.PAGE_SIZE, whole=True),
        "row_header_column_index": number(least=0, most=limits.COLUMNS - 1, whole=True),
    },
    (_header_is_text, _even, _header_column_exists, _short_enough),
)

COLUMN_SETTING = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _setting(value: Any, pointer: str, looking: Looking) -> None:
    """Accept null as well: "use null to skip a column" (blocks/table-block)."""
    if value is not None:
        COLUMN_SETTING(value, pointer, looking)


TABLE = Shape(
    {"rows": items(items(PLAIN_CELL, limits.COLUMNS), limits.PLAIN_TABLE_ROWS)},
    {"column_settings": items(_setting, limits.COLUMNS, least=0)},
    (_even, _plain_short_enough, _only_table),
)
