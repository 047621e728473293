"""What people are told while they wait: how much may wait, and when somebody is told that it is looked up."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from analytics.domain.answer import Answer
from analytics.errors import NothingStored
from bot.commands import Commands
from bot.delivery import Place
from bot.messages import Message


class Held(Executor):
    """Takes work and does it only when told."""

    def __init__(self) -> None:
        self.work: list[Callable[[], Any]] = []

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Keep it."""
        self.work.append(lambda: work(*given, **named))
        return Future()

    def do_all(self) -> None:
        """Do what was kept."""
        while self.work:
            self.work.pop(0)()


@dataclass
class Said:
    """Remembers what the askers were told."""

    told: list[str] = field(default_factory=list)

    def tell(self, place: Place, *forms: Message) -> None:
        """Remember."""
        self.told.append(forms[0].text)


def nothing_stored(_request: object) -> Answer:
    """Answer at once that there is no answer."""
    raise NothingStored("the list", "Nothing was collected.")


def ask(commands: Commands, times: int, words: str = "help") -> None:
    """Type a command so many times."""
    body = {"channel_id": "C1", "user_id": "U1", "text": words}
    for _ in range(times):
        commands.slash(lambda **_: None, body, SimpleNamespace())


def test_five_hundred_may_wait_and_the_next_is_asked_to_come_back() -> None:
    """Nobody is left waiting for an answer that would come in an hour."""
    executor, said = Held(), Said()
    commands = Commands(SimpleNamespace(), said, executor)  # type: ignore[arg-type]  # only what `help` needs
    ask(commands, 501)
    executor.do_all()

    assert [text for text in said.told if "Too many questions" in text] == [said.told[-1]]
    assert len(said.told) == 501


def test_work_that_is_done_makes_room() -> None:
    """After five hundred answers there is room for five hundred more, also where the work failed."""
    executor, said = Held(), Said()
    commands = Commands(SimpleNamespace(), said, executor)  # type: ignore[arg-type]  # only what `help` needs
    for _ in range(2):
        ask(commands, 500)
        executor.do_all()

    assert not [text for text in said.told if "Too many questions" in text]


def test_a_quick_answer_comes_without_a_notice() -> None:
    """Slack could not take "Looking up ..." back, so only who waits for more than the moment is told."""
    executor, said = Held(), Said()
    commands = Commands(SimpleNamespace(answer=nothing_stored), said, executor, moment=5)  # type: ignore[arg-type]  # only what is asked
    ask(commands, 1, "top30")
    executor.do_all()

    assert ["Looking up" in text for text in said.told] == [False]
