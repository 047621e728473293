"""A time of the day as people write it: `9`, `09:00`, `9 p.m.`, `21h30`, `9 o'clock in the evening`, `noon`. Pure."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from analytics.domain.wording import clause
from analytics.grammar import lexicon

LONGEST = 40
"""Letters of a time at most that are looked at."""

CLOCK = re.compile(
    r"(\d{1,2}?)(?:[:.h]?(\d{2}))?(?:(?<=h\d\d)m(?:in)?)?(?::00)?(?:h|hrs?|uhr|o'?clock)?(am|pm)?", re.IGNORECASE
)
HALF_BEHIND = re.compile(
    r"((?: (?:o'?clock|o clock|uhr|hrs?|hours?|h))?)"
    r"((?: (?:in the |in )?(?:[ap]\.? ?m|morning|afternoon|evening))?)(?= |$)"
)
"""What may follow a time: that it is one, and its half of the day."""

YEAR = re.compile(r"20\d\d")
NOON, HOURS, MINUTES = 12, 24, 60


@cache
def list_named_times() -> dict[str, dt.time]:
    """Give the times that have a word of their own."""
    times = lexicon.values("clock").items()
    return {word: dt.time.fromisoformat(time) for word, time in times if " " not in word}


def read_time(text: str) -> dt.time | None:
    """Read 9, 09:00, 9.30, 9am, 9:00pm, 0900, 21h30, noon; None where it is no time, or may be a year."""
    low = text[: LONGEST + 1].casefold().replace("’", "'").replace(" ", "").replace("a.m", "am").replace("p.m", "pm")
    if len(low) > LONGEST or YEAR.fullmatch(low):
        return None
    match = CLOCK.fullmatch(clause(low))
    return list_named_times().get(low) or (_time(int(match[1]), int(match[2] or 0), match[3]) if match else None)


def find_time(words: Sequence[str]) -> tuple[dt.time, int, str] | None:
    """Read the time that words begin with: the time, how many words it takes, and its half of the day if it is said."""
    text, size, half = join_time(words) or ("", 0, "")
    time = read_time(text) if text else None
    return None if time is None else (time, size, half)


def join_time(words: Sequence[str]) -> tuple[str, int, str] | None:
    """
    Join what may be a time with what stands behind it, `9 o'clock in the evening` as `9pm`; it may be no time.

    Gives that, how many words it takes, and its half, `am` or `pm`, empty where none is said.
    """
    first, *rest = (word.casefold() for word in words)
    if first in list_named_times():
        return first, 1, ""
    if not first[0].isdigit():
        return None
    behind = HALF_BEHIND.match(" ".join(["", *rest])[:LONGEST])
    clock, said = (behind[1], behind[2]) if behind else ("", "")
    half = _half(said)
    return first + half, 1 + (clock + said).count(" "), half


def _half(words: str) -> str:
    """Read which half of the day is meant."""
    if not words:
        return ""
    plain = words.replace(".", "").replace(" ", "")
    return "am" if plain in ("am", "inam") or plain.endswith("morning") else "pm"


def _time(hour: int, minute: int, half: str | None) -> dt.time | None:
    """Give the time of day; None if there is none such: 25:00, 13 am."""
    if half and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    elif half and (hour > NOON) != (half == "pm"):
        return None
    return dt.time(hour, minute) if hour < HOURS and minute < MINUTES else None
