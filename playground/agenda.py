"""
What happens later: acknowledgements that fall due, events sent again, files that finish processing.

Nothing here waits. `run_due` is called after every request, by the server's slow tick, and when a test steps the clock.
"""

import heapq
import itertools
from collections.abc import Callable

from playground.world import World


class Agenda:
    """Actions with their moment, on the world's clock; all run under the world's lock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something in so many seconds of the world's clock."""
        with self._world.condition:
            heapq.heappush(self._waiting, (self._world.now() + seconds, next(self._order), action))

    def run_due(self) -> None:
        """Do everything whose moment has come; what that adds and is due already is done too."""
        while self._waiting and self._waiting[0][0] <= self._world.now():
            with self._world.changing():
                if self._waiting and self._waiting[0][0] <= self._world.now():
                    heapq.heappop(self._waiting)[2]()
