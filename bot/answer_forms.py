"""
An answer as a message: the finding, its picture, its table and one line of where it is from. Pure.

What a reader needs to use the number stands in the channel; what one needs to doubt it (method, caveats, the other
definition, the sources to the revision) is one click away, behind "How this was counted", for who clicks alone. The
plainest form has no buttons, so there all of it follows.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from analytics.domain.answer import Answer, Origin
from analytics.domain.table import ColumnRole, Table, Value
from analytics.domain.wording import count, iso_day, listing, minute, share
from bot.blocks import (
    cell_text,
    code,
    commands,
    context,
    cut,
    data_table,
    escape,
    local_time,
    native_chart,
    picture_of,
    section,
)
from bot.messages import COMMAND, Message
from bot.next_steps import next_steps

NAMED_IN_TEXT = 10
"""How many models the plain-text form names."""


def with_picture(answer: Answer, picture: str, asked_by: str | None) -> Message:
    """Give the full answer: the finding, the uploaded picture, the table, the footnote."""
    blocks = [
        section(_finding(answer, drawn=True)),
        picture_of(answer, picture),
        *commands(answer.commands),
        *data_table(answer),
        context([_footnote(answer, asked_by)]),
        *next_steps(answer),
    ]
    return Message(_conclusion(answer), tuple(blocks))


def native(answer: Answer, asked_by: str | None, missing: str = "", *, share: bool = False) -> Message:
    """Give the answer in Slack's own blocks: where a picture cannot be (`missing` says why) or is not wanted."""
    chart = native_chart(answer)
    blocks = [
        section(_finding(answer, drawn=bool(chart))),
        *chart,
        *commands(answer.commands),
        *data_table(answer),
        context([*([missing] if missing else []), _footnote(answer, asked_by)]),
        *next_steps(answer, share=share),
    ]
    return Message(_conclusion(answer), tuple(blocks))


def text_with_picture(answer: Answer, picture: str, asked_by: str | None) -> Message:
    """Give the answer as text and a picture, for workspaces that refuse the newer blocks."""
    blocks = [
        section(_finding(answer, drawn=True)),
        picture_of(answer, picture),
        *commands(answer.commands),
        section(_first_rows(answer)),
        context([_footnote(answer, asked_by)]),
        *next_steps(answer),
    ]
    return Message(_conclusion(answer), tuple(blocks))


def text_only(answer: Answer, asked_by: str | None, missing: str = "") -> Message:
    """Give the answer as text alone, with all that is to be known of it: what is left when all else was refused."""
    run = [f"```{escape(line)}```" for line in answer.commands]
    rest = [*answer.further, answer.since_last, *answer.doubts, answer.noise]
    parts = [_finding(answer, drawn=False), *run, _first_rows(answer), missing, *map(escape, rest)]
    return Message("\n".join(part for part in (*parts, _footnote(answer, asked_by)) if part))


def explain_counting(answer: Answer, shown: dt.datetime) -> Message:
    """
    Say how an answer was counted: all that was said of it, what limits it, and where each number is from.

    `shown`: the moment of the reading that was asked about. If that is no longer to be had it is said, and the newest
    is explained.
    """
    another = answer.as_of != shown and not answer.sample
    moved = [f"The reading of {minute(shown)} is no longer stored; this is the one of {minute(answer.as_of)}."]
    said = [*(moved if another else []), *answer.detail]
    head = f"*How this was counted*\n*{escape(answer.headline)}*"
    blocks = [
        section(head),
        *([section("\n".join(map(escape, said)))] if said else []),
        *([section("\n".join(f"• {escape(doubt)}" for doubt in answer.caveats))] if answer.caveats else []),
        context([_receipt(answer), *(["\n".join(map(_cite, answer.origins))] if answer.origins else [])]),
    ]
    return Message(escape(f"How this was counted: {answer.headline}"), tuple(blocks))


def tell_in_percent(answer: Answer) -> Message:
    """Say the counts of an answer as shares of all that was counted; one that has none is said again."""
    counts = answer.counts
    if counts is None or not counts.total:
        why = "This answer counts no parts of one whole, so it has no other percentages"
        return Message(escape(f"{why}: {answer.headline} ({answer.day})."))
    parts = (("PyTorch", counts.pytorch), ("TensorFlow", counts.tensorflow))
    said = listing(f"{name} {share(number, counts.total, 1)} ({number:,})" for name, number in parts)
    head = f"In percent of {count(counts.total, 'model')}: {said}, both counted where a model has both."
    others = {name: one.counted for name, one in answer.brackets.items() if name not in dict(parts)}
    beside = ", ".join(f"{name} {share(number, counts.total, 1)} ({number:,})" for name, number in others.items())
    more = f" Also in other frameworks: {beside}." if beside else ""
    split = f"Parts that add up: {counts.in_shares()}.{more}"
    blocks = (section(f"*{escape(head)}*\n{escape(split)}"), context([_receipt(answer)]))
    return Message(escape(head), blocks)


