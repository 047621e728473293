"""
Time zones as people write them: in any case, with or without accents, whole, by a city, a country, an abbreviation.

The names are read from this machine once: it takes milliseconds each time, and a line may hold hundreds of words.
"""

import datetime as dt
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from analytics.digest_words.place_names import (
    ABBREVIATIONS,
    HALF_HOURS,
    NOT_BY_NAME,
    SHARED,
    list_cities,
    list_countries,
)

MOST_WORDS = 5
"""Words of the longest name, `America North Dakota New Salem`."""

LONGEST_NAME = 40
"""More characters than any name has; what is longer is like none."""

NO_ZONES = {"Factory", "localtime", "posixrules"}
"""Files among the zones that are none: what is not set up yet, and whatever this machine happens to be set to."""

YEAR = 2026
"""Zones whose clocks agree through this year are one to us."""


OFFSET = re.compile(r"(?:(?:utc|gmt) ?([+-]) ?(\d{1,2})|([+-])(\d\d))(?::?(00|30|45))?")
"""`UTC+2`, `gmt-5`, `+05:30`: hours ahead of UTC or behind it, as people write them."""

UNDONE = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "&": "and", "−": "-"})
"""Letters that are no other letter with an accent, and signs, as people write them who have none of these."""

FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")
"""The zones of fixed hours, whose sign is POSIX's: Etc/GMT-2 is two hours ahead of UTC."""


def find_zones(text: str) -> tuple[str, ...]:
    """Give the zones that words may mean: one, or several whose clocks differ; none if they mean no zone."""
    wanted = _plain(text)
    if name := _by_name().get(wanted):
        return (name,)
    if offset := OFFSET.fullmatch(wanted):
        return _find_fixed(offset[1] or offset[3], int(offset[2] or offset[4]), offset[5] or "00")
    if several := ABBREVIATIONS.get(wanted) or SHARED.get(wanted):
        return several
    if (named := list_cities().get(wanted)) is not None:
        return (named,)
    return _tell_apart(_by_city().get(wanted, ())) or _tell_apart(_by_country().get(wanted, ()))


def _tell_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Give one name for each clock that zones have among them."""
    by_clock = {_clock(name): name for name in reversed(names)}
    return tuple(sorted(by_clock.values()))


def keeps(zone: str, text: str) -> bool:
    """Tell whether words are another name for what a zone's clock shows: `Berlin, Germany`, `New York EST`."""
    return zone in available_zones() and _clock(zone) in {_clock(meant) for meant in find_zones(text)}


def _find_fixed(sign: str, hours: int, minutes: str) -> tuple[str, ...]:
    """Give the zone of so much ahead (+) or behind (-); none where no clock is off by that all year."""
    if minutes != "00":
        half = HALF_HOURS.get(f"{sign}{hours:02}:{minutes}")
        return (half,) if half else ()
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    return (name,) if name in available_zones() else ()


def name_zone(zone: str) -> str:
    """Name a zone for people: Europe/Berlin, UTC+2."""
    fixed = FIXED.fullmatch(zone)
    return f"UTC{'+' if fixed[1] == '-' else '-'}{fixed[2]}" if fixed else zone


def nearest(text: str) -> str:
    """Give the zone whose name or city is most like a mistyped one; nothing if none is."""
    known = _by_name() | {city: names[0] for city, names in _by_city().items()}
    near = difflib.get_close_matches(_plain(text[:LONGEST_NAME]), known, n=1, cutoff=0.7)
    return known[near[0]] if near else ""


@cache
def available_zones() -> frozenset[str]:
    """Give the names of all zones."""
    return frozenset(available_timezones() - NO_ZONES)


@cache
def _by_name() -> dict[str, str]:
    return {_plain(name): name for name in sorted(available_zones() - NOT_BY_NAME)}


@cache
def _by_city() -> Mapping[str, tuple[str, ...]]:
    cities: defaultdict[str, list[str]] = defaultdict(list)
    for name in _by_name().values():
        cities[_plain(name.rpartition("/")[2])].append(name)
    return {city: tuple(names) for city, names in cities.items()}


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    return {_plain(name): zones for name, zones in list_countries().items()}


def _plain(text: str) -> str:
    """Write `US/Eastern` and `us_eastern`, `Zürich` and `zurich` alike; the minus of `GMT-5` is left alone."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(UNDONE))
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    spaced = bare.replace("_", " ").replace("/", " ").replace(".", "").replace("'", "").replace("’", "")
    return spaced if any(map(str.isdigit, spaced)) else spaced.replace("-", " ")


def _clock(name: str) -> tuple[dt.timedelta | None, ...]:
    """Give what a zone's clock shows through a year."""
    zone = ZoneInfo(name)
    return tuple(zone.utcoffset(dt.datetime(YEAR, month, 15)) for month in range(1, 13))  # noqa: DTZ001 - wall time is meant
