"""
`notify me when …`, `stop the alerts`: somebody wants to be told later, or no more.

Alerts have words of their own, which set something; so nothing is set here: what is meant is offered in them, and no
question is answered that only its words make.
"""

from itertools import pairwise

from analytics.grammar.pieces import Sentence
from analytics.grammar.read_lists import TWO

ALERTS = "alerts"
"""What lists the alerts, as it is typed."""

STOP = ("alert off all", ALERTS)
HELP = ("alert help", ALERTS)
KEPT = (ALERTS, "alert help")

TOLD_LATER = "What is to be told later is set as an alert, in words that say all of it; nothing was set."
NOT_STOPPED = "An alert ends by its number (`alert off 1`), all of a channel by `alert off all`; nothing was changed."

QUIET = "In which hours no alert comes is set as `alert quiet 22:00-07:00`, with a zone if you like; nothing was set."

PAST = ("was", "were", "did", "has", "had", "when was", "when did")
"""Words by which `tell me when` asks for a day that is over: `tell me when gpt2 was published`."""

ENDING = ("digest_off", "digest_pause", "neg", "gone")
RHYTHM = ("digest", "weekly", "weekday")
"""Concepts of what comes by the calendar: that is a digest."""


def read_alerts(sentence: Sentence) -> tuple[tuple[str, ...], str] | None:
    """Give the words of alerts to offer, and what is said; None where the words are about none."""
    if sentence.has(*RHYTHM):
        return None
    if sentence.has("alerts"):
        if sentence.has(*ENDING):
            hours = any(piece.may_be("clock") and not piece.may_be("number") for piece in sentence.pieces)
            if hours:
                return HELP, QUIET
            return (KEPT, NOT_STOPPED) if _keeps_some(sentence) else (STOP, NOT_STOPPED)
        if sentence.has("help", "how") and not sentence.has("notify"):
            return HELP, TOLD_LATER
        return (_condition(sentence), ALERTS), TOLD_LATER
    return ((_condition(sentence), ALERTS), TOLD_LATER) if _wants_to_be_told(sentence) else None


def _keeps_some(sentence: Sentence) -> bool:
    """Tell whether a no is of something else than all alerts: `never alert me at night`, `don't stop the alerts`."""
    beside = any(not (piece.asks_nothing or piece.may_be("alerts", "neg", "bidding")) for piece in sentence.pieces)
    return sentence.has("neg") and beside


def _wants_to_be_told(sentence: Sentence) -> bool:
    """Tell whether somebody is to be told of something that is still to come."""
    ways, events = sentence.values("notify"), sentence.values("event")
    if "always" in ways or ("if" in ways and events):
        return True
    if "when" not in ways or any(piece.text.casefold() in PAST for piece in sentence.pieces):
        return False
    said = [piece for piece in sentence.pieces if not piece.asks_nothing or piece.may_be("notify", "event")]
    told_when = any(
        one.concepts.get("notify") == "when" and two.concepts.get("event") == "when" for one, two in pairwise(said)
    )
    return told_when or "at once" in events


def _condition(sentence: Sentence) -> str:
    """Write the alert that is nearest to what is said."""
    framework = next((name for name in sentence.values("framework") if name in TWO), None)
    if (model := sentence.only("model")) is not None:
        return f"alert when {model} {f'gains {framework}' if framework else 'changes framework'}"
    if sentence.has("official"):
        return "alert when an official collection changes state"
    if framework and sentence.has("share"):
        return f"alert when {framework}'s share of the top 100 moves by 3 points"
    if sentence.has("framework") and not framework:
        return HELP[0]  # alerts watch the two alone
    top = (sentence.only("number") if sentence.has("top") else None) or "30"
    return f"alert when {framework or 'TensorFlow'} enters or leaves the top {top}"
