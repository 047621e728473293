"""One connection to Slack: its end is noticed at once, whoever ends it, and closing waits for nobody."""

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from bot.runtime.wire import Wire
from bot.slack_client import slack_client
from playground.server import Playground

AT_ONCE = 1.0


class Ear:
    """Hears what a wire says."""

    def __init__(self) -> None:
        self.greeted, self.ended = threading.Event(), threading.Event()

    def frame(self, wire: Wire, text: str) -> None:
        """Hear one frame."""
        del wire, text
        self.greeted.set()

    def end(self, wire: Wire) -> None:
        """Hear of the end."""
        del wire
        self.ended.set()


@pytest.fixture
def ear() -> Ear:
    """Give somebody who listens."""
    return Ear()


@pytest.fixture
def wire(playground: Playground, ear: Ear) -> Iterator[Wire]:
    """Give an open wire on which Slack has said hello."""
    client = slack_client(playground.bot_token, playground.api_url)
    url = str(client.apps_connections_open(app_token=playground.app_token)["url"])
    opened = Wire(url, logging.getLogger("wire"), ear.frame, ear.end)
    opened.connect()
    assert ear.greeted.wait(5)
    yield opened
    opened.disconnect()


def test_closing_wakes_the_reader(wire: Wire, ear: Ear) -> None:
    """It does not wait for the end of a read."""
    began = time.monotonic()
    wire.disconnect()

    assert time.monotonic() - began < AT_ONCE
    assert ear.ended.wait(AT_ONCE)


@pytest.mark.parametrize(
    ("end", "why"),
    [("reset_all", {"reset"}), ("hang_up_all", {"hung up", "reset"}), ("close_all", {"Slack closed it"})],
)
def test_the_end_is_noticed_at_once(playground: Playground, wire: Wire, ear: Ear, end: str, why: set[str]) -> None:
    """And why it ended is known; who hangs up with something of ours unread resets the line."""
    getattr(playground.site.sockets, end)()

    assert ear.ended.wait(AT_ONCE)
    assert any(word in wire.end for word in why)
    assert not wire.is_active()


def test_every_frame_is_a_sign_of_life(playground: Playground, wire: Wire, ear: Ear) -> None:
    """Whatever it says."""
    ear.greeted.clear()
    wire.heard_at -= 100
    playground.disconnect("warning")

    assert ear.greeted.wait(5)
    assert wire.silent_for < 50
