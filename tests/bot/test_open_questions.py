"""What a process has in hand: kept while it lives, lost with it, taken up by one other and answered by one of them."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from analytics.errors import DatabaseTrouble
from analytics.storage.database import Database
from analytics.storage.lease_time import lease_clock
from bot.open_questions import OpenHere, OpenQuestions
from bot.open_rows import OpenRow, OpenRows, RowOwner, keep_place
from bot.place import Place
from bot.workspaces.erasure import erase
from tests.loopback import postgres

NOW = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
PLACE = Place("C1", "U1", thread_ts="1.2", team="T1", work="0123abcd")
QUESTION = {"words": "top30", "wanted": "ANSWER", "privately": False, "shown": None, "as_of": None}


class ManyProcesses:
    """Several on one database, whose clock is moved by hand."""

    def __init__(self, open_database: Callable[[], Database]) -> None:
        self.open_database = open_database
        self.now = NOW
        self.begun: list[OpenQuestions] = []

    def rows(self, owner: str, *, is_alone: bool = False) -> OpenRows:
        """Give the rows as one process sees them."""
        return OpenRows(self.open_database(), lambda _: self.now, owner, is_alone=is_alone)

    def begin(self, owner: str, *, is_alone: bool = False) -> OpenHere:
        """Begin one."""
        self.begun.append(OpenQuestions(self.rows(owner, is_alone=is_alone), lambda: self.now, self.count))
        return self.begun[-1].of("T1")

    def end(self) -> None:
        """Let all write what is left."""
        for process in self.begun:
            process.close()

    def ask(self, process: OpenHere, place: Place = PLACE) -> None:
        """Ask, and wait until it is written."""
        process.take(place)
        process.note(place, **QUESTION)
        assert process.begin_sending(place, is_seen=False)

    def count(self) -> float:
        """Count seconds."""
        return self.now.timestamp()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def processes(open_database: Callable[[], Database]) -> Iterator[ManyProcesses]:
    """Begin with none."""
    processes = ManyProcesses(open_database)
    yield processes
    processes.end()


def test_what_a_process_has_in_hand_is_lost_a_minute_after_its_last_word(processes: ManyProcesses) -> None:
    """Not before: it may be slow."""
    processes.ask(processes.begin("one"))
    other = processes.begin("other")
    processes.wait(59)
    assert other.list_lost() == []

    processes.wait(2)
    (lost,) = other.list_lost()
    assert (lost.place, lost.place.work, lost.body["words"]) == (PLACE, "0123abcd", "top30")


def test_clocks_that_differ_take_nothing_from_a_process_that_lives(tmp_path: Path, postgres_server: str) -> None:
    """Of two on one PostgreSQL, one of them set ten minutes ahead: by the server's clock nothing has lapsed."""
    url = postgres.fresh_database(postgres_server)
    with closing(Database(tmp_path, lambda: NOW, url)) as database:
        slow = OpenRows(database, lease_clock(lambda: NOW), "slow", is_alone=False)
        fast = OpenRows(database, lease_clock(lambda: NOW + dt.timedelta(minutes=10)), "fast", is_alone=False)
        slow.write([OpenRow("T1", "0123abcd", NOW, {"place": keep_place(PLACE)})], (), renews=False)

        assert fast.list_homes() == fast.list_lost("T1") == []


def test_a_clock_that_is_set_back_does_not_keep_a_process_from_renewing(processes: ManyProcesses) -> None:
    """Seconds are counted by what nobody sets; else its questions would be another's within the minute."""
    hours = iter(range(10_000))
    back = OpenQuestions(processes.rows("one"), lambda: NOW - dt.timedelta(hours=next(hours)), processes.count)
    processes.begun.append(back)
    processes.ask(back.of("T1"))
    processes.wait(59)
    processes.ask(back.of("T1"), replace(PLACE, work="another"))
    processes.wait(2)

    assert processes.rows("other").list_lost("T1") == []


def test_who_is_alone_finds_at_once_what_the_last_process_left(processes: ManyProcesses) -> None:
    """The lock of the folder says that nobody else lives."""
    processes.ask(processes.begin("one"))

    assert len(processes.begin("other", is_alone=True).list_lost()) == 1


def test_before_somebody_alone_is_told_it_is_written_that_they_may_have_been(processes: ManyProcesses) -> None:
    """Nobody can see afterwards what was shown to one person."""
    one = processes.begin("one")
    one.take(PLACE)
    one.note(PLACE, **QUESTION)

    assert one.begin_telling(PLACE)

    (left,) = processes.rows("other", is_alone=True).list_lost("T1")
    assert left.body["sending"] is left.body["alone"] is True


@pytest.mark.parametrize("is_first_gone", [False, True])
def test_who_claims_it_answers_whoever_wrote_of_it_first(processes: ManyProcesses, is_first_gone: bool) -> None:  # noqa: FBT001 - a case
    """Slack gave it to both: neither said anything, and the asker heard nothing."""
    first, second = processes.begin("first"), processes.begin("second")
    for process in (first, second):
        process.take(PLACE)
        assert not process.inherits(PLACE)
    if is_first_gone:
        first.end(PLACE)

    second.claim(PLACE)

    assert second.begin_sending(PLACE, is_seen=True)
    assert second.begin_sending(PLACE, is_seen=False)
    assert is_first_gone or not first.begin_sending(PLACE, is_seen=False)


