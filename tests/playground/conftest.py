"""A playground, a client of the real SDK and a bot of the real Bolt, all closed after each test."""

from collections.abc import Callable, Iterator

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.playground.server import Playground

NOON = 1_795_456_800.0
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x03\x20" + b"\x00" * 32
"""The beginning of a picture of 1200 x 800: enough for whoever only looks at the header."""


@pytest.fixture
def playground() -> Iterator[Playground]:
    """A playground whose clock stands still until it is stepped."""
    with Playground(clock=lambda: NOON, processing_seconds=2) as running:
        yield running


@pytest.fixture
def client(playground: Playground) -> WebClient:
    """The SDK's client with the bot's token, which tries nothing twice."""
    return WebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[], timeout=5)


@pytest.fixture
def general(playground: Playground) -> str:
    """The id of the channel the bot is in."""
    return playground.channel("general").id


@pytest.fixture
def app(client: WebClient) -> App:
    """A Bolt app without listeners."""
    return App(client=client)


@pytest.fixture
def connect(playground: Playground) -> Iterator[Callable[[App], SocketModeHandler]]:
    """A way to connect an app by Socket Mode; connections are closed after the test."""
    handlers: list[SocketModeHandler] = []

    def connected(app: App) -> SocketModeHandler:
        handler = SocketModeHandler(app, playground.app_token)
        handler.connect()
        handlers.append(handler)
        playground.wait_for_connection(count=len(handlers))
        return handler

    yield connected
    for handler in handlers:
        handler.close()


@pytest.fixture
def upload(playground: Playground, client: WebClient) -> Callable[..., str]:
    """A way to upload a picture; gives the file's id."""

    def uploaded(*, processed: bool = True, **more: str) -> str:
        file_id: str = client.files_upload_v2(file=PNG, filename="chart.png", **more)["files"][0]["id"]
        if processed:
            playground.advance(2)
        return file_id

    return uploaded
