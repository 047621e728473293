"""A pool that knows how much it has to do, so that a test that waits for the last of it need not guess."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class CountingPool(ThreadPoolExecutor):
    """A pool of threads that counts what it was given and has not finished."""

    def __init__(self, threads: int, name: str) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self._under_way = 0
        self._changed = threading.Condition()

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Take work; it counts from now on, not from when a thread begins it."""
        self._count(1)
        try:
            future = super().submit(work, *args, **kwargs)
        except RuntimeError:  # the pool is shutting down
            self._count(-1)
            raise
        future.add_done_callback(lambda _: self._count(-1))
        return future

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until everything taken is done; tell whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, seconds)

    def _count(self, more: int) -> None:
        with self._changed:
            self._under_way += more
            self._changed.notify_all()
