"""
What people call a time zone that the zones' own names do not have: cities, abbreviations, countries.

Countries come with the zones' data (`iso3166.tab`, `zone.tab`). An abbreviation of several clocks stands for all of
them, so that it is asked which is meant: EST is New York's in winter, and some keep it through the summer.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

PACIFIC, MOUNTAIN, CENTRAL, EASTERN = (f"America/{city}" for city in ("Los_Angeles", "Denver", "Chicago", "New_York"))
CHINA, INDIA, UK, GERMANY, SPAIN = "Asia/Shanghai", "Asia/Kolkata", "Europe/London", "Europe/Berlin", "Europe/Madrid"
SWITZERLAND, FRANCE, ITALY, RUSSIA, BRAZIL = (
    *("Europe/Zurich", "Europe/Paris", "Europe/Rome", "Europe/Moscow", "America/Sao_Paulo"),
)

CITIES: Mapping[str, str] = {
    "san francisco, sf, seattle, san diego, silicon valley, palo alto, las vegas, la": PACIFIC,
    "salt lake city, albuquerque": MOUNTAIN,
    "austin, dallas, houston, san antonio, minneapolis, st louis, new orleans, nashville, kansas city": CENTRAL,
    "boston, washington dc, miami, atlanta, philadelphia, pittsburgh, new york city, nyc, ny": EASTERN,
    "orlando, charlotte, baltimore, cleveland, raleigh": EASTERN,
    "ottawa, quebec": "America/Toronto",
    "calgary": "America/Edmonton",
    "guadalajara": "America/Mexico_City",
    "brasilia, rio de janeiro, rio, belo horizonte": BRAZIL,
    "medellin, cali": "America/Bogota",
    "quito": "America/Guayaquil",
    "edinburgh, glasgow, cardiff, manchester, bristol, leeds, liverpool, oxford": UK,
    "cork, galway": "Europe/Dublin",
    "munich, munchen, hamburg, frankfurt, cologne, koln, stuttgart, dusseldorf, leipzig, dresden, bonn": GERMANY,
    "nuremberg, nurnberg, heidelberg, karlsruhe, hannover, hanover, bremen, tubingen, freiburg": GERMANY,
    "bern, berne, geneva, geneve, basel, lausanne": SWITZERLAND,
    "graz, salzburg, innsbruck, linz, wien": "Europe/Vienna",
    "lyon, marseille, toulouse, grenoble, nice, bordeaux, strasbourg, lille, nantes": FRANCE,
    "milan, milano, turin, torino, naples, napoli, florence, firenze, venice, venezia, bologna, roma": ITALY,
    "barcelona, valencia, seville, sevilla, bilbao, malaga": SPAIN,
    "porto, lisboa": "Europe/Lisbon",
    "the hague, rotterdam, utrecht, eindhoven, delft": "Europe/Amsterdam",
    "antwerp, ghent, leuven, liege, bruxelles": "Europe/Brussels",
    "gothenburg, goteborg, malmo, uppsala": "Europe/Stockholm",
    "bergen, trondheim": "Europe/Oslo",
    "kobenhavn, aarhus": "Europe/Copenhagen",
    "espoo, tampere": "Europe/Helsinki",
    "krakow, cracow, gdansk, wroclaw, poznan, lodz, warszawa": "Europe/Warsaw",
    "brno, praha": "Europe/Prague",
    "cluj, cluj napoca, iasi, bucuresti": "Europe/Bucharest",
    "beograd": "Europe/Belgrade",
    "st petersburg, saint petersburg": RUSSIA,
    "kharkiv, lviv, odesa, odessa": "Europe/Kyiv",
    "ankara, izmir": "Europe/Istanbul",
    "haifa": "Asia/Jerusalem",
    "doha": "Asia/Qatar",
    "abu dhabi": "Asia/Dubai",
    "mecca, jeddah": "Asia/Riyadh",
    "bangalore, bengaluru, mumbai, bombay, delhi, new delhi, chennai, madras, hyderabad, pune, ahmedabad": INDIA,
    "islamabad, lahore": "Asia/Karachi",
    "beijing, peking, shenzhen, guangzhou, hangzhou, chengdu, nanjing, wuhan, xian, suzhou, tianjin": CHINA,
    "osaka, kyoto, nagoya, yokohama, fukuoka, sapporo": "Asia/Tokyo",
    "busan, daejeon": "Asia/Seoul",
    "hanoi, ho chi minh city, da nang": "Asia/Ho_Chi_Minh",
    "penang": "Asia/Kuala_Lumpur",
    "cebu, quezon city": "Asia/Manila",
    "bandung, surabaya": "Asia/Jakarta",
    "astana": "Asia/Almaty",
    "wellington, christchurch": "Pacific/Auckland",
    "cape town, pretoria, durban": "Africa/Johannesburg",
    "abuja": "Africa/Lagos",
    "alexandria": "Africa/Cairo",
    "rabat, marrakesh": "Africa/Casablanca",
    "dodoma": "Africa/Dar_es_Salaam",
}
"""Large cities and capitals that name no zone, several to a line."""

SHARED: Mapping[str, tuple[str, ...]] = {
    "birmingham": (UK, CENTRAL),
    "cambridge": (UK, EASTERN),
    "georgia": (EASTERN, "Asia/Tbilisi"),
    "portland": (PACIFIC, EASTERN),
    "washington": (EASTERN, PACIFIC),
}
"""Places of one name under two clocks."""

ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "est": (EASTERN, "Etc/GMT+5"),
    "edt": (EASTERN,),
    "et": (EASTERN,),
    "cst": (CENTRAL, CHINA, "America/Havana"),
    "cdt": (CENTRAL, "America/Havana"),
    "ct": (CENTRAL,),
    "mst": (MOUNTAIN, "America/Phoenix"),
    "mdt": (MOUNTAIN,),
    "mt": (MOUNTAIN,),
    "pst": (PACIFIC, "Asia/Manila"),
    "pdt": (PACIFIC,),
    "pt": (PACIFIC,),
    "akst": ("America/Anchorage",),
    "akdt": ("America/Anchorage",),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "adt": ("America/Halifax",),
    "nst": ("America/St_Johns",),
    "ndt": ("America/St_Johns",),
    "brt": (BRAZIL,),
    "bst": (UK, "Asia/Dhaka"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "cest": ("CET",),
    "mez": ("CET",),
    "mesz": ("CET",),
    "eest": ("EET",),
    "msk": (RUSSIA,),
    "trt": ("Europe/Istanbul",),
    "gst": ("Asia/Dubai",),
    "pkt": ("Asia/Karachi",),
    "ict": ("Asia/Bangkok",),
    "wib": ("Asia/Jakarta",),
    "sgt": ("Asia/Singapore",),
    "hkt": ("Asia/Hong_Kong",),
    "pht": ("Asia/Manila",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "awst": ("Australia/Perth",),
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "sast": ("Africa/Johannesburg",),
    "wat": ("Africa/Lagos",),
    "z": ("UTC",),
}
"""What people write short; of those that are zones' own names too only the ones in `NOT_BY_NAME` are read here."""

