"""A moment rests as UTC without a zone, on SQLite and on PostgreSQL, and comes back aware."""

import datetime as dt
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from analytics.storage.database import Database
from analytics.storage.readings import Reading, ReadingStore
from tests.analytics.storage.old_databases import execute

MORNING = dt.datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def test_any_zone_goes_in_and_utc_comes_out(tmp_path: Path, url: str | None) -> None:
    """As it always was stored, so that earlier programs' moments read the same."""
    with closing(Database(tmp_path, lambda: MORNING, url)) as database:
        readings = ReadingStore(database)
        readings.add(Reading("papers", "", MORNING, "m1", 1))
        found = readings.newest("papers")

        assert found
        assert (found.as_of, found.as_of.tzinfo) == (MORNING, dt.UTC)
        assert readings.as_of("papers", "", MORNING - dt.timedelta(seconds=1)) is None
    assert str(execute("SELECT as_of FROM readings", tmp_path, url)[0][0]).startswith("2026-07-01 07:30:00")


def test_what_names_no_zone_is_refused(tmp_path: Path, url: str | None) -> None:
    """It could be any moment of a day, and would be stored as that of this machine's zone."""
    with (
        closing(Database(tmp_path, lambda: MORNING, url)) as database,
        pytest.raises(StatementError, match="names no zone"),
    ):
        ReadingStore(database).add(Reading("papers", "", MORNING.replace(tzinfo=None), "m1", 1))
