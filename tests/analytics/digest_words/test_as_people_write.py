"""A table of how people write days, times and zones: each is read as meant, or what is meant is asked."""

import datetime as dt
from dataclasses import replace
from zoneinfo import available_timezones

import pytest

from analytics.digest_words import place_names
from analytics.digest_words.named_days import DAYS
from analytics.digest_words.parsing import UnclearSetting, Wanted, action_of, read_wanted, zone_of
from analytics.digest_words.unclear_setting import LONGEST
from analytics.grammar import understand

FORMS_OF_DAYS = ("{}", "{}.", "{}!", "{}?", "{},", "({})", "every {}", "on {}", "each {}", "next {}")
SHORT = {0: "mo", 1: "tue tues", 2: "wed weds", 3: "thu thur thurs", 4: "fr fri", 5: "sat", 6: "su sun"}


@pytest.mark.parametrize("form", [*FORMS_OF_DAYS, "every week on {}", "@{}", '"{}"', "on {} please", "once a week, {}"])
def test_each_day_is_read_in_each_form(form: str) -> None:
    """Whole, in capitals, and short."""
    for number, name in enumerate(DAYS):
        for word in (name, name.upper(), f"{name}s", *SHORT[number].split()):
            read = read_wanted(form.format(word).split())
            assert (replace(read, monthly=None), read.monthly or "") == (Wanted(number), ""), form.format(word)


NINE, HALF_NINE, EVENING, LATE = dt.time(9), dt.time(9, 30), dt.time(21), dt.time(21, 30)
TIMES = {
    NINE: (
        *(
            "9",
            "09",
            "9:00",
            "09:00",
            "09.00",
            "9.00",
            "0900",
            "9h",
            "9h00",
            "09h",
            "9 h",
            "9 am",
            "9am",
            "9 AM",
            "9a.m.",
        ),
        *("9 a.m.", "9 a m", "9 A M", "9 a. m.", "9:00am", "9.00 am", "9:00:00", "9 o'clock", "9 o’clock", "9 oclock"),
        *("9 o clock", "9o'clock", "9 o'clock am", "9 uhr", "9:00 uhr", "9 in the morning", "9 o'clock in the morning"),
        *(
            "at 9",
            "@9",
            "at 9:00.",
            "9!",
            "9?",
            "(9)",
            "9,",
            "0900hrs",
            "0900 hrs",
            "9:00 hours",
            "09:00h",
            "9 morning",
        ),
    ),
    HALF_NINE: (
        "9:30",
        "9.30",
        "0930",
        "930",
        "9h30",
        "9:30am",
        "9:30 a.m.",
        "9:30 in the morning",
        "09:30:00",
        "9h30.",
    ),
    EVENING: ("21", "21:00", "2100", "21h", "21.00", "9pm", "9 pm", "9 p m", "9 p.m.", "9PM", "9:00 pm", "21 h"),
    LATE: ("21:30", "21h30", "21.30", "2130", "9:30pm", "9.30 p.m.", "9:30 in the evening", "930pm", "9h30 pm"),
    dt.time(14): ("14", "2pm", "2 in the afternoon", "14:00 in the afternoon", "2:00 P.M."),
    dt.time(12): ("noon", "12", "12 pm", "12 noon", "midday", "at noon", "12:00", "1200"),
    dt.time(0): ("midnight", "0:00", "00:00", "12am", "12 a.m.", "0000", "0h"),
    dt.time(19, 45): ("1945", "19:45", "7:45 pm"),
}


@pytest.mark.parametrize(("typed", "meant"), [(typed, meant) for meant, all_of in TIMES.items() for typed in all_of])
def test_each_time_is_read(typed: str, meant: dt.time) -> None:
    """Alone, after a day, before a zone."""
    assert read_wanted(typed.split()) == Wanted(at=meant)
    assert read_wanted(f"mon {typed} Europe/Berlin".split()) == Wanted(0, meant, "Europe/Berlin")
    assert read_wanted(f"berlin, mon, {typed}".split()) == Wanted(0, meant, "Europe/Berlin")


OF_OTHER_THINGS = {"9 h", "9 hrs", "9 hours", "21 h", "0900 hrs", "930", "1200", "1945", "2100", "9?", "@9"}
"""What sentences of other things have, too: a span, a number, a year, a question. In these it is asked back."""


@pytest.mark.parametrize(("typed", "meant"), [(typed, meant) for meant, all_of in TIMES.items() for typed in all_of])
def test_each_time_is_read_the_same_in_a_sentence(typed: str, meant: dt.time) -> None:
    """What the digest takes, a sentence about it means, too: `please set the digest to monday noon`."""
    words = understand(f"digest on mon {typed}", dt.date(2026, 11, 26)).words

    assert words == (None if typed in OF_OTHER_THINGS else f"digest on mon {meant:%H:%M}")


