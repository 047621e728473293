"""
What a process knows of a workspace beside the database, and what outlives its desk.

A desk makes room for others, and is made anew for another token. What was seen of the ledger, which click is under way
and where a promised answer can be sent is known for as long as the process runs, or the app is installed.
"""

import threading
from dataclasses import dataclass, field

from analytics.storage.database import Database
from analytics.storage.lease_time import steady_seconds
from bot.digest.tick_marks import TickMarks
from bot.digest.tick_memory import TickMemory
from bot.later_answers import AskedHere
from bot.seen import SeenLately
from bot.shared_marks import Marks


@dataclass(frozen=True, slots=True)
class DeskMemory:
    """One workspace's."""

    digests: TickMemory
    alerts: TickMemory
    lately: SeenLately
    asked_here: AskedHere = field(default_factory=AskedHere)

    @classmethod
    def begin(cls, database: Database, shared: Marks | None) -> "DeskMemory":
        """Know nothing yet; `shared` are the workspace's marks of all processes, where there are several."""
        replace_mark = TickMarks(database).replace_mark
        lately = SeenLately.begin(steady_seconds, shared)
        return cls(TickMemory.begin(replace_mark), TickMemory.begin(replace_mark), lately)


class DeskMemories:
    """Those of many workspaces; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[str, DeskMemory] = {}
        self._lock = threading.Lock()

    def of(self, home: str, shared: Marks | None) -> DeskMemory:
        """Give that of a workspace, the same each time."""
        with self._lock:
            if home not in self._kept:
                self._kept[home] = DeskMemory.begin(self._database, shared)
            return self._kept[home]

    def forget(self, home: str) -> None:
        """Let that of a workspace go: the app is installed there no more."""
        with self._lock:
            self._kept.pop(home, None)
