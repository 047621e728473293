"""
Time zones as people write them: in any case, with spaces or underscores, whole or by their city alone.

The names are read from this machine once: it takes milliseconds each time, and a line may hold hundreds of words.
"""

import datetime as dt
import difflib
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


def find_zones(text: str) -> tuple[str, ...]:
    """Give the zones that a name or a city may mean: one, or several whose clocks differ; none if it is no zone."""
    wanted = _plain(text)
    if name := _by_name().get(wanted):
        return (name,)
    by_clock = {_clock(name): name for name in reversed(_by_city().get(wanted, ()))}
    return tuple(sorted(by_clock.values()))


def nearest(text: str) -> str:
    """Give the zone whose name is most like a mistyped one; nothing if none is."""
    near = difflib.get_close_matches(_plain(text[:LONGEST_NAME]), _by_name(), n=1, cutoff=0.7)
    return _by_name()[near[0]] if near else ""


@cache
def _by_name() -> Mapping[str, str]:
    return {_plain(name): name for name in sorted(available_timezones() - NO_ZONES)}


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
