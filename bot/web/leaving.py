"""
Leaving a load balancer: on SIGTERM a process first says that it is not ready, and only then stops listening.

A balancer that hears it sends nothing more. A process that just stops listening leaves commands behind that nobody
took, and Slack does not send a command twice. The balancer must ask at least once a second.
"""

import signal
import threading
from collections.abc import Callable

LEAVING_SECONDS = 2.0
"""How long a process that leaves still takes what comes; `docker stop` kills after ten seconds."""


class Leaving:
    """Whether this process leaves. `later` calls something after so many seconds."""

    def __init__(self, later: Callable[[float, Callable[[], object]], None] | None = None) -> None:
        self._later = later or _call_later
        self.is_so = False

    def listen(self) -> None:
        """Come before whoever ends the process at SIGTERM; only a process's first thread may."""
        if threading.current_thread() is not threading.main_thread():
            return
        end = signal.getsignal(signal.SIGTERM)
        if callable(end):
            signal.signal(signal.SIGTERM, lambda number, frame: self.begin(lambda: end(number, frame)))

    def begin(self, end: Callable[[], object]) -> None:
        """Say so from now on, and end in a moment; who is told twice ends at once."""
        if self.is_so:
            end()
            return
        self.is_so = True
        self._later(LEAVING_SECONDS, end)


def _call_later(seconds: float, work: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()
