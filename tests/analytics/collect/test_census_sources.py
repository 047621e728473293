"""What the collector does when a source breaks off, is old, was read already, or the disk is full."""

import datetime as dt
import math
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.analyst import Analyst
from analytics.census import schema
from analytics.collect.census_crawl import Crawl
from analytics.domain.requests import Definition, Totals
from analytics.errors import Changed, Unreachable, explain_file
from analytics.storage.database import FILE
from tests.analytics.census.hubs import items, parquet, serving
from tests.analytics.no_waiting import not_really
from tests.analytics.storage.room import no_file_grows_beyond
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY, says_json, sends_on_to

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(2500)
DAILY = "/datasets/cfahlgren1/hub-stats/*"


def analyst(hub: LoopbackHub, home: Path, day: dt.datetime = DAY) -> Analyst:
    """Open the door on this Hub."""
    return Analyst(home, hub.endpoint, clock=lambda: day)


@cache
def snapshot() -> bytes:
    """Write the models once."""
    return parquet(MODELS)


def both() -> LoopbackHub:
    """Serve the daily snapshot and a week."""
    return serving(MODELS, daily=snapshot(), weekly={"2026-11-18": snapshot()})


def test_a_file_that_goes_away_while_it_is_read_leaves_the_next_source(tmp_path: Path) -> None:
    """The failure comes from inside the stream of columns; it is told as what it was, and nothing half-read stays."""
    with both() as hub:
        hub.faults.put(says_json({"error": "Entry not found"}, 404), DAILY, skip=3, times=math.inf)
        told: list[str] = []
        sentences = analyst(hub, tmp_path).collect("census", (), lambda line, _=None: told.append(line))

    assert told[0] == "Reading 7 columns of 2,500 models…"
    assert sentences[0] == "Not from the daily snapshot: it answered 404: Entry not found."
    assert sentences[1].startswith("2,500 models of 18 Nov 2026")
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

        assert sentences[0] == ("Not from the daily snapshot: its newest is of 1 Oct 2026 and was not renewed since.")
        assert not [one for one in hub.requests if "/datasets/cfahlgren1/hub-stats/resolve/" in one.path]


def test_a_snapshot_stored_already_is_not_read_again(tmp_path: Path) -> None:
    """One question for its commit, and no more."""
    with both() as hub:
        analyst(hub, tmp_path).collect("census")
        before = len(hub.requests)
        (sentence,) = analyst(hub, tmp_path, DAY + dt.timedelta(hours=1)).collect("census")

        assert sentence == "The daily snapshot of 23 Nov 2026 is stored already."
        assert len(hub.requests) - before == 1


def test_a_snapshot_of_the_future_is_refused(tmp_path: Path) -> None:
    """Stored, it would hide every census until then."""
    with both() as hub:
        hub.renewed = "2027-11-23T03:00:00.000Z"
        weeks = hub.datasets["hfmlsoc/hub_weekly_snapshots"]
        weeks |= {f"models/{day}/models.parquet": b"" for day in ("2099-01-07", "draft")}  # type: ignore[operator]  # a dict here
        sentences = analyst(hub, tmp_path).collect("census")

    assert sentences[0] == "Not from the daily snapshot: it is dated 23 Nov 2027, which is still to come."
    assert sentences[1].startswith("2,500 models of 18 Nov 2026")


def test_an_old_file_served_as_todays_is_refused(tmp_path: Path) -> None:
    """Models are created every minute: a snapshot of today that knows none of this week is of last week."""
    with both() as hub:
        hub.renewed = "2026-12-01T03:00:00.000Z"
        with pytest.raises(Changed, match=r"an old file was served again. If you have looked and it is so, the same"):
            analyst(hub, tmp_path, DAY + dt.timedelta(days=8)).collect("census", ("from", "daily"))


def test_a_person_who_has_looked_can_accept_fewer_models(tmp_path: Path) -> None:
    """A mass deletion is real now and then; without that word the census would stand still for good."""
    later = DAY + dt.timedelta(days=7)
    with both() as hub:
        analyst(hub, tmp_path).collect("census")
        fewer = items(2400, until=later)
        hub.datasets["cfahlgren1/hub-stats"]["models.parquet"] = parquet(fewer)  # type: ignore[index]  # a dict here
        hub.renewed, hub.site_total = f"{later:%Y-%m-%dT%H:%M:%S.000Z}", 2400
        with pytest.raises(Changed, match="4 % fewer than the last one"):
            analyst(hub, tmp_path, later).collect("census", ("from", "daily"))
        (sentence,) = analyst(hub, tmp_path, later).collect("census", ("from", "daily", "accept"))

    assert sentence == "2,400 models of 30 Nov 2026 from the daily Parquet snapshot of the Hub."


