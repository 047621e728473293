"""The same work asked for by many at once is done once, and all of them get its result."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

from analytics.waiting import about_to_wait

Result = TypeVar("Result")


class SingleFlight:
    """Work under way, by key; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, Future[Any]] = {}

    def do(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """Do the work, or wait for the one who is doing the same already; its error is everybody's."""
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
            flight.set_result(work())
        except BaseException as failure:  # noqa: BLE001 - handed to everybody who waits, whatever it is
            flight.set_exception(failure)
        finally:
            with self._lock:
                del self._under_way[key]
