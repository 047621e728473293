"""
Sentences about the weekly digest -> `digest ...` in canonical words.

A setting is changed only by words understood whole and spelled right: what is left over, or mended, or said for a time
only, is never done but offered.
"""

from analytics.grammar.pieces import Sentence
from analytics.grammar.reading import Kind, Reading, say

LINKS = ("to", "by", "from", "available", "bot", "pronoun", "and", "greet", "top", "channel")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHANGING = ("on", "off", "pause", "resume", "now", "test")
"""Actions that change or post something."""

NO_END = "A pause does not end by itself: `digest resume` lets it come again."


def read_settings(sentence: Sentence) -> Reading | None:
    """Read what is to become of the digest."""
    if not sentence.has("digest") and not _speaks_of_subscribing(sentence):
        return None
    action = _action(sentence)
    if action == "help" or (sentence.has("until") and action in ("off", "on", "resume", "")):
        return say("help digest", Kind.HELP, _TAKEN_BY_HELP)
    if action == "on":
        return _read_on(sentence)
    takes = (*LINKS, "digest", *_TAKEN[action])
    note = NO_END if action == "pause" and sentence.has("until", "day", "month", "relative") else ""
    return say(f"digest {action}", Kind.DIGEST, takes, note)


_TAKEN = {
    "off": ("digest_off", "neg", "digest_on", "weekly"),
    "pause": ("digest_pause", "until", "day", "month", "weekday", "period", "year", "relative", "span", "week", "weekly", "digest_now"),
    "resume": ("digest_resume", "digest_now", "digest_on", "weekly", "digest_start"),
    "now": ("digest_now", "digest_on", "weekly"),
    "test": ("digest_test", "digest_on", "weekly"),
    "preview": ("digest_preview", "which", "digest_list", "how", "weekly"),
    "history": ("digest_history", "digest_arrive", "neg", "why", "weekday", "day", "changes", "new", "which", "since", "weekly", "howmany",
                "month", "relative", "number", "clock", "digest_list", "digest_on", "span", "week"),
    "list": ("digest_list", "digest_arrive", "period", "digest_time", "which", "available", "how", "weekly", "howmany", "weekday", "day", "digest_on", "relative"),
}
_TAKEN_BY_HELP = (*LINKS, "digest", "help", "until", "digest_off", "digest_on", "how", "use", "only", "relative", "period",
                  "week", "day", "span", "weekly", "digest_resume", "which", "month", "number", "digest_list", "weekday", "digest_time", "changes", "gone")


def _speaks_of_subscribing(sentence: Sentence) -> bool:
    """Tell whether the digest is meant though not named: `unsubscribe`, `nothing arrived on monday`."""
    words = {piece.text.casefold() for piece in sentence.pieces}
    subscribes = any("subscri" in word or "abonn" in word or "bestell" in word or "suscri" in word or "подпис" in word or "отпис" in word or "订" in word for word in words)
    arrived = sentence.has("digest_history", "digest_arrive") and sentence.has("weekday", "neg", "weekly")
    return (subscribes or arrived or sentence.has("digest_matters")) and not sentence.has("framework", "model", "task")


def _action(sentence: Sentence) -> str:
    """Choose what is to be done; a question about it changes nothing."""
    has = sentence.has
    if has("help") or (has("how") and has("digest_on", "digest_off", "use", "digest_pause") and not has("clock")):
        return "help"
    if has("digest_preview"):
        return "preview"
    if has("digest_pause"):
        return "pause"
    if has("digest_resume") or (has("digest_again") and has("digest_start")):
        return "resume"
    if _came_wrong(sentence):
        return "history"
    if has("digest_off") or (has("neg") and has("digest_on")):
        return "off"
    if has("digest_test"):
        return "test"
    return _action_of_time(sentence)


def _action_of_time(sentence: Sentence) -> str:
    has = sentence.has
    rhythm = has("clock", "weekday", "digest_matters", "digest_always") or has("weekly")
    if has("digest_now") and not rhythm:
        return "now"
    if has("which") and has("digest_list", "available", "digest_on", "weekday", "digest_arrive", "digest_time") and not has("digest_matters"):
        return "list"
    if has("digest_on") or rhythm or _says_on(sentence):
        return "on"
    return "list"


def _says_on(sentence: Sentence) -> bool:
    return any(piece.text.casefold() == "on" for piece in sentence.pieces)


def _came_wrong(sentence: Sentence) -> bool:
    """Tell whether it is asked what became of one: late, twice, not at all."""
    absent = sentence.has("neg", "why") or any(piece.text.casefold() == "nothing" for piece in sentence.pieces)
    if absent and sentence.has("digest", "digest_arrive") and sentence.has("digest_arrive", "why"):
        return True
    asks = sentence.has("neg", "why", "digest", "weekday", "which")
    return sentence.has("digest_history") and asks and not sentence.has("digest_off", "digest_matters")


def _read_on(sentence: Sentence) -> Reading | None:
    """Read day, time, zone and condition; two of one kind are left over, so nothing is done."""
    days = [int(value) for value in sentence.values("weekday")]
    clocks, zones = sentence.values("clock"), _zones(sentence)
    if len(days) > 1 or len(clocks) > 1 or len(zones) > 1:
        return say("help digest", Kind.HELP, ("digest", "digest_on"), "A digest comes on one day and at one time.")
    parts = ["digest on", *(DAYS[day] for day in days), *map(_clock, clocks), *zones]
    parts += ["only if it matters"] if sentence.has("digest_matters") else []
    parts += ["always"] if sentence.has("digest_always") and not sentence.has("digest_matters") else []
    takes = (*LINKS, "digest", "digest_on", "weekly", "weekday", "day", "clock", "digest_matters", "digest_always", "zone", "changes", "gone")
    takes = (*takes, "only", "digest_start", "neg") if sentence.has("digest_matters") else (*takes, "digest_start")
    return say(" ".join(parts), Kind.DIGEST, takes)


def _clock(typed: str) -> str:
    """Write a time as the digest's own words do; what is no time there is refused there."""
    digits = typed.rstrip("apmhur").replace(".", ":").replace("h", ":")
    hour, _, minute = digits.partition(":")
    late = 12 if typed.endswith("pm") and int(hour) < 12 else 0  # noqa: PLR2004 - noon
    early = 12 if typed.endswith("am") and int(hour) == 12 else 0  # noqa: PLR2004 - midnight
    return f"{int(hour) + late - early:02}:{minute or '00'}"


def _zones(sentence: Sentence) -> list[str]:
    return [piece.concepts["zone"] for piece in sentence.pieces if "zone" in piece.concepts]
