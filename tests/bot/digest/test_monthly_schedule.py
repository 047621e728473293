"""Once a month, on its day and at its wall time, whatever months, zones, clock changes and sleepy laptops do."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.digest_words.named_days import MONTHLY, name_days
from bot.digest.schedule import Rhythm, due, next_times

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def rhythm(monthly: str, weekday: int = 0, zone: str = "Europe/Berlin", at: dt.time = dt.time(9)) -> Rhythm:
    """Make a monthly rhythm."""
    return Rhythm(1, weekday, at, zone, START, monthly)


@pytest.mark.parametrize(
    ("monthly", "weekday", "days"),
    [
        ("1", 0, ["2026-02-01", "2026-03-01", "2026-04-01"]),
        ("28", 0, ["2026-02-28", "2026-03-28", "2026-04-28"]),
        ("last day", 0, ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("first", 0, ["2026-02-02", "2026-03-02", "2026-04-06"]),
        ("fourth", 6, ["2026-02-22", "2026-03-22", "2026-04-26"]),
        ("last", 4, ["2026-02-27", "2026-03-27", "2026-04-24"]),
    ],
)
def test_each_kind_of_day_is_the_calendars(monthly: str, weekday: int, days: list[str]) -> None:
    """At nine of the wall on each side of a clock change."""
    upcoming = next_times(rhythm(monthly, weekday), dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC))

    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in upcoming] == [f"{day} 09:00" for day in days]


def test_of_a_leap_year_the_last_day_is_the_twenty_ninth() -> None:
    """And December is followed by January."""
    upcoming = next_times(rhythm("last day"), dt.datetime(2027, 12, 30, tzinfo=dt.UTC))

    assert [f"{moment:%d %b %Y}" for moment in upcoming] == ["31 Dec 2027", "31 Jan 2028", "29 Feb 2028"]


@settings(max_examples=60, deadline=None)
@given(
    monthly=st.sampled_from(MONTHLY),
    weekday=st.integers(0, 6),
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    steps=st.lists(st.integers(1, 30 * 24), min_size=10, max_size=60),
)
def test_one_slot_a_month_whatever_the_ticks(
    monthly: str, weekday: int, zone: str, hour: int, steps: list[int]
) -> None:
    """Ticks hours or weeks apart: each month's slot comes up once, and none is left out."""
    one, now, ledger = rhythm(monthly, weekday, zone, dt.time(hour, 30)), START, set[str]()
    days: list[dt.date] = []
    for step in steps:
        now += dt.timedelta(hours=step)
        new = due([one], ledger, now)
        ledger |= {slot.key for slot in new}
        days += [slot.day for slot in new]
    months = [(day.year, day.month) for day in days]

    assert months == sorted(set(months))
    assert all(
        (later[0] * 12 + later[1]) - (earlier[0] * 12 + earlier[1]) == 1
        for earlier, later in itertools.pairwise(months)
    )
    upcoming = next_times(one, now, 1)[0]
    assert upcoming > now
    assert upcoming - now <= dt.timedelta(days=36)


def test_five_weeks_away_a_month_is_recorded_once() -> None:
    """The bot comes back: the slot it slept through is due, too late to post, and no older one."""
    (slot,) = due([rhythm("1", zone="UTC")], (), dt.datetime(2026, 4, 5, tzinfo=dt.UTC))[-1:]

    assert slot.key == "1 2026-04-01 09:00"
    assert slot.is_missed(dt.datetime(2026, 4, 5, tzinfo=dt.UTC))
    assert len(due([rhythm("1", zone="UTC")], (), dt.datetime(2026, 4, 5, tzinfo=dt.UTC))) == 2


def test_an_hour_that_a_clock_change_removes_comes_once() -> None:
    """On the last Sunday of March at 02:30 in Berlin there is none: it comes the length of the gap later."""
    one = rhythm("last", 6, at=dt.time(2, 30))
    (slot,) = due([one], (), dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC))[-1:]

    assert slot.due_at.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2026-03-29T03:30:00+02:00"


def test_the_days_are_said_in_words() -> None:
    """As they stand in a confirmation."""
    assert name_days(0, "") == "every Monday"
    assert name_days(0, "1") == "on the 1st of every month"
    assert name_days(4, "last") == "on the last Friday of every month"
    assert name_days(4, "last day") == "on the last day of every month"
