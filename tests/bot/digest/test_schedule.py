"""Once a week, at the same wall time, whatever clocks, zones and sleepy laptops do."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.digest_words.named_days import find_zone
from bot.digest.schedule import Rhythm, due, next_times

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC")
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def at(text: str, zone: str = "UTC") -> dt.datetime:
    """Give a wall time of a zone as UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def monday_nine(zone: str = "Europe/Berlin", since: dt.datetime = START) -> Rhythm:
    """Make a rhythm of Mondays at nine."""
    return Rhythm(1, 0, dt.time(9), zone, since)


def test_is_due_at_its_wall_time_and_not_a_second_before() -> None:
    """Monday 09:00 in Berlin is 08:00 UTC in winter, 07:00 in summer."""
    rhythm = monday_nine(since=at("2026-11-25T00:00"))

    assert due([rhythm], (), at("2026-11-30T07:59:59")) == []
    (slot,) = due([rhythm], (), at("2026-11-30T08:00"))
    assert slot.key == "1 2026-11-30 09:00"
    assert due([rhythm], (), at("2026-06-01T06:59")) == []


def test_nothing_is_owed_from_before_it_was_made() -> None:
    """Subscribed on Monday at ten, the first is next Monday's."""
    assert due([monday_nine(since=at("2026-11-30T10:00"))], (), at("2026-11-30T10:01")) == []


def test_what_falls_due_at_the_moment_it_was_made_is_owed() -> None:
    """Subscribed on the stroke of nine: nine o'clock is now, not past."""
    (slot,) = due([monday_nine(since=at("2026-11-30T08:00"))], (), at("2026-11-30T08:00"))

    assert slot.due_at == at("2026-11-30T08:00")


def test_what_is_in_the_ledger_is_not_due_again() -> None:
    """However often it is asked."""
    assert due([monday_nine(since=at("2026-11-25T00:00"))], {"1 2026-11-30 09:00"}, at("2026-12-01T00:00")) == []


@pytest.mark.parametrize(("hours", "missed"), [(0, False), (23, False), (24, True), (80, True)])
def test_a_day_late_is_too_late(hours: int, missed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Asleep for three days: the slot is known as missed, not posted."""
    now = at("2026-11-30T08:00") + dt.timedelta(hours=hours)

    (slot,) = due([monday_nine(since=at("2026-11-25T00:00"))], (), now)

    assert slot.is_missed(now) is missed


def test_every_missed_week_is_recorded() -> None:
    """Three weeks off: three slots, oldest first."""
    days = [slot.day.day for slot in due([monday_nine(since=at("2026-11-01T00:00"))], (), at("2026-11-18T00:00"))]

    assert days == [2, 9, 16]


@pytest.mark.parametrize(
    ("zone", "day", "time", "expected"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),  # there is no 02:30: an hour later
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # twice: the first
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),  # half an hour is skipped
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
    ],
)
def test_a_time_that_a_clock_change_removes_or_repeats_comes_once(
    zone: str, day: str, time: str, expected: str
) -> None:
    """Asked every ten minutes through the night of the change, it is due exactly once."""
    weekday = dt.date.fromisoformat(day).weekday()
    rhythm = Rhythm(1, weekday, dt.time.fromisoformat(time), zone, at(f"{day}T00:00") - dt.timedelta(days=3))
    ledger: set[str] = set()
    found = []
    for minutes in range(0, 3 * 1440, 10):
        slots = due([rhythm], ledger, at(f"{day}T00:00") - dt.timedelta(days=1) + dt.timedelta(minutes=minutes))
        found += slots
        ledger |= {slot.key for slot in slots}

    assert [slot.due_at for slot in found] == [at(expected)]


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    steps=st.lists(st.integers(1, 60 * 40), min_size=40, max_size=80),
)
def test_one_slot_a_week_whatever_the_ticks(zone: str, weekday: int, hour: int, minute: int, steps: list[int]) -> None:
    """Ticks at random distances: every local week has one slot, none twice, none left out."""
    rhythm = Rhythm(1, weekday, dt.time(hour, minute), zone, START)
    ledger: list[str] = []
    now = START
    for step in steps:
        now += dt.timedelta(minutes=step)
        ledger += [slot.key for slot in due([rhythm], ledger, now)]

    days = [dt.date.fromisoformat(key.split()[1]) for key in sorted(ledger)]
    assert len(set(ledger)) == len(ledger)
    assert all(later - earlier == dt.timedelta(weeks=1) for earlier, later in itertools.pairwise(days))
    assert all(day.weekday() == weekday for day in days)


def test_a_zone_that_changed_its_rule_keeps_the_wall_time() -> None:
    """Casablanca drops its clock for Ramadan: 09:00 stays 09:00, the offset does not."""
    times = next_times(Rhythm(1, 0, dt.time(9), "Africa/Casablanca", START), at("2026-02-08T00:00"), 4)

    assert {time.hour for time in times} == {9}
    assert len({time.utcoffset() for time in times}) == 2


def test_the_next_times_are_given_in_the_zone_of_the_channel() -> None:
    """Three Mondays at nine, the clock change between them."""
    times = next_times(monday_nine(), at("2026-10-20T00:00"))

    assert [f"{time:%d %H:%M %z}" for time in times] == ["26 09:00 +0100", "02 09:00 +0100", "09 09:00 +0100"]


def test_an_unknown_zone_is_none() -> None:
    """Nothing is guessed."""
    assert find_zone("Europe/Berlim") is None
    assert find_zone("../etc/passwd") is None
    assert find_zone("Europe/Berlin")
