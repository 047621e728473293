"""
One WebSocket to Slack, by the SDK's own connection, with three things mended.

The SDK sees neither the end of a line nor a line on which nothing comes any more before many seconds have passed, and
closing one waits for a read of three seconds. Here the end is an error at once, every byte is a sign of life, and
closing wakes the reader.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from logging import Logger
from typing import Any

from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

CONNECT_SECONDS = 10.0
"""How long connecting and each read within a frame may take."""


class Attentive:
    """A socket that notes when it heard something, and says so when the other side has hung up."""

    def __init__(self, sock: Any, heard: Callable[[], None]) -> None:
        self._sock = sock
        self._heard = heard

    def recv(self, size: int) -> bytes:
        """Read; the end of the line is an error and not an empty string."""
        data: bytes = self._sock.recv(size)
        if not data:
            raise ConnectionResetError("the other side hung up")
        self._heard()
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class Wire(Connection):
    """
    One connection, with a thread that reads it until its end.

    `on_frame` gets each text frame, `on_end` is told once when it is over, whoever ended it.
    """

    def __init__(
        self,
        url: str,
        logger: Logger,
        on_frame: Callable[["Wire", str], None],
        on_end: Callable[["Wire"], None],
        **more: Any,
    ) -> None:
        super().__init__(
            url,
            logger,
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
