"""What is more than usual: one quantile of past spans, as long as the one compared, that do not overlap."""

import datetime as dt

import pytest

from analytics.movement.usual_turnover import UsualTurnover, find_spans, nearest_moment, slack

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAY, WEEK, HOUR = dt.timedelta(days=1), dt.timedelta(weeks=1), dt.timedelta(hours=1)


def moments(*days_ago: float) -> list[dt.datetime]:
    """Give moments so many days ago, newest first."""
    return [NOW - days * DAY for days in days_ago]


@pytest.mark.parametrize(
    ("past", "turnover", "is_unusual"),
    [
        ((1,) * 7, 30, False),
        ((1, 2, 1, 2, 1, 2, 1, 2), 2, False),
        ((1, 2, 1, 2, 1, 2, 1, 2), 3, True),
        ((0,) * 8, 1, True),
        ((0,) * 8, 0, False),
        ((*(1,) * 19, 3), 3, True),
        ((*(1,) * 18, 3, 3), 3, False),
        ((*(1,) * 50, 4, 5), 4, True),
    ],
)
def test_a_turnover_is_unusual_where_few_past_ones_reach_it(
    past: tuple[int, ...], turnover: int, *, is_unusual: bool
) -> None:
    """Of eight none, of twenty one as large, of fifty-two one larger and one as large; below eight nothing is."""
    assert UsualTurnover(WEEK, past).is_unusual(turnover) is is_unusual


def test_the_threshold_that_is_told_is_the_one_that_decides() -> None:
    """From it on all is unusual, below it nothing."""
    usual = UsualTurnover(WEEK, (0, 3, 1, 2, 2, 1, 0, 2, 4, 1))

    told = usual.least_unusual

    assert [usual.is_unusual(n) for n in range(8)] == [n >= told for n in range(8)]


def test_spans_follow_one_another_and_never_overlap() -> None:
    """Of lists of every day each seventh is used."""
    found = list(find_spans(moments(*range(36)), NOW, WEEK))

    assert found == [(0, 7), (7, 14), (14, 21), (21, 28), (28, 35)]


def test_a_year_of_weeks_is_looked_back() -> None:
    """What was usual longer ago says nothing of now: of ten years the newest 52 weeks."""
    found = list(find_spans(moments(*range(0, 3640, 7)), NOW, WEEK))

    assert (len(found), found[-1]) == (52, (51, 52))


def test_a_span_of_another_length_is_none() -> None:
    """Six days and a half are a week, six are not; after a gap it goes on."""
    days = (0, 6.5, 12.5, 13.5, 40, 47)

    assert list(find_spans(moments(*days), NOW, WEEK)) == [(0, 1), (1, 3), (4, 5)]


def test_a_day_is_measured_by_days() -> None:
    """What is near enough to a day ago is so to six hours, and not to twelve."""
    assert slack(WEEK) == 12 * HOUR
    assert list(find_spans(moments(0, 0.8, 1.2, 2.5), NOW, DAY)) == [(0, 1)]


def test_the_nearest_moment_may_be_later_or_earlier() -> None:
    """Whichever is nearer to the one wanted."""
    assert nearest_moment(moments(0, 6.9, 7.4), NOW - WEEK, 12 * HOUR) == 1
    assert nearest_moment(moments(0, 6.4, 7.4), NOW - WEEK, 12 * HOUR) == 2
    assert nearest_moment(moments(0, 1), NOW - WEEK, 12 * HOUR) is None


@pytest.mark.parametrize(
    ("span", "n", "said"),
    [(WEEK, 1, "1 week"), (WEEK + 11 * HOUR, 20, "20 weeks"), (4 * WEEK, 9, "9 spans of 28 days"),
     (DAY, 8, "8 spans of 1 day"), (3 * HOUR, 8, "8 spans of 3 hours")],
)  # fmt: skip
def test_spans_are_named_by_their_length(span: dt.timedelta, n: int, said: str) -> None:
    """A week is a week; anything else is told in days or hours."""
    assert UsualTurnover(span, (0,) * n).spans == said
