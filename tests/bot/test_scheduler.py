"""What the bot collects by itself: when it is due, and no sooner, whoever collected last."""

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst, utc_now
from analytics.answering.freshness import freshness
from analytics.domain.staleness import DAY, WEEK
from analytics.errors import BecameNewer, NewerDatabase
from bot.scheduler import Scheduler
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(1200)


class Unlucky:
    """An analyst whose every collection fails by a mistake of ours, which is stored nowhere."""

    tries = 0

    def answer(self, _request: object) -> None:
        """Answer nothing."""

    def collect(self, _what: str) -> tuple[str, ...]:
        self.tries += 1
        raise ValueError

    def tell_last_collection(self, _what: str) -> tuple[None, None]:
        return None, None


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve a listing and a daily snapshot."""
    with serving(MODELS, daily=parquet(MODELS)) as running:
        yield running


BOTH = {"top": DAY, "census": WEEK}


def asked_by_a_tick(
    hub: LoopbackHub, home: Path, after: dt.timedelta, collected: Mapping[str, dt.timedelta] = BOTH
) -> list[str]:
    """Start a bot's clock so long after NOW, let it tick once; give what the Hub was asked."""
    before = len(hub.requests)
    analyst = Analyst(home, hub.endpoint, clock=lambda: NOW + after)
    Scheduler(analyst, clock=lambda: NOW + after, collected=collected).collect()
    analyst.close()
    return ["census" if "hub-stats" in one.path else "top" for one in hub.requests[before:] if "json" not in one.path]


def test_a_restart_collects_nothing_again(hub: LoopbackHub, tmp_path: Path) -> None:
    """What was collected stands in the store, so a bot restarted an hour later leaves the Hub alone."""
    assert set(asked_by_a_tick(hub, tmp_path, dt.timedelta())) == {"top", "census"}
    assert asked_by_a_tick(hub, tmp_path, dt.timedelta(hours=1)) == []


def test_lists_are_due_daily_and_the_census_weekly(hub: LoopbackHub, tmp_path: Path) -> None:
    """A day later the lists alone, a week later both."""
    asked_by_a_tick(hub, tmp_path, dt.timedelta())

    assert set(asked_by_a_tick(hub, tmp_path, DAY)) == {"top"}
    assert set(asked_by_a_tick(hub, tmp_path, WEEK)) == {"top", "census"}


def test_a_failure_is_told_in_status_and_left_alone_for_six_hours(hub: LoopbackHub, tmp_path: Path) -> None:
    """Neither this process nor the next asks again at once; when it works again nothing is told any more."""
    hub.faults.put(BAD_GATEWAY, times=3)
    only_lists = {"top": DAY}
    asked_by_a_tick(hub, tmp_path, dt.timedelta(), only_lists)
    context = Analyst(tmp_path, hub.endpoint, clock=lambda: NOW).context

    assert "The last try to collect top, on 23 Nov 2026, 09:00 UTC, failed: it answered 502." in list(
        freshness(context)
    )
    assert asked_by_a_tick(hub, tmp_path, dt.timedelta(hours=5), only_lists) == []
    assert len(asked_by_a_tick(hub, tmp_path, dt.timedelta(hours=6), only_lists)) == 3
    assert not [line for line in freshness(context) if "failed" in line]


@pytest.mark.parametrize(("interval", "rest"), [(DAY, dt.timedelta(hours=6)), (WEEK, DAY)])
def test_a_mistake_of_ours_is_not_made_at_every_tick(interval: dt.timedelta, rest: dt.timedelta) -> None:
    """What is due daily rests six hours, what is due weekly a day: a crawl may take an hour."""
    unlucky, now = Unlucky(), [NOW]
    scheduler = Scheduler(unlucky, clock=lambda: now[0], collected={"top": interval})  # type: ignore[arg-type]  # only what is asked
    scheduler.collect()
    now[0] = NOW + rest - dt.timedelta(seconds=1)
    scheduler.collect()
    assert unlucky.tries == 1

    now[0] = NOW + rest
    scheduler.collect()
    assert unlucky.tries == 2


