"""
A token that the Hub does not take: what is public is asked for without it, and it is named.

The Hub answers 401 to such a token even for what everybody may read. It is tried again after an hour: an outage in
which the Hub knows nobody costs no more than that.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace

import httpx2

from analytics.domain.staleness import TOKEN_REFUSED
from analytics.sources.http import BoundedGet, HttpReader
from analytics.sources.http_answers import Answered, Refusal
from analytics.sources.http_failures import host_of

log = logging.getLogger(__name__)

UNAUTHORISED = 401
OF_THE_THING = "GatedRepo"
"""The Hub's code where the thing is closed to strangers; it says nothing against a token."""


class TokenReader(HttpReader):
    """Bounded GETs that go on without a token that is refused."""

    def __init__(
        self,
        session: Callable[[], AbstractContextManager[httpx2.Client]],
        pause: Callable[[httpx2.Headers], float],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(session, pause)
        self._now = now
        self._lock = threading.Lock()
        self._refused: dict[tuple[str, str], float] = {}

    def refuses(self, url: str, headers: Mapping[str, str]) -> bool:
        """Tell whether the token in these headers was refused by that host within the hour."""
        with self._lock:
            since = self._refused.get((host_of(url), headers.get("authorization", "")))
        return since is not None and self._now() - since < TOKEN_REFUSED.total_seconds()

    def _within(self, seconds: float, request: BoundedGet) -> Answered:
        began = self._now()
        if "authorization" in request.headers and not self.refuses(request.url, request.headers):
            try:
                return super()._within(seconds, request)
            except Refusal as refusal:
                if refusal.status != UNAUTHORISED or refusal.code == OF_THE_THING:
                    raise
                self._remember(request)
        return super()._within(max(0.05, seconds - (self._now() - began)), _without_token(request))

    def _remember(self, request: BoundedGet) -> None:
        log.warning("%s does not take HF_TOKEN: asking without it", host_of(request.url))
        with self._lock:
            self._refused[host_of(request.url), request.headers["authorization"]] = self._now()


def _without_token(request: BoundedGet) -> BoundedGet:
    return replace(request, headers={name: value for name, value in request.headers.items() if name != "authorization"})
