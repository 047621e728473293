"""
One WebSocket to Slack, by the SDK's own connection, with four things mended.

The SDK sees neither the end of a line nor a line on which nothing comes any more before many seconds have passed, and
closing one waits for a read of three seconds. Here the end is an error at once, every byte is a sign of life, and
closing wakes the reader. And it hands on no frame while more are coming, reads each in a call within the last one's,
and loses them all and the connection where a thousand such calls are not enough; here it is given one at a time.
"""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from logging import Logger
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

CONNECT_SECONDS = 10.0
"""How long connecting and each read within a frame may take."""


READ_AT_ONCE = 65_536
"""Bytes."""

SHORTEST, MASK_KEY = 2, 4
"""Bytes of a frame's head without any longer length, and of the key where it is masked (RFC 6455, 5.2)."""

MASKED, LENGTH = 0x80, 0x7F
"""Bits of a frame's second byte."""

LONGER = {126: struct.Struct("!H"), 127: struct.Struct("!Q")}
"""Lengths that say that the length itself stands in the bytes behind."""


LONGEST = 16_000_000
"""Bytes of a frame, far more than of any payload: what says that it is longer has lost its place, or is not Slack."""

WHOLE_WITHIN = 20.0
"""Seconds in which a frame becomes whole once it has begun: what comes behind is not heard before."""

LEFT_OVER = b"\n"
"""What the SDK leaves unread of the handshake, and takes before the first frame; no frame begins so."""


def measure_frame(data: bytearray) -> int | None:
    """Give the bytes of the frame that begins here, its head included; None while the head is not whole."""
    if data.startswith(LEFT_OVER):
        return len(LEFT_OVER)
    if len(data) < SHORTEST:
        return None
    length, head = data[1] & LENGTH, SHORTEST + (MASK_KEY if data[1] & MASKED else 0)
    if longer := LONGER.get(length):
        if len(data) < SHORTEST + longer.size:
            return None
        (length,) = longer.unpack_from(data, SHORTEST)
        head += longer.size
    return head + length


