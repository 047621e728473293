"""The pages of a crawl on the disk: which are believed, and what of them becomes a census."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.census import schema
from analytics.census.crawled_pages import CrawledPages, Progress
from analytics.errors import Changed
from analytics.sources.hub.items import fields_of

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
HUB = "http://hub"
BEGUN = Progress(HUB, 0, 0, None, DAY.isoformat())


def row(name: str, created: str | None = "2024-01-01T00:00:00.000Z") -> dict[str, Any]:
    """Make one model as the crawl gives it."""
    return {"id": name, "created_at": created, "tags": ["pytorch"], "downloads_30d": 1}


def crawled(folder: Path, following: str | None = None, *rows: dict[str, Any]) -> CrawledPages:
    """Keep one page, after which there is another or none."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = CrawledPages(folder, HUB)
    pages.add(rows or (row("org/a"),), following, BEGUN)
    return pages


def test_an_unfinished_crawl_becomes_no_census(tmp_path: Path) -> None:
    """There is a page to come: what is there is part of the Hub, and would be told as all of it."""
    pages = crawled(tmp_path / "crawl", f"{HUB}/api/models?cursor=2")

    with pytest.raises(Changed, match="its pages on this disk are damaged"):
        pages.write(tmp_path / "census.parquet")
    assert not (tmp_path / "census.parquet").exists()


def test_a_finished_crawl_becomes_one(tmp_path: Path) -> None:
    """With as many rows as were read."""
    assert crawled(tmp_path / "crawl").write(tmp_path / "census.parquet") == 1
    assert pq.read_table(tmp_path / "census.parquet")["id"].to_pylist() == ["org/a"]


@pytest.mark.parametrize("method", ["2020-01.1", ""])
def test_pages_of_another_rule_are_dropped(method: str, tmp_path: Path) -> None:
    """It chose other names of files: half of a census would be attributed by what the other half lacks."""
    pages = crawled(tmp_path, f"{HUB}/next")
    assert pages.begin(DAY + dt.timedelta(hours=1)) == DAY
    cursor = tmp_path / "cursor.json"
    cursor.write_text(json.dumps(json.loads(cursor.read_text()) | {"method": method}))

    assert pages.begin(DAY + dt.timedelta(hours=1)) == DAY + dt.timedelta(hours=1)
    assert list(tmp_path.iterdir()) == []


def test_the_cursor_goes_first(tmp_path: Path) -> None:
    """Whoever dies while pages are dropped leaves none that is believed; here a page that stays."""
    pages = crawled(tmp_path, f"{HUB}/next")
    for name in ("page-000000.parquet", "a-page"):
        (tmp_path / name).unlink(missing_ok=True)
        (tmp_path / name).mkdir()

    with pytest.raises(OSError, match=r"directory|permitted"):
        pages.clear()
    assert pages.progress() is None


@pytest.mark.parametrize(
    ("created", "kept"),
    [
        ("2024-01-01T01:30:00+02:00", "2023-12-31T23:30:00Z"),
        ("2024-01-01T01:30:00", "2024-01-01T01:30:00Z"),
        ("2024-01-01T01:30:00.123Z", "2024-01-01T01:30:00Z"),
        ("soon", None),
    ],
)
def test_a_moment_is_kept_in_utc(created: str, kept: str | None, tmp_path: Path) -> None:
    """Its offset is taken in; without one it is UTC."""
    crawled(tmp_path / "crawl", None, row("org/a", created)).write(tmp_path / "census.parquet")

    assert pq.read_table(tmp_path / "census.parquet")["created_at"].to_pylist() == [kept]


@pytest.mark.parametrize(
    "change",
    [
        *({"downloads": number} for number in (0, 7.0, 7.5, -1, 10**12, 10**12 + 1, float("nan"))),
        *({"likes": -1}, {"downloadsAllTime": -1.0}, {"library_name": None, "pipeline_tag": None}),
        *({"createdAt": f"2024-01-02{time}"} for time in ("", "T03:04:05Z", "T03:04:05.678Z", "T03:04:05+02:00")),
        *({"createdAt": day} for day in ("1969-12-31T00:00:00.000Z", "0001-01-01T00:00:00Z", "2024-02-30", "soon")),
        *({"tags": tags} for tags in (None, [], ["tf", None, "tf", "", "x" * 1001])),
    ],
    ids=str,
)
def test_a_crawl_and_a_snapshot_read_a_row_alike(change: dict[str, Any], tmp_path: Path) -> None:
    """One in Python and one in SQL: whatever is odd about a field, the census is the same from either."""
    usual = {"id": "o/m", "createdAt": "2024-01-02T03:04:05.000Z", "downloads": 5, "downloadsAllTime": 9, "likes": 2}
    item = usual | {"library_name": "timm", "pipeline_tag": "x", "tags": ["tf"]} | change
    texts = dict.fromkeys(("library_name", "pipeline_tag"), pa.string()) | {"tags": pa.list_(pa.string())}
    table = pa.table({name: pa.array([value], texts.get(name)) for name, value in item.items()})
    schema.write(table.to_reader(), tmp_path / "snapshot.parquet")
    read = fields_of(item)
    assert read
    crawled(tmp_path / "crawl", None, read).write(tmp_path / "crawled.parquet")

    one, other = (pq.read_table(tmp_path / name).to_pylist() for name in ("snapshot.parquet", "crawled.parquet"))
    assert one == other
