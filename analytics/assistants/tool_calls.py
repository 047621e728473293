"""
A call of a tool -> its result. Every refusal is a result that an assistant can mend, in the terminal's sentences.

Nothing here writes: digests and other settings are understood, and sent to Slack.
"""

import base64
import datetime as dt
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from mcp_types import CallToolResult, ContentBlock, ImageContent, TextContent

from analytics import grammar
from analytics.analyst import Analyst
from analytics.assistants.answer_texts import write_answer
from analytics.assistants.checked_claim import check
from analytics.assistants.tool_list import CHECK, CHECK_INPUT, QUESTIONS, Arguments, QuestionTool
from analytics.domain.answer import Answer
from analytics.domain.requests import MOST_MODELS, last_instant
from analytics.domain.wording import listing
from analytics.errors import DatabaseTrouble, NoSuchModel, NoSuchName, NothingStored, ToMend
from analytics.grammar import Understood
from analytics.refusals import (
    explain_nothing_stored,
    leave_out_unknown_days,
    send_to_slack,
    tell_coming,
    tell_no_such,
)

log = logging.getLogger(__name__)

LARGEST_PICTURE = 200_000
"""Bytes of a picture at most; charts are 22 to 55 kB."""

PRIVATE = "It is missing or private; the Hub does not say which to strangers."
NO_PICTURE = "The picture could not be given; every number it shows is in the structured answer."

Meta = Mapping[str, Any]


def no_extras(answer: Answer, asked: Meta) -> dict[str, Any]:
    """Add nothing to a result."""
    del answer, asked
    return {}


Extras = Callable[[Answer, Meta], dict[str, Any]]
"""Makes what a result carries in `_meta` for one kind of client, from what that client said of itself there."""


class RefusedCall(Exception):
    """A call that gets no answer; `str()` is for the assistant, `tries` are words that would work."""

    def __init__(self, why: str, *tries: str) -> None:
        super().__init__(f"{why}\nTry: {'  or  '.join(tries)}" if tries else why)


@dataclass(frozen=True, slots=True)
class ToolCalls:
    """Answers calls from one analyst; safe to use from several threads."""

    analyst: Analyst
    extras: Extras = no_extras

    def call(self, name: str, arguments: Arguments, asked: Meta) -> CallToolResult:
        """Answer a call; what goes wrong is a result as well, and never a traceback."""
        try:
            return self._call(name, arguments, asked)
        except RefusedCall as refused:
            return _refuse(str(refused))
        except (DatabaseTrouble, ToMend) as trouble:
            return _refuse(str(trouble))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("reference %s: a tool failed", reference)
            said = f"Something unexpected went wrong. Please report it and quote the reference {reference}."
            return _refuse(said)

    def _call(self, name: str, arguments: Arguments, asked: Meta) -> CallToolResult:
        if name == CHECK:
            _check_arguments(CHECK, CHECK_INPUT, arguments)
            text, checked = check(arguments["claim"], self.analyst)
            return CallToolResult(content=[TextContent(text=text)], structured_content=checked)
        tool = next((tool for tool in QUESTIONS if tool.name == name), None)
        if tool is None:
            raise RefusedCall(f"There is no tool of this name. There are {listing([*_names(), CHECK])}.")
        _check_arguments(tool.name, tool.input_schema, arguments)
        return self._ask(tool, arguments, asked)

    def _ask(self, tool: QuestionTool, arguments: Arguments, asked: Meta) -> CallToolResult:
        words = tool.write(arguments)
        understood = grammar.understand(words, self.analyst.context.clock().date())
        if understood.request is None:
            _refuse_by_words(tool, words)
            return self._talk(understood)
        answer = self._answer(understood, _choose_moment(understood, arguments.get("as_of")))
        content: list[ContentBlock] = [TextContent(text=write_answer(answer, _say_understood(understood, answer)))]
        if arguments.get("picture"):
            content.append(_draw(answer))
        return CallToolResult(
            content=content, structured_content=answer.as_json(), _meta=self.extras(answer, asked) or None
        )

    def _answer(self, understood: Understood, as_of: dt.datetime | None) -> Answer:
        """Answer as the terminal does. Raises RefusedCall, with suggestions."""
        request = understood.request
        assert request is not None  # noqa: S101 - who calls has looked
        try:
            answer = self.analyst.answer(request, as_of=as_of)
            if answer.private:
                raise NoSuchModel(answer.question.split()[1], (), PRIVATE)
        except NoSuchName as unknown:
            again = [instead.words for instead in unknown.instead(request)]
            raise RefusedCall(tell_no_such(unknown), *again) from None
        except NothingStored as nothing:
            coming = tell_coming(request, self.analyst.context)
            by_hand = f"To collect it now: frameworks collect {nothing.by_hand}" if nothing.by_hand else ""
            raise RefusedCall("\n".join(filter(None, (explain_nothing_stored(nothing), coming, by_hand)))) from None
        return answer

    def _talk(self, understood: Understood) -> CallToolResult:
        """Answer what is no question. Raises RefusedCall for what was not understood, and for settings."""
        match understood.kind:
            case grammar.Intent.HELP if not understood.typed.strip():
                raise RefusedCall("The question holds no word.", "top30", "help")
            case grammar.Intent.HELP if _is_about_slack(understood):
                said = " ".join(filter(None, (f"Understood as “{understood.words}”.", understood.note, IN_SLACK)))
                raise RefusedCall(said, "help")
            case grammar.Intent.HELP:
                return _tell([f"{words}: {meaning}" for words, meaning in _examples(understood)])
            case grammar.Intent.STATUS:
                from analytics.answering.freshness import freshness

                return _tell(list(freshness(self.analyst.context)))
            case grammar.Intent.THANKS:
                return _tell(["You are welcome."])
            case _ if said := send_to_slack(understood):
                raise RefusedCall(f"{said} Nothing was changed: this door only reads.")
            case _:
                offered = leave_out_unknown_days(understood, self.analyst.can_answer).also
                raise RefusedCall(understood.problem, *(offered or ("help",)))


