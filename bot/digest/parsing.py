"""`digest on mon 09:00 Europe/Berlin only if it matters` -> what is meant. Pure."""

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import available_timezones

from bot.digest.builder import SECTIONS
from bot.digest.schedule import DAYS, zone_named

ACTIONS = ("on", "off", "pause", "resume", "list", "preview", "now", "history", "test")
SYNONYMS = {"subscribe": "on", "unsubscribe": "off", "stop": "off", "start": "on", "status": "list", "show": "list"}
FILLERS = {"at", "every", "on", "the", "each", "weekly", "and", "with", "it", "a", "section", "sections"}
ONLY = {"only", "if", "matters", "quiet"}
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
NOON = 12
SHORTEST = 2
"""Letters of a weekday at least: `mo`, `mon`, `monday`."""


class Setting(StrEnum):
    """What a word about a digest was meant to set."""

    ACTION = "action"
    TIME = "time"
    ZONE = "zone"


class UnclearSetting(Exception):
    """What is wrong with the words, as a sentence, and what they were meant to set."""

    def __init__(self, problem: str, setting: Setting) -> None:
        super().__init__(problem)
        self.setting = setting


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `digest on` asks for; None where the words do not say."""

    weekday: int | None = None
    at: dt.time | None = None
    zone: str | None = None
    sections: tuple[str, ...] = ()
    only_if_matters: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether there were no words, so that the form is wanted."""
        return self == Wanted()


def action_of(words: list[str]) -> tuple[str, list[str]]:
    """Read the action after `digest`; without one it is `list`. Raises UnclearSetting."""
    if not words:
        return "list", []
    first = SYNONYMS.get(words[0].casefold(), words[0].casefold())
    if first not in ACTIONS:
        near = difflib.get_close_matches(first, ACTIONS, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnclearSetting(f"“digest” does not know “{words[0][:40]}”.{hint}", Setting.ACTION)
    return first, words[1:]


def wanted(words: list[str]) -> Wanted:
    """Read day, time, zone, sections and `only if it matters`, in any order. Raises UnclearSetting."""
    found = Wanted()
    for word in words:
        found = _read(found, word)
    return found


def _read(found: Wanted, word: str) -> Wanted:
    low = word.casefold().strip(",")
    if low in ONLY:
        return Wanted(found.weekday, found.at, found.zone, found.sections, only_if_matters=True)
    if low in FILLERS:
        return found
    if low in SECTIONS:
        sections = (*found.sections, low)
        return Wanted(found.weekday, found.at, found.zone, sections, found.only_if_matters)
    day = next((at for at, name in enumerate(DAYS) if len(low) >= SHORTEST and name.casefold().startswith(low)), None)
    if day is not None:
        return Wanted(day, found.at, found.zone, found.sections, found.only_if_matters)
    if low[0].isdigit():
        return Wanted(found.weekday, time_of(low), found.zone, found.sections, found.only_if_matters)
    return Wanted(found.weekday, found.at, zone_of(word), found.sections, found.only_if_matters)


def time_of(text: str) -> dt.time:
    """Read 9, 09:00, 9.30, 9am. Raises UnclearSetting."""
    match = CLOCK.fullmatch(text)
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= NOON:
            hour = hour % NOON + (NOON if half == "pm" else 0)
        if hour < 24 and minute < 60:  # noqa: PLR2004 - hours and minutes
            return dt.time(hour, minute)
    raise UnclearSetting(f"“{text[:40]}” is no time; write it as 09:00.", Setting.TIME)


def zone_of(text: str) -> str:
    """Read an IANA zone in any case, or its city alone. Raises UnclearSetting."""
    by_name = {name.casefold(): name for name in available_timezones()}
    low = text.casefold()
    name = by_name.get(low) or next(
        (full for short, full in sorted(by_name.items()) if short.rpartition("/")[2] == low), None
    )
    if name and zone_named(name):
        return name
    near = difflib.get_close_matches(low, by_name, n=1, cutoff=0.7)
    hint = f" Did you mean {by_name[near[0]]}?" if near else " Zones are written as Europe/Berlin."
    raise UnclearSetting(f"I know no day, time or zone “{text[:40]}”.{hint}", Setting.ZONE)
