"""The one table of time: exact limits, and no collector without them."""

import datetime as dt

import pytest

from analytics.domain.collectors import Collector
from analytics.domain.staleness import COLLECTED, STALE, is_stale, rest_after_failure

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("what", "days"), [(Collector.TOP, 2), (Collector.CENSUS, 15), (Collector.PAPERS, 15), (Collector.OFFICIAL, 15)]
)
def test_stale_is_what_missed_two_collections(what: Collector, days: int) -> None:
    """Two days for what is collected daily, two weeks and a day for the rest; a second more is stale."""
    limit = NOW - dt.timedelta(days=days)

    assert not is_stale(what, limit, NOW)
    assert is_stale(what, limit - SECOND, NOW)


def test_what_the_bot_collects_has_a_limit_and_history_has_neither() -> None:
    """Past weeks are asked for by hand and never grow old."""
    assert set(COLLECTED) == set(STALE) == set(Collector) - {Collector.HISTORY}


@pytest.mark.parametrize(("every", "rest"), [(dt.timedelta(days=1), 6), (dt.timedelta(weeks=1), 24)])
def test_a_failure_is_followed_by_hours_of_rest(every: dt.timedelta, rest: int) -> None:
    """Six hours for what is daily, a day for what is weekly."""
    assert rest_after_failure(every) == dt.timedelta(hours=rest)
