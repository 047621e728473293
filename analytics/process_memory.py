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
        self._until: dt.datetime | None = None
        self._trouble: SourceError | None = None

    def begin(self, trouble: SourceError, until: dt.datetime) -> None:
        """Leave it alone until a moment."""
        with self._lock:
            self._trouble, self._until = trouble, until

    def refuse(self, now: dt.datetime) -> None:
        """Raise what it failed with, while it rests."""
        with self._lock:
            if self._trouble and self._until and now < self._until:
                raise self._trouble


class Remembered(Generic[Result]):
    """The results asked for last, by key, at most `most` of them; safe to use from several threads."""

    def __init__(self, most: int = 30) -> None:
        self._lock = threading.Lock()
        self._most = most
        self._results: OrderedDict[Hashable, Result] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Give the result again, or make it: one is made at a time."""
        with self._lock:
            if key not in self._results:
                self._results[key] = make()
                while len(self._results) > self._most:
                    self._results.popitem(last=False)
            self._results.move_to_end(key)
            return self._results[key]
