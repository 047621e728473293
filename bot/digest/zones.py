"""
Time zones as people write them: in any case, with spaces or underscores, whole or by their city alone.

The names are read from this machine once: it takes milliseconds each time, and a line may hold hundreds of words.
"""

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

MOST_WORDS = 5
"""Words of the longest name, `America North Dakota New Salem`."""

LONGEST_NAME = 40
"""More characters than any name has; what is longer is like none."""

NO_ZONES = {"Factory", "localtime", "posixrules"}
"""Files among the zones that are none: what is not set up yet, and whatever this machine happens to be set to."""

YEAR = 2026
"""Zones whose clocks agree through this year are one to us."""


OFFSET = re.compile(r"(?:(?:utc|gmt) ?([+-]) ?(\d{1,2})|([+-])(\d\d))(?::?00)?")
"""`UTC+2`, `gmt-5`, `+02:00`: hours ahead of UTC or behind it, as people write them."""

FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")
"""The zones of fixed hours, whose sign is POSIX's: Etc/GMT-2 is two hours ahead of UTC."""


def find_zones(text: str) -> tuple[str, ...]:
    """Give the zones that a name or a city may mean: one, or several whose clocks differ; none if it is no zone."""
    wanted = _plain(text)
    if name := _by_name().get(wanted):
        return (name,)
    if offset := OFFSET.fullmatch(wanted):
        return _find_fixed(offset[1] or offset[3], int(offset[2] or offset[4]))
    by_clock = {_clock(name): name for name in reversed(_by_city().get(wanted, ()))}
    return tuple(sorted(by_clock.values()))


def _find_fixed(sign: str, hours: int) -> tuple[str, ...]:
    """Give the zone of so many hours ahead (+) or behind (-); none where no clock is so far off."""
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    return (name,) if name in available_zones() else ()


def name_zone(zone: str) -> str:
    """Name a zone for people: Europe/Berlin, UTC+2."""
    fixed = FIXED.fullmatch(zone)
    return f"UTC{'+' if fixed[1] == '-' else '-'}{fixed[2]}" if fixed else zone


def nearest(text: str) -> str:
    """Give the zone whose name is most like a mistyped one; nothing if none is."""
    near = difflib.get_close_matches(_plain(text[:LONGEST_NAME]), _by_name(), n=1, cutoff=0.7)
    return _by_name()[near[0]] if near else ""


@cache
def available_zones() -> frozenset[str]:
    """Give the names of all zones."""
    return frozenset(available_timezones() - NO_ZONES)


@cache
def _by_name() -> Mapping[str, str]:
    return {_plain(name): name for name in sorted(available_zones())}


@cache
def _by_city() -> Mapping[str, tuple[str, ...]]:
    cities: defaultdict[str, list[str]] = defaultdict(list)
    for name in _by_name().values():
        cities[_plain(name.rpartition("/")[2])].append(name)
    return {city: tuple(names) for city, names in cities.items()}


def _plain(text: str) -> str:
    """Write `US/Eastern`, `us_eastern` and `us eastern` alike; the minus of `GMT-5` is left alone."""
    spaced = text.casefold().replace("_", " ").replace("/", " ")
    return spaced if any(map(str.isdigit, spaced)) else spaced.replace("-", " ")


def _clock(name: str) -> tuple[dt.timedelta | None, ...]:
    """Give what a zone's clock shows through a year."""
    zone = ZoneInfo(name)
    return tuple(zone.utcoffset(dt.datetime(YEAR, month, 15)) for month in range(1, 13))  # noqa: DTZ001 - wall time is meant