ZONES = {
    "Europe/Berlin": "Berlin BERLIN europe/berlin Berlin. (Berlin) germany Germany Munich München frankfurt Köln",
    "Europe/Zurich": "Zürich zurich ZÜRICH zürich, Europe/Zürich Switzerland Bern Genève geneva Basel",
    "America/Sao_Paulo": "são_paulo sao_paulo São/Paulo america/são_paulo Brasília rio BRT",
    "Europe/London": "London uk UK Britain england scotland Edinburgh",
    "Europe/Paris": "Paris paris France Lyon",
    "Europe/Copenhagen": "Copenhagen København Denmark",
    "Europe/Stockholm": "Stockholm Malmö Göteborg Sweden",
    "Europe/Warsaw": "Warsaw Łódź Kraków Wrocław",
    "Asia/Kolkata": "Kolkata India Bengaluru mumbai delhi +05:30 UTC+5:30 gmt+0530",
    "Asia/Shanghai": "Shanghai beijing Shenzhen",
    "Asia/Tokyo": "Tokyo Kyoto JST",
    "Asia/Seoul": "Seoul KST",
    "Asia/Singapore": "SGT",
    "America/New_York": "New_York new-york ET EDT Boston NYC",
    "America/Los_Angeles": "PT PDT Seattle SF Los_Angeles",
    "America/Chicago": "CT Austin Chicago",
    "America/Bogota": "Bogotá bogota Medellín Colombia",
    "America/Asuncion": "Asunción Paraguay",
    "Atlantic/Reykjavik": "Reykjavík reykjavik",
    "Pacific/Noumea": "Nouméa",
    "Australia/Sydney": "Sydney AEDT",
    "Africa/Nairobi": "Nairobi Kenya",
    "CET": "CET cet CEST MEZ",
    "Europe/Madrid": "Madrid Barcelona",
    "Europe/Dublin": "Dublin Ireland",
    "Etc/GMT-2": "UTC+2 gmt+2 +02:00 UTC+02 GMT+02:00",
    "Asia/Kathmandu": "Kathmandu Nepal +05:45",
}
LONGER = {
    "America/Sao_Paulo": ("são paulo", "São Paulo", "sao paulo", "Rio de Janeiro"),
    "America/New_York": (
        "New York",
        "new york city",
        "New York, EST",
        "New York, USA",
        "Washington, D.C.",
        "New York time",
    ),
    "America/Los_Angeles": ("San Francisco", "Los Angeles", "Palo Alto"),
    "Europe/Berlin": (
        "Berlin, Germany",
        "Berlin time",
        "Berlin CET",
        "Germany, Berlin",
        "in Berlin",
        "Berlin (Germany)",
    ),
    "America/St_Johns": ("St. John's", "St Johns", "st. john’s"),
    "Europe/London": ("London, UK", "London, England", "United Kingdom", "Great Britain", "London local time"),
    "Asia/Ho_Chi_Minh": ("Ho Chi Minh", "Ho Chi Minh City"),
    "Asia/Kolkata": ("New Delhi", "UTC +5:30", "New Delhi, India"),
    "America/Mexico_City": ("Mexico City", "mexico city, Mexico City"),
    "America/Port-au-Prince": ("Port-au-Prince", "port au prince"),
    "Asia/Seoul": ("South Korea",),
    "Africa/Abidjan": ("Côte d'Ivoire", "Ivory Coast"),
    "US/Eastern": ("US Eastern", "US/Eastern"),
}


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        *((typed, zone) for zone, all_of in ZONES.items() for typed in all_of.split()),
        *((typed, zone) for zone, all_of in LONGER.items() for typed in all_of),
    ],
)
def test_each_zone_is_read(typed: str, zone: str) -> None:
    """Alone, and behind a day and a time."""
    assert read_wanted(typed.split()) == Wanted(zone=zone)
    assert read_wanted(f"weds. 9 a m {typed}".split()) == Wanted(2, NINE, zone)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("EST", "“EST” may be America/New_York or UTC-5;"),
        ("PST", "“PST” may be America/Los_Angeles or Asia/Manila;"),
        ("CST", "“CST” may be America/Chicago or Asia/Shanghai or America/Havana;"),
        ("MST", "“MST” may be America/Denver or America/Phoenix;"),
        ("BST", "“BST” may be Europe/London or Asia/Dhaka;"),
        ("IST", "“IST” may be Asia/Kolkata or Europe/Dublin or Asia/Jerusalem;"),
        ("AEST", "“AEST” may be Australia/Sydney or Australia/Brisbane;"),
        ("Georgia", "“Georgia” may be America/New_York or Asia/Tbilisi;"),
        ("Cambridge", "“Cambridge” may be Europe/London or America/New_York;"),
        ("Spain", "“Spain” may be Atlantic/Canary or Europe/Madrid;"),
        ("usa", "times in “usa”; name a city, such as America/"),
        ("Brazil", "times in “Brazil”; name a city"),
        ("on 2026", "“2026” may be a year. A time is written as 20:26."),
        ("mon 2030", "“2030” may be a year. A time is written as 20:30."),
        ("2077", "“2077” is no time; write it as 09:00."),
        ("2026-12-01", "is no time; write it as 09:00"),
        ("half past nine", "“half” is a time in words; write it in digits, such as 09:00."),
        ("quarter to 9", "“quarter” is a time in words"),
        ("at nine", "“nine” is a time in words"),
        ("monday morning", "“morning” is a time in words"),
        ("daily at 9", "A digest has a day of its own, and “daily” is not one day."),
        ("every day", "“day” is not one day"),
        ("weekdays 9", "“weekdays” is not one day"),
        ("mon-fri 9", "“mon-fri” is not one day"),
        ("tomorrow", "“tomorrow” is not one day. Name one, such as Monday."),
        ("wendesday", "Did you mean Wednesday?"),
        ("thusday", "Did you mean Thursday?"),
        ("Zürch", "Did you mean Europe/Zurich?"),
        ("25h", "is no time"),
        ("9 o'clock 17:00", "at one time, and I read two: 09:00 and 17:00"),
        ("UTC+5:15", "no day, time or zone"),
        ("mon tue", "on one day, and I read two"),
    ],
)
def test_what_may_mean_two_things_is_asked(typed: str, asked: str) -> None:
    """Nothing is promised for a time that was not meant."""
    with pytest.raises(UnclearSetting) as unclear:
        read_wanted(typed.split())

    assert asked in str(unclear.value)


