"""The pages of a crawl on the disk: which are believed, and what of them becomes a census."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from analytics.census.crawled_pages import CrawledPages, Progress
from analytics.errors import Changed

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
