"""Small things are written in one way: days, shares, numbers with their nouns, lists of names."""

import datetime as dt

import pytest

from analytics.domain.wording import count, day, iso, listing, minute, sentence, share, verb

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


@pytest.mark.parametrize(("n", "said"), [(0, "0 copies are"), (1, "1 copy is"), (2000, "2,000 copies are")])
def test_a_number_takes_its_noun_and_its_verb(n: int, said: str) -> None:
    """None, one and many."""
    assert f"{count(n, 'copy', 'copies')} {verb(n)}" == said


def test_names_are_joined_as_people_do_and_a_sentence_keeps_its_capitals() -> None:
    """No list is empty prose, and only the first letter is raised."""
    assert [listing(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence("all models of the Hub") == "All models of the Hub"