def _refuse_by_words(tool: QuestionTool, words: str) -> None:
    """Say what is wrong with an argument by the strict grammar, which knows which; free words are none of its own."""
    strict = None if tool.name == "ask" else grammar.parse(words)
    if isinstance(strict, grammar.Unclear):
        raise RefusedCall(strict.problem, *strict.suggestions)


def _names() -> list[str]:
    return [tool.name for tool in QUESTIONS]


IN_SLACK = "That is kept in Slack: say it there. Nothing was changed: this door only reads."


def _is_about_slack(understood: Understood) -> bool:
    """Tell whether help is about settings, mistyped ones among them: no help of this door's would be of use."""
    return understood.words != "help" and _topic(understood) is None


def _topic(understood: Understood) -> grammar.HelpTopic | None:
    return grammar.find_topic((understood.words or "").removeprefix("help").strip())


def _examples(understood: Understood) -> tuple[tuple[str, str], ...]:
    topic = _topic(understood)
    return tuple(topic.examples) if topic else grammar.EXAMPLES


def _tell(sentences: list[str]) -> CallToolResult:
    """Give sentences that are no answer with numbers."""
    return CallToolResult(content=[TextContent(text="\n".join(sentences))], structured_content={"sentences": sentences})


def _refuse(said: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=said)], is_error=True)


def _check_arguments(name: str, schema: dict[str, Any], arguments: Arguments) -> None:
    """Refuse arguments that do not fit, by what would; what was given is not repeated."""
    wrong = next(iter(Draft202012Validator(schema).iter_errors(dict(arguments))), None)
    if wrong is None:
        return
    known = listing(f"“{key}”" for key in schema["properties"])
    if not wrong.absolute_path:
        needs = listing(f"“{key}”" for key in schema["required"])
        missing = f" and needs {needs}" if needs else ""
        raise RefusedCall(f"The tool “{name}” takes {known}{missing}, and nothing else.")
    key = str(wrong.absolute_path[0])
    fits = schema["properties"][key]
    longest = f"text of 1 to {fits.get('maxLength', 0):,} characters"
    kinds = {"enum": f"one of {', '.join(fits.get('enum', ()))}", "pattern": f"{longest}, without spaces"}
    kind = next((kinds[mark] for mark in kinds if mark in fits), KINDS.get(fits["type"], longest))
    raise RefusedCall(f"The argument “{key}” of “{name}” takes {kind}: {fits['description']}.")


KINDS = {
    "integer": f"a whole number from 1 to {MOST_MODELS:,}",
    "boolean": "true or false",
}


def _choose_moment(understood: Understood, as_of: str | None) -> dt.datetime | None:
    """Give the day that is asked about: the one in the words, or the argument. Raises RefusedCall for two."""
    if as_of and understood.as_of:
        raise RefusedCall("Two days are named, one in the words and one in “as_of”. Name the one that is meant.")
    return understood.as_of or _read_moment(as_of)


def _read_moment(as_of: str | None) -> dt.datetime | None:
    if as_of is None:
        return None
    try:
        return last_instant(as_of)
    except ValueError:
        raise RefusedCall("“as_of” takes a day such as 2026-08-22, or the moment that stands in a receipt.") from None


def _say_understood(understood: Understood, answer: Answer) -> str:
    """Say how it was understood, where other words were typed, and what else may have been meant."""
    if not understood.differs:
        return ""
    others = f" Or: {'  or  '.join(understood.also)}" if understood.also else ""
    return f"Understood as: {understood.words}. {understood.note_with(answer)}{others}".strip()


def _draw(answer: Answer) -> ContentBlock:
    """Draw the picture; where none can be drawn, or it is too large, say so."""
    from analytics import charts

    try:
        drawn = charts.draw(answer)
    except charts.NothingToDraw:
        return TextContent(text="This answer has no picture.")
    if len(drawn) > LARGEST_PICTURE:
        return TextContent(text=NO_PICTURE)
    return ImageContent(data=base64.b64encode(drawn).decode("ascii"), mime_type="image/png")