@pytest.mark.parametrize(
    ("typed", "action"), [("off!", "off"), ("list?", "list"), ("pause.", "pause"), ("On!", "on"), ("STOP", "off")]
)
def test_an_action_is_read_with_its_mark(typed: str, action: str) -> None:
    """As sentences end."""
    assert action_of([typed])[0] == action


def test_every_place_and_abbreviation_names_zones_that_are_there() -> None:
    """A slip in the tables would be found by the first who types it."""
    named = {*place_names.list_cities().values(), *place_names.HALF_HOURS.values()}
    for several in (*place_names.ABBREVIATIONS.values(), *place_names.SHARED.values()):
        named |= {*several}

    assert named - available_timezones() == set()
    assert {city for city, zone in place_names.list_cities().items() if zone_of(city) != zone} == set()


def test_no_country_is_without_a_zone() -> None:
    """Each is read or asked about, but for names longer than anybody types."""
    named = {name for name, zones in place_names.list_countries().items() if zones and len(name) <= LONGEST}
    unread = {name for name in named if not _is_read(name)}

    assert unread == set()
    assert len(named) > 240


def _is_read(name: str) -> bool:
    """Tell whether a country is read, or a question is asked that names what it may be."""
    try:
        return bool(zone_of(name))
    except UnclearSetting as unclear:
        return "may be" in str(unclear) or "times in" in str(unclear)


BETWEEN = ("–", "—", "-", "‑", "−", "|", "→", "~", "•", "·", "– ", " — ", " | ", ", – ", " -> ", "/", " / ")


@pytest.mark.parametrize("sign", BETWEEN)
@pytest.mark.parametrize("day", ["mon", "Monday", "MONDAYS"])
def test_a_sign_between_day_and_time_parts_them(day: str, sign: str) -> None:
    """Whatever dash, bar or arrow a telephone made of it, with spaces or without."""
    assert read_wanted(f"{day}{sign}9:00".split()) == Wanted(0, NINE)
    assert read_wanted(f"on {day} {sign} 9 am {sign} Berlin".split()) == Wanted(0, NINE, "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("mon 09:00Z", "UTC"),
        ("mon 09:00:00Z", "UTC"),
        ("mon 9 z", "UTC"),
        ("mon 09:00+02:00", "Etc/GMT-2"),
        ("mon 09:00+05:30", "Asia/Kolkata"),
        ("mon 9–Berlin", "Europe/Berlin"),
        ("mon 9am—Berlin", "Europe/Berlin"),
        ("mon 9:00 UTC–3", "Etc/GMT+3"),
        ("mon 9 GMT‑3", "Etc/GMT+3"),
        ("mon ９：００ Berlin", "Europe/Berlin"),
        ("mon 09h00m Berlin", "Europe/Berlin"),
        ("mon 9 sharp Berlin", "Europe/Berlin"),
        ("mon around 9 Berlin", "Europe/Berlin"),
    ],
)
def test_a_time_and_its_zone_are_read_as_programs_write_them(text: str, zone: str) -> None:
    """With what is behind it in the same word, and in letters of full width."""
    assert read_wanted(text.split()) == Wanted(0, NINE, zone)


@pytest.mark.parametrize("text", ["mon–fri 9", "mon 9:00–10:00", "mon 9–10", "mon/tue 9:00", "mon 9:00:30", "abc-9:00"])
def test_what_may_mean_two_things_is_still_refused(text: str) -> None:
    """Several days, a span of time, seconds that nobody can keep."""
    with pytest.raises(UnclearSetting):
        read_wanted(text.split())
