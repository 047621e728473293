"""What came since the last census: told only where both were counted by the same rule."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.domain.requests import Totals
from analytics.sample.embedded import CENSUS, read_embedded
from analytics.storage.readings import Reading

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Store one census."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY)) as analyst:
        kept = read_embedded(CENSUS)
        analyst.context.readings.add(Reading("census", "", DAY, METHOD, kept.body, kept.origins))
        yield analyst


@pytest.mark.parametrize(("method", "told"), [(None, True), ("another", False)])
def test_a_census_by_another_rule_is_no_earlier_reading(
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
