"""Days and times as people write them: `weds`, `9 a.m.`, `21h30`, `9 o'clock in the evening`. Pure."""

import datetime as dt
import difflib
import re

from analytics.domain.wording import clause
from bot.digest.schedule import DAYS
from bot.digest.unclear_setting import LONGEST, Setting, UnclearSetting

SHORTEST = 2
"""Letters of a weekday at least: `mo`, `mon`, `monday`."""

SHORTEST_NAME = 3
"""The same where the word may be something else."""

ALSO_WRITTEN = {"weds": 2}
"""What is no beginning of a day's name."""

NOT_WEEKLY = {"daily", "day", "days", "everyday", "weekday", "weekdays", "workday", "workdays", "weekend", "weekends"}
NOT_WEEKLY |= {"today", "tomorrow", "hourly", "month", "months", "weeks", "fortnightly", "biweekly"}
"""What says when, but names no one day."""

OF_SEVERAL = re.compile(r"[-/&+]")
"""What stands between days in one word."""

CLOCK = re.compile(
    r"(\d{1,2}?)(?:[:.h]?(\d{2}))?(?:(?<=h\d\d)m(?:in)?)?(?::00)?(?:h|hrs?|uhr|o'?clock)?(am|pm)?", re.IGNORECASE
)
HALF_BEHIND = re.compile(
    r"((?: (?:o'?clock|o clock|uhr|hrs?|hours?|h))?)"
    r"((?: (?:in the |in )?(?:[ap]\.? ?m|morning|afternoon|evening))?)(?= |$)"
)
"""What may follow a time: that it is one, and its half of the day."""

YEAR = re.compile(r"20\d\d")
NAMED_TIMES = {"noon": dt.time(12), "midday": dt.time(12), "midnight": dt.time(0)}
NOON, HOURS, MINUTES = 12, 24, 60
IN_WORDS = {"half", "quarter", "past", "morning", "afternoon", "evening", "night", "tonight", "lunchtime"}
IN_WORDS |= {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
"""Words that tell the time roughly, or without a digit."""


def day_of(word: str) -> int | None:
    """Read a weekday from its first letters on, also as `mondays`. Raises UnclearSetting for what is no single day."""
    low = word.casefold().removesuffix("'s")
    if low in NOT_WEEKLY or _is_a_range(low):
        raise UnclearSetting(
            f"A digest has a day of its own, and “{word[:LONGEST]}” is not one day. Name one, such as Monday.",
            Setting.DAY,
        )
    return number_of(low)


def is_day(word: str) -> bool:
    """Tell whether a word is the name of one weekday, or begins one."""
    return number_of(word.casefold()) is not None


def _is_a_range(low: str) -> bool:
    """Tell whether it names several days: `mon-fri`, `sat&sun`."""
    days = OF_SEVERAL.split(low[:LONGEST])
    return len(days) > 1 and all(number_of(day) is not None for day in days)


def number_of(low: str) -> int | None:
    """Give the number of a weekday in small letters, 0 for Monday; None where it is none."""
    if low in ALSO_WRITTEN:
        return ALSO_WRITTEN[low]
    names = (f"{name}s".casefold() for name in DAYS)
    return next((at for at, name in enumerate(names) if len(low) >= SHORTEST and name.startswith(low)), None)


def nearest_day(word: str) -> str:
    """Give the day whose name is most like a mistyped one; nothing if none is."""
    near = difflib.get_close_matches(word[:LONGEST].capitalize(), DAYS, n=1, cutoff=0.75)
    return near[0] if near else ""


def time_ahead(ahead: list[str]) -> tuple[dt.time, int] | None:
    """
    Read a time with its half of the day, in as many words as it takes: `9pm`, `9:00 p.m.`, `9 o'clock in the evening`.

    Gives how many words that were; None where the first word begins no time. Raises UnclearSetting.
    """
    first, *rest = (word.casefold() for word in ahead)
    if first in NAMED_TIMES:
        return NAMED_TIMES[first], 1
    if first in IN_WORDS:
        raise UnclearSetting(f"“{first}” is a time in words; write it in digits, such as 09:00.", Setting.TIME)
    if not first[0].isdigit():
        return None
    behind = HALF_BEHIND.match(" ".join(["", *rest])[:LONGEST])
    clock, half = (behind[1], behind[2]) if behind else ("", "")
    return time_of(first + _half(half)), 1 + (clock + half).count(" ")


def _half(words: str) -> str:
    """Read which half of the day is meant."""
    if not words:
        return ""
    plain = words.replace(".", "").replace(" ", "")
    return "am" if plain in ("am", "inam") or plain.endswith("morning") else "pm"


def time_of(text: str) -> dt.time:
    """Read 9, 09:00, 9.30, 9am, 9:00pm, 0900, 21h30, noon. Raises UnclearSetting."""
    low = text[: LONGEST + 1].casefold().replace("’", "'").replace(" ", "").replace("a.m", "am").replace("p.m", "pm")
    if YEAR.fullmatch(low):
        said = f"“{low}” may be a year. A time is written as {low[:2]}:{low[2:]}."
        raise UnclearSetting(
            said if int(low[2:]) < MINUTES else f"“{low}” is no time; write it as 09:00.", Setting.TIME
        )
    match = CLOCK.fullmatch(clause(low)) if len(low) <= LONGEST else None
    time = NAMED_TIMES.get(low) or (_time(int(match[1]), int(match[2] or 0), match[3]) if match else None)
    if time is None:
        raise UnclearSetting(f"“{text[:LONGEST]}” is no time; write it as 09:00.", Setting.TIME)
    return time


def _time(hour: int, minute: int, half: str | None) -> dt.time | None:
    """Give the time of day; None if there is none such: 25:00, 13 am."""
    if half and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    elif half and (hour > NOON) != (half == "pm"):
        return None
    return dt.time(hour, minute) if hour < HOURS and minute < MINUTES else None
