"""How often a digest is to come, on which day and at what time, and on which condition, in canonical words. Pure."""

from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Intent, Interpretation, say
from analytics.grammar.pieces import Sentence

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def name_rhythm(sentence: Sentence) -> str | None:
    """Give the digest that comes as often as a sentence says; None where no one day and time are said."""
    read = read_rhythm(sentence)
    return read.words if read and read.words.startswith("digest on ") else None


def read_rhythm(sentence: Sentence) -> Interpretation | None:
    """Read day, time, zone and condition; two of one kind are left over, so nothing is done."""
    days = [int(value) for value in sentence.values("weekday")]
    clocks, zones = sentence.values("clock"), _zones(sentence)
    if len(days) > 1 or len(clocks) > 1 or len(zones) > 1:
        return say("help digest", Intent.HELP, ("digest", "digest_on"), "A digest comes on one day and at one time.")
    if sentence.has(*CONDITION) and not _skips_quiet_weeks(sentence):
        return say("help digest", Intent.HELP, takes("digest", "digest_help", "digest_on"), CONDITIONS)
    parts = ["digest on", *(DAYS[day] for day in days), *map(_clock, clocks), *zones]
    parts += ["only if it matters"] if sentence.has(*CONDITION) else []
    parts += ["always"] if sentence.has("digest_always") and not sentence.has(*CONDITION) else []
    more = ("only", "neg") if sentence.has(*CONDITION) else ()
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


def _clock(typed: str) -> str:
    """Write a time as the digest's own words do; what is no time there is refused there."""
    digits = typed.rstrip("apmhur").replace(".", ":").replace("h", ":")
    hour, _, minute = digits.partition(":")
    late = 12 if typed.endswith("pm") and int(hour) < 12 else 0  # noqa: PLR2004 - noon
    early = 12 if typed.endswith("am") and int(hour) == 12 else 0  # noqa: PLR2004 - midnight
    return f"{int(hour) + late - early:02}:{minute or '00'}"


def _zones(sentence: Sentence) -> list[str]:
    return [piece.concepts["zone"] for piece in sentence.pieces if "zone" in piece.concepts]
