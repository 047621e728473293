"""
When everything is delivered: only then can anybody say that something did not come, or how often it came.

The stand-in knows its own half: no payload waits for its acknowledgement, no request is being answered. The bot's half,
what it was given and has not finished, is for the bot to say (`on_settling`).
"""

import time
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from playground.agenda import Agenda
from playground.deliveries import WAITING, Deliveries
from playground.world import World

LASTING = ("/link/", "/page/changes")
"""Requests that stay open for as long as somebody listens: Socket Mode and the page's stream of changes."""

Wait = Callable[[float], bool]
"""Waits so many seconds at most until somebody has nothing under way; tells whether it is so."""


class Barrier:
    """Counts the requests, the bot's and the page's, and waits until there is nothing under way on either side."""

    def __init__(self, world: World, agenda: Agenda, deliveries: Deliveries) -> None:
        self._world = world
        self._agenda = agenda
        self._deliveries = deliveries
        self._begun = 0
        self._ended = 0

    def middleware(self) -> Middleware:
        """Make what counts requests from their arrival to their end, however that comes."""

        @web.middleware
        async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path in LASTING:
                return await handler(request)
            with self._world.condition:
                self._begun += 1
            try:
                return await handler(request)
            finally:
                with self._world.condition:
                    self._ended += 1
                    self._world.condition.notify_all()

        return count

    def wait(self, others: Wait | None, seconds: float) -> None:
        """
        Wait until everything is delivered on both sides.

        One look at each is not enough: while the bot finished, it may have asked for something more. So it is looked
        again until nothing at all happened in between.
        """
        until = time.monotonic() + seconds
        while True:
            before = self._wait_for_quiet(until)
            if others and not others(max(0.0, until - time.monotonic())):
                raise TimeoutError(f"the bot still had work after {seconds} s")
            if self._wait_for_quiet(until) == before:
                return

    def _wait_for_quiet(self, until: float) -> tuple[int, int]:
        """Let happen what is due, wait for the stand-in's own half; give how much has happened so far."""
        self._agenda.run_due()
        with self._world.condition:
            if not self._world.condition.wait_for(lambda: not self._open(), max(0.0, until - time.monotonic())):
                raise TimeoutError("not delivered: " + "; ".join(self._open()))
            return self._begun, sum(len(delivery.sent_ids) for delivery in self._deliveries.all)

    def _open(self) -> list[str]:
        """Name what is under way."""
        waiting = [f"{one.kind} {one.payload}" for one in self._deliveries.all if one.outcome == WAITING]
        asked = self._begun - self._ended
        return waiting + ([f"{asked} requests are being answered"] if asked else [])
