"""Quarters as words: of days, of moments, of arXiv identifiers, and the way from one to the next."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain import quarters

DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("identifier", "quarter"),
    [
        ("1711.10485", "2017Q4"),
        ("1711.10485v2", "2017Q4"),
        ("arXiv:0704.0001", "2007Q2"),
        ("cs/0112017", "2001Q4"),
        ("quant-ph/0410100", "2004Q4"),
        ("math.AG/9912001v1", "1999Q4"),
        ("4712.00001", "2047Q4"),
        ("1713.10485", None),
        ("1700.10485", None),
        ("17.10485", None),
        ("https://example.org", None),
        ("", None),
        (None, None),
    ],
)
def test_an_arxiv_identifier_holds_its_month(identifier: str | None, quarter: str | None) -> None:
    """New and old style, of both centuries; what is no identifier, or of no month, gives nothing."""
    assert quarters.of_arxiv(identifier) == quarter


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: dt.date) -> None:
    """The first and the last day are those between which it lies."""
    first, last = quarters.days(quarters.of(day))

    assert first <= day <= last
    assert quarters.of(first) == quarters.of(last) == quarters.of(day)
    assert quarters.of(last + dt.timedelta(days=1)) != quarters.of(day)


@given(DAYS, st.integers(0, 60))
def test_a_span_leaves_no_quarter_out(day: dt.date, further: int) -> None:
    """Each begins the day after the one before ended; as text they stand in the same order."""
    first = quarters.of(day)
    span = quarters.span(first, quarters.quarter_of(quarters.number(first) + further))

    assert len(span) == further + 1
    assert span == sorted(span)
    ends = [quarters.days(one)[1] + dt.timedelta(days=1) for one in span[:-1]]
    assert ends == [quarters.days(one)[0] for one in span[1:]]


def test_the_running_quarter_is_not_whole() -> None:
    """On its last evening it is still running, by UTC; a moment later it is whole."""
    evening = dt.datetime(2026, 9, 30, 23, 59, tzinfo=dt.UTC)

    assert quarters.last_whole(evening) == "2026Q2"
    assert quarters.last_whole(evening + dt.timedelta(minutes=1)) == "2026Q3"
    assert quarters.last_whole(evening.astimezone(dt.timezone(dt.timedelta(hours=9)))) == "2026Q2"
