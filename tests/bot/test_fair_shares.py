"""Many people's questions on a few threads: in turn, three of each, and nothing quick behind something slow."""

import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from bot.fair_queue import FairQueue
from bot.fair_shares import (
    EACH,
    MOST_OF_A_WORKSPACE,
    MOST_OF_ONE,
    WORKERS,
    Asker,
    FairShares,
    Full,
    Lane,
    Onward,
    Stopped,
)

PATIENCE = 30.0
"""Seconds after which a test gives up; nothing waits for them."""

ANN, BOB = Asker("T1", "ann"), Asker("T1", "bob")


class GatedWork:
    """Work that says when it began and ends when it is let go."""

    def __init__(self) -> None:
        self.began: queue.Queue[str] = queue.Queue()
        self._open = threading.Event()

    def work(self, name: str) -> Callable[[], None]:
        """Make a piece of it."""

        def job() -> None:
            self.began.put(name)
            assert self._open.wait(PATIENCE)

        return job

    def let_go(self) -> None:
        """Let all of it end."""
        self._open.set()

    def next(self, count: int = 1) -> list[str]:
        """Give the names of what began next."""
        return [self.began.get(timeout=PATIENCE) for _ in range(count)]


@pytest.fixture
def gate() -> Iterator[GatedWork]:
    """Give a gate that opens at the end, however the test ends."""
    made = GatedWork()
    yield made
    made.let_go()


@pytest.fixture
def shares(gate: GatedWork) -> Iterator[FairShares]:
    """Give shares that are closed at the end."""
    made = FairShares()
    yield made
    gate.let_go()
    made.close()


def line(gate: GatedWork, workers: int, each: int) -> tuple[FairQueue, Callable[[], None]]:
    """Make a line and what ends it."""
    made = FairQueue("test", workers, each)

    def close() -> None:
        gate.let_go()
        made.stop()
        made.join()

    return made, close


def test_nobody_has_more_than_their_share_under_way(gate: GatedWork) -> None:
    """Of ten questions of one person three begin; another person's begins beside them."""
    served, close = line(gate, workers=8, each=3)
    ahead = [served.put("ann", gate.work("ann")) for _ in range(10)]
    served.put("bob", gate.work("bob"))

    began = gate.next(4)

    assert (began.count("ann"), began.count("bob"), gate.began.empty()) == (3, 1, True)
    assert ahead == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    close()


def test_who_has_been_served_may_begin_no_more_than_before(gate: GatedWork) -> None:
    """One at a time stays one at a time, also after the first is done."""
    served, close = line(gate, workers=4, each=1)
    first = threading.Event()
    served.put("ann", first.set)
    assert first.wait(PATIENCE)
    for name in ("ann", "ann", "bob"):
        served.put(name, gate.work(name))

    assert sorted(gate.next(2)) == ["ann", "bob"]
    close()


def test_people_are_served_in_turn(gate: GatedWork) -> None:
    """Who asked three times before anybody else waits for two others after the first."""
    order: list[str] = []
    served, close = line(gate, workers=1, each=3)
    served.put("first", gate.work("first"))
    gate.next()
    for name in ("ann", "ann", "ann", "bob", "chie"):
        served.put(name, lambda name=name: order.append(name))  # type: ignore[misc]  # bound by its default
    last = threading.Event()
    served.put("zoe", last.set)

    gate.let_go()

    assert last.wait(PATIENCE)
    assert order[:3] == ["ann", "bob", "chie"]
    close()


def test_work_that_fails_leaves_its_place_to_the_next(gate: GatedWork) -> None:
    """One thread, an error, and still the next is served."""
    served, close = line(gate, workers=1, each=1)
    served.put("ann", lambda: 1 / 0)  # type: ignore[arg-type, return-value]  # it fails
    served.put("ann", gate.work("next"))

    assert gate.next() == ["next"]
    close()


def onward(work: Callable[[], None], told: Callable[[int], None] = lambda _: None) -> Callable[[], Onward]:
    """Make a question that turns out to wait for an outside source."""
    return lambda: Onward(Lane.LOOKED_UP, work, told)


def test_what_is_stored_never_waits_behind_what_is_looked_up(shares: FairShares, gate: GatedWork) -> None:
    """Every thread that looks up is taken, many more wait; what is stored and what is at once are answered."""
    for number in range(4 * WORKERS[Lane.LOOKED_UP]):
        shares.submit(Asker("T1", f"u{number % 9}"), onward(gate.work("slow")))
    gate.next(WORKERS[Lane.LOOKED_UP])
    answered: queue.Queue[str] = queue.Queue()

    shares.submit(BOB, lambda: answered.put("help"))
    shares.submit(BOB, lambda: Onward(Lane.STORED, lambda: answered.put("stored"), lambda _: None))

    assert {answered.get(timeout=PATIENCE), answered.get(timeout=PATIENCE)} == {"help", "stored"}


def test_of_one_person_three_are_looked_up_at_once_and_the_rest_is_counted(shares: FairShares, gate: GatedWork) -> None:
    """Who asks twelve hears of 1, 2, 4 and 8 that wait; nine do."""
    told: queue.Queue[int] = queue.Queue()
    for _ in range(12):
        shares.submit(ANN, onward(gate.work("ann"), told.put))

    assert gate.next(EACH) == ["ann"] * 3
    assert sorted(told.get(timeout=PATIENCE) for _ in range(4)) == [1, 2, 4, 8]
    assert gate.began.empty()