def test_a_claim_takes_nothing_from_a_process_that_took_it_up(processes: ManyProcesses) -> None:
    """What was lost and is being answered is that one's: it would be told twice."""
    processes.ask(processes.begin("lost"))
    processes.wait(61)
    taker, late = processes.begin("taker"), processes.begin("late")
    (lost,) = taker.list_lost()
    assert taker.take_up(lost)
    late.take(PLACE)
    late.claim(PLACE)

    assert not late.begin_sending(PLACE, is_seen=False)


def test_what_another_process_has_in_hand_is_told_to_nobody(processes: ManyProcesses) -> None:
    """Neither an answer nor why there is none."""
    slow, other = processes.begin("slow"), processes.begin("other")
    processes.ask(slow)
    processes.wait(61)
    assert other.take_up(other.list_lost()[0])

    slow.note(PLACE, later=1)
    assert not slow.begin_telling(PLACE)


def test_it_is_taken_up_once(processes: ManyProcesses) -> None:
    """Of all that see it, and with how often it was begun."""
    processes.ask(processes.begin("one"))
    processes.wait(61)
    second, third = processes.begin("second"), processes.begin("third")
    (lost,) = second.list_lost()

    assert [process.take_up(lost) for process in (second, third, second)] == [True, False, False]
    processes.wait(61)
    assert [lost.tries for lost in third.list_lost()] == [1]


@pytest.mark.parametrize("has_answered", [False, True])
def test_who_was_thought_dead_sends_nothing(processes: ManyProcesses, *, has_answered: bool) -> None:
    """Another has it in hand, or has answered already."""
    slow, other = processes.begin("slow"), processes.begin("other")
    processes.ask(slow)
    processes.wait(61)
    assert other.take_up(other.list_lost()[0])
    if has_answered:
        other.end(PLACE)
        processes.begun[1].close()

    assert not slow.begin_sending(PLACE, is_seen=True)


def test_what_is_answered_leaves_nothing(processes: ManyProcesses) -> None:
    """Also where it was answered before anything was written."""
    process = processes.begin("one")
    processes.ask(process)
    process.end(PLACE)
    for number in range(50):
        place = Place("C1", "U1", work=f"quick-{number}")
        process.take(place)
        process.end(place)
    processes.end()

    assert processes.rows("other", is_alone=True).list_lost("T1") == []


def test_two_works_of_one_payload_are_one_question(processes: ManyProcesses) -> None:
    """It is open until both are done."""
    process = processes.begin("one")
    process.take(PLACE)
    processes.ask(process)
    process.end(PLACE)
    assert len(processes.rows("other", is_alone=True).list_lost("T1")) == 1

    process.end(PLACE)
    processes.end()
    assert processes.rows("other", is_alone=True).list_lost("T1") == []


def test_forgetting_a_workspace_deletes_them(processes: ManyProcesses) -> None:
    """Those of the others stay."""
    rows = processes.rows("one")
    rows.write([OpenRow(home, "0123abcd", NOW, {"place": {}}) for home in ("T1", "T2")], (), renews=False)

    assert erase(processes.open_database(), "T1").rows == {"open_questions": 1}
    processes.wait(61)
    assert processes.rows("other").list_homes() == ["T2"]


class RowsAway(OpenRows):
    """Rows of a database that is away."""

    def __init__(self) -> None:
        """Need none."""

    def write(self, *_: object, **__: object) -> list[RowOwner]:
        """Fail."""
        raise DatabaseTrouble("The database is away.")


def test_a_database_that_is_away_keeps_no_answer_back() -> None:
    """Nor does it keep the end of the process."""
    process = OpenQuestions(RowsAway(), lambda: NOW)
    process.take("T1", PLACE)

    assert process.begin_sending("T1", PLACE, is_seen=False)
    process.close()


def test_what_is_written_beside_something_else_is_there_with_it_or_not_at_all(processes: ManyProcesses) -> None:
    """A claim that fails leaves no row."""
    database, process = processes.open_database(), processes.begin("one")

    def fail(connection: Connection) -> None:
        process.enter(PLACE, QUESTION)(connection)
        raise KeyError

    with pytest.raises(KeyError):
        database.run(fail)
    assert processes.rows("other", is_alone=True).list_lost("T1") == []

    database.run(process.enter(PLACE, QUESTION))
    assert len(processes.rows("other", is_alone=True).list_lost("T1")) == 1


def test_a_row_that_cannot_be_read_keeps_no_other_from_its_answer(processes: ManyProcesses) -> None:
    """A later version's place has more; damage leaves half of what was written."""
    processes.ask(processes.begin("one"))
    later, half = {"place": {"channel": "C1", "user": "U1", "later": 1}}, {"words": "top30"}
    processes.rows("one").write(
        [OpenRow("T1", mark, NOW, body) for mark, body in (("1", later), ("2", half))], (), renews=False
    )
    processes.wait(61)

    assert [lost.place.work for lost in processes.begin("other").list_lost()] == ["0123abcd"]


def test_alone_a_row_that_is_gone_was_taken_by_nobody(processes: ManyProcesses) -> None:
    """The database was put back or mended: whoever asked is answered all the same."""
    one = processes.begin("one", is_alone=True)
    processes.ask(one)
    (row,) = [OpenRow("T1", PLACE.work, NOW, {})]
    processes.rows("one").write((), [row], renews=False)

    assert one.begin_sending(PLACE, is_seen=False)
