"""The crawl of the listing on bad days, over real HTTP; the waits are handed in, so that nobody sleeps."""

import datetime as dt
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.census.crawled_pages import CURSOR
from analytics.collect.census_crawl import Crawl
from analytics.errors import Changed, Unreachable
from analytics.sources.ranged import RangedFile
from analytics.sources.web_session import WEB
from tests.analytics.census.hubs import items, serving
from tests.analytics.no_waiting import not_really
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import (
    BAD_GATEWAY,
    links_to_itself,
    rate_limited,
    rates,
    says_json,
    shorter_than_promised,
    stalls,
)
from tests.processes import start

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(4500)
ROOT = Path(__file__).parents[3]


def crawl(hub: LoopbackHub, folder: Path, waits: list[float] | None = None) -> Crawl:
    """Make a crawl that writes down its waits."""
    return Crawl(folder, hub.endpoint, None, lambda _: None, not_really(waits))


def names(crawled: Crawl, folder: Path) -> list[str]:
    """Give the ids kept, in order."""
    target = folder.with_suffix(".parquet")
    crawled.pages.write(target)
    return [str(name) for name in pq.read_table(target)["id"].to_pylist()]


def test_every_model_is_read_once_in_order_of_creation(tmp_path: Path) -> None:
    """Five pages, none asked for twice."""
    with serving(MODELS) as hub:
        done = crawl(hub, tmp_path)
        assert done.run(DAY).models == 4500

    assert names(done, tmp_path) == [model["id"] for model in MODELS]
    assert len(hub.asked()) == 5


def test_a_429_in_mid_crawl_is_waited_out_as_the_hub_says(tmp_path: Path) -> None:
    """Five in a row, each with its own reset."""
    waits: list[float] = []
    with serving(MODELS) as hub:
        hub.faults.put(rate_limited(2), skip=2, times=5)
        assert crawl(hub, tmp_path, waits).run(DAY).models == 4500

    assert waits.count(3.0) == 5


def test_half_of_the_quota_is_left_to_questions(tmp_path: Path) -> None:
    """At the half of a window of six it waits for the next window."""
    waits: list[float] = []
    with LoopbackHub(MODELS, quota=6) as hub:
        crawl(hub, tmp_path, waits).run(DAY)

    assert max(waits) > 200


@pytest.mark.parametrize("fault", [BAD_GATEWAY, shorter_than_promised])
def test_a_page_that_breaks_is_read_again(tmp_path: Path, fault: object) -> None:
    """A gateway in trouble, a connection cut in mid-page: the same page, a little later."""
    with serving(MODELS) as hub:
        hub.faults.put(fault, skip=3)  # type: ignore[arg-type]  # a fault
        done = crawl(hub, tmp_path)
        done.run(DAY)

    assert len(set(names(done, tmp_path))) == 4500


def test_a_hub_that_does_not_recover_leaves_the_pages_for_the_next_run(tmp_path: Path) -> None:
    """It gives up after its tries; run again it goes on with the page that failed."""
    with serving(MODELS) as hub:
        hub.faults.put(BAD_GATEWAY, skip=3, times=6)
        with pytest.raises(Unreachable):
            crawl(hub, tmp_path).run(DAY)
        before = len(hub.asked())
        done = crawl(hub, tmp_path)
        done.run(DAY)

    assert len(hub.asked()) - before == 2
    assert names(done, tmp_path) == [model["id"] for model in MODELS]


def test_a_page_kept_before_the_machine_went_down_is_read_once_more_and_counts_once(tmp_path: Path) -> None:
    """Killed between page and cursor: the cursor still names the last page, which takes its own place again."""
    with serving(MODELS) as hub:
        hub.faults.put(BAD_GATEWAY, skip=4, times=6)
        with pytest.raises(Unreachable):
            crawl(hub, tmp_path).run(DAY)
        before_the_last_page = (tmp_path / CURSOR).read_text()
        crawl(hub, tmp_path).run(DAY)
        (tmp_path / CURSOR).write_text(before_the_last_page)
        done = crawl(hub, tmp_path)

        assert done.run(DAY).models == 4500
        assert names(done, tmp_path) == [model["id"] for model in MODELS]


