"""Connections of the real SDK, closed for sure and without its sleeps: three seconds in a socket, one at its queue."""

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode import SocketModeClient

SOON = 0.05
"""Seconds: how long the SDK's reader may sleep in its socket once the connection is about to be closed."""


def end_threads(handler: SocketModeHandler) -> None:
    """
    Let a connection be closed at once.

    The reader sleeps in the socket and holds the lock that closing needs: a new timeout counts from its next look, and
    the answer to a ping makes it look. The thread at the queue ends when it finds the client closed: nothing (None)
    makes it look. Cutting the line from the other end instead is a race that the SDK now and then loses.
    """
    client = handler.client
    if (session := client.current_session) and session.sock:
        session.sock.settimeout(SOON)
        session.ping("closing")
    client.closed = True
    client.message_queue.put(None)
    _end_reader(client)


def _end_reader(client: SocketModeClient) -> None:
    """
    Tell the reader to end until it does.

    As it begins it takes back what it was told: a client that is closed in that moment waits for it for ever.
    """
    reader = client.current_session_runner
    reader.event.set()
    while reader.is_alive():
        client.current_session_state.terminated = True
        reader.thread.join(SOON)
