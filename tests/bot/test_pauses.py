"""The pauses of channels: one waits, the others leave, and a workspace that is too fast is noticed in its channels."""

import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest

from bot.pauses import Pauses
from bot.slack_errors import TooFast


class WaitedClock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def wait(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> WaitedClock:
    """Give a clock."""
    return WaitedClock()


@pytest.fixture
def pauses(clock: WaitedClock) -> Pauses:
    """Give pauses that live by it."""
    return Pauses(clock.wait, lambda: clock.now)


def refuse(seconds: float) -> Callable[[], None]:
    """Make a sender whom Slack refuses."""

    def refusing() -> None:
        raise TooFast(seconds)

    return refusing


def refused(pauses: Pauses, channel: str, seconds: float = 1) -> float:
    """Be refused once; give the pause that follows."""
    with pytest.raises(TooFast) as caught:
        pauses.send(channel, refuse(seconds))
    return caught.value.seconds


def test_a_bearable_pause_is_waited_for_once(pauses: Pauses, clock: WaitedClock) -> None:
    """And then the message goes out."""
    refused(pauses, "C1", 3)

    pauses.keep("C1")

    assert clock.waited == [3]
    assert pauses.send("C1", lambda: "sent") == "sent"


@pytest.mark.parametrize(("seconds", "waited"), [(5.0, [5.0]), (5.1, [])])
def test_five_seconds_are_waited_for_and_no_more(
    pauses: Pauses, clock: WaitedClock, seconds: float, waited: list[float]
) -> None:
    """Whoever comes in a longer pause leaves at once, knowing when to come again."""
    refused(pauses, "C1", seconds)

    with nullcontext() if waited else pytest.raises(TooFast, match="5 s"):
        pauses.keep("C1")

    assert clock.waited == waited


def test_in_a_long_pause_nothing_is_sent(pauses: Pauses) -> None:
    """Slack said no, and would say it again."""
    refused(pauses, "C1", 6)

    with pytest.raises(TooFast, match="6 s"):
        pauses.send("C1", lambda: pytest.fail("nothing may be sent"))


def test_one_message_to_a_channel_goes_after_the_other(pauses: Pauses) -> None:
    """Who comes while one is being refused hears of the pause instead of trying too; and other channels go on."""
    tried, heard = threading.Event(), list[float]()

    def come_too() -> None:
        try:
            pauses.send("C1", tried.set)
        except TooFast as fast:
            heard.append(fast.seconds)

    visitor = threading.Thread(target=come_too)

    def be_refused() -> None:
        visitor.start()
        tried.wait(0.2)
        raise TooFast(600)

    with pytest.raises(TooFast):
        pauses.send("C1", be_refused)
    visitor.join()

    assert (tried.is_set(), heard) == (False, [600.0])
    assert pauses.send("C2", lambda: "sent") == "sent"


def test_another_channel_goes_on(pauses: Pauses) -> None:
    """One refused channel is one channel."""
    refused(pauses, "C1", 600)

    assert pauses.send("C2", lambda: "sent") == "sent"


def test_two_refused_channels_are_the_whole_workspace(pauses: Pauses) -> None:
    """Then a third is not even tried, until the pause is over."""
    refused(pauses, "C1", 600)
    refused(pauses, "C2", 60)

    with pytest.raises(TooFast, match="60 s"):
        pauses.keep("C3")


def test_a_channel_that_goes_on_refusing_is_asked_less_and_less(pauses: Pauses, clock: WaitedClock) -> None:
    """The pauses grow, up to a minute or so; a success forgives everything."""
    grown = []
    for _ in range(9):
        grown.append(refused(pauses, "C1"))
        clock.now += grown[-1]
    pauses.send("C1", lambda: None)

    assert grown == [1, 2, 4, 8, 16, 32, 64, 64, 64]
    assert refused(pauses, "C1") == 1


def test_only_one_waits_for_a_channel_and_tries_first(clock: WaitedClock) -> None:
    """Everybody who comes while it waits, and until it has sent its message, is turned away."""
    turned_away: list[float] = []

    def other() -> None:
        try:
            pauses.keep("C1")
        except TooFast as fast:
            turned_away.append(fast.seconds)

    def meanwhile(seconds: float = 0) -> None:
        clock.wait(seconds)
        visitor = threading.Thread(target=other)
        visitor.start()
        visitor.join()

    pauses = Pauses(meanwhile, lambda: clock.now)
    refused(pauses, "C1", 2)

    with pauses.observe("C1"):
        meanwhile()
        pauses.send("C1", lambda: None)
        meanwhile()

    assert turned_away == [5.0, 5.0]


def test_a_channel_is_quiet_some_time_after_a_message(pauses: Pauses, clock: WaitedClock) -> None:
    """A notice is not worth a 429."""
    assert pauses.is_quiet("C1")
    pauses.send("C1", lambda: None)
    assert not pauses.is_quiet("C1")
    clock.now += 2
    assert pauses.is_quiet("C1")
    refused(pauses, "C1")
    assert not pauses.is_quiet("C1")
