"""
One bounded GET: a real deadline, a largest size, and every failure as one of our errors.

The Hub's own session is used (connection pool, proxies, certificates), but not its helpers around it: they set no
deadline for listings, follow links to other hosts with the token, and make a request of their own while they build
headers. Its time-outs are per read, so that a server dripping bytes could hold a caller for ever; here the reading runs
in a thread that the caller abandons at the deadline and that ends by itself soon after.
"""

import datetime as dt
import email.utils
import gc
import json
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from huggingface_hub.utils._http import get_session, parse_ratelimit_headers

from analytics.errors import Changed, RateLimited, Unreachable
from analytics.waiting import about_to_wait

log = logging.getLogger(__name__)

LARGEST = 64 * 2**20
"""Bytes of one answer at most; a page of 1,000 models with their file names has some 5 MB."""

PAUSE = 60.0
"""Seconds to wait after a 429 that does not say how long."""

LONGEST_PAUSE = 3600.0
"""Seconds at most, whatever a header says; the Hub's own windows last 300."""

Params = list[tuple[str, str | int | float | bool | None]]
"""Query parameters in order, as the HTTP client types them; a name may come several times."""


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


def get_json(url: str, params: Params, headers: Mapping[str, str], seconds: float, *, largest: int = LARGEST) -> Page:
    """
    Read JSON of at most `largest` bytes from `url` within `seconds`, connection and all.

    Raises:  Unreachable, RateLimited, Changed.
    """
    answered = _within(url, seconds, lambda deadline: _read(url, params, headers, deadline, None, largest))
    return Page(_parsed(answered, url), answered.headers, answered.url)


def get_range(url: str, headers: Mapping[str, str], seconds: float, first: int, count: int) -> tuple[bytes, int]:
    """
    Read `count` bytes of a file from byte `first` on; gives them and the size of the whole file.

    Raises:  Unreachable, RateLimited; Changed, also where the server does not know of ranges.
    """
    ranged = {**headers, "range": f"bytes={first}-{first + count - 1}"}
    answered = _within(url, seconds, lambda deadline: _read(url, [], ranged, deadline, count))
    whole = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", answered.headers.get("content-range", ""))
    if not whole or int(whole[1]) != first:
        raise Changed(url, "it does not give parts of a file")
    size = int(whole[2])
    if len(answered.body) != min(count, size - first):
        raise Unreachable(url, "the answer broke off")
    return answered.body, size


def get_start(url: str, headers: Mapping[str, str], seconds: float, most: int) -> bytes:
    """
    Read the first `most` bytes of a file within `seconds`; a server that ignores the range is cut off there.

    Raises:  Unreachable, RateLimited, Changed.
    """
    ranged = {**headers, "range": f"bytes=0-{most - 1}"}
    return _within(url, seconds, lambda deadline: _read(url, [], ranged, deadline, most)).body


def _within(url: str, seconds: float, read: Callable[[float], Answered]) -> Answered:
    """Read in a thread that is abandoned at the deadline."""
    about_to_wait()
    deadline = time.monotonic() + seconds
    result: Future[Answered] = Future()
    reader = threading.Thread(target=_settle, args=(result, lambda: read(deadline)), name="hub-reader", daemon=True)
    reader.start()
    try:
        return result.result(timeout=max(0.0, deadline - time.monotonic()))
    except TimeoutError:
        raise Unreachable(url, f"it did not answer within {seconds:.3g} s") from None


def _settle(result: "Future[Answered]", work: Callable[[], Answered]) -> None:
    try:
        result.set_result(work())
    except BaseException as failure:  # noqa: BLE001 - handed to the caller, whatever it is
        result.set_exception(failure)


def _read(
    url: str, params: Params, headers: Mapping[str, str], deadline: float, most: int | None, largest: int = LARGEST
) -> Answered:
    try:
        return _try(url, params, headers, deadline, most, largest)
    except (RuntimeError, httpx2.ReadError) as failure:
        # The session is shared; whoever closes it (the library does after some errors) breaks what is under way.
        log.info("the session was closed, asking %s once more: %s", url, failure)
    try:
        return _try(url, params, headers, deadline, most, largest)
    except (RuntimeError, httpx2.ReadError):
        raise Unreachable(url, "the answer broke off") from None


def _try(
    url: str, params: Params, headers: Mapping[str, str], deadline: float, most: int | None, largest: int
) -> Answered:
    left = max(0.05, deadline - time.monotonic())
    try:
        with get_session().stream("GET", url, params=params or None, headers=headers, timeout=left) as response:
            body = _body(response, url, deadline, most, largest)
    except httpx2.TimeoutException:
        raise Unreachable(url, "it did not answer in time") from None
    except httpx2.RemoteProtocolError:
        raise Unreachable(url, "the answer broke off") from None
    except httpx2.DecodingError:
        raise Unreachable(url, "its answer was cut off or is no data") from None
    except httpx2.TooManyRedirects:
        raise Changed(url, "it sends from one address to the next without end") from None
    except httpx2.ReadError:
        raise
    except (httpx2.HTTPError, OSError) as failure:  # OSError: the library's offline mode
        log.info("no connection to %s: %s", url, failure)
        raise Unreachable(url, "no connection could be made") from None
    _refuse(response, url, body, ranged=most is not None)
    return Answered(body, response.headers, response.url)


def _body(response: httpx2.Response, url: str, deadline: float, most: int | None, largest: int) -> bytes:
    """Read the body piece by piece, looking at the clock and the size at each; no more than `most` of it."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if time.monotonic() > deadline:
            raise Unreachable(url, "it did not answer in time")
        if most is not None and len(body) >= most:
            return bytes(body[:most])
        if len(body) > largest:
            raise Changed(url, f"it sent more than {largest // 2**20} MB")
    return bytes(body)


def _refuse(response: httpx2.Response, url: str, body: bytes, *, ranged: bool) -> None:
    """Turn an error status into an error of ours."""
    status, request_id = response.status_code, response.headers.get("x-request-id")
    if status == httpx2.codes.OK or (ranged and status == httpx2.codes.PARTIAL_CONTENT):
        return
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        raise RateLimited(url, "it asks for a pause", _pause(response.headers), request_id)
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR or status == httpx2.codes.REQUEST_TIMEOUT:
        raise Unreachable(url, f"it answered {status}", request_id)
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


class Refusal(Changed):
    """An answer of 3xx or 4xx: `status` and the Hub's `code` say which; a client may know what it means."""

    def __init__(self, url: str, why: str, status: int, code: str | None, request_id: str | None) -> None:
        super().__init__(url, why, request_id)
        self.status = status
        self.code = code


def _pause(headers: httpx2.Headers) -> float:
    """Read how long to wait: the RateLimit header's reset, else Retry-After in seconds or as a date."""
    limit = parse_ratelimit_headers(headers)
    if limit and limit.remaining == 0:
        return min(float(limit.reset_in_seconds), LONGEST_PAUSE)
    return min(_after(headers.get("retry-after", "")), LONGEST_PAUSE)


def _after(value: str) -> float:
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
def uncollected() -> Iterator[None]:
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


def _parsed(answered: Answered, url: str) -> Any:
    try:
        with uncollected():
            return json.loads(answered.body)
    except (ValueError, RecursionError):
        page = "html" in answered.headers.get("content-type", "") or answered.body.lstrip()[:1] == b"<"
        why = "it answered with a web page instead of data" if page else "its answer was cut off or is no data"
        raise Unreachable(url, why, answered.headers.get("x-request-id")) from None