def spoil_footer(page: Path) -> None:
    """Write rubbish where Parquet says what is in the file; both its marks and its length stay."""
    content = page.read_bytes()
    page.write_bytes(content[:-300] + b"\xff" * 292 + content[-8:])


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda page: page.write_bytes(b""), lambda page: page.write_text("no"), spoil_footer]
)
def test_pages_that_went_missing_or_bad_are_never_a_census(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    """The cursor says how many models the pages hold; if they do not, all are dropped and read anew."""
    with serving(MODELS) as hub:
        done = crawl(hub, tmp_path)
        done.run(DAY)
        harm(tmp_path / "page-000002.parquet")
        with pytest.raises(Changed, match="pages on this disk are damaged"):
            names(done, tmp_path)

        assert crawl(hub, tmp_path).run(DAY).models == 4500
        assert len(hub.asked()) == 10


@pytest.mark.parametrize("cursor", ["garbage", "[]", '{"endpoint": 5}', "null"])
def test_pages_under_a_cursor_that_says_nothing_are_dropped(tmp_path: Path, cursor: str) -> None:
    """Nobody knows whose they are."""
    with serving(MODELS) as old, serving(MODELS[:1500]) as hub:
        crawl(old, tmp_path).run(DAY)
        (tmp_path / CURSOR).write_text(cursor)
        done = crawl(hub, tmp_path)

        assert done.run(DAY).models == 1500
        assert names(done, tmp_path) == [model["id"] for model in MODELS[:1500]]


@pytest.mark.parametrize("field", ["tags", "createdAt", "downloads"])
def test_a_listing_without_what_every_model_has_has_changed(tmp_path: Path, field: str) -> None:
    """A person must look."""
    model = {"_id": "1", "id": "a/b", "tags": [], "createdAt": "2024-01-01T00:00:00.000Z", "downloads": 1}
    with serving(MODELS) as hub:
        hub.faults.put(says_json([{name: value for name, value in model.items() if name != field}]))
        with pytest.raises(Changed, match=f"no {field} any more"):
            crawl(hub, tmp_path).run(DAY)


def test_a_number_no_database_holds_is_unknown(tmp_path: Path) -> None:
    """Neither the page nor the crawl is lost for it."""
    model = {"_id": "1", "id": "a/b", "tags": [], "createdAt": "2024-01-01T00:00:00.000Z", "downloads": 2**70}
    with serving(MODELS) as hub:
        hub.faults.put(says_json([model]))

        assert crawl(hub, tmp_path).run(DAY).models == 1


def test_a_quota_told_without_its_policy_is_taken_for_the_smallest(tmp_path: Path) -> None:
    """Who has no token may ask 500 times; half of that is left to questions."""
    waits: list[float] = []
    with serving(MODELS) as hub:
        hub.faults.put(rates("r=240;t=77"), times=2)
        crawl(hub, tmp_path, waits).run(DAY)

    assert waits[:2] == [78.0, 78.0]


def test_a_list_of_pages_in_a_circle_ends(tmp_path: Path) -> None:
    """The next page is the same again."""
    with serving(MODELS) as hub:
        hub.faults.put(links_to_itself, skip=1)
        with pytest.raises(Changed, match="runs in a circle"):
            crawl(hub, tmp_path).run(DAY)


def test_killed_in_the_middle_it_goes_on_and_loses_at_most_a_page(tmp_path: Path) -> None:
    """A real process, SIGKILL while the fourth page is under way; the next run reads what is left."""
    code = (
        "import datetime as dt, sys; from pathlib import Path; from analytics.collect.census_crawl import Crawl; "
        "Crawl(Path(sys.argv[1]), sys.argv[2], None, lambda _: None).run(dt.datetime.now(dt.UTC))"
    )
    with serving(MODELS) as hub:
        fourth = threading.Event()
        hub.faults.put(stalls(met=fourth), skip=3)
        with start([sys.executable, "-c", code, str(tmp_path), hub.endpoint], cwd=ROOT):
            assert fourth.wait(300)  # an interpreter of its own, on a machine that others want too
        before = len(hub.asked())
        assert (tmp_path / CURSOR).exists()
        done = crawl(hub, tmp_path)
        done.run(DAY)

    assert len(hub.asked()) - before == 2
    assert names(done, tmp_path) == [model["id"] for model in MODELS]


def test_a_connection_cut_in_mid_file_is_taken_up_again(tmp_path: Path) -> None:
    """A range that breaks off is asked for once more, and nothing is missing."""
    del tmp_path
    content = bytes(range(256)) * 4000
    waits: list[float] = []
    with LoopbackHub(datasets={"a/b": {"x.parquet": content}}) as hub:
        file = RangedFile(WEB, f"{hub.endpoint}/datasets/a/b/resolve/main/x.parquet", {}, not_really(waits))
        hub.faults.put(shorter_than_promised, "/datasets/*")
        file.seek(1000)
        assert file.read(500_000) == content[1000:501_000]

    assert waits == [1.0]


def test_a_server_that_ignores_ranges_is_refused() -> None:
    """Otherwise one column would cost the whole file."""
    with LoopbackHub(datasets={"a/b": {"x.parquet": b"whole"}}) as hub:
        hub.faults.put(says_json({"whole": "file"}), "/datasets/*")
        with pytest.raises(Changed, match="does not give parts"):
            RangedFile(WEB, f"{hub.endpoint}/datasets/a/b/resolve/main/x.parquet", {})
