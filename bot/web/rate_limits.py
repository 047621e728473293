"""
How often one may ask: a bucket for each, filled at a steady pace, and a bound on how many buckets are kept.

Slack's requests are counted by workspace, once their signature is verified (`slack_requests.py`); everything else that
is asked by HTTP by the network address that asks. Each process counts for itself.
"""

import ipaddress
import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.observer import UNOBSERVED, Observer

log = logging.getLogger(__name__)

A_MINUTE = 60.0
MOST_KEPT = 10_000
"""Buckets in memory (about two megabytes); who was not heard of for longest is forgotten, and begins anew."""

A_HOUSEHOLD = 64
"""Bits of an IPv6 address that name one subscriber: who has one address of them has all."""

READY = "/readyz"
"""Counted beside all else of an address: readers behind a balancer of which nobody told us must not end its looks."""

Clock = Callable[[], float]


class Buckets:
    """
    Counts by whom. `a_minute` may be asked at once and then again as the minute goes; 0 means that nobody is counted.

    Safe to use from several threads. `clock` gives seconds that never go back.
    """

    def __init__(self, a_minute: int, clock: Clock = time.monotonic, most: int = MOST_KEPT) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._most = most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def take(self, whose: str) -> int:
        """Count a request; give 0, or the whole seconds after which the next one is taken."""
        if not self._a_minute:
            return 0
        with self._lock:
            left, now = self._fill(whose)
            may = left >= 1.0
            self._held[whose] = (left - may, now)
            self._held.move_to_end(whose)
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        return 0 if may else max(1, math.ceil((1.0 - left) * A_MINUTE / self._a_minute))

    def _fill(self, whose: str) -> tuple[float, float]:
        """Give what is left in a bucket by now, and the moment."""
        now = self._clock()
        left, before = self._held.get(whose, (float(self._a_minute), now))
        return min(float(self._a_minute), left + (now - before) * self._a_minute / A_MINUTE), now


def refuse_too_often(seconds: int, whose: str) -> Response:
    """Say in plain words that it was too often, and when it may be asked again."""
    said = f"Too many requests came from this {whose}. Try again in {seconds} s.\n"
    return PlainTextResponse(said, 429, {"Retry-After": str(seconds), "Cache-Control": "no-store"})


def name_address(host: str) -> str:
    """Give the name under which an address is counted: itself, or of IPv6 the network of one subscriber."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:  # a socket of this machine, or what a proxy calls "unknown"
        return host[:A_HOUSEHOLD]
    if address.version == 4:  # noqa: PLR2004 - the two that there are
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, A_HOUSEHOLD), strict=False))


class ByAddress:
    """Lets each address ask so often, in front of all routes but those that `is_exempt` tells of."""

    def __init__(
        self, inside: ASGIApp, buckets: Buckets, is_exempt: Callable[[Scope], bool], observer: Observer = UNOBSERVED
    ) -> None:
        self._inside = inside
        self._buckets = buckets
        self._is_exempt = is_exempt
        self._observer = observer
        self._advised = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on."""
        if scope["type"] != "http" or self._is_exempt(scope) or not (seconds := self._count(scope)):
            await self._inside(scope, receive, send)
            return
        self._observer.note_too_often("address")
        self._advise(scope)
        await refuse_too_often(seconds, "address")(scope, receive, send)

    def _advise(self, scope: Scope) -> None:
        """Say once that a balancer may stand before us that nobody told of: then all are counted as one."""
        if not self._advised and any(name == b"x-forwarded-for" for name, _ in scope["headers"]):
            self._advised = True
            log.warning(
                "requests of one address are refused as too many, and they name another in X-Forwarded-For: if a load "
                "balancer of yours sends them, name it in TRUSTED_PROXIES"
            )

    def _count(self, scope: Scope) -> int:
        client = scope.get("client")
        address = name_address(client[0] if client else "")
        return self._buckets.take(f"{address} {READY}" if scope["path"] == READY else address)
