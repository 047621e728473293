"""Small things are written in one way: days, shares, numbers with their nouns, lists of names."""

import datetime as dt

import pytest

from analytics.domain.wording import (
    clause,
    count,
    day,
    growth,
    in_percent,
    iso,
    iso_day,
    listing,
    local_minute,
    minute,
    month,
    sentence,
    share,
    shares,
    stamp,
    verb,
)

EARLY = dt.datetime(2026, 11, 5, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def test_a_day_has_no_leading_zero_and_a_moment_is_told_in_utc() -> None:
    """The fifth is 5, and half past midnight in Berlin is still the fourth in UTC."""
    assert (day(EARLY), day(dt.date(2026, 11, 15))) == ("5 Nov 2026", "15 Nov 2026")
    assert (minute(EARLY), iso(EARLY)) == ("4 Nov 2026, 23:30 UTC", "2026-11-04T23:30:00Z")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 9, "0 %"), (1, 1000, "under 1 %"), (1, 3, "33 %"), (999, 1000, "over 99 %"), (9, 9, "100 %")],
)
def test_a_share_never_rounds_some_to_none_nor_most_to_all(part: int, whole: int, said: str) -> None:
    """Neither end is reached by rounding."""
    assert share(part, whole) == said


@pytest.mark.parametrize(
    ("part", "said"), [(0, "0.0 %"), (1, "under 0.1 %"), (12, "0.1 %"), (5000, "50.0 %"), (9999, "over 99.9 %")]
)
def test_a_share_with_a_digit_keeps_to_the_same_rule(part: int, said: str) -> None:
    """One in ten thousand is under a tenth of a percent."""
    assert share(part, 10_000, digits=1) == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        *((100, 100, "unchanged"), (100, 105, "+5.0 %"), (100, 88, "-12 %"), (3, 90, "+2,900 %"), (7, 0, "-100 %")),
        *((100_000, 100_001, "under +0.1 %"), (100_000, 99_999, "under -0.1 %"), (100_000, 1, "over -99 %")),
    ],
)
def test_growth_never_rounds_some_to_none_nor_most_to_all(before: int, now: int, said: str) -> None:
    """What moved moved, and what is left is left."""
    assert growth(now, before) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 copies are"), (1, "1 copy is"), (2000, "2,000 copies are")])
def test_a_number_takes_its_noun_and_its_verb(n: int, said: str) -> None:
    """None, one and many."""
    assert f"{count(n, 'copy', 'copies')} {verb(n)}" == said


def test_names_are_joined_as_people_do_and_a_sentence_keeps_its_capitals() -> None:
    """No list is empty prose, and only the first letter is raised."""
    assert [listing(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence("all models of the Hub") == "All models of the Hub"


@pytest.mark.parametrize("words", ["it hung up.", "it hung up:", "it hung up"])
def test_a_sentence_goes_on_without_its_full_stop(words: str) -> None:
    """Or without the colon before what was left out."""
    assert clause(words) == "it hung up"


def test_days_are_written_for_people_and_for_programs() -> None:
    """A month, a moment in its own zone with its weekday, a day and a moment as programs and file names have them."""
    zone = dt.timezone(dt.timedelta(hours=1), "CET")
    there = dt.datetime(2026, 11, 5, 9, 5, tzinfo=zone)

    assert (month(there), local_minute(there)) == ("Nov 2026", "Thu 5 Nov 2026, 09:05 CET")
    assert (iso_day(EARLY), iso_day(dt.date(2026, 11, 5))) == ("2026-11-04", "2026-11-05")
    assert (stamp(EARLY), stamp(EARLY, exact=True)) == ("20261104T233000Z", "20261104T233000000000Z")


def test_whole_percentages_of_others_are_written_like_shares() -> None:
    """One, or a range."""
    assert (in_percent(85.0), in_percent(30.2, 36)) == ("85 %", "30 to 36 %")


def test_shares_of_a_whole_never_call_nearly_all_all() -> None:
    """Rounded up to all by largest remainder, it is over 99 % beside what is under 1 %."""
    assert shares([768_700, 3_826, 37, 0]) == ["over 99 %", "under 1 %", "under 1 %", "0 %"]
    assert shares([99, 1]) == ["99 %", "1 %"]
