"""
What the bot says to a question: answers, help, what was unclear -> text and blocks. Pure.

A `Message` always carries top-level text that states the conclusion: it is the notification, and all that a screen
reader reads. What a block may hold is the business of `blocks.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.domain.answer import Answer, Origin
from analytics.domain.requests import WHAT_COUNTS, Definition, Request, Top, Totals, under_the_other_definition
from analytics.domain.table import ColumnRole, Table, Value
from analytics.errors import NoSuchModel, NoSuchName, NotCollected, NothingStored
from analytics.grammar import Unclear
from bot.blocks import (
    BUTTONS,
    Block,
    button,
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

COMMAND = "/frameworks"
BOT_NAME = "frameworks"
ASK, SHARE = "ask", "share"
"""Action ids: a button that asks its value privately, and one that asks it in the channel."""

DIGEST_BUTTONS = "digest-"
"""How the action ids of a digest's buttons begin: by them it is known again."""

NAMED_IN_TEXT = 10
"""How many models the plain-text form names."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: `text` alone says the conclusion, `blocks` (or none) show it."""

    text: str
    blocks: tuple[Block, ...] = ()

    def as_arguments(self) -> dict[str, Any]:
        """Give the keyword arguments that Slack's methods and response_urls share."""
        return {
            "text": self.text,
            "unfurl_links": False,
            "unfurl_media": False,
            **({"blocks": list(self.blocks)} if self.blocks else {}),
        }


# ------------------------------------------------------------------------------------------------------------ answers


def with_picture(answer: Answer, picture: str, asked_by: str | None) -> Message:
    """Give the full answer: the finding, the uploaded picture, the table, the footnotes."""
    blocks = [
        section(_finding(answer, drawn=True)),
        picture_of(answer, picture),
        *commands(answer.commands),
        *data_table(answer),
        context(_footnotes(answer, asked_by)),
        *_next_steps(answer),
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
        context([*([missing] if missing else []), *_footnotes(answer, asked_by)]),
        *_next_steps(answer, share=share),
    ]
    return Message(_conclusion(answer), tuple(blocks))


def text_with_picture(answer: Answer, picture: str, asked_by: str | None) -> Message:
    """Give the answer as text and a picture, for workspaces that refuse the newer blocks."""
    blocks = [
        section(_finding(answer, drawn=True)),
        picture_of(answer, picture),
        *commands(answer.commands),
        section(_first_rows(answer)),
        context(_footnotes(answer, asked_by)),
    ]
    return Message(_conclusion(answer), tuple(blocks))


def text_only(answer: Answer, asked_by: str | None, missing: str = "") -> Message:
    """Give the answer as text alone: what is left when everything else was refused."""
    run = [f"```{escape(line)}```" for line in answer.commands]
    parts = [_finding(answer, drawn=False), *run, _first_rows(answer), missing, *_footnotes(answer, asked_by)]
    return Message("\n".join(part for part in parts if part))


def _conclusion(answer: Answer) -> str:
    """Say the finding in plain words, with the date and whether it is live."""
    flag = f"{answer.freshness}: " if answer.freshness else ""
    definition = f"{answer.definition}, " if answer.definition else ""
    return escape(f"{flag}{answer.headline} ({definition}{answer.day}).")


def _finding(answer: Answer, *, drawn: bool) -> str:
    """State the finding; the counts only where nothing drawn shows them all."""
    flag = f"*{escape(answer.freshness)}* · " if answer.freshness else ""
    detail = (replace(answer, counted="") if drawn else answer).detail
    return cut("\n".join([f"{flag}*{escape(answer.headline)}*", *(escape(line) for line in detail)]))


def _footnotes(answer: Answer, asked_by: str | None) -> list[str]:
    """Say when, from where, by which rule, what to doubt, and who asked."""
    sources = ", ".join(f"<{origin.address}|{escape(origin.producer)}>" for origin in _linkable(answer.origins))
    rule = f" · {answer.definition}: {WHAT_COUNTS[answer.definition]}" if answer.definition else ""
    first = f"{escape(answer.scope)} · as of {local_time(answer.as_of)} · {sources}{rule}"
    notes = " ".join(escape(caveat) for caveat in answer.caveats)
    who = f"<@{asked_by}> asked {code(f'{COMMAND} {answer.question}')}" if asked_by else code(answer.question)
    return [cut(part) for part in (first, notes, who) if part]


def _linkable(origins: Sequence[Origin]) -> Iterable[Origin]:
    return (origin for origin in origins if re.fullmatch(r"https?://[^\s<>|]+", origin.address))


def _next_steps(answer: Answer, *, share: bool = False) -> list[Block]:
    """Offer to post what was shown privately, and the same question under the other definition."""
    buttons = [button("Post in Channel", SHARE, answer.question, style="primary")] if share else []
    if isinstance(answer.request, Totals):
        buttons.append(button("Top 30", ASK, Top().short_words))
    if other := under_the_other_definition(answer.request):
        label = "Count by Evidence" if answer.definition is Definition.DECLARED else "Count by Tags Alone"
        buttons.append(button(label, ASK, other.words))
    return [{"type": "actions", "elements": buttons}] if buttons else []


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
        return " · ".join(map(escape, cells))
    return f"{cells[rank]}. {code(cells[model])} {escape(cells[telling])}"


# --------------------------------------------------------------------------------------------- help, errors, notices


def looking(words: str) -> Message:
    """Say at once that the question was heard."""
    return Message(f"Looking up {code(words)} …")


def unclear(what: Unclear) -> Message:
    """Hand back what was not understood, with questions that would be."""
    said = f"{escape(what.problem)} You wrote {code(what.typed)}." if what.typed else escape(what.problem)
    tries = " or ".join(code(f"{COMMAND} {words}") for words in what.suggestions)
    try_these = suggest(what.suggestions, SHARE)
    blocks = (section(f"{said}\nTry {tries}, or {code(f'{COMMAND} help')}."), try_these)
    return Message(escape(what.problem), blocks)


def no_such(unknown: NoSuchName, request: Request) -> Message:
    """Say which name the Hub does not know, with the nearest it does."""
    if isinstance(unknown, NoSuchModel):
        said = f"There is no model {code(unknown.name)} to be seen. {escape(unknown.why)}"
    else:
        said = f"The Hub lists no models for the {unknown.kind} {code(unknown.name)}."
    again = [instead.words for instead in unknown.instead(request)]
    tries = f"\nDid you mean {' or '.join(code(near) for near in unknown.near)}?" if unknown.near else ""
    blocks = (section(said + tries), *([suggest(again, SHARE)] if again else []))
    return Message(said, blocks)


def explain_nothing_stored(nothing: NothingStored) -> Message:
    """Say that the source is out of reach and that there is no older reading to show instead."""
    if isinstance(nothing, NotCollected):
        return Message(escape(nothing.why))
    said = f"{nothing.why} Nothing is stored for {nothing.what} either. Please try again in a minute."
    return Message(escape(said))


def suggest(questions: Sequence[str], action: str) -> Block:
    """Give buttons that ask; each question once."""
    asks = [button(words, action, words) for words in dict.fromkeys(questions)]
    return {"type": "actions", "elements": asks[:BUTTONS]}
