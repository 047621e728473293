"""One connection to Slack: its end is noticed at once, whoever ends it, and closing waits for nobody."""

import json
import logging
import queue
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from bot.runtime.wire import Attentive, Wire
from bot.slack_client import slack_client
from playground.server import Playground

AT_ONCE = 1.0
LAST = "the last"


class Ear:
    """Hears what a wire says."""

    def __init__(self) -> None:
        self.greeted, self.ended = threading.Event(), threading.Event()
        self.heard, self.is_all_heard = list[str](), threading.Event()
        self.ids = queue.SimpleQueue[str]()

    def frame(self, wire: Wire, text: str) -> None:
        """Hear one frame."""
        del wire
        self.greeted.set()
        self.heard.append(text)
        if text.startswith("{") and (envelope_id := json.loads(text).get("envelope_id")):
            self.ids.put(envelope_id)
        if text == LAST:
            self.is_all_heard.set()

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
    assert ear.greeted.wait(30)
    yield opened
    opened.disconnect()


def test_a_host_of_no_proxy_is_reached_without_one(playground: Playground, ear: Ear) -> None:
    """Whoever opens it, the bot or `doctor`: what listens at port 9 is no proxy, and nobody would hear hello."""
    client = slack_client(playground.bot_token, playground.api_url)
    url = str(client.apps_connections_open(app_token=playground.app_token)["url"])
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("no_proxy", "127.0.0.1")
        opened = Wire(url, logging.getLogger("wire"), ear.frame, ear.end, proxy="http://127.0.0.1:9")
    opened.connect()

    assert ear.greeted.wait(30)
    assert not opened.end
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

    assert ear.greeted.wait(30)
    assert wire.silent_for < 50


def frame_of(text: str) -> bytes:
    """Write what a server sends for a text."""
    data = text.encode()
    if len(data) < 126:
        head = struct.pack("!BB", 0x81, len(data))
    else:
        head = (
            struct.pack("!BBH", 0x81, 126, len(data))
            if len(data) < 2**16
            else struct.pack("!BBQ", 0x81, 127, len(data))
        )
    return head + data


def test_a_thousand_envelopes_sent_together_are_all_heard(playground: Playground, wire: Wire, ear: Ear) -> None:
    """In their order; the SDK's reader calls itself for what is left, and lost all of them with the connection."""
    texts = [f"{number:<997}" for number in range(1000)]  # no frame ends where the SDK's reading of 1,024 bytes does
    (connection,) = (one for one in playground.site.sockets.connections if one.transport)
    connection.send(b"".join(map(frame_of, [*texts, LAST])))

    assert ear.is_all_heard.wait(10), wire.end
    assert ear.heard[-1001:-1] == texts


def test_what_is_sent_together_is_read_one_by_one(playground: Playground, wire: Wire, ear: Ear) -> None:
    """Twenty acknowledgements in one write: Slack sees each command acknowledged."""
    commands = [playground.command("/frameworks help") for _ in range(20)]

    wire.send_together([json.dumps({"envelope_id": ear.ids.get(timeout=30)}) for _ in commands])

    assert all(command.wait().acked for command in commands)


def test_a_frame_is_sent_wholly_whatever_a_socket_takes_at_once() -> None:
    """The SDK does not look how much was taken: the next frame would begin in the midst of this one."""
    near, far = socket.socketpair()
    near.settimeout(30)
    frame = b"x" * 5_000_000
    reader = threading.Thread(target=lambda: took.extend(iter(lambda: far.recv(65_536), b"")))
    took: list[bytes] = []
    reader.start()

    with near:
        Attentive(near, lambda: None).send(frame)
    reader.join(30)
    far.close()

    assert b"".join(took) == frame


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1000, 100_000])
def test_a_frame_is_handed_on_when_it_is_whole(piece: int) -> None:
    """Each by itself and in whatever pieces it comes: the first of a crowd is not kept until the last is there."""
    frames = [frame_of("x" * length) for length in (1, 125, 126, 5_000, 70_000, 2)]
    sent = b"".join(frames)
    pieces = [sent[start : start + piece] for start in range(0, len(sent), piece)]

    attentive = Attentive(Pieces(pieces), lambda: None)

    assert [attentive.recv(1024) for _ in frames] == frames
    with pytest.raises(ConnectionResetError):
        attentive.recv(1024)


class Pieces:
    """A socket on which these pieces come, and then its end."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = iter(pieces)

    def recv(self, size: int) -> bytes:
        """Give the next piece."""
        del size
        return next(self._pieces, b"")


def test_a_line_that_speaks_of_a_giant_frame_is_over(playground: Playground, wire: Wire, ear: Ear) -> None:
    """What comes behind would be taken for its bytes: nobody would be heard, and each pong be a sign of life."""
    head = struct.pack("!BBQ", 0x81, 0x7F, 2**62)
    for connection in playground.site.sockets.connections:
        connection.send(head)

    assert ear.ended.wait(AT_ONCE)
    assert "a frame of" in wire.end


def test_a_frame_that_does_not_become_whole_ends_the_line() -> None:
    """However much goes on coming, a byte at a time."""
    ticks = iter(range(10_000))
    pieces = Pieces([struct.pack("!BBH", 0x81, 0x7E, 60_000), *[b"x"] * 100])
    attentive = Attentive(pieces, lambda: None, now=lambda: float(next(ticks)))

    with pytest.raises(ConnectionResetError, match="did not become whole"):
        attentive.recv(1)
    assert 10 < next(ticks) < 30
