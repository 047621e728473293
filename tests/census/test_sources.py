"""What the collector does when a source breaks off, is old, was read already, or the disk is full."""

import datetime as dt
import math
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.ask import Analyst
from analytics.census import shape
from analytics.census.crawl import Crawl
from analytics.errors import Unreachable
from analytics.request import Definition, Totals
from tests.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY, says_json, sends_on_to

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(2500)
DAILY = "/datasets/cfahlgren1/hub-stats/*"


def analyst(hub: LoopbackHub, home: Path, day: dt.datetime = DAY) -> Analyst:
    """Open the door on this Hub."""
    return Analyst(home, hub.endpoint, clock=lambda: day)


def both() -> LoopbackHub:
    """Serve the daily snapshot and a week."""
    return serving(MODELS, daily=parquet(MODELS), weekly={"2026-11-18": parquet(MODELS)})


def test_a_file_that_goes_away_while_it_is_read_leaves_the_next_source(tmp_path: Path) -> None:
    """The failure comes from inside the stream of columns; it is told as what it was, and nothing half-read stays."""
    with both() as hub:
        hub.faults.put(says_json({"error": "Entry not found"}, 404), DAILY, skip=3, times=math.inf)
        told: list[str] = []
        sentences = analyst(hub, tmp_path).collect("census", (), told.append)

    assert told[0] == "Reading 7 columns of 2,500 models…"
    assert sentences[0] == "Not from the daily snapshot: it answered 404: Entry not found."
    assert sentences[1].startswith("2,500 models of 2026-11-18")
    assert not (tmp_path / "census" / "new.parquet").exists()


def test_a_source_that_moved_is_followed(tmp_path: Path) -> None:
    """The dataset answers 307 under its old name."""
    with both() as hub:
        hub.datasets["new/name"] = hub.datasets["cfahlgren1/hub-stats"]  # type: ignore[index]  # a dict here
        hub.faults.put(sends_on_to("/api/datasets/new/name"), "/api/datasets/cfahlgren1/hub-stats")
        (sentence,) = analyst(hub, tmp_path).collect("census")

    assert "from the daily" in sentence


def test_a_census_is_of_the_day_the_snapshot_was_made(tmp_path: Path) -> None:
    """Not of the day somebody read it."""
    with both() as hub:
        hub.renewed = "2026-11-20T03:00:00.000Z"
        door = analyst(hub, tmp_path)
        door.collect("census")

        assert door.answer(Totals(Definition.DECLARED)).as_of == dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)


def test_a_snapshot_nobody_renews_is_no_census_of_today(tmp_path: Path) -> None:
    """The daily one stood still for weeks more than once; it is not even read."""
    with both() as hub:
        hub.renewed = "2026-10-01T03:00:00.000Z"
        sentences = analyst(hub, tmp_path).collect("census")

        assert sentences[0] == ("Not from the daily snapshot: its newest is of 2026-10-01 and was not renewed since.")
        assert not [one for one in hub.requests if "/datasets/cfahlgren1/hub-stats/resolve/" in one.path]


def test_a_snapshot_stored_already_is_not_read_again(tmp_path: Path) -> None:
    """One question for its commit, and no more."""
    with both() as hub:
        analyst(hub, tmp_path).collect("census")
        before = len(hub.requests)
        (sentence,) = analyst(hub, tmp_path, DAY + dt.timedelta(hours=1)).collect("census")

        assert sentence == "The daily snapshot of 2026-11-23 is stored already."
        assert len(hub.requests) - before == 1


def interrupted(hub: LoopbackHub, folder: Path) -> None:
    """Leave a crawl after its first page."""
    hub.faults.put(BAD_GATEWAY, skip=1, times=6)
    with pytest.raises(Unreachable):
        crawl(hub, folder).run(DAY)


def crawl(hub: LoopbackHub, folder: Path) -> Crawl:
    """Make a crawl that does not wait."""
    return Crawl(folder, hub.endpoint, "hf_secret", lambda _: None, wait=lambda _: None)


def test_a_crawl_of_another_hub_is_not_gone_on_with(tmp_path: Path) -> None:
    """The stored next page is on the old host: our token does not go there."""
    with serving(MODELS) as old, serving(MODELS[:1500]) as new:
        interrupted(old, tmp_path)
        asked = len(old.requests)

        assert crawl(new, tmp_path).run(DAY).models == 1500
        assert len(old.requests) == asked


def test_a_crawl_left_for_days_begins_anew(tmp_path: Path) -> None:
    """Downloads of two different weeks are never one census."""
    later = DAY + dt.timedelta(days=4)
    with serving(MODELS) as hub:
        interrupted(hub, tmp_path)
        asked = len(hub.asked())

        assert crawl(hub, tmp_path).run(later).since == later
        assert len(hub.asked()) - asked == 3


def test_a_full_disk_is_an_error_of_the_disk_and_leaves_no_file(tmp_path: Path) -> None:
    """Real ENOSPC, from the device that is always full."""
    target = tmp_path / "new.parquet"
    target.symlink_to("/dev/full")
    table = pa.table({"id": ["a/b"] * 9, "createdAt": ["2024-01-01"] * 9, "downloads": [1] * 9, "tags": [["x"]] * 9})

    with pytest.raises(OSError, match="No space left on device"):
        shape.write(table.to_reader(), target)
    assert not target.is_symlink()
