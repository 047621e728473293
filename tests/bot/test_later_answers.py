"""Questions that wait: kept without what was typed, promised only what is to come, answered by one process once."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.domain.requests import Official, OneModel, Papers, Request, Top, Totals
from analytics.errors import DatabaseTrouble
from analytics.outlook import Plan, Stage
from analytics.storage.collection_log import CollectionLog
from analytics.storage.readings import Beside, Reading, ReadingStore
from bot.later_answers import LaterAnswers, WaitingQuestion
from bot.place import Place
from bot.turns import nothing

NOW = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
PLACE = Place("C1", "U1", thread_ts="1.2", team="T1")
PAPERS = Papers()
READING = Plan(current=Collector.PAPERS, queue=(Collector.CENSUS,))


class Folder:
    """Two processes on one folder, whose clock is moved by hand."""

    def __init__(self, home: Path) -> None:
        self.now, self.home = NOW, home
        self.analyst = Analyst(home, "http://127.0.0.1:9", clock=lambda: self.now)
        self.analyst.context.outlook.begin(READING, NOW)

    def later(self, home: str = "T1") -> LaterAnswers:
        """Give what one process knows."""
        return LaterAnswers(self.analyst, lambda: self.now, home)

    def collect(self, what: Collector) -> None:
        """Have it collected."""
        CollectionLog(self.analyst.context.readings).add_success(what, (), self.now)
        self.now += dt.timedelta(seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Begin."""
    return Folder(tmp_path)


def waiting(request: Request = PAPERS) -> WaitingQuestion:
    """Ask in a thread."""
    return WaitingQuestion(PLACE, request)


def test_it_is_ready_when_what_it_needs_was_collected(folder: Folder) -> None:
    """And by the process of after a restart too."""
    folder.later().promise(waiting(), refused=True)
    folder.collect(Collector.OFFICIAL)
    assert list(folder.later().list_ready()) == []

    folder.collect(Collector.PAPERS)
    assert list(folder.later().list_ready()) == [waiting()]


def test_of_two_processes_one_answers_and_only_once(folder: Folder) -> None:
    """Whoever claims it; nobody does afterwards."""
    folder.later().promise(waiting(), refused=True)
    folder.collect(Collector.PAPERS)

    assert [folder.later().claim(waiting()) for _ in range(3)] == [True, False, False]
    assert list(folder.later().list_ready()) == []


