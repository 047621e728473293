"""
One process to a data folder: SQLite's file cannot be shared by two bots without one of them posting twice.

The lock is the operating system's and ends with the process, however it ends. With `DATABASE_URL` none is needed.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from analytics.errors import ToMend
from analytics.storage.locks import RESIDENT, Taken, lock

log = logging.getLogger(__name__)


class AnotherRuns(ToMend):
    """Another process works in this folder; `who` is what it said of itself."""

    def __init__(self, folder: Path, who: str) -> None:
        super().__init__(
            f"Another bot ({who}) already works in {folder}.",
            "Stop it, set FRAMEWORKS_HOME to another folder, or let both share a PostgreSQL database (DATABASE_URL).",
        )


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """
    Hold the lock of a folder. Where there can be none (no right, no room) that is said in the log, and the bot works.

    Raises:  AnotherRuns.
    """
    with ExitStack() as held:
        try:
            held.enter_context(lock(folder / RESIDENT, f"process {os.getpid()}"))
        except Taken as other:
            raise AnotherRuns(folder, other.who) from None
        except OSError as trouble:
            log.warning(
                "%s cannot be locked (%s), so a second bot in it would not be noticed: see to it that there is none, "
                "and that the folder can be written.",
                folder,
                trouble.strerror or trouble,
            )
        yield
