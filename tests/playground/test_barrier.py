"""The barrier: nothing comes after `settled()`, and what does not settle is named."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground.server import Playground

Connect = Callable[[App], Any]


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Give a thread beside the test's own."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_it_waits_for_a_payload_that_is_not_acknowledged(
    playground: Playground, connect_mute: Callable[[], Any]
) -> None:
    """A command that the bot keeps is open until it is acknowledged or too late."""
    connect_mute()
    delivery = playground.command("/frameworks top30")
    with pytest.raises(TimeoutError, match=r"not delivered: slash_commands .*top30"):
        playground.settled(timeout=0.05)
    playground.advance(3)
    playground.settled()
    assert delivery.outcome == "operation_timeout"


def test_it_waits_for_a_request_that_is_being_answered(
    playground: Playground, client: WebClient, general: str, aside: ThreadPoolExecutor
) -> None:
    """The message is there at once, its answer is held back: not yet settled."""
    playground.faults.delay_after("chat.postMessage", seconds=0.5)
    posted: Future[Any] = aside.submit(client.chat_postMessage, channel=general, text="x")
    playground.wait_for_message("x")
    with pytest.raises(TimeoutError, match="1 requests are being answered"):
        playground.settled(timeout=0.05)
    playground.settled()
    assert posted.result()["ok"]


def test_it_waits_for_work_that_outlives_its_acknowledgement(
    playground: Playground, app: App, connect: Connect
) -> None:
    """The command is acknowledged and the listener goes on: what it says is there afterwards."""
    go_on = threading.Event()

    @app.command("/frameworks")
    def slow(ack: Any, respond: Any) -> None:
        ack()
        go_on.wait(30)
        respond("at last")

    connect(app)
    playground.command("/frameworks top30").wait()
    with pytest.raises(TimeoutError, match="the bot still had work"):
        playground.settled(timeout=0.05)
    go_on.set()
    playground.settled()
    assert [message.text for message in playground.ephemerals()] == ["at last"]


def test_it_looks_again_when_the_last_work_began_something_new(playground: Playground, client: WebClient) -> None:
    """Each of three rounds posts once more while it is waited for: all three are seen."""
    left = [3]

    def busy(_seconds: float) -> bool:
        if left[0]:
            left[0] -= 1
            client.chat_postMessage(channel=playground.channel("general").id, text="one more")
        return True

    playground.on_settling = busy
    playground.settled()
    assert len(playground.bot_messages()) == 3
