"""
Answers for pages, within bounds: what is stored at once, and only so much asked of the Hub, however many read.

Nobody is known here, so nobody has a share of their own: the bounds are for all readers of one process together.
"""

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from analytics import charts
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Request
from analytics.process_memory import Remembered

LOOKUPS_AT_ONCE, LOOKUPS_A_MINUTE = 2, 30
"""What may be asked of the Hub for pages: a person in Slack may have three questions under way."""

DRAWN_AT_ONCE, DRAWN_A_MINUTE = 2, 120
"""Pictures drawn for pages; one takes a third of a second, and Slack's stand in the same line."""

ROOM = 4_000_000
"""Bytes of pictures that are kept, some hundred."""

MINUTE = 60.0


class Busy(Exception):
    """Too much is under way; `seconds` from now there is room again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too much is under way")
        self.seconds = max(1, round(seconds + 0.5))


class Gate:
    """Lets in so many at once, and so many in a minute; the others are told when to come again."""

    def __init__(self, at_once: int, a_minute: int, steady: Callable[[], float] = time.monotonic) -> None:
        self._at_once = at_once
        self._begun: deque[float] = deque(maxlen=a_minute)
        self._steady = steady
        self._under_way = 0
        self._lock = Lock()

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Be inside for a while. Raises Busy."""
        with self._lock:
            self._refuse_too_many()
            self._under_way += 1
            self._begun.append(self._steady())
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def _refuse_too_many(self) -> None:
        if self._under_way >= self._at_once:
            raise Busy(1.0)
        if len(self._begun) == self._begun.maxlen and (wait := self._begun[0] + MINUTE - self._steady()) > 0:
            raise Busy(wait)


class PageLookups:
    """Asks one analyst for all readers of pages, of whom nobody is told of private models; safe in several threads."""

    def __init__(self, analyst: Analyst, lookups: Gate | None = None, drawings: Gate | None = None) -> None:
        self.analyst = analyst
        self._lookups = lookups or Gate(LOOKUPS_AT_ONCE, LOOKUPS_A_MINUTE)
        self._drawings = drawings or Gate(DRAWN_AT_ONCE, DRAWN_A_MINUTE)
        self._pictures: Remembered[bytes] = Remembered(ROOM, len)

    def answer(self, request: Request, as_of: dt.datetime | None) -> Answer:
        """Answer; raises Busy, and what `Analyst.answer` raises."""
        if stored := self.analyst.answer_at_once(request, as_of):
            return stored
        with self._lookups.enter():
            return self.analyst.answer(request, as_of)

    def draw(self, answer: Answer) -> bytes:
        """Draw the picture, or give it again; raises Busy and `charts.NothingToDraw`."""
        return self._pictures.get(charts.fingerprint(answer), lambda: self._draw(answer))

    def _draw(self, answer: Answer) -> bytes:
        with self._drawings.enter():
            return charts.draw(answer)
