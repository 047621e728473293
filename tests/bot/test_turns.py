"""Work in its asker's turn: what becomes of it where the process stops, or another process had it and died."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.domain.requests import Request
from analytics.grammar import parse
from analytics.storage.database import Database
from bot.asking import Asking, Memory, Question
from bot.fair_shares import FairShares
from bot.messages import Message
from bot.place import Place
from bot.posted_replies import PostedReplies
from bot.turns import Once, Turns
from tests.bot.test_open_questions import NOW, PLACE, ManyProcesses


@pytest.fixture
def processes(open_database: Callable[[], Database]) -> Iterator[ManyProcesses]:
    """Begin with none."""
    processes = ManyProcesses(open_database)
    yield processes
    processes.end()


class Unheard:
    """A Slack through which nobody can be told anything, and what was tried."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def tell(self, _: Place, *forms: Message) -> bool:
        """Reach nobody."""
        self.tried.append(forms[0].text)
        return False


def begin(processes: ManyProcesses, owner: str, shares: FairShares) -> tuple[Turns, Unheard]:
    """Begin a process whose words reach nobody."""
    slack = Unheard()
    told: Any = slack
    return Turns(shares, told, kept=processes.begin(owner)), slack


@pytest.mark.parametrize(("seconds", "works"), [(61, 1), (30, 0)])
def test_an_event_that_comes_again_is_worked_on_by_who_has_its_question(
    processes: ManyProcesses, seconds: int, works: int
) -> None:
    """Its claim is the killed process's for ten minutes; its question is not, and went with it into nothing."""
    processes.ask(processes.begin("killed"))
    processes.wait(seconds)
    shares, done = FairShares(), list[str]()
    turns, _ = begin(processes, "next", shares)

    turns.submit(PLACE, lambda: done.append("worked"), Once(lambda: False))
    assert shares.wait_until_idle(30)
    processes.end()
    shares.close()

    assert len(done) == works
    assert len(processes.rows("a third", is_alone=True).list_lost("T1")) == 1 - works


def test_what_comes_while_stopping_is_left_to_the_next_process(processes: ManyProcesses) -> None:
    """It was acknowledged, and nobody can be told any more."""
    shares = FairShares()
    turns, _ = begin(processes, "stopping", shares)
    shares.close()

    assert not turns.submit(PLACE, lambda: None)
    processes.end()

    assert len(processes.rows("next", is_alone=True).list_lost("T1")) == 1


class HasAnswered(Unheard):
    """A Slack in which the killed process's answer stands."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: list[str] = []

    def look_for(self, place: Place, _: object) -> dict[str, PostedReplies]:
        """Show it."""
        return {place.work: PostedReplies(has_answer=True, notices=())}

    def notice(self, *_: object, **__: object) -> str:
        """Say nothing."""
        return ""

    def post(self, place: Place, *_: object) -> str:
        """Remember."""
        self.posted.append(place.work)
        return "1.3"


@pytest.mark.parametrize(("work", "posts"), [(PLACE.work, 0), ("another", 1)])
def test_what_a_killed_process_has_posted_is_not_posted_for_its_event_again(
    processes: ManyProcesses, tmp_path: Path, work: str, posts: int
) -> None:
    """It died before it knew of its post, and Slack delivers the event anew."""
    processes.ask(processes.begin("killed"))
    processes.wait(61)
    shares, kept, slack = FairShares(), processes.begin("next"), HasAnswered()
    told: Any = slack
    turns = Turns(shares, told, kept=kept)
    analyst = Analyst(tmp_path / "offline", "http://127.0.0.1:9", clock=lambda: NOW)
    asking = Asking(analyst, told, turns, Memory(kept=kept), 60.0)
    place, question = replace(PLACE, work=work), parse("top30")
    assert isinstance(question, Request)

    turns.submit(place, lambda: [kept.inherits(place), asking.ask(Question(place, question))][1])
    assert shares.wait_until_idle(60)
    shares.close()
    analyst.close()

    assert len(slack.posted) == posts