def test_a_clock_set_back_two_hours_stops_no_tick_for_two_hours() -> None:
    """Whatever lies further ahead than its interval was put off by the clock, and comes now; the rest stays."""
    scheduler = Scheduler(Unlucky(), collected={})  # type: ignore[arg-type]  # never asked: no tick comes within the test
    scheduler.start()
    scheduler.pause()  # what is brought back would come at once
    early, planned = utc_now() - dt.timedelta(hours=2), scheduler.upcoming()
    try:
        scheduler.bring_back(utc_now())
        assert scheduler.upcoming() == planned
        scheduler.bring_back(early)
        assert set(scheduler.upcoming().values()) == {early}
    finally:
        scheduler.stop()


def test_a_clock_moved_on_looks_after_digests_and_collects_at_once() -> None:
    """What is collected is looked after in the scheduler's own thread, and nobody waits a quarter of an hour for it."""
    scheduler = Scheduler(Unlucky(), collected={})  # type: ignore[arg-type]  # never asked: nothing is to be collected
    scheduler.start()
    scheduler.pause()
    try:
        scheduler.move_on()
        assert scheduler.upcoming()["collect"] <= utc_now()
        assert scheduler.upcoming()["keep-fresh"] > utc_now()
    finally:
        scheduler.stop()


def test_a_clock_set_back_by_half_an_interval_counts_too() -> None:
    """A quarter of an hour is much to what comes every half hour: one and a half intervals ahead is put off."""
    scheduler = Scheduler(Unlucky(), collected={})  # type: ignore[arg-type]  # never asked: no tick comes within the test
    scheduler.start()
    scheduler.pause()
    early = utc_now() - dt.timedelta(minutes=15)
    try:
        scheduler.bring_back(early)
        assert scheduler.upcoming()["keep-fresh"] == early
    finally:
        scheduler.stop()


class Corrected:
    """Digests that say when they were looked after."""

    def __init__(self) -> None:
        self.ticked = threading.Event()

    def correct(self) -> None:
        """Say so."""
        self.ticked.set()

    def tick(self) -> None:
        """Say nothing of it."""


@pytest.mark.parametrize(
    ("late", "made_up"), [(dt.timedelta(hours=5, minutes=50), True), (dt.timedelta(hours=7), False)]
)
def test_a_tick_missed_in_sleep_is_made_up_for_within_six_hours(late: dt.timedelta, *, made_up: bool) -> None:
    """Who opens the laptop in the evening gets the morning's tick; a day later the next one is near enough."""
    digests = Corrected()
    scheduler = Scheduler(Unlucky(), digests)  # type: ignore[arg-type]  # only what is called
    scheduler.start()

    scheduler.bring_back(utc_now() - late)  # as if it had been due then
    while scheduler.upcoming()["corrections"] < utc_now():
        digests.ticked.wait(0.01)
    scheduler.stop()

    assert digests.ticked.is_set() == made_up


class Outdated:
    """Digests whose database a newer version has changed meanwhile."""

    def tick(self) -> None:
        """Refuse."""
        raise BecameNewer(NewerDatabase("here", "0009", "0008"))

    correct = tick


def test_that_the_database_became_newer_is_told_in_words(caplog: pytest.LogCaptureFixture) -> None:
    """At each tick, with what to start and no traceback."""
    digests: Any = Outdated()
    scheduler = Scheduler(Unlucky(), digests, clock=lambda: NOW, collected={})  # type: ignore[arg-type]  # what is used
    scheduler.digest()
    scheduler.correct()

    said = (
        "here was brought to revision 0009 of its tables by a newer version of this program; this one, which is still "
        "running, knows 0008. Stop this one and start that version."
    )
    assert [record.getMessage() for record in caplog.records] == [f"digests wait: {said}", f"corrections wait: {said}"]
    assert not any(record.exc_info for record in caplog.records)