@pytest.mark.parametrize(("day", "waits"), [(7, True), (8, False)])
def test_asked_again_a_question_waits_a_week_from_the_first_time(
    folder: Folder,
    day: int,
    waits: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """It is one question: who asks every day is not answered a month later."""
    for later in (0, 6):
        folder.now = NOW + dt.timedelta(days=later)
        folder.analyst.context.outlook.begin(READING, folder.now)
        folder.later().promise(waiting(), refused=True)
    folder.now = NOW + dt.timedelta(days=day)
    CollectionLog(folder.analyst.context.readings).add_success(Collector.PAPERS, (), folder.now)

    assert (waiting() in list(folder.later().list_ready())) is waits


class Interrupted(ReadingStore):
    """Readings of which something happens before a claim is kept, and after it."""

    before: Callable[[], object] = staticmethod(nothing)
    after: Callable[[], object] = staticmethod(nothing)

    def claim(self, reading: Reading, beside: Beside | None = None) -> bool:
        """Claim in the middle of that."""
        self.before()
        is_ours = super().claim(reading, beside)
        self.after()
        return is_ours


@dataclass
class Through:
    """The analyst as one process sees it, through readings of its own."""

    analyst: Analyst
    context: Context

    def tell_last_collection(self, what: str) -> tuple[dt.datetime | None, str]:
        """Tell it."""
        return self.analyst.tell_last_collection(what)


@pytest.fixture
def interrupted(folder: Folder) -> Interrupted:
    """Have a question ready, and readings that can be interrupted."""
    folder.later().promise(waiting(), refused=True)
    folder.collect(Collector.PAPERS)
    return Interrupted(folder.analyst.context.database)


def through(folder: Folder, readings: ReadingStore) -> LaterAnswers:
    """Give what a process knows that sees these readings."""
    seen: Any = Through(folder.analyst, replace(folder.analyst.context, readings=readings))
    return LaterAnswers(seen, lambda: folder.now, "T1")


def test_who_is_overtaken_in_the_middle_does_not_answer(folder: Folder, interrupted: Interrupted) -> None:
    """Both have seen that it waits; the row decides."""
    taken: list[bool] = []
    interrupted.before = lambda: taken.append(folder.later().claim(waiting()))

    assert not through(folder, interrupted).claim(waiting())
    assert taken == [True]


def hang_up() -> None:
    """Be a database that is lost."""
    raise DatabaseTrouble("It hung up.", "It is tried again.")


def test_a_claim_that_was_not_kept_is_made_again(folder: Folder, interrupted: Interrupted) -> None:
    """The database is lost before it: the question waits until it is back, for any process."""
    later = through(folder, interrupted)
    interrupted.before = hang_up
    with pytest.raises(DatabaseTrouble):
        later.claim(waiting())
    assert list(folder.later().list_ready()) == [waiting()]

    interrupted.before = nothing
    assert [later.claim(waiting()) for _ in range(2)] == [True, False]


def test_a_claim_that_was_kept_unseen_is_ours_when_the_database_is_back(
    folder: Folder, interrupted: Interrupted
) -> None:
    """It is lost while it commits: who claimed answers, once, and nobody else does."""
    later = through(folder, interrupted)
    interrupted.after = hang_up
    with pytest.raises(DatabaseTrouble):
        later.claim(waiting())

    assert list(folder.later().list_ready()) == []
    assert list(later.list_ready()) == [waiting()]
    assert [later.claim(waiting()) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("request_", [Top(), OneModel("a/b"), Official()])
def test_what_is_not_being_read_is_not_promised(folder: Folder, request_: Request) -> None:
    """A list is asked for live, a model too; and of what nobody reads there is nothing to say."""
    assert folder.later().promise(waiting(request_), refused=True) is None
    folder.collect(Collector.OFFICIAL)
    assert list(folder.later().list_ready()) == []


def test_what_is_there_already_is_not_promised(folder: Folder) -> None:
    """A refusal of a quarter that nobody knows stays one."""
    folder.collect(Collector.PAPERS)

    assert folder.later().promise(waiting(), refused=True) is None


def test_who_has_a_sample_hears_nothing_of_a_network_that_is_away(folder: Folder) -> None:
    """Who was refused hears when it is tried again, and is answered then."""
    until = NOW + dt.timedelta(minutes=2)
    folder.analyst.context.outlook.begin(Plan(resting={Collector.PAPERS: (until, "no connection")}), NOW)

    assert folder.later().promise(waiting(), refused=False) is None
    promised = folder.later().promise(waiting(), refused=True)
    assert promised is not None
    assert (promised.stage, promised.at, promised.why) == (Stage.RESTING, until, "no connection")


def test_after_a_week_nobody_waits_any_more(folder: Folder) -> None:
    """Who asked has forgotten it."""
    folder.later().promise(waiting(), refused=True)
    folder.now += dt.timedelta(days=7, seconds=1)
    folder.collect(Collector.PAPERS)

    assert list(folder.later().list_ready()) == []


@pytest.mark.parametrize(("minutes", "is_usable"), [(29, True), (30, False)])
def test_a_response_url_is_used_while_it_can_be_and_is_never_stored(
    folder: Folder, minutes: int, *, is_usable: bool
) -> None:
    """For half an hour, by the process that was asked."""
    ours, respond = folder.later(), object()
    asked = WaitingQuestion(Place("C1", "U1", respond, replace=True), Totals(), privately=True)  # type: ignore[arg-type]
    ours.promise(asked, refused=True)
    folder.now += dt.timedelta(minutes=minutes, seconds=-1)
    folder.collect(Collector.CENSUS)

    (found,) = ours.list_ready()
    assert (found.place.respond is respond) == is_usable
    assert not found.place.replace
    (theirs,) = folder.later().list_ready()
    assert theirs.place.respond is None


def test_another_workspaces_bot_on_the_same_database_leaves_them_alone(folder: Folder) -> None:
    """It could not post there, and the asker would never hear."""
    folder.later("T1").promise(waiting(), refused=True)
    folder.collect(Collector.PAPERS)

    assert list(folder.later("T2").list_ready()) == []
    assert not folder.later("T2").claim(waiting())
    assert list(folder.later("T1").list_ready()) == [waiting()]


def test_what_cannot_be_kept_is_not_promised(folder: Folder) -> None:
    """The database is locked by somebody else: nobody is told that they need not ask again."""
    with closing(sqlite3.connect(folder.home / "frameworks.sqlite3", isolation_level=None)) as other:
        assert list(folder.later().list_ready()) == []
        other.execute("BEGIN EXCLUSIVE")

        assert folder.later().promise(waiting(), refused=True) is None
