"""Day, time, zone, sections and condition as people write them; whatever else is written is met with a sentence."""

import datetime as dt
from contextlib import suppress
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.digest_words import place_names, zones
from analytics.digest_words.parsing import (
    ACTIONS,
    FILLERS,
    UnclearSetting,
    Wanted,
    action_of,
    read_wanted,
    time_of,
    zone_of,
)
from analytics.digest_words.sections import SECTIONS
from bot.digest import modal

NINE, TWENTY_ONE = dt.time(9), dt.time(21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mon , 09:00", Wanted(0, NINE)),
        ("mon, 09:00, Europe/Berlin", Wanted(0, NINE, "Europe/Berlin")),
        ("on Mondays at (9:00)", Wanted(0, NINE)),
        ("tues 9 am", Wanted(1, NINE)),
        ("wed 9:00 pm", Wanted(2, TWENTY_ONE)),
        ("9 p.m. thurs", Wanted(3, TWENTY_ONE)),
        ("fri 0900", Wanted(4, NINE)),
        ("930", Wanted(at=dt.time(9, 30))),
        ("9h30", Wanted(at=dt.time(9, 30))),
        ("12am", Wanted(at=dt.time(0))),
        ("12 pm", Wanted(at=dt.time(12))),
        ("noon new york", Wanted(at=dt.time(12), zone="America/New_York")),
        ("midnight in port-au-prince", Wanted(at=dt.time(0), zone="America/Port-au-Prince")),
        ("9 america/new_york", Wanted(at=NINE, zone="America/New_York")),
        ("US Eastern time", Wanted(zone="US/Eastern")),
        ("port of spain sun", Wanted(6, zone="America/Port_of_Spain")),
        ("etc/gmt-5", Wanted(zone="Etc/GMT-5")),
        ("mon 9 gmt+2", Wanted(0, NINE, "Etc/GMT-2")),
        ("mon 9 UTC -5", Wanted(0, NINE, "Etc/GMT+5")),
        ("mon 9 +02:00", Wanted(0, NINE, "Etc/GMT-2")),
        ("mon 9 utc+0", Wanted(0, NINE, "UTC")),
        ("monday only", Wanted(0)),
        ("on only mondays 9am", Wanted(0, NINE)),
        ("mon if it matters", Wanted(0, only_if_matters=True)),
        ("mon only when it matters", Wanted(0, only_if_matters=True)),
        ("whenever it matters", Wanted(only_if_matters=True)),
        ("mon quiet", Wanted(0, only_if_matters=True)),
        ("top top totals top", Wanted(sections=("top", "totals"))),
        ("papers official", Wanted(sections=("papers", "official"))),
        ("all sections always", Wanted(sections=(), only_if_matters=False)),
        ("all top", Wanted(sections=())),
        ("only if it matters", Wanted(only_if_matters=True)),
        ("mon monday 9 09:00 berlin Europe/Berlin", Wanted(0, NINE, "Europe/Berlin")),
        (", ;", Wanted()),
    ],
)
def test_what_people_write_is_understood(typed: str, meant: Wanted) -> None:
    """In any order, with commas, halves of the day and cities of several words."""
    assert read_wanted(typed.split()) == meant


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("localtime", "no day, time or zone “localtime”"),
        ("gmt+15", "no day, time or zone “gmt.15”"),
        ("mon if", "no day, time or zone “if”"),
        ("Factory", "no day, time or zone “Factory”"),
        ("posixrules", "no day, time or zone"),
        ("west", "may be Australia/West or Brazil/West"),
        ("13am", "“13am” is no time"),
        ("0 pm", "“0pm” is no time"),
        ("24:00", "is no time; write it as 09:00"),
        ("9:60", "is no time"),
        ("²", "is no time"),
        ("pm", "no day, time or zone “pm”"),
        ("new yrok", "no day, time or zone “new”"),
        ("Europe/Berlim", "Did you mean Europe/Berlin?"),
    ],
)
def test_what_cannot_be_meant_is_named(typed: str, problem: str) -> None:
    """Nothing is guessed where two things could be meant."""
    with pytest.raises(UnclearSetting, match=problem.replace("?", r"\?")):
        read_wanted(typed.split())


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("mon tue", "on one day, and I read two: Monday and Tuesday"),
        ("mondays and thursdays 09:00", "Monday and Thursday"),
        ("mon 9 tue", "Monday and Tuesday"),
        ("mon 9 17:00", "at one time, and I read two: 09:00 and 17:00"),
        ("mon midnight noon", "00:00 and 12:00"),
        ("9 berlin new york", "one time zone, and I read two: Europe/Berlin and America/New_York"),
        ("always only if it matters", "“always” and “only if it matters”"),
    ],
)
def test_of_two_none_is_taken(typed: str, both: str) -> None:
    """A digest has one of each, and the last one named need not be the one that was meant: both are named."""
    with pytest.raises(UnclearSetting, match=both):
        read_wanted(typed.split())


