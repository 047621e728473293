"""Past weeks of the census: which are read, and which are here already."""

import datetime as dt
from contextlib import closing
from pathlib import Path

from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.domain.reading_kinds import CENSUS
from analytics.storage.readings import Reading
from tests.analytics.census.hubs import serving

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def test_weeks_that_are_stored_are_not_read_again_and_that_is_said(tmp_path: Path) -> None:
    """Of five weeks every fourth is asked for, and both are here: of their files no byte is read."""
    days = [dt.date(2026, 10, 21) + dt.timedelta(weeks=number) for number in range(5)]
    with (
        serving([], weekly={f"{day}": b"no Parquet at all" for day in days}) as hub,
        closing(Analyst(tmp_path, hub.endpoint, clock=lambda: NOW)) as door,
    ):
        for day in (days[0], days[4]):
            moment = dt.datetime.combine(day, dt.time(), dt.UTC)
            door.context.readings.add(Reading(CENSUS, "", moment, METHOD, {}))

        assert door.collect("history", ("every", "4w")) == ("All these weeks are stored already.",)
