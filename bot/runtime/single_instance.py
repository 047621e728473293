"""
One process to a data folder: SQLite's file cannot be shared by two bots without one of them posting twice.

The lock is the operating system's and ends with the process, however it ends. With `DATABASE_URL` none is needed.
"""

import os
from pathlib import Path
from typing import IO

FILE = "bot.lock"


class AnotherRuns(Exception):
    """Another process works in this folder; `who` is what it wrote into the lock file."""

    def __init__(self, folder: Path, who: str) -> None:
        super().__init__(
            f"Another bot ({who}) already works in {folder}. Stop it, set FRAMEWORKS_HOME to another folder, or let "
            "both share a PostgreSQL database (DATABASE_URL)."
        )


def hold(folder: Path) -> IO[str] | None:
    """
    Hold the lock of a folder until the file given back is closed; None where nothing can be written or locked.

    Raises:  AnotherRuns.
    """
    try:
        import fcntl

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / FILE).open("a+", encoding="utf-8")
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        who = file.read().strip() or "unknown"
        file.close()
        raise AnotherRuns(folder, who) from None
    file.truncate(0)
    file.write(f"process {os.getpid()}\n")
    file.flush()
    return file
