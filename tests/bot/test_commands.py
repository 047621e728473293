"""What people are told while they wait: whether they are told that it is looked up."""

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace

from analytics.analyst import utc_now
from analytics.domain.answer import Answer
from analytics.errors import NothingStored
from bot.commands import Commands
from bot.delivery import Place
from bot.fair_shares import FairShares
from bot.messages import Message


@dataclass
class SaidToAskers:
    """Remembers what the askers were told."""

    told: list[str] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)

    def notice(self, place: Place, message: Message, *, privately: bool) -> str:
        """Remember a notice that cannot be taken back."""
        del privately
        self.tell(place, message)
        self.heard.set()
        return ""

    def tell(self, place: Place, *forms: Message) -> None:
        """Remember."""
        self.told.append(forms[0].text)


def nothing_stored(_request: object) -> Answer:
    """Answer at once that there is no answer."""
    raise NothingStored("the list", "Nothing was collected.")


def test_a_quick_answer_comes_without_a_notice() -> None:
    """Slack could not take "Looking up ..." back, so only who waits for more than the moment is told."""
    shares, said = FairShares(), SaidToAskers()
    analyst = SimpleNamespace(
        answer=nothing_stored, answer_at_once=nothing_stored, context=SimpleNamespace(clock=utc_now)
    )
    commands = Commands(analyst, said, shares, moment=5)  # type: ignore[arg-type]  # only what is asked
    commands.slash(lambda **_: None, {"channel_id": "C1", "user_id": "U1", "text": "top30"}, SimpleNamespace())

    assert shares.wait_until_idle(30)
    assert ["Looking up" in text for text in said.told] == [False]
    shares.close()


def test_who_waits_in_two_lines_is_told_once() -> None:
    """A first try that was slow, and the look-up behind it, are one question: its notice is one."""
    shares, said, second = FairShares(), SaidToAskers(), threading.Event()

    def slow(_request: object, _shown: object) -> None:
        assert said.heard.wait(30)

    def looked_up(_request: object, _shown: object) -> Answer:
        second.wait(0.2)  # longer than the moment: a second notice would have come by now
        raise NothingStored("the list", "Nothing was collected.")

    analyst = SimpleNamespace(answer=looked_up, answer_at_once=slow, context=SimpleNamespace(clock=utc_now))
    commands = Commands(analyst, said, shares, moment=0.01)  # type: ignore[arg-type]  # only what is asked
    commands.slash(lambda **_: None, {"channel_id": "C1", "user_id": "U1", "text": "top30"}, SimpleNamespace())

    assert shares.wait_until_idle(30)
    assert [text for text in said.told if "Looking up" in text] == ["Looking up `top30 attributed` …"]
    shares.close()
