"""
Visits of many workspaces, side by side: one that takes long keeps no other waiting.

A visit waits for Slack most of its time, so many go on at once. Where Slack is slow for one workspace, or asks for
pauses, the round ends without it, and later rounds pass that workspace over until the visit is done.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.desk import Desk

log = logging.getLogger(__name__)

AT_ONCE = 24
"""
Workspaces visited at once, on a database that takes several; each posts at its own pace, four channels at once.

Each visit has threads of its own, and all of them share fifteen connections: with 48 some waited too long for one.
"""

LONGEST_ROUND = 40.0
"""Seconds after which a round ends, so that the next tick comes in its minute; visits under way go on."""

DeskOf = Callable[[str], Desk | None]


class Visits:
    """
    Visits of one kind: a workspace has one at a time. Safe to use from several threads.

    `longest`: seconds after which a round ends whatever is under way; None for one that waits for all.
    """

    def __init__(self, desk_of: DeskOf, at_once: int = AT_ONCE, longest: float | None = LONGEST_ROUND) -> None:
        self._desk_of = desk_of
        self._longest = longest
        self._lanes = ThreadPoolExecutor(at_once, thread_name_prefix="visit")
        self._under_way: set[str] = set()
        self._lock = threading.Lock()
        self._is_over = False

    def make(self, homes: Iterable[str], work: Callable[[Desk], object]) -> None:
        """Do something in each workspace that is not visited already; wait for it, but not beyond a round's end."""
        wait(self._begin(list(homes), work), timeout=self._longest)

    def close(self) -> None:
        """Begin no further visit, and wait for those under way."""
        with self._lock:
            self._is_over = True
        self._lanes.shutdown(cancel_futures=True)

    def _begin(self, homes: Iterable[str], work: Callable[[Desk], object]) -> list[Future[None]]:
        with self._lock:
            if self._is_over:
                return []
            new = [home for home in homes if home not in self._under_way]
            self._under_way.update(new)
            return [self._lanes.submit(self._visit, home, work) for home in new]

    def _visit(self, home: str, work: Callable[[Desk], object]) -> None:
        """Do it in one; what goes wrong there keeps no other from its own."""
        try:
            if desk := self._desk_of(home):
                work(desk)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.error("%s waits: %s", home, trouble)  # noqa: TRY400 - where it was met says nothing to an operator
        except Exception:
            log.exception("%s could not be looked after this time", home)
        finally:
            with self._lock:
                self._under_way.discard(home)
