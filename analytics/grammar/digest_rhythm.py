"""How often a digest is to come, on which day and at what time, and on which condition, in canonical words. Pure."""

import datetime as dt
from collections.abc import Sequence

from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Intent, Interpretation, say
from analytics.grammar.pieces import Sentence
from analytics.grammar.times_of_day import NOON

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def name_rhythm(sentence: Sentence) -> str | None:
    """Give the digest that comes as often as a sentence says; None where no one day and time are said."""
    read = read_rhythm(sentence)
    return read.words if read and read.words.startswith("digest on ") else None


def read_rhythm(sentence: Sentence) -> Interpretation | None:
    """Read day, time, zone and condition; two of one kind are left over, so nothing is done."""
    days = [int(value) for value in sentence.values("weekday")]
    clocks, zones = sentence.values("clock"), _zones(sentence)
    halves = sentence.values("half")
    if any(len(told) > 1 for told in (days, clocks, zones, halves)):
        return say("help digest", Intent.HELP, ("digest", "digest_on"), "A digest comes on one day and at one time.")
    if sentence.has(*CONDITION) and not _skips_quiet_weeks(sentence):
        return say("help digest", Intent.HELP, takes("digest", "digest_help", "digest_on"), CONDITIONS)
    parts = ["digest on", *(DAYS[day] for day in days), *(_clock(typed, halves) for typed in clocks), *zones]
    parts += ["only if it matters"] if sentence.has(*CONDITION) else []
    parts += ["always"] if sentence.has("digest_always") and not sentence.has(*CONDITION) else []
    more = ["only", "neg"] if sentence.has(*CONDITION) else []
    more += ["half"] if all(_may_be_of_half(typed, half) for typed in clocks for half in halves) and clocks else []
    return say(" ".join(parts), Intent.DIGEST, (*takes("digest", "digest_on"), *more))


CONDITION = ("digest_matters", "digest_quiet")
"""Concepts of what a digest may depend on: that something changed, or that nothing did."""

CONDITIONS = "A digest comes every time (`digest on always`), or `only if it matters`: never in quiet weeks alone."


def _skips_quiet_weeks(sentence: Sentence) -> bool:
    """Tell whether nothing is to come in quiet weeks: one no turns `if nothing changed` round."""
    noes = sum(piece.may_be("neg") for piece in sentence.pieces)
    if sentence.has("digest_quiet"):
        return noes == 1 and not sentence.has("digest_matters", "only")
    return not noes


def _may_be_of_half(typed: str, half: str) -> bool:
    """Tell whether a time can be in a half of the day: `8 in the evening`, `20:00 abends`."""
    return dt.time.fromisoformat(typed).hour <= NOON or half == "pm"


def _clock(typed: str, halves: Sequence[str]) -> str:
    """Give the time in its half of the day."""
    time = dt.time.fromisoformat(typed)
    late = NOON if "pm" in halves and time.hour < NOON else 0
    early = NOON if "am" in halves and time.hour == NOON else 0
    return f"{time.hour + late - early:02}:{time.minute:02}"


def _zones(sentence: Sentence) -> list[str]:
    return [piece.concepts["zone"] for piece in sentence.pieces if "zone" in piece.concepts]
