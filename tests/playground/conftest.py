"""A playground, a client of the real SDK and a bot of the real Bolt, all closed after each test."""

import contextlib
from collections.abc import Callable, Iterator
from http.client import HTTPConnection

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground.control import PATIENCE
from playground.server import Playground
from tests.loopback.socket_mode import end_threads
from tests.playground.counting_pool import CountingPool

NOON = 1_795_435_200.0
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\xb0\x00\x00\x03\x20" + b"\x00" * 32
"""The beginning of a picture of 1200 x 800: enough for whoever only looks at the header."""


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Give a playground whose clock stands still until it is stepped."""
    with Playground(clock=lambda: NOON, processing_seconds=2) as running:
        yield running


@pytest.fixture
def client(playground: Playground) -> WebClient:
    """Give the SDK's client with the bot's token, which tries nothing twice."""
    return WebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[], timeout=PATIENCE)


Fetch = Callable[..., tuple[int, bytes]]


@pytest.fixture
def fetch(playground: Playground) -> Fetch:
    """Give a plain HTTP client, for what the SDK does not ask: status and body of one request to the playground."""

    def fetched(url: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        host = playground.url.removeprefix("http://").rstrip("/")
        with contextlib.closing(HTTPConnection(host, timeout=PATIENCE)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET" if body is None else "POST", url.partition(host)[2] or url, body, named)
            reply = connection.getresponse()
            return reply.status, reply.read()

    return fetched


@pytest.fixture
def general(playground: Playground) -> str:
    """Give the id of the channel the bot is in."""
    return playground.channel("general").id


@pytest.fixture
def app(playground: Playground, client: WebClient) -> Iterator[App]:
    """Give a Bolt app without listeners; the playground's barrier waits for what they will have under way."""
    with CountingPool(5, "listener") as listeners:
        playground.on_settling = listeners.wait_until_idle
        yield App(client=client, listener_executor=listeners)


@pytest.fixture
def connect(playground: Playground) -> Iterator[Callable[[App], SocketModeHandler]]:
    """Give a way to connect an app by Socket Mode; connections are closed after the test."""
    handlers: list[SocketModeHandler] = []

    def connected(app: App) -> SocketModeHandler:
        handler = SocketModeHandler(app, playground.app_token)
        handler.connect()
        handlers.append(handler)
        playground.wait_for_connection(count=len(handlers))
        return handler

    yield connected
    for handler in handlers:
        end_threads(handler)
        handler.close()


@pytest.fixture
def connect_mute(app: App, connect: Callable[[App], SocketModeHandler]) -> Callable[[], SocketModeHandler]:
    """Give a way to connect a bot that receives everything and acknowledges nothing."""

    def connected() -> SocketModeHandler:
        handler = connect(app)
        handler.client.socket_mode_request_listeners.clear()
        return handler

    return connected


@pytest.fixture
def upload(playground: Playground, client: WebClient) -> Callable[..., str]:
    """Give a way to upload a picture, which gives the file's id."""

    def uploaded(*, processed: bool = True, **more: str) -> str:
        file_id: str = client.files_upload_v2(file=PNG, filename="chart.png", **more)["files"][0]["id"]
        if processed:
            playground.advance(2)
        return file_id

    return uploaded
