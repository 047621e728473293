"""What one process remembers between questions: a source that is left alone for a while, results worth keeping."""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from analytics.errors import SourceError

Result = TypeVar("Result")


class Resting:
    """A source that failed and is left alone for a while; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rest: tuple[SourceError, dt.datetime, dt.datetime] | None = None

    def begin(self, trouble: SourceError, now: dt.datetime, rest: dt.timedelta) -> None:
        """Leave it alone for so long."""
        with self._lock:
            self._rest = trouble, now, now + rest

    def refuse(self, now: dt.datetime) -> None:
        """Raise what it failed with, while it rests; a rest that a clock set back since began is none."""
        with self._lock:
            if self._rest is None:
                return
            trouble, began, until = self._rest
            if began <= now < until:
                raise trouble


def one(_: object) -> int:
    """Weigh every result alike."""
    return 1


class Remembered(Generic[Result]):
    """
    The results asked for last, by key, as many as there is room for; safe to use from several threads.

    `weigh` says how much room a result takes; the last one is kept however much that is.
    """

    def __init__(self, room: int = 30, weigh: Callable[[Result], int] = one) -> None:
        self._lock = threading.Lock()
        self._room = room
        self._weigh = weigh
        self._results: OrderedDict[Hashable, Result] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Give the result again, or make it: one of a key is made at a time, and holds up no other key."""
        with self._lock:
            if key in self._results:
                return self._recall(key)
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._results:
                    return self._recall(key)
            return self._keep(key, make())

    def _recall(self, key: Hashable) -> Result:
        self._results.move_to_end(key)
        return self._results[key]

    def _keep(self, key: Hashable, result: Result) -> Result:
        """Keep it, and forget what was asked for longest ago where there is no room."""
        with self._lock:
            self._results[key] = result
            self._making.pop(key, None)
            while len(self._results) > 1 and sum(map(self._weigh, self._results.values())) > self._room:
                self._results.popitem(last=False)
        return result
