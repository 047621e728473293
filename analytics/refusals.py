"""Why there is no answer, in the sentences that the terminal and assistants share; how it is asked again each says."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from analytics.context import Context
from analytics.domain.needs import find_need
from analytics.domain.requests import Request
from analytics.errors import NoSuchModel, NoSuchName, NotCollected, NothingStored
from analytics.grammar import Intent, Unclear, Understood, parse
from analytics.grammar.asked_day import take_off
from analytics.told_reading import read_setting

CanAnswer = Callable[[Request, dt.datetime | None], bool]
"""Tells whether a question has an answer by what is known at a moment."""


def tell_no_such(unknown: NoSuchName) -> str:
    """Say which name the Hub does not know."""
    if isinstance(unknown, NoSuchModel):
        return f"{unknown.said.format(f'“{unknown.name}”')} {unknown.why}"
    return f"The Hub lists no models for the {unknown.kind} “{unknown.name}”."


def explain_nothing_stored(nothing: NothingStored) -> str:
    """Say why there is no answer."""
    if nothing.by_hand or isinstance(nothing, NotCollected):
        return nothing.why
    return nothing.told


def tell_coming(request: Request, context: Context) -> str:
    """Say when what is missing will be there, where a bot in this folder is about to collect it."""
    need = find_need(request)
    expected = context.outlook.expect(need, context.clock()) if need else None
    return expected.say() if expected and expected.is_coming else ""


def leave_out_unknown_days(understood: Understood, can_answer: CanAnswer) -> Understood:
    """Leave out what is offered of days of which nothing is known: it would be refused."""
    return replace(understood, also=tuple(words for words in understood.also if _is_answered(words, can_answer)))


def _is_answered(words: str, can_answer: CanAnswer) -> bool:
    question, day = take_off(words)
    request = parse(question)
    return day is None or isinstance(request, Unclear) or can_answer(request, day.moment)


def send_to_slack(understood: Understood) -> str:
    """Say that settings are made in Slack alone; nothing of what is no setting."""
    kept = {Intent.DIGEST: "The digest is kept", Intent.PREVIEWS: "Link previews stand"}
    if understood.kind in kept:
        read = f"Understood as “{understood.words}”." if understood.words else understood.problem
        return f"{read} {kept[understood.kind]} in Slack: say it there."
    setting = read_setting(understood.typed)
    if setting is None:
        return ""
    where = kept[Intent.DIGEST] if setting["kind"] == Intent.DIGEST else "Alerts are set"
    return (
        f"Understood as “{setting['words']}”. {where} in Slack: say it there." if setting["words"] else setting["note"]
    )