class Attentive:
    """A socket that is read frame by frame, notes when it heard something, says when it has ended, and sends wholly."""

    def __init__(self, sock: Any, heard: Callable[[], None], now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._sock = sock
        self._heard = heard
        self._unread = bytearray()
        self._gathered: list[bytes] | None = None
        self._one_gathers = threading.Lock()

    @contextmanager
    def gathering(self) -> Iterator[list[bytes]]:
        """Keep the frames that are sent inside, by whomever, instead of sending them."""
        with self._one_gathers:
            gathered: list[bytes] = []
            self._gathered = gathered
            try:
                yield gathered
            finally:
                self._gathered = None

    def send(self, data: bytes) -> int:
        """Send all of a frame: the SDK sends by this, and does not look whether a part is left."""
        if (gathered := self._gathered) is None:
            self._sock.sendall(data)
        else:
            gathered.append(data)
        return len(data)

    def recv(self, size: int) -> bytes:
        """
        Read one frame, whatever its size; the end of the line is an error and not an empty string.

        So is a frame that is none: all behind it would be taken for its bytes, pongs too, which are signs of life.
        """
        del size
        began = 0.0
        while (length := measure_frame(self._unread)) is None or len(self._unread) < length:
            if length is not None and length > LONGEST:
                raise ConnectionResetError(f"a frame of {length:,} bytes began")
            if self._unread:
                began = began or self._now()
                if self._now() - began > WHOLE_WITHIN:
                    raise ConnectionResetError("a frame did not become whole")
            self._read_on()
        frame = bytes(self._unread[:length])
        del self._unread[:length]
        return frame

    def _read_on(self) -> None:
        data: bytes = self._sock.recv(READ_AT_ONCE)
        if not data:
            raise ConnectionResetError("the other side hung up")
        self._heard()
        self._unread += data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class Wire(Connection):
    """
    One connection, with a thread that reads it until its end.

    `on_frame` gets each text frame, `on_end` is told once when it is over, whoever ended it. It goes through `proxy`
    unless NO_PROXY names the host.
    """

    def __init__(
        self,
        url: str,
        logger: Logger,
        on_frame: Callable[["Wire", str], None],
        on_end: Callable[["Wire"], None],
        proxy: str | None = None,
        **more: Any,
    ) -> None:
        is_direct = proxy_bypass(urlsplit(url).hostname or "")  # NO_PROXY, of which the SDK's socket knows nothing
        super().__init__(
            url,
            logger,
            proxy=None if is_direct else proxy,
            receive_timeout=CONNECT_SECONDS,
            on_message_listener=lambda text: on_frame(self, text),
            on_error_listener=self._fail,
            on_close_listener=lambda code, _: self._note(f"Slack closed it ({code})"),
            **more,
        )
        self._on_end = on_end
        self._closing = threading.Lock()
        self._state = ConnectionState()
        self.greeted = threading.Event()
        """Set by whoever reads the frames once Slack has said hello, and at the end so that nobody waits in vain."""
        self.heard_at = self.opened_at = time.monotonic()
        self._retired_at = 0.0
        self.end = ""
        self.reason = ""
        """Why Slack asked for a new connection, if it did."""

    def connect(self) -> None:
        """Connect and begin to read; what fails is said in `end`."""
        super().connect()
        if self.sock is None:
            self._note("the connection was refused")
            return
        self.sock = Attentive(self.sock, self._heard)  # type: ignore[assignment]  # it passes on all else
        self._heard()
        threading.Thread(target=self._read, name="slack-wire", daemon=True).start()

    def disconnect(self) -> None:
        """Close, from whichever thread; the reader is woken first, for it holds the lock while it waits."""
        with self._closing:
            sock = self.sock
            if sock is None:
                return
            self._state.terminated = True
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            with self.sock_send_lock, self.sock_receive_lock, suppress(OSError):
                sock.close()
            self.sock = None

    @property
    def silent_for(self) -> float:
        """Seconds since anything was heard."""
        return time.monotonic() - self.heard_at

    @property
    def age(self) -> float:
        """Seconds since it was opened."""
        return time.monotonic() - self.opened_at

    @property
    def retired_for(self) -> float:
        """Seconds since another took its place; 0 while none has."""
        return time.monotonic() - self._retired_at if self._retired_at else 0.0

    def retire(self) -> None:
        """Note that another has taken its place."""
        self._retired_at = time.monotonic()

    def send_together(self, texts: Iterable[str]) -> None:
        """
        Send text frames in one write.

        Raises:  SlackClientNotConnectedError or OSError where the line has ended; then none of them may be there.
        """
        sock: Any = self.sock
        if sock is None:
            raise SlackClientNotConnectedError("the line has ended")
        with sock.gathering() as frames:
            for text in texts:
                self.send(text)
        with self.sock_send_lock:
            sock.sendall(b"".join(frames))

    def knock(self) -> None:
        """Send a ping; a line that cannot be written to is over."""
        try:
            self.ping(f"{self.session_id}:{time.time()}")
        except OSError as error:
            self.give_up(f"{type(error).__name__}: {error}")

    def give_up(self, why: str) -> None:
        """End a line that is as good as dead."""
        self._note(why)
        self.disconnect()

    def _read(self) -> None:
        self.run_until_completion(self._state)
        self.disconnect()
        self._note("it ended")
        self.greeted.set()
        self._on_end(self)

    def _heard(self) -> None:
        self.heard_at = time.monotonic()

    def _fail(self, error: Exception) -> None:
        """Note the first thing that went wrong; after it nothing on this line can be trusted."""
        if not self._state.terminated:
            self._note(f"{type(error).__name__}: {error}")
        self._state.terminated = True

    def _note(self, end: str) -> None:
        self.end = self.end or end