SOME = sorted(
    {*ACTIONS, *FILLERS, *SECTIONS, "mon", "9", "09:00", "am", "noon", "new", "york", "berlin", ",", "²", "é"}
)
WORDS = st.lists(st.one_of(st.sampled_from(SOME), st.text(min_size=1, max_size=50)), max_size=20)


@settings(max_examples=300)
@given(WORDS)
def test_any_words_are_understood_or_unclear(words: list[str]) -> None:
    """Never another error, in the words of the command and in the fields of the form."""
    for read in (action_of, read_wanted):
        with suppress(UnclearSetting):
            read(words)
    for field in (time_of, zone_of):
        with suppress(UnclearSetting):
            field(" ".join(words))


def test_every_zone_is_read_back_from_its_own_name() -> None:
    """What a digest keeps can be typed again, in any case and with spaces."""
    names = available_timezones() - zones.NO_ZONES - place_names.NOT_BY_NAME

    assert {name for name in names if zone_of(name) != name} == set()
    assert {name for name in names if read_wanted(name.upper().replace("_", " ").split()).zone != name} == set()


@pytest.mark.parametrize("name", sorted(place_names.NOT_BY_NAME))
def test_an_abbreviation_that_is_a_zones_name_is_asked_about(name: str) -> None:
    """It keeps one clock all year, and nearly everybody who types it means a clock that does not."""
    with pytest.raises(UnclearSetting, match=f"“{name}” may be America/"):
        zone_of(name)


def test_the_form_names_each_section_once() -> None:
    """As the words do: the database's column has room for each one once."""
    view = modal.view(modal.FormOf("C1"), "UTC", tuple(SECTIONS.items()))
    one = {"value": "top"}
    fields = {
        "day": {"selected_option": {"value": "0"}},
        "time": {"selected_time": "09:00"},
        "zone": {"value": "UTC"},
        "sections": {"selected_options": [one] * 60},
        "matters": {"selected_options": []},
    }
    state = {"state": {"values": {block: {"value": told} for block, told in fields.items()}}}

    assert modal.read(view | state, SECTIONS)[1].sections == ("top",)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9", 9, 0),
        ("09:30", 9, 30),
        ("9.05", 9, 5),
        ("0:00", 0, 0),
        ("23:59", 23, 59),
        ("9am", 9, 0),
        ("9pm", 21, 0),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("12:30 am", 0, 30),
    ],
)
def test_a_time_is_read(text: str, hour: int, minute: int) -> None:
    """Twelve at night is nought, twelve at noon is twelve."""
    assert time_of(text) == dt.time(hour, minute)


@pytest.mark.parametrize("text", ["24:00", "9:60", "99", "nine", "9:5:3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """With the way to write one."""
    with pytest.raises(UnclearSetting, match="is no time; write it as 09:00"):
        time_of(text)


@pytest.mark.parametrize(("typed", "hours"), [("gmt+2", 2), ("GMT-5", -5), ("utc+10", 10), ("-03:00", -3)])
def test_hours_ahead_of_utc_are_meant_as_people_write_them(typed: str, hours: int) -> None:
    """POSIX turns the sign round; nobody who types it does, and it is shown as it was typed."""
    zone = zone_of(typed)
    clock = dt.datetime(2026, 11, 30, 9, tzinfo=ZoneInfo(zone))

    assert clock.utcoffset() == dt.timedelta(hours=hours)
    assert zones.name_zone(zone) == f"UTC{hours:+}"


@pytest.mark.parametrize("action", [action for action in ACTIONS if action != "on"])
def test_an_action_drops_no_word(action: str) -> None:
    """`off for this week only` must not end the digest; a polite word may stand there."""
    assert action_of([action, "please"])[0] == action
    for more in ("mon", "for this week only", "until friday", "top", "for now"):
        with pytest.raises(UnclearSetting, match="Nothing was changed"):
            action_of([action, *more.split()])
