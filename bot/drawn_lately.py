"""
The bytes of the last pictures, for a process that serves many workspaces.

Each workspace has files of its own, but what a thousand of them want in one minute is one picture: it is drawn once,
and each uploads it. A picture is found by its name, which is made of all that stands on it; so nobody sees anything but
what they asked for.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from analytics.single_flight import SingleFlight

MOST = 24
"""Pictures kept, some 40 kB each."""


class DrawnLately:
    """Keeps the last pictures; safe to use from several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._flights = SingleFlight(asks_outside=False)

    def give(self, name: str, draw: Callable[[], bytes]) -> bytes:
        """Give a picture, drawn now where it was not lately; whoever wants it meanwhile waits for that drawing."""
        return self._recall(name) or self._flights.do(name, lambda: self._recall(name) or self._keep(name, draw()))

    def _recall(self, name: str) -> bytes:
        with self._lock:
            return self._kept.get(name, b"")

    def _keep(self, name: str, drawn: bytes) -> bytes:
        with self._lock:
            self._kept[name] = drawn
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return drawn
