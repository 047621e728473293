"""
A line for some threads in which people are served in turn and nobody has more than a few under way.

Everybody has a line of their own. Who has the first turn gives the first of it to a thread and goes to the end; who has
as many under way as one may have is passed over until one of them is done.
"""

import logging
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.runtime.work_pool import start_threads

log = logging.getLogger(__name__)

Job = Callable[[], None]


class FairQueue:
    """Work of many people on `workers` threads, at most `each` at once for one of them. Work must not raise."""

    def __init__(self, name: str, workers: int, each: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._workers = workers
        self._each = each
        self._lock = threading.Lock()
        self._lines: OrderedDict[str, deque[Job]] = OrderedDict()
        self._under_way: Counter[str] = Counter()
        self._serving = 0
        self._stopped = False

    def put(self, person: str, job: Job) -> int | None:
        """
        Add to a person's line; give how many of theirs have to wait until another of theirs is done.

        None, and nothing is added, once it was stopped.
        """
        with self._lock:
            if self._stopped:
                return None
            line = self._lines.setdefault(person, deque())
            line.append(job)
            ahead = max(0, self._under_way[person] + len(line) - self._each)
            one_more = self._serving < self._workers
            self._serving += one_more
        if one_more:
            self._threads.submit(self._serve)
        return ahead

    def start(self) -> None:
        """Start the threads, so that nobody waits for one."""
        start_threads(self._threads, self._workers)

    def stop(self) -> list[Job]:
        """Begin nothing more; give what was waiting."""
        with self._lock:
            self._stopped = True
            waiting = [job for line in self._lines.values() for job in line]
            self._lines.clear()
            return waiting

    def join(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown(wait=True)

    def _serve(self) -> None:
        """Do one after the other, of whoever has the turn, until nobody has one."""
        while (found := self._next()) is not None:
            person, job = found
            try:
                job()
            except Exception:
                log.exception("work in the line %s failed", threading.current_thread().name)
            finally:
                self._finish(person)

    def _next(self) -> tuple[str, Job] | None:
        with self._lock:
            person = next((one for one in self._lines if self._under_way[one] < self._each), None)
            if person is None or self._stopped:
                self._serving -= 1
                return None
            job = self._lines[person].popleft()
            self._under_way[person] += 1
            if self._lines[person]:
                self._lines.move_to_end(person)
            else:
                del self._lines[person]
            return person, job

    def _finish(self, person: str) -> None:
        with self._lock:
            self._under_way[person] -= 1
            if not self._under_way[person]:
                del self._under_way[person]
