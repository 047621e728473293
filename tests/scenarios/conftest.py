"""The front door: the whole bot against the stand-in for Slack, over real HTTP and WebSocket."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.app import Bot, build
from bot.config import Settings
from playground.server import Playground
from playground.start import connected_to

OUT_OF_REACH = "http://127.0.0.1:9"
"""A port nobody listens on: a Hub that is down, so that the embedded sample answers."""

Started = tuple[Playground, Bot]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Playground]]:
    """Start playgrounds with the bot connected; keywords go to the playground but for `hub`, its address."""
    with ExitStack() as stack:

        def starting(hub: str = OUT_OF_REACH, pictures: str = "block", **keywords: object) -> Playground:
            playground = stack.enter_context(Playground(**({"processing_seconds": 0.0} | keywords)))  # type: ignore[arg-type]  # keywords of the playground, as the test wrote them
            settings = Settings(_env_file=None, frameworks_home=tmp_path, hf_endpoint=hub, slack_pictures=pictures)  # type: ignore[call-arg]  # pydantic-settings' own keyword
            bot = build(connected_to(playground, settings))
            stack.callback(bot.close)
            bot.start()
            playground.wait_for_connection()
            # The SDK's reader waits this long for a last frame when it is closed; its default is three seconds.
            bot.socket.client.current_session.sock.settimeout(0.2)
            return playground

        yield starting


@pytest.fixture
def playground(start: Callable[..., Playground]) -> Playground:
    """Start a playground with the bot connected and the Hub out of reach."""
    return start()
