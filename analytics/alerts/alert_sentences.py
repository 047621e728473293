"""
A judgement in words: what is so now, what it was, of how many, of when. Pure; sources stand beside it.

What it was is what was last told of it; where that is so still, what it began with.
"""

from analytics.alerts.alert_rules import (
    AlertState,
    CollectionChange,
    Judgement,
    ModelChange,
    Observed,
    Presence,
    Rule,
    ShareMove,
    Value,
    find_changed_states,
)
from analytics.alerts.mark_rules import CountMark, ShareMark
from analytics.domain.wording import count, day, listing, sentence, share

MOST_NAMED = 5
"""Collections named in one sentence."""


def say(rule: Rule, judged: Judgement) -> str:
    """Say how a condition stands, in a sentence or two."""
    if judged.state is AlertState.CANNOT_TELL or judged.now is None or judged.start is None:
        return f"Cannot tell: {judged.why}"
    said = sentence(
        f"{_say_now(rule, judged.start, _find_earlier(judged.start, judged.told, judged.now), judged.now)}."
    )
    return said if judged.state is AlertState.FIRED else f"Back to normal: {said}"


def say_start(rule: Rule, start: Observed) -> str:
    """Say from where an alert begins."""
    return f"Now: {_say_value(rule, start.value)}{_say_sureness(start)} ({day(start.as_of)})."


def holds_already(rule: Rule, start: Observed) -> bool:
    """Tell whether what is waited for is so already."""
    return rule.fires(start.value, start.value)


def _find_earlier(start: Observed, told: Observed | None, now: Observed) -> Observed:
    """Give what a reading is compared with."""
    return told if told and told.value != now.value else start


def _say_now(rule: Rule, start: Observed, was: Observed, now: Observed) -> str:
    match rule:
        case CollectionChange():
            return _say_states(was, now)
        case ShareMove() if was.value != start.value:
            return f"{_say_both(rule, was, now)}; it began with: {_say_value(rule, start.value)} ({day(start.as_of)})"
        case _:
            return _say_both(rule, was, now)


def _say_both(rule: Rule, was: Observed, now: Observed) -> str:
    before = f"{_say_value(rule, was.value)} ({day(was.as_of)})"
    sure = f"{_say_sureness(now)}," if _say_sureness(now) else ""
    return f"{_say_value(rule, now.value)}{sure} on {day(now.as_of)}; it was: {before}"


def _say_sureness(one: Observed) -> str:
    """Say both ends of a count that was just read, if it is less sure than a point; of earlier ones none are kept."""
    return f", {one.sure}" if one.sure and one.sure.is_wide else ""


def _say_value(rule: Rule, value: Value) -> str:
    match rule:
        case Presence(framework=framework) | CountMark(framework=framework):
            return f"{framework} is in {value[0]:,} of the top {value[1]:,}"
        case ShareMove(framework=framework, n=n) | ShareMark(framework=framework, n=n):
            of = f"the top {value[1]:,}" if n else count(value[1], "model")
            return f"{framework} has {share(value[0], value[1], 1)} ({value[0]:,} of {of})"
        case ModelChange(model=model):
            return f"the model {model} comes in {listing(value) if value else 'no framework'}"
        case _:
            return f"{count(len(value), 'official collection')} stand as they did"


def _say_states(was: Observed, now: Observed) -> str:
    changed = find_changed_states(was.value, now.value)
    if not changed:
        return f"every official collection stands on {day(now.as_of)} as it did on {day(was.as_of)}"
    told = [f"{name} is {state}, it was {before}" for name, (before, state) in list(changed.items())[:MOST_NAMED]]
    more = [f"{len(changed) - MOST_NAMED:,} more stand otherwise"] if len(changed) > MOST_NAMED else []
    return f"{'; '.join([*told, *more])} ({day(was.as_of)} to {day(now.as_of)})"
