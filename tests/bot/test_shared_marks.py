"""Marks of several processes on one database: one of them gets each, and gets it again when its time is over."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, select

from analytics.storage.database import Database
from analytics.storage.lease_time import lease_clock
from bot.shared_marks import SharedMarks, marks
from tests.loopback import postgres

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)


class MovedClock:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self, *_: Connection) -> dt.datetime:
        """Tell the time."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> MovedClock:
    """Give one clock for all processes."""
    return MovedClock()


@pytest.fixture
def two(open_database: Callable[[], Database], clock: MovedClock) -> tuple[SharedMarks, SharedMarks]:
    """Give the marks of two processes on one database."""
    return SharedMarks(open_database(), clock), SharedMarks(open_database(), clock)


def test_what_one_has_the_other_does_not_get(two: tuple[SharedMarks, SharedMarks], clock: MovedClock) -> None:
    """While it is under way, and for a moment after it is done."""
    one, other = two
    assert one.claim(["click"], 120)
    clock.wait(100)
    assert not other.claim(["click"], 120)
    one.keep(["click"], 3)
    clock.wait(2)
    assert not other.claim(["click"], 120)
    clock.wait(2)
    assert other.claim(["click"], 120)


def test_what_is_ended_is_free_at_once_and_written_once(
    open_database: Callable[[], Database], clock: MovedClock
) -> None:
    """A Home tab that Slack takes ends its mark at every success: the row stays as the first one left it."""
    marked = SharedMarks(database := open_database(), clock)
    marked.claim(["tab"], 3600)
    for _ in range(3):
        marked.end(["tab"])
        clock.wait(1)
    rows = database.run(lambda connection: connection.execute(select(marks.c.until)).scalars().all())

    assert rows == [NOW]
    assert marked.claim(["tab"], 3600)


@pytest.mark.parametrize(("seconds", "free"), [(59, False), (60, True)])
def test_a_mark_is_free_from_its_last_second_on(
    two: tuple[SharedMarks, SharedMarks],
    clock: MovedClock,
    seconds: int,
    free: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Whoever died over its work keeps others from it for as long as it said, and no longer."""
    one, other = two
    one.claim(["work"], 60)
    clock.wait(seconds)

    assert other.claim(["work"], 60) is free


def test_processes_whose_clocks_differ_agree(tmp_path: Path, postgres_server: str) -> None:
    """The clock of the server is the one that all see: what one has for two minutes, no other takes."""
    url = postgres.fresh_database(postgres_server)
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        clocks = [lambda off=off: NOW + dt.timedelta(hours=off) for off in (-2, 2)]
        slow, fast = (SharedMarks(database, lease_clock(clock)) for clock in clocks)

        assert slow.claim(["click"], 120)
        assert not fast.claim(["click"], 120)
        slow.keep(["click"], 0.0)
        assert fast.claim(["click"], 120)


def test_one_known_mark_is_enough(two: tuple[SharedMarks, SharedMarks]) -> None:
    """An event that came again under another id is known by where and when it was written."""
    one, other = two
    assert one.claim(["Ev1", "C1 1.2", "msg"], 600)
    assert not other.claim(["Ev2", "C1 1.2"], 600)
    assert other.claim(["Ev3", "C1 1.3"], 600)


def test_of_many_at_once_one_gets_it(postgres_server: str, tmp_path: Path) -> None:
    """Eight ask at the same moment for the same two marks, in either order; none waits for another for good."""
    url = postgres.fresh_database(postgres_server)
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        database.run(lambda _: None)
        together = Barrier(8)

        def ask(number: int) -> bool:
            names = ["a", "b"] if number % 2 else ["b", "a"]
            together.wait()
            return SharedMarks(database, lambda _: NOW).claim(names, 60)

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(ask, range(8))) == 1


def test_marks_are_written_in_one_order_whatever_they_are_asked_in(database: Database) -> None:
    """Two processes that want the same two would else wait for each other for good."""
    SharedMarks(database, lambda _: NOW).claim([f"name {number}" for number in range(20)], 60)

    rows = database.run(lambda connection: connection.execute(marks.select().order_by(marks.c.id)).all())
    written = [row.mark for row in rows]
    assert len(written) == 20
    assert written == sorted(written)


def test_old_marks_are_forgotten_and_nothing_is_stored_that_was_said(database: Database, clock: MovedClock) -> None:
    """A hash an hour: the table stays small."""
    ours = SharedMarks(database, clock)
    ours.claim(["U1 C1 ask:top30 \ud800"], 60)
    clock.wait(7200)
    ours.claim(["another"], 60)

    (kept,) = database.run(lambda connection: connection.execute(marks.select()).all())
    assert len(kept.mark) == 64


def test_where_the_database_is_away_each_goes_by_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A click is worked on; twice at worst."""
    with closing(Database(tmp_path, lambda: NOW, "postgresql://nobody:s3cret@127.0.0.1:9/x")) as database:
        ours = SharedMarks(database, lambda _: NOW)
        assert ours.claim(["click"], 60)
        ours.keep(["click"], 3)
    assert "another process" in caplog.text
    assert "s3cret" not in caplog.text


def test_what_one_workspace_claimed_is_free_in_another(database: Database) -> None:
    """The same name in two workspaces is two; in the same one it is taken."""
    all_of_them = SharedMarks(database, lambda _: NOW)

    claims = [all_of_them.of(home).claim(["a click"], 60) for home in ("T1", "T2", "T1")]
    assert claims == [True, True, False]
