"""A connection of the SDK is closed, whatever its reader is about to do."""

from threading import Event, Thread
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from tests.loopback.socket_mode import end_threads

PATIENCE = 30


class Beginning:
    """A session whose reader has seen that it is open, and goes on only once it is being closed."""

    session_id, sock = "beginning", None

    def __init__(self) -> None:
        self.seen, self.closed = Event(), Event()

    def is_active(self) -> bool:
        """Say that it is open, late."""
        self.seen.set()
        self.closed.wait(0.3)
        return True

    def run_until_completion(self, state: ConnectionState) -> None:
        """Read until told otherwise."""
        while not state.terminated:
            self.closed.wait(0.01)

    def close(self) -> None:
        """Be closed."""
        self.closed.set()


def test_a_reader_that_only_begins_is_ended_too() -> None:
    """The reader takes back that it shall end, after it was told."""
    handler = SocketModeHandler(App(token="xoxb-1", token_verification_enabled=False), "xapp-1")
    session: Any = Beginning()
    handler.client.current_session = session
    assert session.seen.wait(PATIENCE)
    closing = Thread(target=lambda: (end_threads(handler), handler.close()), daemon=True)
    closing.start()
    closing.join(PATIENCE)
    assert not closing.is_alive()
