"""
The Web API's front: one request -> token, scope, rate, fault, method -> one reply.

docs.slack.dev/apis/web-api: JSON and form bodies, the token in a header or in a field, HTTP 200 with `ok` for nearly
everything.
"""

import asyncio
from email.utils import formatdate
from typing import Any

from aiohttp import BasicAuth, web

from playground.bodies import Malformed, read_form, read_object, read_parts
from playground.calls import Call, Method, MethodError, require_scope
from playground.faults import Fault, Kind
from playground.methods import METHODS
from playground.site import Site
from playground.state import Json, Token
from playground.world import Request

BOT, RUN = "xoxb", "xwfp"
"""What tokens of bots begin with, and those of one run of a step, which may do the same."""

OK, TOO_MANY, BROKEN = 200, 429, 500
ERROR_PAGE = "<!DOCTYPE html><html><body><h1>Server Error</h1></body></html>"


async def arguments_of(request: web.Request) -> Json:
    """Read what was sent: the query, then a JSON object or a form."""
    try:
        return {**request.query, **await _read_body(request)}
    except Malformed as wrong:
        raise MethodError(str(wrong)) from None


async def _read_body(request: web.Request) -> Json:
    if request.content_type.startswith("multipart/"):
        return await read_parts(request)
    return (read_object if "json" in request.content_type else read_form)(await request.read())


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, unless a fault is meant for it."""
        name = request.match_info["method"]
        arguments: Json = {}
        try:
            arguments = {**await arguments_of(request), **_client_of(request)}
            token = self._token(request, arguments)
            fault = self._site.faults.take(name)
            if fault and not fault.comes_after:
                failed_so = self._fail(name, arguments, fault, request)
                failed_so.headers.update(self._date())
                return failed_so

            status, reply, headers = self._answer(name, arguments, token)
        except MethodError as refusal:
            fault, (status, reply, headers) = None, _refuse(refusal)
        self._log(name, arguments, status, reply)
        self._site.agenda.run_due()
        answer = web.json_response(reply, status=status, headers=headers | self._date())
        return await spoil(fault, request, answer) if fault else answer

    def _date(self) -> dict[str, str]:
        """Give the time as every reply of Slack's does: by its own clock, which here may be stepped."""
        return {"Date": formatdate(self._site.world.now(), usegmt=True)}

    def _answer(self, name: str, arguments: Json, token: Token | None) -> tuple[int, Json, dict[str, str]]:
        headers = {"x-oauth-scopes": ",".join(sorted(token.scopes))} if token else {}
        try:
            with self._site.world.changing():
                method = _method(name)
                call = Call(name, arguments, self._admit(method, name, token), self._site)
                reply: Json = {"ok": True, **method.work(call)}
        except MethodError as refusal:
            status, refused, more = _refuse(refusal)
            return status, refused, headers | more
        if call.warnings:
            reply["warning"] = ",".join(call.warnings)
            reply.setdefault("response_metadata", {})["warnings"] = call.warnings
        return OK, reply, headers

    def _token(self, request: web.Request, arguments: Json) -> Token | None:
        """Find the token in the header or the arguments, and take it out of these so that no log holds it."""
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        field = arguments.pop("token", "")
        given = value.strip() if scheme.lower() == "bearer" else field
        if not given:
            return None
        return self._site.world.tokens.get(str(given)) or Token(str(given), frozenset(), revoked=False)

    def _admit(self, method: Method, name: str, token: Token | None) -> Token | None:
        """Refuse a token that is missing, unknown, revoked, of the wrong kind, without the scope, or too busy."""
        if method.tokens is None:
            return token
        if token is None:
            raise MethodError("not_authed")
        if token.value not in self._site.world.tokens:
            raise MethodError("invalid_auth")
        if token.revoked:
            raise MethodError("token_revoked")
        if token.kind.replace(RUN, BOT) not in method.tokens.split():
            raise MethodError("not_allowed_token_type")
        require_scope(name, token)
        team = token.workspace.id if token.workspace else ""
        if team in self._site.world.withheld and name != "auth.test":
            raise MethodError("team_access_not_granted")
        wait = self._site.rates.wait_for_call(name, team, method.tier, self._site.world.now())
        if wait:
            raise MethodError("ratelimited", status=TOO_MANY, retry_after=wait)
        return token

    def _fail(self, name: str, arguments: Json, fault: Fault, request: web.Request) -> web.StreamResponse:
        """Go wrong without having done anything."""
        status = BROKEN if fault.kind is Kind.SERVER_ERROR else fault.status
        self._log(name, arguments, status, fault.kind.value)
        return answer_fault(fault, request)

    def _log(self, name: str, arguments: Json, status: int, reply: Any) -> None:
        world = self._site.world
        with world.changing():
            shown = {key: value for key, value in arguments.items() if key != "client_secret"}
            world.requests.append(Request(name, shown, status, reply, world.now()))


def _client_of(request: web.Request) -> Json:
    """Read the id and the secret of an app, where they stand in the head."""
    if not request.headers.get("Authorization", "").lower().startswith("basic "):
        return {}
    try:
        given = BasicAuth.decode(request.headers["Authorization"])
    except ValueError:
        raise MethodError("invalid_auth") from None
    return {"client_id": given.login, "client_secret": given.password}


def _method(name: str) -> Method:
    if name not in METHODS:
        raise MethodError("unknown_method", req_method=name)
    return METHODS[name]


def _refuse(refusal: MethodError) -> tuple[int, Json, dict[str, str]]:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    return refusal.status, refusal.reply, headers


def answer_fault(fault: Fault, request: web.Request) -> web.StreamResponse:
    """Give the answer of a fault that lets nothing happen."""
    if fault.kind is Kind.RATE_LIMITED:
        refusal = {"ok": False, "error": fault.error}
        return web.json_response(refusal, status=fault.status, headers=dict(fault.headers))
    if fault.kind is Kind.SERVER_ERROR:
        return web.Response(status=BROKEN, text=ERROR_PAGE, content_type="text/html")
    if fault.kind is Kind.NAMED_ERROR:
        return web.json_response({"ok": False, "error": fault.error, **fault.more})
    return garble(fault) if fault.kind is Kind.GARBLED_BEFORE else drop(request)


async def spoil(fault: Fault, request: web.Request, answer: web.Response) -> web.StreamResponse:
    """Spoil the answer to what was done."""
    if fault.kind is Kind.GARBLED_AFTER:
        return garble(fault)
    if fault.kind is Kind.CUT_AFTER:
        return cut(request, answer)
    if fault.kind is Kind.DROPPED_AFTER:
        return drop(request)
    await asyncio.sleep(fault.seconds)
    return answer


def garble(fault: Fault) -> web.Response:
    """Give an answer that is not Slack's."""
    return web.Response(status=fault.status, body=fault.body.encode(), headers=dict(fault.headers))


def cut(request: web.Request, answer: web.Response) -> web.Response:
    """Send half of an answer, then nothing more."""
    body = answer.body if isinstance(answer.body, bytes) else b"{}"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    if request.transport:
        request.transport.write(head.encode() + body[: len(body) // 2])
        request.transport.close()
    return web.Response()


def drop(request: web.Request) -> web.StreamResponse:
    """Cut the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()
