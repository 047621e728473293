"""A promised answer and a database that is taken away and given back: it comes all the same, and once."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.collectors import Collector
from analytics.domain.requests import Papers, Request
from analytics.errors import NothingStored
from analytics.outlook import Plan
from analytics.storage.collection_log import CollectionLog
from bot.asking import Memory
from bot.commands import Commands
from bot.fair_shares import FairShares
from bot.later_answers import LaterAnswers, WaitingQuestion
from bot.messages import Message
from bot.open_questions import OpenQuestions
from bot.open_rows import OpenRows
from bot.place import Place
from bot.turns import nothing
from tests.loopback import postgres

NOW = dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC)
WAITING = WaitingQuestion(Place("C1", "U1", thread_ts="1.2", team="T1"), Papers())


class Cut(Analyst):
    """An analyst whose database is lost while it looks; the stored papers say nothing of this question."""

    when_asked: Callable[[], object] = staticmethod(nothing)

    def answer(self, request: Request, as_of: dt.datetime | None = None) -> Answer:
        """Look, and find nothing."""
        del request, as_of
        self.when_asked()
        raise NothingStored("the papers", "That quarter is not among them.")


@dataclass
class SaidInPlaces:
    """Remembers what people were told."""

    told: list[str] = field(default_factory=list)

    def tell(self, place: Place, *forms: Message) -> None:
        """Remember."""
        del place
        self.told.append(forms[0].text)


@dataclass
class PromisingDesk:
    """One process, and the address of its database."""

    url: str
    analyst: Cut
    said: SaidInPlaces
    shares: FairShares
    commands: Commands

    def look_after(self) -> list[str]:
        """Answer what waited; give all that was told until now."""
        self.commands.answer_later()
        assert self.shares.wait_until_idle(60)
        return self.said.told

    @staticmethod
    def wait_for(comes: Callable[[], bool]) -> bool:
        """Wait for what is written beside the work."""
        end = time.monotonic() + 30
        while not comes() and time.monotonic() < end:
            pass
        return comes()


@pytest.fixture
def scene(tmp_path: Path, postgres_server: str) -> Iterator[PromisingDesk]:
    """Promise an answer, and collect what it waits for."""
    url, moments = postgres.fresh_database(postgres_server), iter(range(10_000))
    clock = lambda: NOW + dt.timedelta(seconds=next(moments))  # noqa: E731 - a clock that goes on
    analyst, said, shares = (
        Cut(tmp_path, "http://127.0.0.1:9", clock=clock, database_url=url),
        SaidInPlaces(),
        FairShares(),
    )
    analyst.context.outlook.begin(Plan(current=Collector.PAPERS, queue=()), NOW)
    later = LaterAnswers(analyst, clock, "T1")
    assert later.promise(WAITING, refused=True)
    CollectionLog(analyst.context.readings).add_success(Collector.PAPERS, (), clock())
    told: Any = said
    kept = OpenQuestions(rows_of(analyst, "this one"), clock)
    memory = Memory(None, later, kept.of("T1"))
    yield PromisingDesk(url, analyst, said, shares, Commands(analyst, told, shares, memory=memory))
    shares.close()
    kept.close()
    analyst.close()


def rows_of(analyst: Analyst, process: str) -> OpenRows:
    """Give what is not answered as a process sees it for which all others are dead."""
    return OpenRows(analyst.context.database, lambda _: NOW, process, is_alone=True)


def test_a_database_lost_before_the_claim_costs_no_answer(scene: PromisingDesk) -> None:
    """While the answer is looked for it goes away: nobody is told anything, and it comes when the database is back."""
    with ExitStack() as trouble:
        scene.analyst.when_asked = lambda: trouble.enter_context(postgres.taken_away(scene.url))
        assert scene.look_after() == []
        scene.analyst.when_asked = nothing
        assert scene.look_after() == []

    assert len(scene.look_after()) == 1
    assert len(scene.look_after()) == 1


def test_dying_between_claim_and_post_leaves_it_to_the_next_process(scene: PromisingDesk) -> None:
    """In the moment in which it is told it stands among what is not answered, and not a moment longer."""
    tell, left, next_one = scene.said.tell, list[str](), rows_of(scene.analyst, "the next")

    def tell_and_look(place: Place, *forms: Message) -> None:
        left.extend(str(lost.body["words"]) for lost in next_one.list_lost("T1"))
        tell(place, *forms)

    scene.said.tell = tell_and_look  # type: ignore[method-assign]  # what tells is the test's own
    assert len(scene.look_after()) == 1
    assert left == ["papers per pair"]
    assert scene.wait_for(lambda: next_one.list_lost("T1") == [])


def test_a_database_lost_after_the_claim_costs_no_answer_either(scene: PromisingDesk) -> None:
    """The answer is in hand: it is told, and nothing is asked of the database for that."""
    with ExitStack() as trouble:
        tell = scene.said.tell

        def tell_without_a_database(place: Place, *forms: Message) -> None:
            trouble.enter_context(postgres.taken_away(scene.url))
            tell(place, *forms)

        scene.said.tell = tell_without_a_database  # type: ignore[method-assign]  # what tells is the test's own
        assert len(scene.look_after()) == 1
    assert len(scene.look_after()) == 1
