"""Days and times as people write them: `weds`, `9 a.m.`, `21h30`, `9 o'clock in the evening`. Pure."""

import datetime as dt
import difflib
import re

from analytics.digest_words.named_days import DAYS
from analytics.digest_words.unclear_setting import LONGEST, Setting, UnclearSetting
from analytics.grammar.times_of_day import MINUTES, YEAR, join_time, read_time

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
    first = ahead[0].casefold()
    if first in IN_WORDS:
        raise UnclearSetting(f"“{first}” is a time in words; write it in digits, such as 09:00.", Setting.TIME)
    said = join_time(ahead)
    return (time_of(said[0]), said[1]) if said else None


def time_of(text: str) -> dt.time:
    """Read 9, 09:00, 9.30, 9am, 9:00pm, 0900, 21h30, noon. Raises UnclearSetting."""
    low = text.strip()
    if YEAR.fullmatch(low):
        said = f"“{low}” may be a year. A time is written as {low[:2]}:{low[2:]}."
        raise UnclearSetting(
            said if int(low[2:]) < MINUTES else f"“{low}” is no time; write it as 09:00.", Setting.TIME
        )
    if (time := read_time(text)) is None:
        raise UnclearSetting(f"“{text[:LONGEST]}” is no time; write it as 09:00.", Setting.TIME)
    return time
