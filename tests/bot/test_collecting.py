"""What the bot collects by itself: from the start on, when it is due and no sooner, whoever collected last."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.answering.freshness import freshness
from analytics.context import TellProgress, silent
from analytics.domain.collectors import Collector
from analytics.domain.staleness import COLLECTED, DAY, WEEK
from analytics.errors import Changed, SourceError, Unreachable
from analytics.outlook import Outlook, Stage
from analytics.storage.collection_log import CollectionLog, Failure
from analytics.storage.database import Database
from bot.collecting import Collecting
from bot.collecting_apart import CollectionRunner
from bot.shared_marks import SharedMarks
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(1200)
PATIENCE = 30
BOTH = {Collector.TOP: DAY, Collector.CENSUS: WEEK}
LISTS = {Collector.TOP: DAY}


class FakeAnalyst:
    """
    An analyst that collects nothing, and remembers as the store does what came of it.

    `does` is called in the middle of each collection; what it raises is what went wrong.
    """

    def __init__(self, does: Any = lambda _what, _progress: None) -> None:
        self.now = NOW
        self.tried: list[str] = []
        self.context = self
        self.outlook = Outlook()
        self._does = does
        self._last: dict[str, tuple[Any, Failure | None]] = {}

    def collect(self, what: str, progress: TellProgress = silent) -> tuple[str, ...]:
        """Do as told, and write down what came of it."""
        self.tried.append(what)
        done, failed = self._last.get(what, (None, None))
        try:
            self._does(what, progress)
        except SourceError as trouble:
            times = (failed.passing if failed else 0) + 1 if isinstance(trouble, Unreachable) else 0
            self._last[what] = done, Failure(self.now, trouble.why, times)
            raise
        self._last[what] = Failure(self.now, ""), None
        return ()

    def tell_last_collection(self, what: str) -> tuple[Any, Failure | None]:
        return self._last.get(what, (None, None))

    def note_failed_collection(self, what: str, why: str) -> None:
        """Write down that it failed."""
        self._last[what] = self._last.get(what, (None, None))[0], Failure(self.now, why)

    def tell_duration(self, _what: str) -> float:
        return 0.0


class Stumbling(CollectionRunner):
    """Meets a mistake of ours."""

    def run(self, what: Collector, progress: TellProgress) -> tuple[str, ...]:
        """Meet it."""
        del what, progress
        return (str(1 // 0),)

    def end(self) -> None:
        """Have nothing to end."""


def collecting(analyst: FakeAnalyst, rhythms: Mapping[Collector, dt.timedelta] = COLLECTED, **more: Any) -> Collecting:
    """Collect for it by its own clock."""
    return Collecting(analyst, lambda: analyst.now, rhythms, **more)  # type: ignore[arg-type]  # only what is asked


def without_network(_what: str, _progress: TellProgress) -> None:
    """Reach nobody."""
    raise Unreachable("https://hub", "it cannot be reached")


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve a listing and a daily snapshot."""
    with serving(MODELS, daily=parquet(MODELS)) as running:
        yield running


def asked_by_a_look(
    hub: LoopbackHub, home: Path, after: dt.timedelta, rhythms: Mapping[Collector, dt.timedelta] = BOTH
) -> list[str]:
    """Start a bot's clock so long after NOW, let it look once; give what the Hub was asked."""
    before = len(hub.requests)
    analyst = Analyst(home, hub.endpoint, clock=lambda: NOW + after)
    Collecting(analyst, lambda: NOW + after, rhythms).look()
    analyst.close()
    return ["census" if "hub-stats" in one.path else "top" for one in hub.requests[before:] if "json" not in one.path]


def test_a_mistake_of_ours_is_a_failure_that_status_tells(tmp_path: Path) -> None:
    """The store knows it, so that a restart does not try it again at once, and `status` says that it failed."""
    wrong = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)
    Collecting(wrong, lambda: NOW, {Collector.CENSUS: WEEK}, runner=Stumbling()).look()

    _, failed = wrong.tell_last_collection(Collector.CENSUS)
    assert failed == Failure(NOW, "the program made a mistake in reading it (ZeroDivisionError)")
    wrong.close()


def test_a_restart_collects_nothing_again(hub: LoopbackHub, tmp_path: Path) -> None:
    """What was collected stands in the store, so a bot restarted an hour later leaves the Hub alone."""
    assert set(asked_by_a_look(hub, tmp_path, dt.timedelta())) == {"top", "census"}
    assert asked_by_a_look(hub, tmp_path, dt.timedelta(hours=1)) == []


def test_lists_are_due_daily_and_the_census_weekly(hub: LoopbackHub, tmp_path: Path) -> None:
    """A day later the lists alone, a week later both."""
    asked_by_a_look(hub, tmp_path, dt.timedelta())

    assert set(asked_by_a_look(hub, tmp_path, DAY)) == {"top"}
    assert set(asked_by_a_look(hub, tmp_path, WEEK)) == {"top", "census"}


