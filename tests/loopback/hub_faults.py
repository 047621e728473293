"""
What can go wrong with an answer, settable on any route.

A fault is called with the request and with the handler that would have answered it well, so it can answer instead or
spoil the good answer.
"""

import asyncio
import datetime as dt
import email.utils
import itertools
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.loopback.hub_rates import too_many

Fault = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]

LISTING = "/api/models"
WITHOUT_RATES = web.RequestKey("WITHOUT_RATES", bool)
"""Marks a request whose answer carries no rate-limit headers."""

PAGE = b"<!DOCTYPE html><html><head><title>Hugging Face</title></head><body>Something is up.</body></html>"


@dataclass(slots=True)
class _Set:
    fault: Fault
    route: str
    skip: int
    times: float


class HubFaults:
    """The faults waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[_Set] = []

    def put(self, fault: Fault, route: str = LISTING, *, skip: int = 0, times: float = 1) -> None:
        """
        Spoil the next `times` answers of a route (a path, with `*` for any part), after `skip` good ones.

        Page n of a listing fails with skip = n - 1; for good with times = math.inf.
        """
        self._waiting.append(_Set(fault, route, skip, times))

    def take(self, path: str) -> Fault | None:
        """Give the fault that is due for a request of `path`, if any, and count it."""
        for waiting in self._waiting:
            if not fnmatchcase(path, waiting.route) or waiting.times <= 0:
                continue
            if waiting.skip > 0:
                waiting.skip -= 1
                continue
            waiting.times -= 1
            return waiting.fault
        return None


# ---------------------------------------------------------------------------------------------------- whole answers


def says(body: bytes | str, status: int = 200, content_type: str = "application/json", **headers: str) -> Fault:
    """Answer with exactly this."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Content-Type": content_type}

    async def fault(_request: web.Request, _answer: Handler) -> web.StreamResponse:
        return web.Response(status=status, body=content, headers=named)

    return fault


def says_json(data: Any, status: int = 200, **headers: str) -> Fault:
    """Answer with this as JSON, of whatever shape."""
    return says(json.dumps(data), status, **headers)


WEB_PAGE = says(PAGE, content_type="text/html; charset=utf-8")
UNNAMED_PAGE = says(b"\n" + PAGE)
"""A web page that is said to be JSON."""
BAD_GATEWAY = says(PAGE, 502, "text/html; charset=utf-8")
ERROR_IN_A_LIST = says_json(["Internal Error"], 500)
NOTHING = says(b"")
CUT_JSON = says(b'[{"_id": "621ffdc036468d709f174338", "id": "google-bert/bert-ba')
"""Broken off in the middle, while the Content-Length is right: nothing in HTTP gives it away."""


# ------------------------------------------------------------------------------------------------ answers that stop


async def shorter_than_promised(request: web.Request, _answer: Handler) -> web.StreamResponse:
    """Promise more bytes than come, then hang up."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "4096"})
    await response.prepare(request)
    await response.write(b'[{"id": "a/b"')
    _hang_up(request)
    return response


async def hangs_up(request: web.Request, _answer: Handler) -> web.StreamResponse:
    """Close the connection without a word."""
    _hang_up(request)
    return web.Response()


def _hang_up(request: web.Request) -> None:
    if request.transport:
        request.transport.close()


def stalls(seconds: float = 30, met: threading.Event | None = None) -> Fault:
    """Take the request, set `met`, and say nothing for a long time."""

    async def fault(request: web.Request, answer: Handler) -> web.StreamResponse:
        if met:
            met.set()
        await asyncio.sleep(seconds)
        return await answer(request)

    return fault


def holds(until: threading.Event, longest: float = 60) -> Fault:
    """Take the request and say nothing until something has happened, then give the good answer."""

    async def fault(request: web.Request, answer: Handler) -> web.StreamResponse:
        await asyncio.to_thread(until.wait, longest)
        return await answer(request)

    return fault


def drips(pause: float = 0.4) -> Fault:
    """Send the good answer one byte at a time: no read ever times out."""

    async def fault(request: web.Request, answer: Handler) -> web.StreamResponse:
        good = await answer(request)
        body = good.body if isinstance(good, web.Response) and isinstance(good.body, bytes) else b"[]"
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
        await response.prepare(request)
        for place in range(len(body)):
            await response.write(body[place : place + 1])
            await asyncio.sleep(pause)
        return response

    return fault


# ------------------------------------------------------------------------------------------------- pauses asked for


def rate_limited(seconds: int = 2) -> Fault:
    """Refuse as over the quota: r=0, and the window ends in `seconds`."""

    async def fault(_request: web.Request, _answer: Handler) -> web.StreamResponse:
        return too_many(500, "api", {"RateLimit": f'"api";r=0;t={seconds}'})

    return fault


def rates(told: str) -> Fault:
    """Give the good answer, but with this RateLimit header and no policy beside it (`"api";` is put before)."""

    async def fault(request: web.Request, answer: Handler) -> web.StreamResponse:
        request[WITHOUT_RATES] = True
        response = await answer(request)
        response.headers["RateLimit"] = f'"api";{told}'
        return response

    return fault


def asks_to_retry_after(value: str) -> Fault:
    """Refuse with Retry-After (seconds, or an HTTP date) and without RateLimit, as a proxy before the Hub would."""

    async def fault(request: web.Request, _answer: Handler) -> web.StreamResponse:
        request[WITHOUT_RATES] = True
        return too_many(500, "api", {"Retry-After": value} if value else None)

    return fault


def http_date(moment: dt.datetime) -> str:
    """Write an aware moment as HTTP does, `Wed, 21 Oct 2015 07:28:00 GMT`."""
    return email.utils.format_datetime(moment.astimezone(dt.UTC), usegmt=True)


# -------------------------------------------------------------------------------------------------- links that mislead


def links_to(target: str) -> Fault:
    """Give the good answer, but name `target` as the next page."""

    async def fault(request: web.Request, answer: Handler) -> web.StreamResponse:
        response = await answer(request)
        response.headers["Link"] = f'<{target}>; rel="next"'
        return response

    return fault


async def links_relatively(request: web.Request, answer: Handler) -> web.StreamResponse:
    """Name the next page, if there is one, without its host."""
    response = await answer(request)
    if link := response.headers.get("Link"):
        response.headers["Link"] = link.replace(str(request.url.origin()), "")
    return response


async def links_to_itself(request: web.Request, answer: Handler) -> web.StreamResponse:
    """Give the good answer, but name the same page, same cursor, as the next."""
    response = await answer(request)
    response.headers["Link"] = f'<{request.url}>; rel="next"'
    return response


def links_as(other: str) -> Fault:
    """Name the next page, if there is one, at another host: a mirror that passes on the Hub's own links."""

    async def fault(request: web.Request, answer: Handler) -> web.StreamResponse:
        response = await answer(request)
        if link := response.headers.get("Link"):
            response.headers["Link"] = link.replace(str(request.url.origin()), other)
        return response

    return fault


def goes_on_empty() -> Fault:
    """Give pages without a model, each with a next one."""
    pages = itertools.count()

    async def fault(request: web.Request, _answer: Handler) -> web.StreamResponse:
        link = f'<{request.url.path}?cursor={next(pages)}>; rel="next"'
        return web.json_response([], headers={"Link": link})

    return fault


def sends_on_to(target: str) -> Fault:
    """Redirect to `target`, with the query kept."""

    async def fault(request: web.Request, _answer: Handler) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect(f"{target}?{request.query_string}")

    return fault
