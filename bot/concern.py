"""Whose work is under way in this thread, for the log: what is refused deep down is written down with it."""

import hashlib
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_whose: ContextVar[object] = ContextVar("whose", default="")
_payload: ContextVar[str] = ContextVar("payload", default="")

ID_BYTES = 8
"""Of an id. By an event's a second delivery is dropped without a word, so no two events may ever share one."""


@contextmanager
def concerning(whose: object) -> Iterator[None]:
    """Do what is inside for somebody; `whose` writes itself as workspace, channel, person and duration."""
    before = _whose.set(whose)
    try:
        yield
    finally:
        _whose.reset(before)


@contextmanager
def handling(what: str = "") -> Iterator[None]:
    """
    Handle a payload of Slack's inside: what comes of it has one id, from its acknowledgement to the post.

    `what` names an event that Slack may deliver again, perhaps to another process: its id is the same each time.
    """
    named = hashlib.blake2b(what.encode(), digest_size=ID_BYTES).hexdigest()
    before = _payload.set(named if what else _draw_id())
    try:
        yield
    finally:
        _payload.reset(before)


def begin_work() -> str:
    """Give the id under which something is done: that of the payload in hand, else one of its own."""
    return _payload.get() or _draw_id()


def _draw_id() -> str:
    """
    Draw an id, which is no secret; Python sows these anew in a process that was forked.

    The system's own chance lets go of the interpreter while it is asked, and in a crowd another thread has it then: of
    200 acknowledgements at once a third of the time went there.
    """
    return random.randbytes(ID_BYTES).hex()  # noqa: S311 - no secret, as said above


def name_work() -> str:
    """Give the id of the work under way in this thread, for the log; nothing where it is nobody's."""
    return str(getattr(_whose.get(), "work", "")) or _payload.get()


def name_concern(began: float | None = None, whose: object = "") -> str:
    """Say whose call it was, or only how long it took since it began where that is nobody's."""
    known = str(whose) or str(_whose.get())
    took = f"{time.monotonic() - began:.1f} s" if began is not None else "an unknown time"
    return f"for {known}" if known else f"after {took}"