def test_what_was_collected_is_due_a_day_later_and_the_census_a_week() -> None:
    """To the second, also for a bot that was started anew meanwhile."""
    analyst, due = FakeAnalyst(), dict[str, list[str]]()
    for after in ("0 s", "86399 s", "86400 s", "604799 s", "604800 s"):
        analyst.tried, analyst.now = [], NOW + dt.timedelta(seconds=int(after.split()[0]))
        collecting(analyst, COLLECTED).look()
        due[after] = [what for what in analyst.tried if what in BOTH]

    assert [due["86399 s"], due["86400 s"]] == [[], ["top"]]
    assert ["census" in due["604799 s"], "census" in due["604800 s"]] == [False, True]


def test_a_failure_that_may_pass_is_told_in_status_and_left_alone_for_two_minutes(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    """Neither this process nor the next asks again at once; when it works again nothing is told any more."""
    hub.faults.put(BAD_GATEWAY, times=3)
    asked_by_a_look(hub, tmp_path, dt.timedelta(), LISTS)
    context = Analyst(tmp_path, hub.endpoint, clock=lambda: NOW).context

    assert "The last try to collect top, on 23 Nov 2026, 09:00 UTC, failed: it answered 502." in list(
        freshness(context)
    )
    assert asked_by_a_look(hub, tmp_path, dt.timedelta(seconds=119), LISTS) == []
    assert len(asked_by_a_look(hub, tmp_path, dt.timedelta(minutes=2), LISTS)) == 3
    assert not [line for line in freshness(context) if "failed" in line]


def test_what_cannot_pass_by_itself_rests_for_hours() -> None:
    """What is due daily six hours, weekly a day: a refused census is not downloaded again every two minutes."""

    def refused(_what: str, _progress: TellProgress) -> None:
        raise Changed("https://hub", "it looks wrong")

    for rhythm, rest in ((DAY, dt.timedelta(hours=6)), (WEEK, DAY)):
        analyst = FakeAnalyst(refused)
        one = collecting(analyst, {Collector.CENSUS: rhythm})
        for after in (dt.timedelta(), rest - dt.timedelta(seconds=1), rest):
            analyst.now = NOW + after
            one.look()
        assert len(analyst.tried) == 2


def test_a_mistake_of_ours_is_not_made_at_every_tick() -> None:
    """It is stored nowhere, and rests for hours all the same."""

    def mistaken(_what: str, _progress: TellProgress) -> None:
        raise ValueError

    analyst = FakeAnalyst(mistaken)
    one = collecting(analyst, LISTS)
    for hours in (0, 5.9, 6):
        analyst.now = NOW + dt.timedelta(hours=hours)
        one.look()

    assert len(analyst.tried) == 2


def test_without_a_network_the_pauses_grow_and_it_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    """Two minutes, six, eighteen, fifty-four: in an hour four tries, and one warning."""
    analyst, moments = FakeAnalyst(without_network), list[int]()
    one = collecting(analyst, LISTS)
    for minute in range(61):
        analyst.now = NOW + dt.timedelta(minutes=minute)
        before = len(analyst.tried)
        one.look()
        moments += [minute] if len(analyst.tried) > before else []

    assert moments == [0, 2, 8, 26]
    assert [r.levelname for r in caplog.records if "could not be collected" in r.getMessage()] == ["WARNING"]


def test_after_a_restart_it_is_known_what_rests_and_why() -> None:
    """The store knows of the failure, whichever process met it."""
    analyst = FakeAnalyst(without_network)
    collecting(analyst, LISTS).look()
    analyst.outlook = Outlook()
    collecting(analyst, LISTS).look()

    expected = analyst.outlook.expect(Collector.TOP, NOW)
    assert (expected.stage, expected.at) == (Stage.RESTING, NOW + dt.timedelta(minutes=2))
    assert expected.why == "it cannot be reached"
    assert len(analyst.tried) == 1


def test_a_failure_of_a_day_to_come_neither_rests_nor_is_told(hub: LoopbackHub, tmp_path: Path) -> None:
    """A clock that was days ahead, or the playground's moved on, leaves nothing that a later start waits for."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: NOW)
    log = CollectionLog(analyst.context.readings)
    log.add_success(Collector.TOP, (), NOW + DAY)
    log.add_failure(Collector.TOP, "it was away", NOW + 2 * DAY)
    said = list(freshness(analyst.context))
    Collecting(analyst, lambda: NOW, LISTS).look()
    done, failed = analyst.tell_last_collection(Collector.TOP)
    analyst.close()

    assert not any("it was away" in line for line in said)
    assert (done and done.as_of, failed) == (NOW, None)


def test_a_clock_that_is_set_back_ends_the_rests_it_began(tmp_path: Path) -> None:
    """What rests two minutes from a moment of the day after tomorrow is tried at the next look."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: moments[0])
    moments = [NOW + 2 * DAY]
    collects = Collecting(analyst, lambda: moments[0], LISTS)
    collects.look()
    moments[0] = NOW
    collects.look()
    _, failed = analyst.tell_last_collection(Collector.TOP)
    analyst.close()

    assert failed is not None
    assert failed.as_of == NOW


def test_the_cheapest_comes_first_and_the_census_last() -> None:
    """Of everything that is due at a first start; the census, the only heavy one, keeps nobody waiting."""
    analyst = FakeAnalyst()
    collecting(analyst).look()

    assert analyst.tried == ["top", "official", "papers", "reach", "census"]


def test_in_the_playground_the_census_waits_for_its_button() -> None:
    """However old it grows; pressed, it is collected once."""
    analyst = FakeAnalyst()
    one = collecting(analyst, by_button=[Collector.CENSUS])
    one.look()
    assert "census" not in analyst.tried
    assert analyst.outlook.expect(Collector.CENSUS, NOW).stage is Stage.BY_BUTTON

    one.ask_for([Collector.CENSUS])
    one.look()
    one.look()
    assert analyst.tried.count("census") == 1


def test_a_store_that_keeps_nothing_is_no_reason_to_collect_for_ever() -> None:
    """What this process did is known to it."""
    analyst = FakeAnalyst()
    analyst.tell_last_collection = lambda _what: (None, None)  # type: ignore[method-assign]  # a database that is away
    one = collecting(analyst, LISTS)
    one.look()
    one.look()

    assert analyst.tried == ["top"]


def test_it_begins_with_the_start_in_a_thread_of_its_own() -> None:
    """Nobody waits a quarter of an hour for it."""
    begun = threading.Event()

    def say(_what: str, _progress: TellProgress) -> None:
        assert threading.current_thread().name == "collecting"
        begun.set()

    one = collecting(FakeAnalyst(say))
    one.start()
    assert begun.wait(PATIENCE)
    assert one.stop(PATIENCE)


def test_stopping_ends_a_collection_at_its_next_word() -> None:
    """A census of an hour does not keep the program."""
    begun = threading.Event()

    def endless(_what: str, progress: TellProgress) -> None:
        begun.set()
        while True:
            progress("a page more")

    one = collecting(FakeAnalyst(endless), LISTS)
    one.start()
    assert begun.wait(PATIENCE)
    assert one.stop(PATIENCE)


def test_a_collection_without_a_word_does_not_keep_the_program_either() -> None:
    """It is told that something goes on, and ends the process all the same."""
    begun, hold = threading.Event(), threading.Event()

    def silently(_what: str, _progress: TellProgress) -> None:
        begun.set()
        hold.wait(PATIENCE)

    one = collecting(FakeAnalyst(silently), LISTS)
    one.start()
    assert begun.wait(PATIENCE)
    assert not one.stop(0.01)
    assert one.is_alive
    hold.set()
    assert one.stop(PATIENCE)


def test_two_processes_on_one_database_do_not_both_collect(database: Database) -> None:
    """While one is at it the other leaves it alone; that has been done it then finds in the store."""
    shared = SharedMarks(database, lambda _: NOW)
    other = FakeAnalyst()

    def meanwhile(_what: str, _progress: TellProgress) -> None:
        collecting(other, LISTS, marks=shared).look()

    ours = FakeAnalyst(meanwhile)
    collecting(ours, LISTS, marks=shared).look()
    assert (ours.tried, other.tried) == (["top"], [])

    collecting(other, LISTS, marks=shared).look()
    assert other.tried == ["top"], "the mark is given back"


def test_how_far_it_is_stands_in_the_outlook_and_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """What is read, how far, and what comes next."""
    caplog.set_level(logging.INFO)
    seen: list[str] = []

    def half(_what: str, progress: TellProgress) -> None:
        progress("1 of 2 pages", 0.5)
        seen.extend(analyst.outlook.plan(NOW).tell(NOW))

    analyst = FakeAnalyst(half)
    collecting(analyst, BOTH).look()

    assert seen[0].startswith("Today's lists: being read now, ready about 23 Nov 2026, 09:01 UTC (1 of 2 pages).")
    assert "Then: the count of the whole Hub (census) (up to 1.6 GB), ready about 23 Nov 2026, 09:11 UTC." in seen[0]
    assert "collecting top: 1 of 2 pages" in caplog.text


def test_what_a_digest_needs_is_read_if_it_is_older_than_a_day() -> None:
    """Weekly things too; what was tried in vain just now is not waited for, nor what only a button collects."""
    analyst = FakeAnalyst()
    one = collecting(analyst, by_button=[Collector.CENSUS])
    one.look()
    assert one.is_ready([Collector.PAPERS, Collector.TOP, Collector.CENSUS], NOW + DAY)

    analyst.now = NOW + DAY + dt.timedelta(minutes=1)
    assert not one.is_ready([Collector.PAPERS], analyst.now)
    one.look()
    assert analyst.tried.count("papers") == 2
    assert one.is_ready([Collector.PAPERS], analyst.now)


def test_what_cannot_be_read_keeps_no_digest_waiting() -> None:
    """It was asked for, and did not answer: that is all that can be done."""
    analyst = FakeAnalyst(without_network)
    one = collecting(analyst, LISTS)
    assert not one.is_ready([Collector.TOP], NOW)
    one.look()

    assert one.is_ready([Collector.TOP], NOW)
