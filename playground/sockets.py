"""
Socket Mode: single-use addresses, hello, envelopes out, acknowledgements in.

docs.slack.dev/apis/events-api/using-socket-mode. Each envelope goes to one of the open connections, in turn. What goes
wrong on purpose is told in `Troubles`.
"""

import asyncio
import itertools
import json
import secrets
import socket as sockets
import struct
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from playground.bodies import Malformed, read_json
from playground.state import Json
from playground.world import World

MOST_CONNECTIONS = 10
FORBIDDEN = 403
OnAck = Callable[[str, Json | None], None]
Frame = Json | str | bytes | None
"""What waits to be sent on a connection: a message, or bytes with whatever frames they hold; None closes it."""


@dataclass(eq=False, slots=True)
class Troubles:
    """
    What goes wrong on purpose, until it is set back.

    `refuse_upgrades`:  the handshake is answered 403, however fresh the ticket.
    `withhold_hello`:   the connection opens, and Slack says nothing on it.
    `too_many`:         instead of hello comes a disconnect, too_many_websockets.
    `dark`:             every connection looks open, and nothing passes on it any more: neither frames nor PONGs.
    `strangers`:        so many connections of other processes are counted in hello.
    """

    refuse_upgrades: bool = False
    withhold_hello: bool = False
    too_many: bool = False
    dark: bool = False
    strangers: int = 0


class Connection:
    """One open WebSocket. Frames are queued, so that any thread may send."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.transport: asyncio.BaseTransport | None = None
        self.is_dark = False
        self._frames: asyncio.Queue[Frame] = asyncio.Queue()

    def send(self, frame: Frame) -> None:
        """Send a frame from any thread, text and bytes as they are; None closes it after what was sent before."""
        self._loop.call_soon_threadsafe(self._frames.put_nowait, frame)

    async def write_to(self, socket: web.WebSocketResponse) -> None:
        """Write the frames as they come."""
        while (frame := await self._frames.get()) is not None:
            if self.is_dark:
                continue
            if isinstance(frame, bytes):
                self._write(frame)
            else:
                await socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))
        if not self.is_dark:
            await socket.close()

    def _write(self, frames: bytes) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.write(frames)

    def hang_up(self) -> None:
        """End the connection without a closing frame, from any thread."""
        if self.transport:
            self._loop.call_soon_threadsafe(self.transport.close)

    def reset(self) -> None:
        """Tear the connection down with a TCP reset, from any thread."""
        self._loop.call_soon_threadsafe(self._reset)

    def _reset(self) -> None:
        raw = self.transport.get_extra_info("socket") if self.transport else None
        if raw is not None and isinstance(self.transport, asyncio.Transport):
            raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()


class Sockets:
    """All connections of the app."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tickets: set[str] = set()
        self._turns = itertools.count()
        self.connections: list[Connection] = []
        self.troubles = Troubles()
        self.handshakes = 0
        self.on_ack: OnAck | None = None

    def new_ticket(self) -> str:
        """Make the ticket of a new address; it opens one connection, once."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    def send(self, envelope: Json) -> bool:
        """Send an envelope to the connection whose turn it is; False when there is none."""
        with self._world.condition:
            if not self.connections:
                return False
            self.connections[next(self._turns) % len(self.connections)].send(envelope)
            return True

    def disconnect(self, reason: str) -> None:
        """Tell every connection to go and reconnect; all but a warning also close it."""
        with self._world.changing():
            for connection in list(self.connections):
                connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})
                if reason != "warning":
                    self._forget(connection)
                    connection.send(None)

    def close_all(self) -> None:
        """Close every connection without a word."""
        with self._world.changing():
            for connection in list(self.connections):
                self._forget(connection)
                connection.send(None)

    def reset_all(self) -> None:
        """Tear every connection down, as a router does that has forgotten them."""
        with self._world.changing():
            for connection in list(self.connections):
                self._forget(connection)
                connection.reset()

    def hang_up_all(self) -> None:
        """End every connection in the middle of nowhere: no disconnect, no closing frame."""
        with self._world.changing():
            for connection in list(self.connections):
                self._forget(connection)
                connection.hang_up()

    def go_dark(self) -> None:
        """Let nothing pass any more on the connections of now; whoever listens has to notice."""
        with self._world.changing():
            for connection in self.connections:
                connection.is_dark = True

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one WebSocket from its ticket to its end."""
        ticket = request.query.get("ticket", "")
        self.handshakes += 1
        if ticket not in self._tickets or self.troubles.refuse_upgrades:
            return web.Response(status=FORBIDDEN, text="this address has been used or never was one")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False)
        connection = Connection(asyncio.get_running_loop())
        connection.transport, connection.is_dark = request.transport, self.troubles.dark
        turned_away = self.troubles.too_many or len(self.connections) + self.troubles.strangers >= MOST_CONNECTIONS
        if turned_away:
            connection.send({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            connection.send(None)
        await socket.prepare(request)  # what is no handshake ends here, and was never counted
        writer = asyncio.create_task(connection.write_to(socket))
        try:
            if not turned_away and not self.troubles.withhold_hello:
                self._greet(connection)
            await self._read(socket, connection)
        finally:
            writer.cancel()
            with self._world.changing():
                self._forget(connection)
        return socket

    def _greet(self, connection: Connection) -> None:
        with self._world.changing():
            self.connections.append(connection)
            count = len(self.connections) + self.troubles.strangers
            debug = {"host": "playground", "build_number": 1, "approximate_connection_time": 18060}
            hello = {"type": "hello", "num_connections": count, "debug_info": debug}
            connection.send(hello | {"connection_info": {"app_id": self._world.app_id}})

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)

    async def _read(self, socket: web.WebSocketResponse, connection: Connection) -> None:
        async for frame in socket:
            if connection.is_dark:
                continue
            if frame.type is WSMsgType.PING:
                await socket.pong(frame.data)
            if frame.type is not WSMsgType.TEXT:
                continue
            try:
                said = read_json(frame.data)
            except Malformed:
                continue
            if self.on_ack and isinstance(said, dict) and isinstance(said.get("envelope_id"), str):
                payload = said.get("payload")
                self.on_ack(said["envelope_id"], payload if isinstance(payload, dict) else None)
