"""The same work asked for by many at once is done once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from analytics.single_flight import SingleFlight


class WatchedKey:
    """A key that knows how often it was looked up: twice by who begins, once by each who waits."""

    def __init__(self, waiting: int) -> None:
        self._left = 2 + waiting
        self.all_have_come = threading.Event()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        self._left -= 1
        if not self._left:
            self.all_have_come.set()
        return 1


def test_many_who_ask_at_once_share_one_piece_of_work_and_its_result() -> None:
    """The first is at work until seven others have come; all get what it finds."""
    flights, key, done = SingleFlight(), WatchedKey(waiting=7), list[str]()

    def work() -> str:
        done.append("work")
        assert key.all_have_come.wait(30)
        return "result"

    with ThreadPoolExecutor(8) as people:
        results = [people.submit(flights.do, key, work) for _ in range(8)]
        assert [one.result(30) for one in results] == ["result"] * 8

    assert done == ["work"]


def test_work_of_another_key_is_not_waited_for() -> None:
    """Only the same work is shared."""
    flights = SingleFlight()

    assert flights.do("outer", lambda: flights.do("inner", lambda: 1) + 1) == 2


def test_a_failure_is_told_and_the_next_one_tries_anew() -> None:
    """Nothing is remembered once the work is over, not even an error."""
    flights = SingleFlight()

    with pytest.raises(ZeroDivisionError):
        flights.do("key", lambda: 1 // 0)

    assert flights.do("key", lambda: "again") == "again"
