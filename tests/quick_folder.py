"""
Where tests keep their files: in memory, where the system has a folder of that kind. Nothing of theirs outlives a run.

SQLite waits for the disk at each commit, and a worker that waits for it does nothing else. A folder that is set by hand
(`TMPDIR`) stays; so does the disk where a program may not be started from memory, or there is little of it.
"""

import os
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder itself is never written: each run makes one of its own in it

ENOUGH = 4 * 2**30
"""Bytes that must be free: a run keeps less than one gigabyte at a time."""


def is_quick(folder: Path, enough: int = ENOUGH) -> bool:
    """Tell whether a folder is there to be written, with room, and programs in it may be started."""
    if not (hasattr(os, "statvfs") and os.access(folder, os.W_OK | os.X_OK)):
        return False
    found = os.statvfs(folder)
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= enough


def work_in_memory(folder: Path = IN_MEMORY) -> None:
    """Let this process, and what it starts, put its temporary files there."""
    if "TMPDIR" not in os.environ and is_quick(folder):
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
