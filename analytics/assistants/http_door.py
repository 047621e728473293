"""
The door over HTTP: one path, POST alone, stateless; who may not come in is refused before anything is parsed.

In this order, each cheaper than the next: method, Host and Origin (a page in a browser must not reach a server on the
same machine), token, length, and only then the body, which is bounded in size and time.
"""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import anyio
from anyio.to_thread import run_sync
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from mcp_types import JSONRPCNotification, jsonrpc_message_adapter
from pydantic_core import from_json
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analytics.analyst import Analyst
from analytics.assistants.protocol import make_server
from analytics.assistants.tool_calls import Extras, ToolCalls, no_extras
from analytics.bounded_body import HungUp, SentTooMuch, SentTooSlowly, read_body
from analytics.settings import AnalyticsSettings

PATH = "/mcp"
LARGEST_BODY = 64_000
"""Bytes of a call at most: a question has 2,000 characters, the rest is the protocol's."""

SLOWEST_BODY = 10.0
"""Seconds that a caller has to send it."""

LINGERING, MOST_DISCARDED = 1.0, 1_000_000
"""Seconds and bytes for which a refused caller is listened to; then the line is closed, whatever is still coming."""

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

Signed = Callable[[Mapping[str, str], bytes], bool]
"""Tells of headers and body whether somebody who needs no token signed them, Slack say; it may raise TurnedAway."""


def nobody_signs(headers: Mapping[str, str], body: bytes) -> bool:
    """Take no signature."""
    del headers, body
    return False


class NotOpen(Exception):
    """There is no token, so nobody could be let in; `str()` says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "MCP_TOKEN is not set, so the door for assistants stays shut. Set it to a long random word (python -c "
            '"import secrets; print(secrets.token_urlsafe(32))"), and give the same to the assistant.'
        )


def create_mcp_app(
    analyst: Analyst,
    settings: AnalyticsSettings,
    *,
    extras: Extras = no_extras,
    tool_meta: Mapping[str, Any] | None = None,
    signed: Signed = nobody_signs,
) -> Starlette:
    """
    Make the ASGI app that serves `/mcp`, for a server of its own or to be mounted in another app at "/".

    A mounted app's lifespan is not run by its host: there enter `app.router.lifespan_context(app)` in the host's own.
    `extras`, `tool_meta`: what stands in `_meta` for one kind of client; `signed`: who is let in without the token.
    Raises:  NotOpen, without a token and without anybody who signs.
    """
    # It would write down whatever a stranger sends as Host or Origin, once for each call.
    logging.getLogger("mcp.server.transport_security").setLevel(logging.ERROR)
    token = settings.mcp_token.get_secret_value() if settings.mcp_token else ""
    if not token and signed is nobody_signs:
        raise NotOpen
    security = TransportSecuritySettings(
        allowed_hosts=[spelled for host in (*LOOPBACK, *settings.allowed_hosts) for spelled in (host, f"{host}:*")],
        allowed_origins=list(settings.allowed_origins),
    )
    manager = StreamableHTTPSessionManager(
        make_server(ToolCalls(analyst, extras), tool_meta),
        json_response=True,
        stateless=True,
        security_settings=security,
    )
    guard = Guard(manager.handle_request, TransportSecurityMiddleware(security), token.encode(), signed)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with manager.run():
            yield

    app = Starlette(routes=[Route(PATH, endpoint=guard)], lifespan=lifespan)
    app.router.redirect_slashes = False
    return app


class TurnedAway(Exception):
    """A call that is refused at the door; the connection is closed, since what was not read still lies in it."""

    def __init__(
        self, status: int, said: str, headers: Mapping[str, str] | None = None, *, was_read: bool = False
    ) -> None:
        super().__init__(said)
        self.was_read = was_read
        closing = {"Connection": "close", **(headers or {})}
        self.response = Response(json.dumps({"error": said}), status, closing, media_type="application/json")


NO_TOKEN = (401, "The token or the signature is missing or wrong.", {"WWW-Authenticate": "Bearer"})
NO_CALL = (400, "This is no call of JSON-RPC 2.0: an object with jsonrpc, id, method and params.")
TOO_LONG = (413, f"A call has at most {LARGEST_BODY:,} bytes.")


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in who may come in; everybody else gets a short word at once."""

    inside: ASGIApp
    hosts: TransportSecurityMiddleware
    token: bytes
    signed: Signed
    seconds: float = SLOWEST_BODY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with the body read."""
        try:
            body = await self._admit(Request(scope, receive))
        except HungUp:
            return
        except TurnedAway as refused:
            if not refused.was_read:
                await _discard_rest(receive)
            await refused.response(scope, receive, send)
        else:
            await self.inside(scope, _replay(body, receive), send)

    async def _admit(self, request: Request) -> bytes:
        """Give the body of a call that may come in. Raises TurnedAway, HungUp."""
        await self._look_at_headers(request)
        try:
            body = await read_body(request, LARGEST_BODY, self.seconds)
        except HungUp:
            raise
        except SentTooSlowly:
            raise TurnedAway(408, "The call came too slowly.") from None
        except SentTooMuch:
            raise TurnedAway(*TOO_LONG) from None
        if not self._has_token(request.headers) and not await run_sync(self.signed, request.headers, body):
            raise TurnedAway(*NO_TOKEN, was_read=True)
        if not _is_call(body):
            raise TurnedAway(*NO_CALL, was_read=True)
        return body

    async def _look_at_headers(self, request: Request) -> None:
        """Refuse by what is known before the body: method, media type, Host, Origin, a token that cannot be right."""
        if request.method != "POST":
            raise TurnedAway(405, "Only POST is taken here.", {"Allow": "POST"})
        if refused := await self.hosts.validate_request(request, is_post=True):
            raise TurnedAway(refused.status_code, f"{bytes(refused.body).decode()}.")
        if self.signed is nobody_signs and not self._has_token(request.headers):
            raise TurnedAway(*NO_TOKEN)

    def _has_token(self, headers: Headers) -> bool:
        """Compare in a time that tells nothing; what is not ASCII is only another wrong token."""
        scheme, _, given = headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self.token)
        return bool(self.token) and scheme.casefold() == "bearer" and right


def _is_call(body: bytes) -> bool:
    """
    Tell whether it is a message of JSON-RPC; the SDK would list what a dozen kinds of it lack.

    An id that is neither text nor a whole number it passes over, and then whoever waits for the answer waits for ever.
    """
    try:
        message = read_json(body)
        read = jsonrpc_message_adapter.validate_python(message, by_name=False)
    except ValueError:  # pydantic's is one too
        return False
    return not (isinstance(read, JSONRPCNotification) and "id" in message)


def read_json(body: bytes) -> Any:
    """Read a body by the SDK's own reader, so that what is looked at is what it takes. Raises ValueError."""
    return from_json(body)


async def _discard_rest(receive: Receive) -> None:
    """Let a refused caller finish, within bounds: who is still sending when the line closes would read no reason."""
    taken = 0
    with anyio.move_on_after(LINGERING):
        while taken < MOST_DISCARDED:
            message = await receive()
            if message["type"] != "http.request" or not message.get("more_body", False):
                return
            taken += len(message.get("body", b""))


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read once; what comes after it is the caller's own."""
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return rest.pop() if rest else await receive()

    return again