def test_there_is_a_limit_for_one_person_and_for_a_workspace(shares: FairShares, gate: GatedWork) -> None:
    """Whose line is full hears how long it is; others are still heard, another workspace to the last."""
    for _ in range(MOST_OF_ONE):
        shares.submit(ANN, gate.work("ann"))
    with pytest.raises(Full) as full:
        shares.submit(ANN, gate.work("ann"))
    for number in range(MOST_OF_A_WORKSPACE - MOST_OF_ONE):
        shares.submit(Asker("T1", f"u{number}"), gate.work("others"))

    with pytest.raises(Full) as busy:
        shares.submit(BOB, gate.work("bob"))
    shares.submit(Asker("T2", "eve"), gate.work("eve"))

    assert (full.value.yours, busy.value.yours) == (MOST_OF_ONE, 0)


@pytest.mark.parametrize("ending", ["done", "failed", "passed on"])
def test_a_place_is_free_again_when_a_question_is_done(shares: FairShares, ending: str) -> None:
    """However it ends: one more than one person may have waiting are taken one after the other."""
    for _ in range(MOST_OF_ONE + 1):
        done = threading.Event()
        work = {"done": done.set, "failed": lambda: 1 / done.set(), "passed on": onward(done.set)}[ending]  # type: ignore[operator]  # noqa: B023 - done before the next round
        shares.submit(ANN, work)  # type: ignore[arg-type]  # what it gives is None but for the last
        assert done.wait(PATIENCE)


def test_what_was_taken_before_the_stop_is_done(gate: GatedWork) -> None:
    """Three are under way when the process is stopped and each is passed on; the fourth, which waits, begins too."""
    shares, finished = FairShares(), queue.Queue[str]()
    for _ in range(3):
        shares.submit(ANN, lambda: gate.work("first")() or onward(lambda: finished.put("whole"))())
    gate.next(3)
    shares.submit(ANN, lambda: finished.put("waited"))
    closing = threading.Thread(target=shares.close)
    closing.start()

    while not _stopped(shares):
        pass
    gate.let_go()
    closing.join(PATIENCE)

    assert sorted(finished.get_nowait() for _ in range(4)) == ["waited", "whole", "whole", "whole"]


def test_who_still_waits_when_there_is_no_more_time_is_told(gate: GatedWork) -> None:
    """What is under way is finished; what waits is not begun, not even the rest of what was passed on, and said so."""
    shares, told = FairShares(), queue.Queue[str]()
    for _ in range(EACH):
        shares.submit(ANN, onward(gate.work("slow")))
    gate.next(EACH)
    passed_on: queue.Queue[int] = queue.Queue()
    shares.submit(ANN, onward(lambda: told.put("begun"), passed_on.put), lambda: told.put("left"))
    assert passed_on.get(timeout=PATIENCE) == 1
    closing = threading.Thread(target=lambda: shares.close(patience=0.0))
    closing.start()

    assert told.get(timeout=PATIENCE) == "left"
    gate.let_go()
    closing.join(PATIENCE)
    assert told.empty()


def test_the_log_says_how_many_people_were_told(gate: GatedWork, caplog: pytest.LogCaptureFixture) -> None:
    """Not what nobody asked for, not who could not be reached; and whoever asked twice is one."""
    shares, left = FairShares(), queue.Queue[str]()
    for number in range(WORKERS[Lane.AT_ONCE]):
        shares.submit(Asker("T1", f"busy {number}"), gate.work("slow"))
    gate.next(WORKERS[Lane.AT_ONCE])
    for asker, is_told in ((ANN, True), (ANN, True), (BOB, False)):
        shares.submit(asker, gate.work("never"), lambda is_told=is_told: left.put("one") or is_told)
        shares.aside(asker.person, gate.work("nor this"))
    closing = threading.Thread(target=lambda: shares.close(patience=0.0))
    closing.start()
    for _ in range(3):
        left.get(timeout=PATIENCE)
    gate.let_go()
    closing.join(PATIENCE)

    assert "3 questions were still waiting, and 1 asker was told so" in caplog.text


def _stopped(shares: FairShares) -> bool:
    """Ask until it takes nothing more."""
    try:
        shares.submit(BOB, lambda: None)
    except Stopped:
        return True
    except Full:
        return False
    return False


def test_of_what_nobody_asked_for_one_person_has_no_more_waiting_than_of_questions(
    gate: GatedWork, shares: FairShares
) -> None:
    """The fifty-first preview is left alone; another person's is not, and the first one's questions are as before."""
    taken = [shares.do_unasked("ann", gate.work("ann"), Lane.LOOKED_UP) for _ in range(MOST_OF_ONE + 1)]

    assert taken == [True] * MOST_OF_ONE + [False]
    assert shares.do_unasked("bob", gate.work("bob"), Lane.LOOKED_UP)
    shares.submit(ANN, lambda: None)
    gate.let_go()
    assert shares.wait_until_idle(PATIENCE)
    assert shares.do_unasked("ann", gate.work("ann"), Lane.LOOKED_UP)
