"""
The building blocks of messages, within Slack's limits. Pure.

Limits are Slack's safe column (docs.slack.dev/reference/block-kit/blocks): 3,000 characters a section, 101 rows and
10,000 characters a data_table, 20 characters a chart label, 50 a chart title, no empty cell. Blocks are plain
dictionaries because the SDK has no class for data_table and data_visualization yet, and drops what it does not know.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from analytics.domain.answer import Answer
from analytics.domain.counts import Split
from analytics.domain.table import Column, ColumnRole, Table, Value
from analytics.domain.wording import count, minute

Block = dict[str, Any]

TABLE_ROWS = 100
TABLE_CHARACTERS = 9_500
SECTION_CHARACTERS = 2_900
CHART_TITLE, CHART_LABEL = 50, 20
BUTTON_LABEL, ACTION_ID, BUTTONS, FOOTNOTES = 75, 255, 5, 10
PAUSES = " ,;:–-·("
"""What no cut text ends in."""
QUOTED = 200
"""How much of what somebody typed is repeated back to them."""

KEPT = (ColumnRole.RANK, ColumnRole.NAME, ColumnRole.SUBJECT)
"""What stays in a table however long its cells: what places and names a row, and what is compared."""

LEAST_COLUMNS = 2
"""What is left of a table at least, however long its cells: a name and a value."""


def escape(text: str) -> str:
    """Make foreign text safe in mrkdwn: without it `<!channel>` in a model's name would ring everybody's bell."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    """Show foreign text as it is: escaped, in a code span it cannot break out of, cut to a bearable length."""
    shown = text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
    return f"`{escape(shown.replace('`', 'ʼ'))}`" if shown else "nothing"


def local_time(moment: dt.datetime) -> str:
    """Give a moment that every reader sees in their own zone."""
    return f"<!date^{int(moment.timestamp())}^{{date_short}} {{time}}|{minute(moment)}>"


def coming_time(moment: dt.datetime) -> str:
    """Give a moment to come as every reader's own time and says so: beside it may stand a time of another zone."""
    return f"<!date^{int(moment.timestamp())}^{{date_short}} {{time}} your time|{minute(moment)}>"


def section(text: str) -> Block:
    """Give a paragraph of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(text)}}


def context(texts: Sequence[str]) -> Block:
    """Give footnotes of mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text)} for text in texts[:FOOTNOTES]]}


def commands(lines: Sequence[str]) -> list[Block]:
    """Give lines to run as they are; Slack offers to copy such a block."""
    if not lines:
        return []
    written = {"type": "text", "text": "\n".join(lines)}
    return [{"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [written]}]}]


def plain(text: str) -> Block:
    """Give words without markup, as labels and titles are."""
    return {"type": "plain_text", "text": text}


def button(label: str, action: str, words: str, **more: str) -> Block:
    """Give a button that carries the words it asks, so that it survives a restart."""
    return {
        "type": "button",
        "action_id": f"{action}:{words}"[:ACTION_ID],
        "text": plain(fit(label, BUTTON_LABEL)),
        "value": words,
        **more,
    }


def fit(text: str, limit: int) -> str:
    """Cut plain text to a limit, visibly, and where it can be between two words."""
    if len(text) <= limit:
        return text
    words, space, rest = text[:limit].rpartition(" ")
    return f"{words.rstrip(PAUSES)}…" if space and len(rest) < limit // 2 else f"{text[: limit - 1]}…"


def cut(text: str) -> str:
    """Cut mrkdwn to a section's length at a line or word, so that no entity or code span is torn."""
    if len(text) <= SECTION_CHARACTERS:
        return text
    head = text[:SECTION_CHARACTERS]
    return (head.rpartition("\n")[0] or head.rpartition(" ")[0] or head) + " …"


def picture_of(answer: Answer, file_id: str) -> Block:
    """Show an uploaded file, with the numbers for those who cannot see it."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": answer.alt_text}


def native_chart(answer: Answer) -> list[Block]:
    """Give the four counts as Slack's own bars, each a series: of a colour and with a name of its own."""
    if not answer.counts:
        return []
    counts, whole = answer.counts, count(answer.counts.total, "model")[:CHART_LABEL]
    chart = {
        "type": "bar",
        "series": [
            {"name": split.label[:CHART_LABEL], "data": [{"label": whole, "value": counts.of(split)}]}
            for split in Split
        ],
        "axis_config": {"categories": [whole], "y_label": "Models"},
    }
    return [{"type": "data_visualization", "title": fit(answer.title, CHART_TITLE), "chart": chart}]


def data_table(answer: Answer) -> list[Block]:
    """Give the table within Slack's limits: first 100 rows, and the last columns dropped until it fits."""
    table = answer.table
    if not table:
        return []
    shown = _fitting(table)
    rows = _cells(table, shown)
    while _characters(rows) > TABLE_CHARACTERS:
        rows.pop()
    caption = table.caption
    if len(rows) - 1 < len(table.rows):
        caption += f" (first {len(rows) - 1:,} of {len(table.rows):,})"
    named = next(place for place, at in enumerate(shown) if table.columns[at].role is ColumnRole.NAME)
    block = {"type": "data_table", "caption": caption, "rows": rows, "page_size": 10, "row_header_column_index": named}
    return [block]


def _fitting(table: Table) -> list[int]:
    """Choose as many columns as fit; what places and names a row stays."""
    shown = table.shown
    spare = [at for at in shown if table.columns[at].role not in KEPT]
    while spare and _characters(_cells(table, shown)) > TABLE_CHARACTERS and len(shown) > LEAST_COLUMNS:
        shown.remove(spare.pop())
    return shown


def _cells(table: Table, shown: list[int]) -> list[list[Block]]:
    header = [{"type": "raw_text", "text": table.columns[at].heading} for at in shown]
    return [header, *([_cell(table.columns[at], row[at]) for at in shown] for row in table.rows[:TABLE_ROWS])]


def _cell(column: Column, value: Value) -> Block:
    if isinstance(value, int | float):
        exact = column.role is ColumnRole.RANK
        return {"type": "raw_number", "value": value, "text": str(value) if exact else short_number(value)}
    return {"type": "raw_text", "text": value or "–"}


def cell_text(column: Column, value: Value) -> str:
    """Write one cell as text, as the table shows it."""
    return str(_cell(column, value)["text"])


def _characters(rows: list[list[Block]]) -> int:
    return sum(len(cell["text"]) for row in rows for cell in row)


def short_number(value: float) -> str:
    """Write 257827147 as 257.8M and 12600 as 12.6K; below 10,000 in full."""
    for size, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (10_000, "K")):
        if abs(value) >= size:
            return f"{value / (1000 if letter == 'K' else size):.1f}{letter}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
