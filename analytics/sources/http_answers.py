"""What came back of a GET, and what it means: data, or which of our errors."""

import datetime as dt
import email.utils
import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from analytics.errors import Changed, NotAsked, RateLimited, Unreachable

PAUSE = 60.0
"""Seconds to wait after a 429 that does not say how long."""

LONGEST_PAUSE = 3600.0
"""Seconds at most, whatever a header says; the Hub's own windows last 300."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: its JSON, its headers (names in lower case) and the address it came from."""

    data: Any
    headers: Mapping[str, str]
    url: httpx2.URL


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it came: its bytes, its headers and the address it came from."""

    body: bytes
    headers: httpx2.Headers
    url: httpx2.URL


def refuse(
    response: httpx2.Response, url: str, body: bytes, pause: Callable[[httpx2.Headers], float], *, ranged: bool
) -> None:
    """Turn an error status into an error of ours; `pause` reads from the headers of a 429 how long to wait."""
    status, request_id = response.status_code, response.headers.get("x-request-id")
    if status == httpx2.codes.OK or (ranged and status == httpx2.codes.PARTIAL_CONTENT):
        return
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        seconds = min(pause(response.headers), LONGEST_PAUSE)
        raise RateLimited(url, "it asks for a pause", seconds, request_id)
    if status == httpx2.codes.GATEWAY_TIMEOUT:
        raise TooSlow(url, f"it answered {status} (it was too slow itself)", request_id)
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR or status == httpx2.codes.REQUEST_TIMEOUT:
        raise Unreachable(url, f"it answered {status}", request_id)
    if status == httpx2.codes.PROXY_AUTHENTICATION_REQUIRED:
        raise NotAsked(url, f"the proxy did not let us through: it answered {status}", request_id)
    said = _plain(response.headers.get("x-error-message") or _error(body))[:MOST_WORDS]
    why = f"it answered {status}: {said}" if said else f"it answered {status}"
    raise Refusal(url, why, status, response.headers.get("x-error-code"), request_id)


MOST_WORDS = 200
"""Characters of the source's own words that are passed on to people."""


def _plain(text: str) -> str:
    """Keep what can be printed and is no markup: terminal escapes and reversed writing do not reach people."""
    return " ".join("".join(char if char.isprintable() and char not in "<>" else " " for char in text).split())


def _error(body: bytes) -> str:
    """Read the source's own words from its JSON; a web page has none that fit a sentence."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    said = data.get("error") if isinstance(data, dict) else None
    return said if isinstance(said, str) else ""


class TooSlow(Unreachable):
    """A gateway gave up waiting for what is behind it: the next try, a moment later, often finds it ready."""


class Refusal(Changed):
    """An answer of 3xx or 4xx: `status` and the Hub's `code` say which; a client may know what it means."""

    def __init__(self, url: str, why: str, status: int, code: str | None, request_id: str | None) -> None:
        super().__init__(url, why, request_id)
        self.status = status
        self.code = code


def retry_after(headers: httpx2.Headers) -> float:
    """Read how long to wait: Retry-After in seconds or as a date, else PAUSE."""
    value = headers.get("retry-after", "")
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return PAUSE
    # A date with the zone "-0000" is parsed without one; it is UTC all the same.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(1.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())


@contextmanager
def pause_collector() -> Iterator[None]:
    """
    Pause the search for cyclic garbage, for the milliseconds in which a page becomes rows.

    A page of a thousand models is a hundred thousand containers and no cycle; looking for one takes a fifth of a crawl.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parse(answered: Answered, url: str) -> Any:
    """Read an answer as JSON. Raises Unreachable."""
    try:
        with pause_collector():
            return json.loads(answered.body)
    except (ValueError, RecursionError):
        page = "html" in answered.headers.get("content-type", "") or answered.body.lstrip()[:1] == b"<"
        why = "it answered with a web page instead of data" if page else "its answer was cut off or is no data"
        raise Unreachable(url, why, answered.headers.get("x-request-id")) from None
