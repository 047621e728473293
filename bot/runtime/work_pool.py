"""Threads that are there before they are needed, and work that needs none of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

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


class InPlace(Executor):
    """
    Does work in the thread that gives it.

    Bolt hands each payload to an executor and looks every 10 ms whether it was acknowledged: of two hundred at once
    that was fifty threads waking up five thousand times a second. Our handlers only acknowledge and hand on.
    """

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Do it now."""
        future: Future[T] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - an executor keeps it for whoever asks
            future.set_exception(error)
        return future
