"""Dated readings and top lists, on a real SQLite and on a real PostgreSQL."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.domain.answer import Origin
from analytics.domain.collectors import Collector
from analytics.domain.observations import Model, Ranking, TopList
from analytics.storage.collection_log import CollectionLog
from analytics.storage.database import Database
from analytics.storage.readings import Reading, ReadingStore, cut_keys
from analytics.storage.top_lists import TopListStore

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23T09:00:00Z")


def reading(moment: dt.datetime, value: object = 1) -> Reading:
    """Make a reading of one kind."""
    return Reading("census", "", moment, "m1", {"value": value, "name": "ü"}, (ORIGIN,))


def test_readings_are_kept_with_their_day_and_come_back_as_they_were(database: Database) -> None:
    """Newest, as of a day, before a moment, and the whole run."""
    readings = ReadingStore(database)
    for number in (2, 0, 1):
        assert readings.add(reading(NOW + number * WEEK, number))

    assert readings.newest("census") == reading(NOW + 2 * WEEK, 2)
    assert readings.as_of("census", "", NOW + WEEK) == reading(NOW + WEEK, 1)
    assert readings.before("census", "", NOW + WEEK) == reading(NOW, 0)
    assert [one.body["value"] for one in readings.run("census")] == [0, 1, 2]
    assert readings.newest("papers") is None


def test_a_reading_of_the_same_moment_is_kept_once(database: Database) -> None:
    """The first stays."""
    readings = ReadingStore(database)
    readings.add(reading(NOW, 1))

    assert readings.add(reading(NOW, 2))
    assert [one.body["value"] for one in readings.run("census")] == [1]


@pytest.mark.parametrize("keys", [0, 1, 500, 70_000])
def test_no_query_has_more_keys_than_a_database_takes(keys: int) -> None:
    """SQLite takes 32,766 values in a query, PostgreSQL 65,535; none is left out, none comes twice."""
    parts = cut_keys([str(number) for number in range(keys)])

    assert [key for part in parts for key in part] == [str(number) for number in range(keys)]
    assert all(0 < len(part) < 32_766 for part in parts)


def test_readings_of_very_many_keys_are_found_at_once(database: Database) -> None:
    """SQLite takes 32,766 values in a query and PostgreSQL 65,535; whoever asks need not know."""
    readings = ReadingStore(database)
    readings.add(replace(reading(NOW, 1), key="69999"))

    assert set(readings.newest_of("census", [str(number) for number in range(70_000)], NOW)) == {"69999"}


class CountingReadings(ReadingStore):
    """Counts how often readings are read."""

    reads = 0

    def _read(self, *asked: Any, **more: Any) -> list[Reading]:
        self.reads += 1
        return super()._read(*asked, **more)


@pytest.mark.kept
def test_only_of_what_ever_failed_it_is_read_whether_the_last_try_did(database: Database) -> None:
    """One that failed and went well since is none; of the others one look says enough."""
    log = CollectionLog(readings := CountingReadings(database))
    for what in (Collector.CENSUS, Collector.PAPERS):
        log.add_failure(what, "it was away", NOW)
    log.add_success(Collector.PAPERS, (), NOW + WEEK)

    assert [(what, failed.why) for what, failed in log.list_failing(Collector, NOW + WEEK)] == [
        (Collector.CENSUS, "it was away")
    ]
    assert readings.reads == 2 * 2


def test_top_lists_come_back_as_they_were(database: Database) -> None:
    """Tags, files and origin included, whatever the database."""
    top_lists = TopListStore(database)
    models = (Model("a/b", 5, tags=("pytorch",), files=("x.bin",)), Model("c", None))
    top_list = TopList(Ranking(), NOW, models, 2, complete=True, origin=ORIGIN)
    top_lists.add(top_list, "m1")

    assert top_lists.newest(Ranking()) == top_list
    assert top_lists.before(Ranking(), NOW) is None


def test_a_server_that_is_away_leaves_a_notice_and_no_error(tmp_path: Path) -> None:
    """An answer goes out without what is stored, and says so."""
    database = Database(tmp_path, lambda: NOW, "postgresql://nobody@127.0.0.1:9/none")
    readings = ReadingStore(database)

    assert readings.newest("census") is None
    assert not readings.add(reading(NOW))
    assert any("could not be reached" in notice for notice in readings.notices)


def test_what_is_counted_again_by_a_newer_rule_stands_beside_the_older(database: Database) -> None:
    """Nothing is overwritten; the newest is the one counted last."""
    readings = ReadingStore(database)
    readings.add(reading(NOW))
    readings.add(replace(reading(NOW, 2), method="m2"))

    assert [(one.method, one.body["value"]) for one in readings.run("census")] == [("m1", 1), ("m2", 2)]
    assert readings.newest("census") == replace(reading(NOW, 2), method="m2")