def test_rows_that_came_twice_are_left_out(tmp_path: Path) -> None:
    """A few, as when a model moves while the file is written; the one with more downloads stays."""
    with serving(MODELS, daily=parquet(MODELS, lambda table: pa.concat_tables([table, table.slice(0, 9)]))) as hub:
        (sentence,) = analyst(hub, tmp_path).collect("census")

    assert sentence.startswith("2,500 models of 23 Nov 2026")
    assert sentence.endswith("9 rows came twice and were left out.")


def test_a_crawl_that_was_read_whole_is_not_read_again(tmp_path: Path) -> None:
    """The machine went down after the last page and before the census was counted."""
    with serving(MODELS) as hub:
        Crawl(tmp_path / "census" / "crawl", hub.endpoint, None, lambda _: None, not_really()).run(DAY)
        asked = len(hub.asked())
        (sentence,) = analyst(hub, tmp_path).collect("census", ("from", "crawl"))

        assert sentence.startswith("2,500 models of 23 Nov 2026 from the listing")
        assert len(hub.asked()) == asked


def test_the_file_of_a_stored_census_comes_back(tmp_path: Path) -> None:
    """Lists by downloads of all time need it, so “stored already” means the file too."""
    with both() as hub:
        analyst(hub, tmp_path).collect("census")
        (cache,) = (tmp_path / "census").glob("models-*.parquet")
        cache.unlink()
        analyst(hub, tmp_path).collect("census")

    assert cache.exists()


def test_values_that_are_none_are_unknown(tmp_path: Path) -> None:
    """NaN, a negative number and control characters: not an error, and not a zero."""
    table = pa.table(
        {
            "id": ["a/b", "a/c", "a/d\n"],
            "createdAt": ["2024-01-01"] * 3,
            "downloads": [math.nan, -1.0, 7.0],
            "tags": [["x"]] * 3,
            "library_name": ["lib\x1b[31m", "keras", "keras"],
            "siblings": ['[{"rfilename": "model.safetensors"}, {"rfilename": "a.md"}]', '["tf_model.h5"]', "{}"],
        }
    )

    assert schema.write(table.to_reader(), tmp_path / "new.parquet") == 2
    rows = pq.read_table(tmp_path / "new.parquet").to_pylist()
    assert [row["downloads"] for row in rows] == [None, None]
    assert [row["library_name"] for row in rows] == [None, "keras"]
    assert [row["files"] for row in rows] == [["model.safetensors"], ["tf_model.h5"]]


def interrupted(hub: LoopbackHub, folder: Path) -> None:
    """Leave a crawl after its first page."""
    hub.faults.put(BAD_GATEWAY, skip=1, times=6)
    with pytest.raises(Unreachable):
        crawl(hub, folder).run(DAY)


def crawl(hub: LoopbackHub, folder: Path) -> Crawl:
    """Make a crawl that does not wait."""
    return Crawl(folder, hub.endpoint, "hf_secret", lambda _: None, not_really())


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
        schema.write(table.to_reader(), target)
    assert not target.is_symlink()


@pytest.mark.parametrize("limit", [1_000, 60_000])
def test_a_disk_without_room_costs_the_new_census_and_not_the_last(tmp_path: Path, limit: int) -> None:
    """Whichever write meets it: the last is answered from, nothing half is left, and the sentence is plain."""
    later = DAY + dt.timedelta(days=1)
    with serving(MODELS, daily=snapshot()) as hub, closing(analyst(hub, tmp_path)) as before:
        before.collect("census")
    files = sorted(tmp_path.rglob("*.parquet"))
    newer = parquet(items(2600, later))
    with serving(MODELS, daily=newer) as hub, closing(analyst(hub, tmp_path, later)) as after:
        hub.renewed = f"{later:%Y-%m-%dT%H:%M:%S.000Z}"
        with no_file_grows_beyond(limit), pytest.raises(OSError, match="File too large") as refused:
            after.collect("census")
        assert "there is no room left on the disk" in explain_file(refused.value)
        assert after.answer(Totals()).as_of.date() == DAY.date()
        assert sorted(tmp_path.rglob("*.parquet")) == files


def test_what_the_store_does_not_take_is_told_by_its_own_reason(tmp_path: Path) -> None:
    """Not as a full disk, which it may not be: a file that another holds, say."""
    with both() as hub, closing(analyst(hub, tmp_path)) as one, closing(sqlite3.connect(tmp_path / FILE)) as other:
        assert one.context.readings.newest("census") is None
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OSError, match=r"could not be stored.*is locked") as refused:
            one.collect("top")

    assert "no room" not in explain_file(refused.value)
