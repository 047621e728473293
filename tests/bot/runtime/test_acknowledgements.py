"""What goes back to Slack for each envelope: all that has gathered in one write, and none is lost with a connection."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.runtime.acknowledgements import Acknowledgements


class KeptWrites:
    """A connection that keeps what is sent by it, each write as a list; a write ends when `may_end` is set."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.writes, self.texts = list[list[str]](), list[str]()
        self.began, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()
        self.fails = fails

    def is_active(self) -> bool:
        """Say that it is, which it was a moment ago."""
        return True

    def send_together(self, texts: list[str]) -> None:
        """Take them, or end."""
        self.began.set()
        assert self.may_end.wait(30)
        if self.fails:
            raise self.fails
        self.writes.append(texts)
        self.texts += texts


@pytest.fixture
def now() -> Any:
    """Give the connection of now."""
    return KeptWrites()


@pytest.fixture
def acknowledgements(now: Any) -> Iterator[Acknowledgements]:
    """Give those of a line, begun."""
    begun = Acknowledgements(lambda: now)
    begun.start()
    yield begun
    begun.close()


def test_what_gathers_during_a_write_goes_with_the_next(acknowledgements: Acknowledgements, now: Any) -> None:
    """Each write costs five milliseconds of the interpreter; two hundred of them were a second."""
    now.may_end.clear()
    acknowledgements.put("first", now)
    assert now.began.wait(30)
    for number in range(200):
        acknowledgements.put(str(number), now)
    now.may_end.set()
    acknowledgements.close()

    assert now.writes == [["first"], [str(number) for number in range(200)]]


def test_each_goes_back_where_its_envelope_came_from(acknowledgements: Acknowledgements, now: Any) -> None:
    """While there are two connections, the old one is still read, and waits for its own."""
    old: Any = KeptWrites()
    for number in range(4):
        acknowledgements.put(str(number), (old, now)[number % 2])
    acknowledgements.close()

    assert [line.texts for line in (old, now)] == [["0", "2"], ["1", "3"]]


def test_those_of_a_line_that_ended_go_by_the_one_of_now(acknowledgements: Acknowledgements, now: Any) -> None:
    """All that were in its last write, whichever of them had left already: Slack takes one twice."""
    ended: Any = KeptWrites(ConnectionResetError("the other side hung up"))
    ended.may_end.clear()
    for number in range(3):
        acknowledgements.put(str(number), ended)
    ended.may_end.set()
    acknowledgements.close()

    assert now.texts == ["0", "1", "2"]


def test_whoever_comes_after_the_end_sends_it_itself(acknowledgements: Acknowledgements, now: Any) -> None:
    """A handler may end later than the thread that sends."""
    acknowledgements.close()
    acknowledgements.put("late", now)

    assert now.writes == [["late"]]
