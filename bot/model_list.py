"""What is said of the models that a message names: each with its frameworks, and what was not looked up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.domain.answer import Answer
from analytics.domain.wording import count, listing, verb
from analytics.errors import AnalyticsError, NoSuchModel, NothingStored
from bot.blocks import Block, button, code, context, escape, section
from bot.messages import ASK, Message

MOST = 5
"""Models of one message that are looked up: more would fill the asker's screen."""

EXAMPLE = "openai/whisper-large-v3"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One model that a message names, and what came of looking it up."""

    name: str
    outcome: Answer | AnalyticsError


def list_models(models: Sequence[LookedUp], named: int) -> Message:
    """Say of each model in which frameworks it comes; `named` is how many the message names."""
    told = [(one.name, one.outcome) for one in models if isinstance(one.outcome, Answer)]
    rest = [*_say_what_is_missing(models), *_say_the_rest(named)]
    findings = [escape(f"{_flag(answer)}{answer.headline}.") for _, answer in told]
    blocks = [_show(answer, finding) for (_, answer), finding in zip(told, findings, strict=True)]
    return Message(" ".join([*findings, *rest]), (*blocks, *([context(rest)] if rest else [])))


def _flag(answer: Answer) -> str:
    return f"{answer.freshness}: " if answer.freshness else ""


def _show(answer: Answer, finding: str) -> Block:
    doubt = f"\n{escape(answer.warning)}" if answer.warning else ""
    return section(f"{finding}{doubt}") | {"accessory": button("This Model", ASK, answer.question)}


def _say_what_is_missing(models: Sequence[LookedUp]) -> list[str]:
    """Say which models were not found, and which could not be looked up; a reason that several share, once."""
    reasons: dict[str, list[str]] = {}
    for one in models:
        if not isinstance(one.outcome, Answer):
            reasons.setdefault(_why(one.outcome), []).append(code(one.name))
    return [f"{listing(names)}: {escape(why)}" for why, names in reasons.items()]


def _why(trouble: AnalyticsError) -> str:
    if isinstance(trouble, NoSuchModel):
        return trouble.why
    return f"not looked up. {trouble.why}" if isinstance(trouble, NothingStored) else "not looked up."


def _say_the_rest(named: int) -> list[str]:
    if named <= MOST:
        return []
    more = named - MOST
    return [f"The message names {count(named, 'model')}; these are the first {MOST}, {more} {verb(more)} left out."]


def announce(number: int) -> Message:
    """Say that models are being looked up."""
    return Message(f"Looking up {count(number, 'model')} …")


def explain_none(kinds: Sequence[str], *, has_words: bool) -> Message:
    """Say that a message names no model, and what would count as one."""
    ids = f"I look up ids such as {code(EXAMPLE)} and links to models on the Hub"
    if not has_words:
        return Message(f"This message has no text, so it names no model. {ids}.")
    links = f" A link in it is of {listing(kinds)}, which is no model." if kinds else ""
    return Message(f"This message names no model.{links} {ids}.")


def explain_gone() -> Message:
    """Say that the message is not there any more."""
    return Message("This message was deleted, so there is nothing to look up in it.")
