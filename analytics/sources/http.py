"""
One bounded GET: a real deadline, a largest size, and every failure as one of our errors.

The time-outs of the HTTP client are per read, so that a server dripping bytes could hold a caller for ever; here it
runs in a thread that the caller abandons at the deadline and that ends by itself soon after. Which session is
used is the reader's: `web_session.WEB` opens one a request, the Hub's own stands in `hub.session`. What an answer
means is told in `http_answers`.
"""

import copy
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx2

from analytics.errors import AnalyticsError, Changed, NotAsked, Unreachable
from analytics.sources.http_answers import Answered, Page, TooSlow, parse, refuse
from analytics.sources.http_failures import FAILURES, explain_failure, host_of
from analytics.sources.network_settings import UNUSABLE, name_unusable
from analytics.waiting import about_to_wait

log = logging.getLogger(__name__)

LARGEST = 64 * 2**20
"""Bytes of one answer at most; a page of 1,000 models with their file names has some 5 MB."""

Params = list[tuple[str, str | int | float | bool | None]]
"""Query parameters in order, as the HTTP client types them; a name may come several times."""

Hear = Callable[[str, httpx2.Headers | None, float], None]
"""Hears how a call ended (`answered`, or an error's name), the headers of what was answered, and after how long."""


def hear_nothing(outcome: str, headers: httpx2.Headers | None, seconds: float) -> None:
    """Take it and keep nothing."""
    del outcome, headers, seconds


@dataclass(frozen=True, slots=True)
class BoundedGet:
    """What is asked for: at most `most` bytes, where only a part is wanted; never more than `largest`."""

    url: str
    params: Params
    headers: Mapping[str, str]
    most: int | None
    largest: int = LARGEST

    @property
    def given(self) -> dict[str, Any]:
        """What of it the client takes."""
        return {"params": self.params or None, "headers": self.headers}


class HttpReader:
    """
    Bounded GETs through sessions of one kind.

    `session` gives the client for one request; `pause` reads from the headers of a 429 how many seconds to wait.
    """

    def __init__(
        self,
        session: Callable[[], AbstractContextManager[httpx2.Client]],
        pause: Callable[[httpx2.Headers], float],
    ) -> None:
        self._session = session
        self._pause = pause
        self._hear: Hear = hear_nothing

    def heard_by(self, hear: Hear) -> Self:
        """Give the same reader, what it remembers included, that lets somebody hear how each call ends."""
        same = copy.copy(self)
        same._hear = hear  # noqa: SLF001 - one of us
        return same

    def get_json(
        self, url: str, params: Params, headers: Mapping[str, str], seconds: float, *, largest: int = LARGEST
    ) -> Page:
        """
        Read JSON of at most `largest` bytes from `url` within `seconds`, connection and all.

        Raises:  Unreachable, RateLimited, Changed.
        """
        answered = self._within(seconds, BoundedGet(url, params, headers, None, largest))
        return Page(parse(answered, url), answered.headers, answered.url)

    def get_range(
        self, url: str, headers: Mapping[str, str], seconds: float, first: int, count: int
    ) -> tuple[bytes, int]:
        """
        Read `count` bytes of a file from byte `first` on; gives them and the size of the whole file.

        Raises:  Unreachable, RateLimited; Changed, also where the server does not know of ranges.
        """
        ranged = {**headers, "range": f"bytes={first}-{first + count - 1}"}
        answered = self._within(seconds, BoundedGet(url, [], ranged, count))
        whole = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", answered.headers.get("content-range", ""))
        if not whole or int(whole[1]) != first:
            raise Changed(url, "it does not give parts of a file")
        size = int(whole[2])
        if len(answered.body) != min(count, size - first):
            raise Unreachable(url, "the answer broke off")
        return answered.body, size

    def get_start(self, url: str, headers: Mapping[str, str], seconds: float, most: int) -> bytes:
        """
        Read the first `most` bytes of a file within `seconds`; a server that ignores the range is cut off there.

        Raises:  Unreachable, RateLimited, Changed.
        """
        ranged = {**headers, "range": f"bytes=0-{most - 1}"}
        return self._within(seconds, BoundedGet(url, [], ranged, most)).body

    def _within(self, seconds: float, request: BoundedGet) -> Answered:
        """Read before a deadline, and let it be heard how that ended."""
        began = time.monotonic()
        try:
            answered = self._abandon_after(seconds, request)
        except AnalyticsError as failure:
            self._hear(type(failure).__name__, None, time.monotonic() - began)
            raise
        self._hear("answered", answered.headers, time.monotonic() - began)
        return answered

    def _abandon_after(self, seconds: float, request: BoundedGet) -> Answered:
        """Read in a thread that is abandoned at the deadline."""
        about_to_wait()
        deadline = time.monotonic() + seconds
        result: Future[Answered] = Future()
        work = (result, lambda: self._read(request, deadline))
        threading.Thread(target=_settle, args=work, name="http-reader", daemon=True).start()
        try:
            return result.result(timeout=max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            raise Unreachable(request.url, f"it did not answer within {seconds:.3g} s") from None

    def _read(self, request: BoundedGet, deadline: float) -> Answered:
        try:
            return self._try(request, deadline)
        except (RuntimeError, httpx2.ReadError) as failure:
            # A session may be shared; whoever closes it (the Hub's library does after some errors) breaks what is
            # under way.
            log.info("the session was closed, asking %s once more: %s", host_of(request.url), failure)
        except TooSlow as failure:
            log.info("asking once more: %s", failure)
        try:
            return self._try(request, deadline)
        except (RuntimeError, httpx2.ReadError):
            raise Unreachable(request.url, "the answer broke off") from None
        except TooSlow as failure:
            raise Unreachable(request.url, f"{failure.why}, twice", failure.request_id) from None

    @contextmanager
    def _open(self, url: str) -> Iterator[httpx2.Client]:
        """Open a session; it reads the environment's proxies and certificates, which may be of no use."""
        with ExitStack() as opened:
            try:
                session = opened.enter_context(self._session())
            except UNUSABLE as failure:
                log.info("no session can be opened: %s", type(failure).__name__)
                raise NotAsked(url, name_unusable(failure)) from None
            yield session

    def _try(self, request: BoundedGet, deadline: float) -> Answered:
        left, url = max(0.05, deadline - time.monotonic()), request.url
        try:
            with self._open(url) as session, session.stream("GET", url, **request.given, timeout=left) as response:
                body = _body(response, request, deadline)
        except httpx2.ReadError:
            raise
        except httpx2.TimeoutException:
            # Each step is given all the time that was left: whichever clock strikes first, the caller says the same.
            raise TimeoutError from None
        except FAILURES as failure:
            raise explain_failure(failure, url) from None
        refuse(response, url, body, self._pause, ranged=request.most is not None)
        return Answered(body, response.headers, response.url)


def _settle(result: "Future[Answered]", work: Callable[[], Answered]) -> None:
    try:
        result.set_result(work())
    except BaseException as failure:  # noqa: BLE001 - handed to the caller, whatever it is
        result.set_exception(failure)


def _body(response: httpx2.Response, request: BoundedGet, deadline: float) -> bytes:
    """Read the body piece by piece, looking at the clock and the size at each; no more than `most` of it."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if time.monotonic() > deadline:
            raise TimeoutError
        if request.most is not None and len(body) >= request.most:
            return bytes(body[: request.most])
        if len(body) > request.largest:
            raise Changed(request.url, f"it sent more than {request.largest // 2**20} MB")
    return bytes(body)
