"""
Locks between processes: files that the operating system locks, and lets go of however a process ends.

Who holds one is written into a file of its own beside it: on Windows a locked file cannot be read.
"""

import datetime as dt
import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from os import getpid
from pathlib import Path

from analytics.domain.wording import minute
from analytics.storage.private_files import begin_private, make_folder

COLLECTOR = "collector.lock"
RESIDENT = "bot.lock"
"""Held by a program that works in a folder for as long as it runs."""

_held: set[Path] = set()
"""The locks of this process."""


class Taken(Exception):
    """Another process holds the lock; `who` is what it said of itself."""

    def __init__(self, path: Path, who: str) -> None:
        super().__init__(f"{path} is held by {who}")
        self.who = who


@contextmanager
def lock(path: Path, who: str, seconds: float = 0) -> Iterator[None]:
    """
    Hold the lock of a file, made if need be, and its folder too.

    Raises:  Taken, after waiting so many seconds for it; OSError, when there is no right, no room or no such lock.
    """
    from filelock import FileLock, Timeout

    make_folder(path.parent)
    taken = FileLock(path, timeout=seconds, mode=0o600, thread_local=False, fallback_to_soft=False)
    try:
        taken.acquire()
    except Timeout:
        raise Taken(path, _holder(path)) from None
    _held.add(path.resolve())
    try:
        # Without room for its name it is held all the same.
        with suppress(OSError), begin_private(_name_file(path)) as name:
            name.write_text(who, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            _name_file(path).unlink()
        _held.discard(path.resolve())
        taken.release()


def tell_other_holder(path: Path) -> str:
    """Say who else holds a lock; nothing if nobody does, or this process itself."""
    if path.resolve() in _held or not path.exists():
        return ""
    try:
        with lock(path, f"process {getpid()}"):
            return ""
    except Taken as other:
        return other.who
    except OSError:  # where nothing can be locked, nobody holds anything
        return ""


def _holder(path: Path) -> str:
    try:
        return _name_file(path).read_text(encoding="utf-8").strip() or "another process"
    except OSError:
        return "another process"


def _name_file(path: Path) -> Path:
    return path.with_suffix(".holder")


@contextmanager
def collecting(folder: Path, now: dt.datetime) -> Iterator[None]:
    """
    Hold the lock of a folder: one collector at a time, and who comes second is told who works.

    Raises:  BlockingIOError, with who holds it and since when; another OSError, when it cannot be locked at all.
    """
    with ExitStack() as held:
        try:
            held.enter_context(lock(folder / COLLECTOR, f"process {getpid()} since {minute(now)}"))
        except Taken as other:
            said = f"The census is being collected already by {other.who}"
            raise BlockingIOError(errno.EAGAIN, said, str(folder)) from None
        yield
