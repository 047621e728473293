"""
Days of a month as people write them, and weeks: `monthly`, `on the 1st of every month`, `last Friday`. Pure.

What may mean two things is asked back: `every second Monday` may be every other week.
"""

import re
from dataclasses import dataclass

from analytics.digest_words.day_words import day_of, is_day
from analytics.digest_words.named_days import LAST, LAST_DAY, LATEST_DAY, ORDINALS
from analytics.digest_words.unclear_setting import Setting, UnclearSetting
from analytics.grammar.times_of_day import HOURS

SOME_DAY = "some day"
"""Monthly is said, and no day: the one it has, else the first of the month."""

WEEKLY = ""
"""What is said of a digest that comes every week."""

OF_MONTH = r"(?: (?:of|in) (?:(?:the|every|each|a) )?month| (?:every|each) month| monthly)"
END = r"(?= |$)"
WHICH = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
ORDINAL = rf"(?P<which>{'|'.join((*WHICH, *ORDINALS, 'fifth', '5th', LAST))})"

SPAN = r"\d{1,4} ?(?:min(?:ute)?s?|h(?:(?:ou)?rs?)?|days?|weeks?|months?|years?)"
"""How long something takes: `2 hours` behind `every` or `in` is no time of the day."""

NEITHER = re.compile(
    rf"(?:(?:every|each) {SPAN}|(?:every|each|once a|a|per) day(?= \d)"
    rf"|(?:every|each) (?:other|two|2|three|3|four|4|six|6|few|quarter|year|second (?:week|month)|2nd (?:week|month))"
    rf"|twice|bi-?weekly|bi-?monthly|fortnight(?:ly)?|quarterly|yearly|annually){END}"
)
UNSURE = re.compile(rf"(?:every|each) (?P<which>second|2nd|third|3rd|fourth|4th) (?P<day>\w+)(?!{OF_MONTH}){END}")
WEEKDAY = re.compile(rf"{ORDINAL} (?P<day>[^\W\d]+){OF_MONTH}?{END}")
LAST_ONE = re.compile(rf"(?:(?:last day|month-end){OF_MONTH}?|(?:last|end){OF_MONTH}){END}")
FIRST_ONE = re.compile(rf"(?:(?:first|1st) day{OF_MONTH}?|(?:first|beginning|start){OF_MONTH}){END}")
NUMBER = re.compile(rf"(?:day )?(?P<number>\d{{1,2}})(?:(?:st|nd|rd|th){OF_MONTH}?|(?:(?<=\d)|){OF_MONTH}){END}")
DAY_NUMBER = re.compile(rf"day (?P<number>\d{{1,2}}){OF_MONTH}?{END}")
EVERY_MONTH = re.compile(rf"(?:monthly|(?:once )?(?:a|per|every|each) month|(?:of|in) (?:the|every|each) month){END}")
EVERY_WEEK = re.compile(rf"(?:weekly|(?:once )?(?:a|per|every|each) week){END}")
EVERY_DAY = re.compile(rf"(?:every|each) (?P<day>[^\W\d]+){END}")

BEGINS = re.compile(
    r"\b(?:starting|from|beginning|begins?|since|as of)(?: on)?(?: the)? "
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|last)\b"
    r"|(?<!for )(?<!for the )\bnext (?:week|month|year)\b"
)
ONE_TIME = re.compile(
    rf"\b(?:(?<!once )in (?:{SPAN}|an? (?:minute|hour|day|week|month))"
    r"|(?:just |only )?(?:once|one time)(?! (?:a|per|every|each)\b)"
    r"|for (?!(?:every|each|this channel)\b)(?:the )?(?:next )?(?:\w+ )?(?:days?|weeks?|months?|years?)"
    r"|next \w+ only|(?:only|just) (?:next|this) \w+"
    r"|(?<!indian[/ ])(?<!pacific[/ ])(?:christmas|easter)(?! island))(?= |$)"
)
"""What asks for one digest, or for some time only: it comes until somebody ends it."""