def as_file(answer: Answer) -> tuple[str, bytes]:
    """Give the rows as a CSV file, named by question and day; Excel takes it for UTF-8 by its first letter alone."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", answer.question).strip("-")[:LONGEST_NAME]
    sample = "-sample" if answer.sample else ""  # the file goes on without the answer's words
    return f"{name}{sample}-{iso_day(answer.as_of)}.csv", answer.as_csv().encode("utf-8-sig")


LONGEST_NAME = 80
"""Characters of a question in a file's name."""


# -------------------------------------------------------------------------------------------------------------- parts


def _conclusion(answer: Answer) -> str:
    """Say the finding in plain words, with the date and whether it is live."""
    flag = f"{answer.freshness}: " if answer.freshness else ""
    definition = f"{answer.definition}, " if answer.definition else ""
    return escape(f"{flag}{answer.headline} ({definition}{answer.day}).")


def _finding(answer: Answer, *, drawn: bool) -> str:
    """State the finding and the one doubt that matters; the counts only where nothing drawn shows them."""
    flag = f"*{escape(answer.freshness)}* · " if answer.freshness else ""
    more = ("" if drawn else answer.counted, answer.warning)
    return cut("\n".join([f"{flag}*{escape(answer.headline)}*", *(escape(line) for line in more if line)]))


def _footnote(answer: Answer, asked_by: str | None) -> str:
    """Say in a line of what, when, from where, by which rule, and who asked."""
    sources = ", ".join(f"<{origin.address}|{escape(origin.producer)}>" for origin in _linkable(answer.origins))
    parts = [escape(answer.scope), f"as of {local_time(answer.as_of)}", sources, answer.rule]
    asked = code(f"{COMMAND} {answer.asked}")
    parts.append(f"<@{asked_by}> asked {asked}" if asked_by else asked)
    return cut(" · ".join(part for part in parts if part))


def _receipt(answer: Answer) -> str:
    """Say of what and when it is, by which rule, and how to ask the same again."""
    asked = code(f"{COMMAND} {answer.asked}")
    return " · ".join(part for part in (escape(answer.scope), minute(answer.as_of), answer.rule, asked) if part)


def _cite(origin: Origin) -> str:
    """Say where a number is from, as exactly as it is known."""
    linked = f"<{origin.address}|{escape(origin.title)}>" if list(_linkable([origin])) else escape(origin.title)
    known = (origin.revision and f"revision {origin.revision}", origin.licence, f"read {origin.accessed}")
    return " · ".join([escape(origin.producer), linked, *(escape(part) for part in known if part)])


def _linkable(origins: Sequence[Origin]) -> Iterable[Origin]:
    """Give the sources that have an address, each producer once."""
    first: dict[str, Origin] = {}
    for origin in origins:
        if re.fullmatch(r"https?://[^\s<>|]+", origin.address):
            first.setdefault(origin.producer, origin)
    return first.values()


def _first_rows(answer: Answer) -> str:
    if not answer.table:
        return ""
    shown = answer.table.rows[:NAMED_IN_TEXT]
    lines = [_row(answer.table, row) for row in shown]
    more = len(answer.table.rows) - len(shown)
    return cut("\n".join([*lines, *([f"… and {more:,} more"] if more else [])]))


def _row(table: Table, row: Sequence[Value]) -> str:
    """Write one row as a line: a ranked model by rank, name and what became of it or its split, anything else whole."""
    cells = [cell_text(column, cell) for column, cell in zip(table.columns, row, strict=True)]
    rank, model = table.place(ColumnRole.RANK), table.place(ColumnRole.NAME)
    telling = table.place(ColumnRole.CHANGE, ColumnRole.SPLIT)
    if rank is None or model is None or telling is None:
        return " · ".join(escape(cells[at]) for at in table.shown)
    return f"{cells[rank]}. {code(cells[model])} {escape(cells[telling])}"
