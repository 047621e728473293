"""Months and names as people write them: understood whole, or asked back."""

import datetime as dt

import pytest

from analytics.digest_words.month_words import SOME_DAY
from analytics.digest_words.parsing import UnclearSetting, action_of, is_understood, only_ask, part_name, read_wanted
from analytics.digest_words.spoken_wishes import read_wish
from analytics.digest_words.wanted import Wanted
from bot.digest.records import Subscription
from bot.digest.wanted_digest import complete

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
MONTHLY = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", NOW, NOW, monthly="15")


@pytest.mark.parametrize(
    ("words", "monthly", "weekday", "hour"),
    [
        ("monthly", SOME_DAY, None, None),
        ("every month", SOME_DAY, None, None),
        ("once a month at 9", SOME_DAY, None, 9),
        ("monthly on the 1st at 9", "1", None, 9),
        ("on the 15th of every month 18:00", "15", None, 18),
        ("day 3 at 9am", "3", None, 9),
        ("28 of the month, 07:00", "28", None, 7),
        ("first monday", "first", 0, None),
        ("the 2nd Tuesday of the month at 10", "second", 1, 10),
        ("every first monday of the month", "first", 0, None),
        ("last friday 16:30", "last", 4, 16),
        ("on the last day of the month", "last day", None, None),
        ("end of every month", "last day", None, None),
        ("the first of the month", "1", None, None),
        ("start of each month noon", "1", None, 12),
        ("weekly tuesday", "", 1, None),
        ("every monday 9", "", 0, 9),
    ],
)
def test_a_month_is_read(words: str, monthly: str, weekday: int | None, hour: int | None) -> None:
    """In words that people use for it."""
    read = read_wanted(words.split())

    assert (read.monthly, read.weekday, read.at and read.at.hour) == (monthly, weekday, hour)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("every second monday", "may be every second week"),
        ("every 3rd friday at 9", "may be every 3rd week"),
        ("monthly 15", "“15” may be a day of the month or a time"),
        ("monthly on monday", "Which Monday of the month?"),
        ("1st and 15th", "comes on one day, and I read two"),
        ("monday and the 1st", "comes on one day, and I read two"),
        ("weekly on the 1st", "comes weekly or monthly"),
        ("the 31st", "Not every month has a day 31"),
        ("fifth monday", "Not every month has a fifth one"),
        ("starting the 1st at 9", "begins when it is set"),
        ("mon from next week", "begins when it is set"),
        ("next month", "begins when it is set"),
        ("every other week", "once a week or once a month"),
        ("twice a month", "once a week or once a month"),
        ("quarterly", "once a week or once a month"),
        ("every day 9", "once a week or once a month, not “every day”"),
        ("once a day 9", "once a week or once a month, not “once a day”"),
        ("each day 9:00", "once a week or once a month, not “each day”"),
        ("every day at 9", "“day” is not one day"),
        ("every 5 hours", "once a week or once a month, not “every 5 hours”"),
        ("every 12h", "once a week or once a month, not “every 12h”"),
        ("every 90 minutes", "once a week or once a month, not “every 90 minutes”"),
        ("in 2 hours", "“in 2 hours”: a digest comes every week or month"),
        ("mon in an hour", "“in an hour”: a digest comes every week or month"),
        ("in a week", "“in a week”: a digest comes every week or month"),
        ("sat&sun 9", "“sat&sun” is not one day"),
        ("mon/tue 9", "“mon/tue” is not one day"),
        ("mon+thu 9", "“mon\\+thu” is not one day"),
        ("every weekday of the month", "is not one day"),
        ("monday task text-generation", "not of one task"),
        ("jax models mon", "not of one task, framework or account"),
    ],
)
def test_what_may_mean_two_things_is_asked(words: str, said: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UnclearSetting, match=said):
        read_wanted(words.split())


@pytest.mark.parametrize(
    ("words", "name", "action", "rest"),
    [
        ("on named mobile mon 9", "mobile", "on", ["mon", "9"]),
        ("named mobile team on mon 9", "mobile team", "on", ["mon", "9"]),
        ("on mon 9 named ⟦mobile team⟧ top", "mobile team", "on", ["mon", "9", "top"]),
        ("off named mobile team", "mobile team", "off", []),
        ("named mobile", "mobile", "list", []),
        ("off called all", "all", "off", []),
        ("off all", "", "off all", []),
        ("named off off", "off", "off", []),
    ],
)
def test_a_name_is_parted_from_what_is_to_be_done(words: str, name: str, action: str, rest: list[str]) -> None:
    """One word behind `on`, all up to an action before it, all the rest behind any other."""
    found, left = part_name(words.split())

    assert (found, *action_of(left)) == (name, action, rest)


def test_a_question_about_one_shows_that_one() -> None:
    """`digest off named mobile?` ends nothing."""
    assert only_ask(["off", "named", "mobile"]) == ["list", "named", "mobile"]
    assert is_understood(["off", "named", "mobile"])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("send us a monthly digest on the 1st at 9", "on monthly on the 1st at 9"),
        ("digest every month", "on every month"),
        ("monthly summary please", "on monthly please"),
        ("please set up a second digest named mobile on tue 9", "on named mobile on tue 9"),
        ("second digest for jax models", "second"),
        ("stop the digest named mobile", "off named mobile"),
        ("stop the monthly digest", ""),
        ("how many models came last month", ""),
        ("send us a digest on monday", ""),
    ],
)
def test_a_sentence_stands_for_words(sentence: str, words: str) -> None:
    """What it does not know is left to whoever reads questions."""
    assert " ".join(read_wish(sentence) or ()) == words


def test_what_is_not_said_stays_and_a_bare_weekday_of_a_monthly_one_is_asked() -> None:
    """Monthly without a day is the day it has, else the first."""
    assert complete(Wanted(monthly=SOME_DAY), MONTHLY, "UTC").monthly == "15"
    assert complete(Wanted(monthly=SOME_DAY), None, "UTC").monthly == "1"
    assert complete(Wanted(at=dt.time(10)), MONTHLY, "UTC").monthly == "15"
    assert complete(Wanted(monthly="", weekday=1), MONTHLY, "UTC").monthly == ""
    with pytest.raises(UnclearSetting, match="Write “weekly Tuesday”"):
        complete(Wanted(weekday=1), MONTHLY, "UTC")
