"""What a process remembers between questions, and what it forgets."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from analytics.errors import Unreachable
from analytics.process_memory import Remembered, Resting

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def test_a_result_is_made_once_and_what_was_not_asked_for_goes_when_there_are_too_many() -> None:
    """Of two places the third result takes that of the one that was asked for longest ago."""
    made: list[str] = []
    remembered = Remembered[str](room=2)

    for key in ("a", "b", "a", "c", "a", "b"):
        remembered.get(key, lambda key=key: made.append(key) or key)  # type: ignore[func-returns-value]

    assert made == ["a", "b", "c", "b"]


def test_heavy_results_leave_room_for_fewer() -> None:
    """A list of a thousand takes the place of many of thirty; the last one is kept whatever it weighs."""
    made: list[str] = []
    remembered = Remembered[str](room=10, weigh=len)

    for key in ("a" * 4, "b" * 4, "c" * 4, "b" * 4, "d" * 99, "d" * 99, "b" * 4):
        remembered.get(key, lambda key=key: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [word[0] for word in made] == ["a", "b", "c", "d", "b"]


def test_a_result_that_takes_long_holds_up_no_other() -> None:
    """Another key is answered while the first is being made; who asks for the first waits and it is made once."""
    remembered, let_go, made = Remembered[str](), threading.Event(), list[str]()

    def slowly() -> str:
        assert let_go.wait(30)
        made.append("a")
        return "a"

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(remembered.get, "a", slowly) for _ in range(2)]
        assert remembered.get("b", lambda: "b") == "b"
        let_go.set()
        assert [one.result() for one in waiting] == ["a", "a"]
    assert made == ["a"]


def test_what_could_not_be_made_is_made_anew() -> None:
    """A failure is whose it is, and is not remembered."""
    remembered = Remembered[str]()

    with pytest.raises(ZeroDivisionError):
        remembered.get("a", lambda: str(1 // 0))

    assert remembered.get("a", lambda: "a") == "a"


def test_a_source_rests_until_the_moment_and_then_is_asked_again() -> None:
    """While it rests, what it failed with is told."""
    resting = Resting()
    resting.refuse(NOON)
    resting.begin(Unreachable("http://hub", "it answered 502"), NOON, dt.timedelta(minutes=1))

    with pytest.raises(Unreachable, match="502"):
        resting.refuse(NOON + dt.timedelta(seconds=59))
    resting.refuse(NOON + dt.timedelta(minutes=1))
    resting.refuse(NOON - dt.timedelta(days=2))  # the clock was set back since: that is no rest of two days
