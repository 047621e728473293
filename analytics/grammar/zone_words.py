"""Time zones by their names and cities, as far as they are clear; the digest itself asks back where they are not."""

import zoneinfo
from functools import cache

from analytics.grammar.pieces import Piece

HOLIDAYS = ("easter",)
"""Cities, by their zone, that are rather a day: `on easter monday`."""


@cache
def zones_by_word() -> dict[str, str]:
    """Give the zones by their own name and by their city, where only one is called so."""
    found: dict[str, str] = {}
    for zone in sorted(zoneinfo.available_timezones()):
        area, _, city = zone.rpartition("/")
        found[zone.casefold()] = zone
        if area in ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"):
            found.setdefault(city.replace("_", " ").casefold(), zone)
    return {word: zone for word, zone in found.items() if word not in HOLIDAYS}


def as_zone(text: str) -> Piece | None:
    """Read a zone by its name or city; None where it is none."""
    zone = zones_by_word().get(text.casefold())
    return Piece(text, {"zone": zone}) if zone else None