BARE = re.compile(
    r"(?<!at )(?<!\S)([1-9]|[12]\d|3[01])(?= |$)(?! (?:h|hrs?|hours?|uhr|o'?clock|am|pm|a\.m|p\.m|in the))"
)
"""A number that may be a day of the month or an hour."""


@dataclass(frozen=True, slots=True)
class RhythmRead:
    """What words say of weeks and months, how many words that were, and the weekday among them."""

    monthly: str
    words: int
    weekday: int | None = None


def read_rhythm(ahead: list[str]) -> RhythmRead | None:
    """Read what the next words begin with; None where that says nothing of weeks or months. Raises UnclearSetting."""
    said = " ".join(ahead).casefold()
    if neither := NEITHER.match(said):
        raise UnclearSetting(f"A digest comes once a week or once a month, not “{neither[0]}”.", Setting.DAY)
    if (unsure := UNSURE.match(said)) and is_day(unsure["day"]):
        day = unsure["day"].capitalize()
        raise UnclearSetting(
            f"“{unsure[0]}” may be every {unsure['which']} week, which no digest comes in, or the {unsure['which']} "
            f"{day} of the month: then write “{unsure['which']} {day} of the month”.",
            Setting.DAY,
        )
    return _read_day(said) or _read_every(said)


def _read_day(said: str) -> RhythmRead | None:
    """Read one day of a month."""
    if (found := WEEKDAY.match(said)) and is_day(found["day"]):
        return RhythmRead(_which(found["which"]), _count(found[0]), day_of(found["day"]))
    for pattern, monthly in ((LAST_ONE, LAST_DAY), (FIRST_ONE, "1")):
        if found := pattern.match(said):
            return RhythmRead(monthly, _count(found[0]))
    if found := NUMBER.match(said) or DAY_NUMBER.match(said):
        return RhythmRead(_number(int(found["number"])), _count(found[0]))
    return None


def _read_every(said: str) -> RhythmRead | None:
    """Read that it comes every month, or every week."""
    if found := EVERY_MONTH.match(said):
        return RhythmRead(SOME_DAY, _count(found[0]))
    if found := EVERY_WEEK.match(said):
        return RhythmRead(WEEKLY, _count(found[0]))
    found = EVERY_DAY.match(said)
    return RhythmRead(WEEKLY, 2, day_of(found["day"])) if found and is_day(found["day"]) else None


def _count(said: str) -> int:
    return len(said.split())


def _which(word: str) -> str:
    which = WHICH.get(word, word)
    if which not in (*ORDINALS, LAST):
        raise UnclearSetting(f"Not every month has a {which} one; “last” is in each.", Setting.DAY)
    return which


def _number(day: int) -> str:
    if not 1 <= day <= LATEST_DAY:
        said = f"Not every month has a day {day}. Name one from 1 to {LATEST_DAY}, or “last day of the month”."
        raise UnclearSetting(said, Setting.DAY)
    return str(day)


def refuse_beginning(said: str) -> None:
    """Refuse a day on which it should begin: it begins as soon as it is set."""
    if begins := BEGINS.search(said):
        raise UnclearSetting(
            f"“{begins[0]}”: a digest begins when it is set. For every month write “1st of the month”.", Setting.DAY
        )


def refuse_one_time(said: str) -> None:
    """Refuse what is to come once, or for some time only."""
    if once := ONE_TIME.search(said):
        raise UnclearSetting(
            f"“{once[0]}”: a digest comes every week or month until “digest off”. “digest now” posts one.", Setting.DAY
        )


def refuse_bare_number(said: str) -> None:
    """Refuse, where monthly is said, a number that may be a day or an hour."""
    if bare := BARE.search(said):
        day = int(bare[1])
        hour = f" or “{day:02}:00”" if day < HOURS else ""
        raise UnclearSetting(f"“{day}” may be a day of the month or a time; write “day {day}”{hour}.", Setting.DAY)
