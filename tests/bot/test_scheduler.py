"""The clock: ticks that a clock set back or a sleep would lose, and what a clock moved on makes due."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from analytics.analyst import utc_now
from analytics.domain.collectors import Collector
from analytics.errors import BecameNewer, DatabaseTrouble, NewerDatabase
from bot.scheduler import Scheduler
from tests.analytics.census.hubs import items

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(1200)


class Idle:
    """An analyst that is never asked."""

    def answer(self, _request: object) -> None:
        """Answer nothing."""


def test_a_clock_set_back_two_hours_stops_no_tick_for_two_hours() -> None:
    """Whatever lies further ahead than its interval was put off by the clock, and comes now; the rest stays."""
    scheduler = Scheduler(Idle())  # type: ignore[arg-type]  # never asked: no tick comes within the test
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


class Woken:
    """Collecting that says when it was woken."""

    def __init__(self) -> None:
        self.times = 0

    def wake(self) -> None:
        """Count it."""
        self.times += 1

    def report_to(self, _hear: object) -> None:
        """Have nothing to report."""

    def stop(self, _seconds: float) -> bool:
        """Be stopped."""
        return True


def test_a_clock_moved_on_wakes_collecting_at_once() -> None:
    """In its own thread: nobody waits a quarter of an hour for it, nor does who moved the clock wait."""
    collecting = Woken()
    scheduler = Scheduler(Idle(), collecting=collecting)  # type: ignore[arg-type]  # only what is called
    scheduler.move_on()

    assert collecting.times == 1


def test_a_clock_set_back_by_half_an_interval_counts_too() -> None:
    """A quarter of an hour is much to what comes every half hour: one and a half intervals ahead is put off."""
    scheduler = Scheduler(Idle())  # type: ignore[arg-type]  # never asked: no tick comes within the test
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
    scheduler = Scheduler(Idle(), digests)  # type: ignore[arg-type]  # only what is called
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
    scheduler = Scheduler(Idle(), digests, clock=lambda: NOW)  # type: ignore[arg-type]  # what is used
    scheduler.digest()
    scheduler.correct()

    said = (
        "here was brought to revision 0009 of its tables by a newer version of this program; this one, which is still "
        "running, knows 0008. Stop this one and start that version."
    )
    assert [record.getMessage() for record in caplog.records] == [f"digests wait: {said}", f"corrections wait: {said}"]
    assert not any(record.exc_info for record in caplog.records)


def test_what_workspaces_left_behind_is_looked_for_twice_a_minute() -> None:
    """Of many workspaces; a look that fails keeps no later one away."""
    looks: list[int] = []

    def fail() -> None:
        looks.append(1)
        raise DatabaseTrouble("It is away.", "Wait.")

    scheduler = Scheduler(Idle(), clock=lambda: NOW, erase_again=fail)  # type: ignore[arg-type]  # never asked
    scheduler.start()
    scheduler.pause()
    try:
        assert scheduler.upcoming()["forgotten"] - utc_now() <= dt.timedelta(seconds=30)
        scheduler.erase_forgotten()
        scheduler.erase_forgotten()
        assert looks == [1, 1]
    finally:
        scheduler.stop()


class Ticking:
    """A part that says in a list when it was ticked, and may fail."""

    def __init__(self, name: str, ticked: list[str], *, fails: bool = False) -> None:
        self._name, self._ticked, self._fails = name, ticked, fails

    def tick(self) -> None:
        """Say so."""
        self._ticked.append(self._name)
        if self._fails:
            raise DatabaseTrouble("It is away.", "Wait.")


class CollectedByHand:
    """Collecting that hands on what is collected by hand."""

    def report_to(self, hear: Callable[[Collector], None]) -> None:
        """Remember who wants to hear."""
        self.hear = hear


def test_after_each_collection_come_the_answers_that_waited_then_digests_then_alerts() -> None:
    """One that fails keeps back none of the others."""
    ticked, collecting = list[str](), CollectedByHand()
    digests, alerts = Ticking("digests", ticked, fails=True), Ticking("alerts", ticked, fails=True)
    parts: dict[str, Any] = {"digests": digests, "alerts": alerts, "collecting": collecting}
    Scheduler(Idle(), answer_later=Ticking("answers", ticked, fails=True).tick, **parts)  # type: ignore[arg-type]

    collecting.hear(Collector.TOP)
    assert ticked == ["answers", "digests", "alerts"]


def test_what_a_killed_process_had_in_hand_is_looked_for_twice_a_minute() -> None:
    """A look that fails keeps no later one away."""
    ticked = list[str]()
    scheduler = Scheduler(Idle(), ask_again=Ticking("lost", ticked, fails=True).tick)  # type: ignore[arg-type]
    scheduler.start()
    scheduler.pause()
    due = scheduler.upcoming()["lost-questions"]
    scheduler.stop()
    for _ in range(2):
        scheduler.ask_again()

    assert due - utc_now() <= dt.timedelta(seconds=30)
    assert ticked == ["lost", "lost"]
