"""What was handled in the last minutes, so that an event delivered again is not answered again."""

import threading
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED_SECONDS = 600
"""How long an event's id is remembered: Slack redelivers at once, after one and after five minutes."""


class Seen:
    """Remembers what was handled in the last minutes: Slack delivers some events more than once."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._marks: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def first_time(self, *marks: str) -> bool:
        """Tell whether none of these marks was seen before, and remember them."""
        with self._lock:
            while self._marks and next(iter(self._marks.values())) < self._now() - REMEMBERED_SECONDS:
                self._marks.popitem(last=False)
            known = any(mark in self._marks for mark in marks)
            self._marks.update(dict.fromkeys(marks, self._now()))
            return not known
