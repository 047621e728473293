"""
The same work asked for by many at once is done once, and all of them get its result.

Processes that share a database take turns besides: who comes second begins when the first is done, and finds in the
store what that one left there. So the work must look there first.
"""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from analytics.waiting import about_to_wait

Result = TypeVar("Result")


Turn = Callable[[str], AbstractContextManager[object]]
"""Waits until no other process is at the work of a name, and keeps them from it meanwhile."""


def begin_at_once(_: str) -> AbstractContextManager[object]:
    """Wait for nobody: there is no other process."""
    return nullcontext()


class SingleFlight:
    """
    Work under way, by key; safe to use from several threads. `turn` is asked for before work begins.

    `asks_outside`: whether the work waits for an outside source, for which not everybody may wait (`waiting.py`).
    """

    def __init__(self, turn: Turn = begin_at_once, *, asks_outside: bool = True) -> None:
        self.turn = turn
        self._asks_outside = asks_outside
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, Future[Any]] = {}

    def do(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Do the work, or wait for the one who is doing the same already; its error is everybody's."""
        if self._asks_outside:
            about_to_wait()
        with self._lock:
            waiting = self._under_way.get(key)
            mine = Future[Any]()
            if waiting is None:
                self._under_way[key] = mine
        if waiting is None:
            self._fly(key, work, mine)
        result: Result = (waiting or mine).result()
        return result

    def _fly(self, key: Hashable, work: Callable[[], Any], flight: "Future[Any]") -> None:
        try:
            with self.turn(repr(key)):
                flight.set_result(work())
        except BaseException as failure:  # noqa: BLE001 - handed to everybody who waits, whatever it is
            flight.set_exception(failure)
        finally:
            with self._lock:
                del self._under_way[key]
