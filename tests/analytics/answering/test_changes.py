"""Which past weeks measure the noise: a week each, twelve at most, and no list counted for two."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Changes

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Ask on one day, of a Hub that is not there."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY)
    yield analyst
    analyst.close()


def noise(analyst: Analyst, *days_ago: int) -> str:
    """Store a list so many days ago each, and give what the answer says of noise."""
    models = tuple(Model(f"lab/m{number}", 1, tags=("pytorch",)) for number in range(40))
    for days in days_ago:
        day = DAY - dt.timedelta(days=days)
        analyst.context.top_lists.add(TopList(Ranking(), day, models, 40, complete=True, origin=ORIGIN), "m")
    return " ".join(analyst.answer(Changes()).caveats)


def test_twelve_weeks_measure_the_noise(analyst: Analyst) -> None:
    """Older ones are left out: what was usual last year says nothing of now."""
    assert "standard deviations of 12 past weeks" in noise(analyst, *range(0, 7 * 16, 7))


def test_a_gap_is_no_quiet_week(analyst: Analyst) -> None:
    """Eight weeks without a list: the one before the gap counts once, and not for each week of it."""
    assert "(2 earlier weeks stored, 4 needed)" in noise(analyst, 0, 7, 14, 70)


def test_lists_of_every_day_count_by_the_week(analyst: Analyst) -> None:
    """Thirty-six daily lists are one compared week and four before it."""
    assert "standard deviations of 4 past weeks" in noise(analyst, *range(36))


@pytest.mark.parametrize(("days", "weeks"), [((0, 7, 20, 23), 1), ((0, 7, 20, 24), 2)])
def test_two_lists_of_one_week_count_once(analyst: Analyst, days: tuple[int, ...], weeks: int) -> None:
    """Three days apart they are one week, caught by two of its looks; four days apart they are two."""
    assert f"({weeks} earlier week" in noise(analyst, *days)
