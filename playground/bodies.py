"""
What comes in, read strictly: so many bytes by each road, and JSON as RFC 8259 has it.

Python reads more than JSON: NaN, Infinity, numbers that overflow into them, with a point or without. Slack does not.
"""

import json
import math
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler

MEGABYTE = 1_000_000
LARGEST_UPLOAD = 100 * MEGABYTE
ROADS = (("/upload/", LARGEST_UPLOAD), ("/api/", MEGABYTE), ("/response/", MEGABYTE))
"""How much a body may hold: an upload is a file, a call at most a view of 250 kB as a form writes it."""

ELSEWHERE = 64_000
"""Bytes by any other road: a form that is filled in, on the page."""

UNPACKED = "identity"
"""The one Content-Encoding that is taken: neither the SDK nor a browser packs what it sends."""

DEEPEST = 100
"""Objects within objects: more than any block has, and less than what makes a reader run out of stack."""


class Malformed(ValueError):
    """What was sent is not what it says it is; carries Slack's word for that."""


@web.middleware
async def bound_bodies(request: web.Request, handler: Handler) -> web.StreamResponse:
    """
    Refuse with 413 what is longer than the road takes, and with 400 what comes packed or is cut wrongly.

    What says that it is packed is not even read: if that is a lie, the server may wait for the rest of it for ever.
    """
    if request.headers.get("Content-Encoding", UNPACKED).strip().lower() != UNPACKED:
        return web.Response(status=400, text="no body is taken with a Content-Encoding")
    most = next((most for road, most in ROADS if request.path.startswith(road)), ELSEWHERE)
    try:
        return await handler(request.clone(client_max_size=most))
    except web.RequestPayloadError:
        return web.Response(status=400, text="the body is not what its head says")


def read_json(body: bytes | str) -> Any:
    """Read JSON; anything that is not gives Malformed."""
    try:
        text = body if isinstance(body, str) else body.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError):
        raise Malformed("invalid_json") from None
    if _is_too_deep(value):
        raise Malformed("invalid_json")
    return value


def read_object(body: bytes) -> dict[str, Any]:
    """Read an object of JSON; nothing at all is an empty one."""
    value = read_json(body) if body else {}
    if not isinstance(value, dict):
        raise Malformed("json_not_object")
    return value


def read_form(body: bytes) -> dict[str, Any]:
    """Read fields as a browser's form writes them."""
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise Malformed("invalid_form_data") from None


async def read_parts(request: web.Request) -> dict[str, Any]:
    """Read the words of a form in several parts; none of what is asked here takes a file."""
    try:
        fields = await request.post()
    except (ValueError, LookupError, AssertionError):
        raise Malformed("invalid_form_data") from None
    if not all(isinstance(value, str) for value in fields.values()):
        raise Malformed("invalid_form_data")
    return dict(fields)


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _whole(digits: str) -> int:
    _finite(digits)
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _is_too_deep(value: Any) -> bool:
    """Look into it level by level, without a stack of our own calls."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True
