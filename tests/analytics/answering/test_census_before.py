"""What came since the last census: told only where both were counted by the same rule."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.requests import Totals
from tests.analytics.census.hubs import items, parquet, serving

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(1200)


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Collect one census."""
    with serving(MODELS, daily=parquet(MODELS)) as hub:
        analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
        analyst.collect("census")
        yield analyst
        analyst.close()


@pytest.mark.parametrize(("method", "told"), [(None, True), ("another", False)])
def test_a_census_by_another_rule_is_no_earlier_reading_of_this_one(
    analyst: Analyst,
    method: str | None,
    told: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The same census a week before is compared with; counted by another version of the rule it is not."""
    readings = analyst.context.readings
    stored = readings.newest("census", "")
    assert stored
    earlier = replace(stored, as_of=stored.as_of - dt.timedelta(weeks=1), method=method or stored.method)
    readings.add(earlier)

    assert ("Since the census of" in " ".join(analyst.answer(Totals()).detail)) is told
