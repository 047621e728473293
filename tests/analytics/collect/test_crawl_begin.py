"""Which pages on the disk a crawl goes on with: its own Hub's, and none that are too old."""

import datetime as dt
from pathlib import Path

import pytest

from analytics.collect.census_crawl import Crawl
from analytics.errors import SourceError
from tests.analytics.census.hubs import items, serving
from tests.analytics.no_waiting import not_really
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
THREE_DAYS, SECOND = dt.timedelta(days=3), dt.timedelta(seconds=1)
MODELS = items(2500)


def crawl(hub: LoopbackHub, folder: Path) -> Crawl:
    """Make a crawl that waits for nothing."""
    return Crawl(folder, hub.endpoint, None, lambda _: None, not_really())


def break_off(hub: LoopbackHub, folder: Path) -> None:
    """Crawl until the third page, which cannot be had."""
    hub.faults.put(BAD_GATEWAY, skip=2, times=20)
    with pytest.raises(SourceError):
        crawl(hub, folder).run(DAY)
    hub.faults.put(BAD_GATEWAY, times=0)


@pytest.mark.parametrize(("age", "began"), [(THREE_DAYS, DAY), (THREE_DAYS + SECOND, DAY + THREE_DAYS + SECOND)])
def test_pages_serve_for_three_days(tmp_path: Path, age: dt.timedelta, began: dt.datetime) -> None:
    """Then they are dropped: pages of two weeks are no census."""
    with serving(MODELS) as hub:
        break_off(hub, tmp_path)

        assert crawl(hub, tmp_path).pages.begin(DAY + age) == began
        assert (crawl(hub, tmp_path).pages.progress() is None) is (began != DAY)


@pytest.mark.kept
def test_pages_of_another_hub_are_dropped(tmp_path: Path) -> None:
    """The address of the next page is that Hub's, and our token must not go there."""
    with serving(MODELS) as hub, serving(MODELS) as other:
        break_off(hub, tmp_path)
        asked = len(hub.requests)

        assert crawl(other, tmp_path).run(DAY).models == 2500
        assert (len(hub.requests), len(other.asked())) == (asked, 3)
