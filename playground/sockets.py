"""
Socket Mode: single-use addresses, hello, envelopes out, acknowledgements in.

docs.slack.dev/apis/events-api/using-socket-mode. Each envelope goes to one of the open connections, in turn. PING
frames are answered by aiohttp.
"""

import asyncio
import itertools
import json
import secrets
from collections.abc import Callable

from aiohttp import WSMsgType, web

from playground.state import Json
from playground.world import World

MOST_CONNECTIONS = 10
FORBIDDEN = 403
OnAck = Callable[[str, Json | None], None]
Frame = Json | None
"""What waits to be sent on a connection; None closes it."""


class Connection:
    """One open WebSocket. Frames are queued, so that any thread may send, even before the handshake is through."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._frames: asyncio.Queue[Frame] = asyncio.Queue()

    def send(self, frame: Frame) -> None:
        """Send a frame from any thread; None closes the connection after what was sent before."""
        self._loop.call_soon_threadsafe(self._frames.put_nowait, frame)

    async def write_to(self, socket: web.WebSocketResponse) -> None:
        """Write the frames as they come."""
        while (frame := await self._frames.get()) is not None:
            await socket.send_str(json.dumps(frame))
        await socket.close()


class Sockets:
    """All connections of the app."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tickets: set[str] = set()
        self._turns = itertools.count()
        self.connections: list[Connection] = []
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

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one WebSocket from its ticket to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=FORBIDDEN, text="this address has been used or never was one")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        connection = Connection(asyncio.get_running_loop())
        if len(self.connections) >= MOST_CONNECTIONS:
            connection.send({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            connection.send(None)
        else:
            self._greet(connection)
        await socket.prepare(request)
        writer = asyncio.create_task(connection.write_to(socket))
        try:
            await self._read(socket)
        finally:
            writer.cancel()
            with self._world.changing():
                self._forget(connection)
        return socket

    def _greet(self, connection: Connection) -> None:
        with self._world.changing():
            self.connections.append(connection)
            debug = {"host": "playground", "build_number": 1, "approximate_connection_time": 18060}
            hello = {"type": "hello", "num_connections": len(self.connections), "debug_info": debug}
            connection.send(hello | {"connection_info": {"app_id": self._world.app_id}})

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            try:
                said = json.loads(frame.data)
            except ValueError:
                continue
            if self.on_ack and isinstance(said, dict) and isinstance(said.get("envelope_id"), str):
                payload = said.get("payload")
                self.on_ack(said["envelope_id"], payload if isinstance(payload, dict) else None)
