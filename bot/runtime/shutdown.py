"""Being told to stop, by SIGINT (Ctrl-C) or SIGTERM, which Socket Mode's own loop does not handle; and stopping."""

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)

A_MOMENT = 0.1
"""Seconds of one wait: a Ctrl-C in the moment before one begins is noticed when it ends, not when all of them do."""

PATIENCE_SECONDS = 8.0
"""How long answers and digests under way may take to finish; `docker stop` kills after ten seconds, Heroku after 30."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Waits for the end when called; `wake` lets any thread of ours bring it about, as a signal does."""

    _waiting: socket.socket
    _woken: socket.socket

    def __call__(self) -> None:
        """Wait."""
        _receive(self._waiting)

    def wake(self) -> None:
        """End the wait, now or before it has begun."""
        with suppress(OSError):  # full of signals, or over already
            self._woken.send(b"\0")


@contextmanager
def listen_for_stop() -> Iterator[Stop]:
    """
    Listen for the signals from here on; give what waits for the first, also for one that has come already.

    Waiting is reading a socket that Python's own C handler writes to (signal.set_wakeup_fd). A handler in Python that
    sets a threading.Event is not enough: a signal in the moment before the main thread begins to wait is marked, but
    its handler runs only once that thread does something, which it then never does.
    """
    waiting, woken = socket.socketpair()
    woken.settimeout(0)
    before = signal.set_wakeup_fd(woken.fileno())
    handlers = [signal.signal(number, _only_wake) for number in SIGNALS]
    try:
        yield Stop(waiting, woken)
    finally:
        for number, handler in zip(SIGNALS, handlers, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        waiting.close()
        woken.close()


def _receive(waiting: socket.socket) -> None:
    waiting.recv(1)


def _only_wake(*_: object) -> None:
    """Take the place of the default, which would end the process at once."""


def nothing_left() -> bool:
    """Say that nothing goes on after closing."""
    return False


def close_within(
    close: Callable[[], None],
    seconds: float = PATIENCE_SECONDS,
    status: int = 0,
    goes_on: Callable[[], bool] = nothing_left,
) -> None:
    """
    Call `close`; end the process with this status if that takes longer, or if Ctrl-C is pressed again.

    Also if something `goes_on` in a thread that nobody can end: a census may be collected for an hour. All that is kept
    survives a kill at any moment, so nothing is lost by it: a crawl goes on at its last page, a digest that was claimed
    is settled by the next start.
    """
    closing = threading.Thread(target=close, name="closing", daemon=True)
    end = time.monotonic() + seconds
    with suppress(KeyboardInterrupt):
        closing.start()
        while closing.is_alive() and (left := end - time.monotonic()) > 0:
            closing.join(min(left, A_MOMENT))
    is_late = closing.is_alive()
    if is_late:
        log.warning("stopped in the middle of something; what was being collected goes on at the next start")
    if is_late or goes_on():
        sys.stdout.flush()
        logging.shutdown()
        os._exit(status)
