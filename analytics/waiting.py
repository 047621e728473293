"""
Who may wait for the outside: everybody, unless they said that they would rather not.

A question that waits for the Hub must not keep back one that is answered from what is stored. Which of the two it is
shows only on the way (a fresh list, a model whose base was never read), so the way itself says so: whatever is about
to wait calls `about_to_wait`, which ends the try where nobody wants to wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

_MAY_WAIT: ContextVar[bool] = ContextVar("may_wait", default=True)


class WouldWait(BaseException):
    """
    The outside would have to be asked; no error of a source, so that nothing old stands in for it.

    As a task's cancelling it passes by whoever catches every error: what was only not tried has not failed.
    """


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let nothing in this block wait for the outside; raises WouldWait where it would."""
    token = _MAY_WAIT.set(False)
    try:
        yield
    finally:
        _MAY_WAIT.reset(token)


def about_to_wait() -> None:
    """Say that the outside is about to be waited for; raises WouldWait where that is not wanted."""
    if not _MAY_WAIT.get():
        raise WouldWait


@contextmanager
def holding(lock: Lock) -> Iterator[None]:
    """Hold a lock that others hold while they wait for the outside; raises WouldWait where that is not wanted."""
    if not lock.acquire(blocking=False):
        about_to_wait()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
