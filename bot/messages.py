"""
What the bot says around its answers: help, what was unclear, what there is not -> text and blocks. Pure.

A `Message` always carries top-level text that states the conclusion: it is the notification, and all that a screen
reader reads. Answers themselves are `answer_forms.py`; what a block may hold is the business of `blocks.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.domain.requests import Request
from analytics.errors import NoSuchModel, NoSuchName, NotCollected, NothingStored
from analytics.grammar import Unclear
from analytics.outlook import Expected, Stage
from bot.blocks import BUTTONS, Block, button, code, escape, local_time, section

COMMAND = "/frameworks"
BOT_NAME = "frameworks"
ASK, SHARE, HOW, CSV = "ask", "share", "how", "csv"
"""Action ids: buttons that ask their value privately, in the channel, how it was counted, and for it as a file."""

DIGEST_BUTTONS = "digest-"
"""How the action ids of a digest's buttons begin: by them it is known again."""

ALERT_BUTTONS = "alert-"
"""How the action ids of the buttons of alerts begin."""

ALERT_UNDO = "undo-alert"
"""The button under a line that says who changed alerts; no alert's message bears it, so it is not named like theirs."""

HOME_BUTTONS = "home-"
"""How the action ids of the Home tab's buttons begin."""

PREVIEWS = "previews"
"""The button that switches a channel's link previews back; its value is `on` or `off`."""

UNDO = "undo"
"""The button under a line that says who changed what; it stands under no digest, so it is not named like theirs."""

MANAGE = f"{DIGEST_BUTTONS}manage"
"""The button that opens the form of the channel's digest."""


REPLY: dict[str, Any] = {"event_type": "frameworks_reply", "event_payload": {"kind": "reply"}}
"""Metadata of what is no digest, though it may have a digest's buttons or, as one in words alone, no blocks."""

ANSWERS, NOTICE_OF = "answers", "notice_of"
"""Names in its payload: the id of the question that it answers, or that is only being looked up."""


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

    def as_post(self, answers: str = "", notice_of: str = "") -> dict[str, Any]:
        """Give the arguments of a post of its own, which says that it is a reply, and of what question (its id)."""
        named = {key: work for key, work in ((ANSWERS, answers), (NOTICE_OF, notice_of)) if work}
        return self.as_arguments() | {"metadata": REPLY | {"event_payload": REPLY["event_payload"] | named}}


# --------------------------------------------------------------------------------------------- help, errors, notices


def looking(words: str) -> Message:
    """Say at once that the question was heard."""
    return Message(f"Looking up {code(words)} …")


def without_rows() -> Message:
    """Say that there are no rows that could stand in a file."""
    return Message("This answer has no table, so there is no file of it.")


def file_given(name: str) -> Message:
    """Say where the file is that was asked for by one person alone."""
    return Message(f"{code(name)} is in our direct message: what only you see has no thread for it.")


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
        said = f"{unknown.said.format(code(unknown.name))} {escape(unknown.why)}"
    else:
        said = f"The Hub lists no models for the {unknown.kind} {code(unknown.name)}."
    again = [instead.words for instead in unknown.instead(request)]
    tries = f"\nDid you mean {' or '.join(code(near) for near in unknown.near)}?" if unknown.near else ""
    blocks = (section(said + tries), *([suggest(again, SHARE)] if again else []))
    return Message(said, blocks)


def announce_answer(expected: Expected, *, until_then: bool = False) -> Message:
    """Say when an answer will be there, and that it comes by itself; and whether something is told until then."""
    said = [replace(expected, why=escape(expected.why)).say(local_time)]
    if expected.is_coming:
        said.append("The answer comes here by itself then, you need not ask again.")
    elif expected.stage is Stage.BY_BUTTON:
        said.append("When that is done the answer comes here by itself.")
    if until_then:
        said.append("Here is what is known until then:")
    return Message(" ".join(said))


def explain_nothing_stored(nothing: NothingStored, promised: Expected | None = None) -> Message:
    """Say that the source is out of reach and that there is no older reading to show instead."""
    if not isinstance(nothing, NotCollected):
        return Message(escape(nothing.told))
    return Message("\n".join([escape(nothing.why), *([announce_answer(promised).text] if promised else [])]))


UNDONE = "It is undone, and its channel was told."


def with_undo(said: str, action: str, value: str) -> Message:
    """Give a line with an Undo button, whose value says what it puts back, so that it works after a restart."""
    return Message(said, (section(said) | {"accessory": button("Undo", action, value)},))


def say_stale(what: str, show: str) -> str:
    """Say that an Undo button did nothing, and which words show how things are now."""
    return (
        f"{what} have changed since, or this was undone already, so nothing was undone. "
        f"“{show}” shows how they are now."
    )


def suggest(questions: Sequence[str], action: str) -> Block:
    """Give buttons that ask; each question once."""
    asks = [button(words, action, words) for words in dict.fromkeys(questions)]
    return {"type": "actions", "elements": asks[:BUTTONS]}
