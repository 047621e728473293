"""Threads that know how much they have to do, so that whoever waits for the last of it need not guess."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def start_threads(pool: ThreadPoolExecutor, count: int) -> None:
    """
    Start all the threads of a pool now.

    A pool that starts them as work comes holds, until each of them runs, a lock that all pools of the process share: by
    that two hundred commands waited for one another at a process just started.
    """
    started = threading.Barrier(count + 1)
    for _ in range(count):
        pool.submit(started.wait)
    started.wait()


class WorkPool(ThreadPoolExecutor):
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


class Idling(Protocol):
    """What can be waited for."""

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until everything taken is done; tell whether it is."""


def all_idle(*pools: Idling, seconds: float) -> bool:
    """Wait for pools that hand work on, each to the next: once one is idle, only the outside can give it more."""
    until = time.monotonic() + seconds
    return all(pool.wait_until_idle(max(0.0, until - time.monotonic())) for pool in pools)
