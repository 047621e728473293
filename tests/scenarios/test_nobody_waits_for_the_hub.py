"""A Hub that does not answer keeps nobody from what needs none, whatever others have typed, clicked and filled in."""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.digest_words.parsing import ACTIONS
from analytics.told_reading import SAID_IN_SLACK
from benchmarks.greedy_person import newcomer
from bot.fair_shares import EACH, WORKERS
from playground.server import Playground
from playground.state import User
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import holds
from tests.loopback.hub_items import model
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected
from tests.scenarios.test_double_clicks import ACTION_IDS, offer

PEOPLE = 1 + max(WORKERS.values()) // EACH
"""As many as take every thread of a line, each with all they may have under way."""

QUICK = ("help", "status", "digest list", "alerts")
DIGESTS = sorted({*(f"digest {action}" for action in ACTIONS), *SAID_IN_SLACK["digest"]})
SETTINGS = [*DIGESTS, *SAID_IN_SLACK["alerts"], "privately top10", *QUICK]
"""Whatever sets or shows something, as the bot itself lists it, and a question."""


@contextmanager
def crowded(home: Path) -> Iterator[tuple[Playground, list[User]]]:
    """Give a channel with a digest, a crowd in it, and a Hub that answers when all is said and done."""
    answers = threading.Event()
    models = [model(f"org/m{at}", downloads=99 - at, tags=["pytorch"]) for at in range(9)]
    with (
        LoopbackHub(models) as hub,
        patient_slack(rate_limits=False) as playground,
        connected(playground, home, analyst=Analyst(home, hub.endpoint, seconds=60.0, collects=False)),
    ):
        playground.command("/frameworks digest on mon 09:00 UTC")
        playground.settled()
        hub.faults.put(holds(answers), "*", times=math.inf)
        try:
            yield playground, [newcomer(playground, f"p{at}") for at in range(PEOPLE + 1)]
        finally:
            answers.set()
            playground.settled()


def crowd(people: list[User], act: Callable[[User], None]) -> None:
    """Have everybody of the crowd do the same as often as they may at once, and all of it acknowledged."""
    for _ in range(EACH):
        for person in people[:-1]:
            act(person)


def served(playground: Playground, bystander: User) -> None:
    """Ask for everything that is quick, one after the other, and wait for each."""
    for number, words in enumerate(QUICK, start=1):
        playground.command(f"/frameworks {words}", user=bystander)
        playground.wait_for(lambda: len(playground.ephemerals(user=bystander)) == number)  # noqa: B023 - waited for here


@pytest.mark.parametrize("words", SETTINGS)
def test_what_is_typed_by_many_keeps_nobody_from_what_is_quick(words: str, tmp_path: Path) -> None:
    """All threads of a line might wait for the Hub; a bystander has help, status and both lists meanwhile."""
    with crowded(tmp_path) as (playground, people):
        crowd(people, lambda person: playground.command(f"/frameworks {words}", user=person).wait())
        served(playground, people[-1])


@pytest.mark.parametrize("action", ACTION_IDS)
def test_what_is_clicked_by_many_keeps_nobody_from_what_is_quick(action: str, tmp_path: Path) -> None:
    """The same of every button that is listened to."""
    with crowded(tmp_path) as (playground, people):
        crowd(people, lambda person: playground.click(offer(playground, action), "x", user=person).wait())
        served(playground, people[-1])


def test_what_is_filled_in_by_many_keeps_nobody_from_what_is_quick(tmp_path: Path) -> None:
    """The form of an alert, which looks at what it waits for."""

    def fill_in(person: User) -> None:
        playground.command("/frameworks alert", user=person)
        playground.wait_for(lambda: playground.modal(person))
        playground.submit({}, user=person).wait()

    with crowded(tmp_path) as (playground, people):
        crowd(people, fill_in)
        served(playground, people[-1])
