"""Several processes on one database: the same work in turn, and a picture that one has uploaded found by the others."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection

from analytics.single_flight import SingleFlight
from analytics.storage.database import Database
from analytics.storage.readings import ReadingStore
from bot.shared_marks import SharedMarks
from bot.shared_pictures import SharedPictures
from bot.shared_turns import SharedTurns
from bot.uploads import Uploads

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)


class SharedClock:
    """A clock that goes on while somebody waits."""

    def __init__(self) -> None:
        self.now = NOW
        self.waited = threading.Event()

    def __call__(self, *_: Connection) -> dt.datetime:
        """Tell the time."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)
        self.waited.set()


class CountingFiles:
    """A Slack that takes every file, has it ready at once, and counts."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def files_upload_v2(self, *, filename: str, **_rest: Any) -> dict[str, Any]:
        """Take it."""
        self.taken.append(filename)
        return {"files": [{"id": f"F{len(self.taken)}"}]}

    def files_info(self, **_rest: Any) -> dict[str, Any]:
        """Show it."""
        return {"file": {"mimetype": "image/png"}}


ANSWER: Any = SimpleNamespace(title="t", alt_text="a")


@pytest.fixture
def clock() -> SharedClock:
    """Give one clock for all processes."""
    return SharedClock()


def uploads_of(database: Database, slack: CountingFiles, clock: SharedClock, home: str = "T1") -> Uploads:
    """Make what uploads in one process."""
    turns = SharedTurns(SharedMarks(database, clock), clock.wait)
    return Uploads(
        slack,  # type: ignore[arg-type]  # only what is called
        wait=lambda _: None,
        shelf=SharedPictures(ReadingStore(database), clock, home),
        turn=turns.take,
    )


def test_work_that_another_process_has_begun_is_waited_for(
    open_database: Callable[[], Database], clock: SharedClock
) -> None:
    """The second finds what the first has stored, and does nothing itself."""
    flights = [SingleFlight(SharedTurns(SharedMarks(open_database(), clock), clock.wait).take) for _ in "ab"]
    stored: list[str] = []

    def work(wait: Callable[[], object]) -> str:
        if not stored:
            wait()
            stored.append("read")
        return stored[0]

    with ThreadPoolExecutor(2) as processes:
        began = threading.Event()
        first = processes.submit(
            flights[0].do, ("list", 100), lambda: work(lambda: began.set() or clock.waited.wait(30))
        )
        assert began.wait(30)
        second = processes.submit(flights[1].do, ("list", 100), lambda: work(lambda: stored.append("read twice")))
        assert (first.result(30), second.result(30)) == ("read", "read")
    assert stored == ["read"]


def test_other_work_waits_for_nobody(open_database: Callable[[], Database], clock: SharedClock) -> None:
    """A turn is one of its name."""
    one, other = (SharedTurns(SharedMarks(open_database(), clock), clock.wait) for _ in "ab")
    with one.take("a"), other.take("b"):
        assert not clock.waited.is_set()


def test_who_died_over_its_work_is_not_waited_for_long(
    open_database: Callable[[], Database], clock: SharedClock
) -> None:
    """Its mark is over in half a minute."""
    SharedMarks(open_database(), clock).claim(["turn a"], 30.0)

    with SharedTurns(SharedMarks(open_database(), clock), clock.wait).take("a"):
        assert 30.0 <= (clock.now - NOW).total_seconds() <= 30.4


def test_a_picture_is_uploaded_by_one_and_found_by_the_other(
    open_database: Callable[[], Database], clock: SharedClock
) -> None:
    """Drawn once, uploaded once; another workspace gets one of its own."""
    slack, drawn = CountingFiles(), list[str]()
    one, other = (uploads_of(open_database(), slack, clock) for _ in "ab")
    elsewhere = uploads_of(open_database(), slack, clock, "T2")

    def draw() -> bytes:
        drawn.append("drawn")
        return b"png"

    assert [uploads.upload(ANSWER, draw, "p") for uploads in (one, other, elsewhere)] == [
        ("F1", ""),
        ("F1", ""),
        ("F2", ""),
    ]
    assert (len(drawn), slack.taken) == (2, ["p.png", "p.png"])


def test_a_picture_that_slack_lost_is_found_by_nobody(
    open_database: Callable[[], Database], clock: SharedClock
) -> None:
    """Whoever learns of it says so, and the next to need it uploads it anew for all."""
    slack = CountingFiles()
    one, other, third = (uploads_of(open_database(), slack, clock) for _ in "abc")
    one.upload(ANSWER, lambda: b"png", "p")
    clock.wait(60)
    one.forget("p")
    clock.wait(60)

    assert other.upload(ANSWER, lambda: b"png", "p") == ("F2", "")
    assert third.upload(ANSWER, lambda: b"png", "p") == ("F2", "")
