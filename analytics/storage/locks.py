"""One collector at a time in a data folder; who comes second is told who works."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid
from pathlib import Path

FILE = "collector.lock"


@contextmanager
def collecting(folder: Path, now: dt.datetime) -> Iterator[None]:
    """
    Hold the lock of a folder; the operating system lets go of it when the process ends, however it ends.

    Raises:  BlockingIOError, with who holds it and since when.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # no such lock on this system: one collector at a time is then up to its operator
        yield
        return
    with (folder / FILE).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            who = file.read().strip() or "another process"
            raise BlockingIOError(11, f"The census is being collected already by {who}", str(folder)) from None
        file.truncate(0)
        file.write(f"process {getpid()} since {now:%Y-%m-%d %H:%M} UTC")
        file.flush()
        yield
