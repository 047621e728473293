"""What is not the Web API: the bytes of uploads, their way back out, and replies to response_urls."""

from typing import Any

from aiohttp import web

from playground.api import answer_fault, spoil
from playground.bodies import Malformed, read_object
from playground.calls import MethodError
from playground.faults import Fault
from playground.methods.message_checks import judge_blocks
from playground.permissions import lacking
from playground.response_urls import BAD_REQUEST, DONE, NOT_FOUND, ResponseUrl
from playground.site import Site
from playground.state import File, Json
from playground.world import Request

UNAUTHORISED = 401


class Downloads:
    """Serves files and response_urls."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of an upload: no token, whatever content type; the length must be the one announced."""
        fault = self._site.faults.take("upload")
        if fault:
            self._log("upload", {}, BAD_REQUEST, fault.kind.value)
            return answer_fault(fault, request)
        file = next((file for file in self._site.world.files.values() if file.upload_path == request.path), None)
        content = await request.read() if file else b""
        status, reply = NOT_FOUND, "no such upload"
        with self._site.world.changing():
            if file:
                status, reply = self._receive(file, content)
        self._log("upload", {"bytes": len(content)}, status, reply)
        return web.Response(status=status, text=reply)

    @staticmethod
    def _receive(file: File, content: bytes) -> tuple[int, str]:
        if len(content) != file.length:
            return BAD_REQUEST, f"{file.length} bytes were announced, {len(content)} came"
        file.content = content
        return DONE, f"OK - {len(content)}"

    async def private(self, request: web.Request) -> web.StreamResponse:
        """Give the bytes of a file to whoever shows a token of its workspace that may read files."""
        value = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = self._site.world.tokens.get(value)
        team, _, file_id = request.match_info["file"].partition("-")
        if token is None or token.revoked or token.workspace is None or lacking("url_private", token):
            return web.Response(status=UNAUTHORISED, text="a token is needed")
        file = self._site.world.files.get(file_id)
        if file is None or not file.is_there or not file.team_id == team == token.workspace.id:
            return web.Response(status=NOT_FOUND)
        return bytes_of(file)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take a reply to a command or a click."""
        body = await request.read()
        try:
            said = _reply_of(body)
        except Malformed as wrong:
            return web.Response(status=BAD_REQUEST, text=str(wrong))
        fault = self._site.faults.take("response_url")
        if fault and not fault.comes_after:
            self._log("response_url", said, BAD_REQUEST, fault.kind.value)
            return answer_fault(fault, request)
        with self._site.world.changing():
            status, reply = self._respond(self._site.response_urls.find(request.path), said)
        self._log("response_url", said, status, reply)
        return await _answer(request, status, reply, fault)

    def _respond(self, url: ResponseUrl | None, said: Json) -> tuple[int, Any]:
        """Judge a reply and do what it says; bad blocks are answered with a bare word, and cost a use like the rest."""
        if url is None:
            return NOT_FOUND, {"ok": False, "error": "expired_url"}
        refusal = url.refusal(self._site.world.now())
        if refusal:
            return refusal
        url.used += 1
        try:
            blocks = judge_blocks(self._site, said.get("blocks"), url.workspace.id)
        except MethodError as refused:
            told: Json = {"ok": False, "error": refused.reply["error"]}
            return (NOT_FOUND, told) if self._site.faults.json_refusals else (BAD_REQUEST, told["error"])
        if not said.get("delete_original") and not said.get("text") and not blocks:
            return BAD_REQUEST, "no_text"
        begun = said.get("thread_ts") is None or self._site.world.message(url.channel, said["thread_ts"])
        if said.get("response_type") == "in_channel" and not begun:
            return BAD_REQUEST, "thread_not_found"
        self._site.response_urls.apply(url, {**said, "blocks": blocks})
        return DONE, "ok"

    def _log(self, method: str, arguments: Json, status: int, reply: Any) -> None:
        world = self._site.world
        with world.changing():
            world.requests.append(Request(method, arguments, status, reply, world.now()))


def bytes_of(file: File) -> web.Response:
    """Give a file's bytes as they came."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    return web.Response(body=file.content or b"", content_type=file.mimetype, headers=headers)


async def _answer(request: web.Request, status: int, reply: Any, fault: Fault | None) -> web.StreamResponse:
    answer = (
        web.json_response(reply, status=status) if isinstance(reply, dict) else web.Response(status=status, text=reply)
    )
    return await spoil(fault, request, answer) if fault else answer


def _reply_of(body: bytes) -> Json:
    """Read a reply: an object whose words are words."""
    try:
        said = read_object(body)
    except Malformed:
        raise Malformed("invalid_payload") from None
    if not all(isinstance(said.get(name), str | None) for name in ("text", "response_type", "thread_ts")):
        raise Malformed("invalid_payload")
    return said
