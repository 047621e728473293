"""Visits of many workspaces: none waits for another, none is visited twice at once, and the end is waited for."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.visits import Visits

HOMES = ["T1", "T2", "T3"]


@dataclass
class Town:
    """Three workspaces, of which the first may not answer until it is let."""

    answers: threading.Event = field(default_factory=threading.Event)
    rung: threading.Event = field(default_factory=threading.Event)
    visited: Counter[str] = field(default_factory=Counter)

    def ring(self, desk: Any) -> None:
        """Ring at one: the first opens when it is let."""
        if desk == "T1":
            self.rung.set()
            assert self.answers.wait(60)
        self.visited[desk] += 1


@pytest.fixture
def town() -> Iterator[Town]:
    """Build it; whoever still waits at its end is let go."""
    town = Town()
    yield town
    town.answers.set()


def visits_of(longest: float | None) -> Visits:
    """Visit desks that are nothing but their names; two at once."""
    find: Any = lambda home: home  # noqa: E731 - typed as what finds real ones
    return Visits(find, 2, longest)


def test_one_that_takes_long_holds_up_nobody(town: Town) -> None:
    """Rounds end without it and pass it over; the others are visited again; the end is waited for."""
    visits = visits_of(longest=0.01)
    for _ in range(1000):
        visits.make(HOMES, town.ring)
        if min(town.visited["T2"], town.visited["T3"]) > 1:
            break
    assert town.visited["T2"] > 1
    assert town.visited["T3"] > 1
    assert town.visited["T1"] == 0

    town.answers.set()
    visits.close()

    assert town.visited["T1"] == 1


def test_after_the_end_nobody_is_visited(town: Town) -> None:
    """A tick that comes while the program stops does nothing, and stumbles over nothing."""
    visits = visits_of(longest=None)
    visits.make(["T2"], town.ring)
    visits.close()
    visits.make(["T3"], town.ring)

    assert town.visited == {"T2": 1}


def test_what_goes_wrong_in_one_is_logged_and_keeps_no_other(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """And it is visited again at the next round."""
    town.answers.set()

    def stumble(desk: Any) -> None:
        town.ring(desk)
        if desk == "T2":
            raise ValueError("an example")

    visits = visits_of(longest=None)
    visits.make(HOMES, stumble)
    visits.make(HOMES, stumble)

    assert town.visited == {"T1": 2, "T2": 2, "T3": 2}
    assert caplog.text.count("T2 could not be looked after") == 2