NOT_BY_NAME = {"EST", "MST"}
"""Zones whose names are abbreviations that mean another clock to most who type them."""

HALF_HOURS: Mapping[str, str] = {
    "+03:30": "Asia/Tehran",
    "+04:30": "Asia/Kabul",
    "+05:30": INDIA,
    "+05:45": "Asia/Kathmandu",
    "+06:30": "Asia/Yangon",
    "+08:45": "Australia/Eucla",
    "+09:30": "Australia/Darwin",
    "-09:30": "Pacific/Marquesas",
}
"""Hours ahead of UTC that no zone of fixed hours has, and who keeps them all year."""

ALSO_CALLED: Mapping[str, str] = {
    "GB": "uk, britain, great britain, united kingdom, england, scotland, wales, northern ireland",
    "US": "us, usa, united states of america, america",
    "KR": "korea, south korea",
    "AE": "uae, emirates",
    "CZ": "czechia",
    "NL": "holland, the netherlands",
    "VN": "viet nam",
    "BA": "bosnia",
    "CI": "ivory coast",
}


@cache
def list_cities() -> Mapping[str, str]:
    """Give the zone of each city."""
    return {city: zone for names, zone in CITIES.items() for city in names.split(", ")}


@cache
def list_countries() -> Mapping[str, tuple[str, ...]]:
    """Give the zones of each country by its names, the chief one first."""
    zones: defaultdict[str, list[str]] = defaultdict(list)
    for code, _, zone, *_ in _read("zone.tab"):
        zones[code].append(zone)
    named = [(name, code) for code, name in _read("iso3166.tab")]
    named += [(name, code) for code, names in ALSO_CALLED.items() for name in names.split(", ")]
    return {name: tuple(zones[code]) for name, code in named}


def _read(name: str) -> Iterator[list[str]]:
    """Read a table that comes with the zones."""
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
