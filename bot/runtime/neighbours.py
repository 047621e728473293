"""
Who else listens with the same app token, as far as Slack's count in each hello tells.

Slack goes on counting a line that was lost until it notices, for a time that no page states. So every line of ours that
was lost within that time is allowed for, and wherever more is counted than lives, it is looked again once nothing dead
can be counted any more. What was seen is believed only until it should have been looked at again.
"""

import logging
import time
from collections.abc import Callable
from math import inf

from analytics.domain.wording import count

log = logging.getLogger(__name__)

ONE_DATABASE = (
    "Stop the other process, or give both one DATABASE_URL: without it each knows its own digests only, and both would "
    "post them. (One that was stopped a moment ago may still be counted.)"
)
"""What to do about others on the same token."""


def name_others(others: int) -> str:
    """Say that others listen on the same token, and what that means."""
    verb = "use" if others > 1 else "uses"
    return (
        f"{count(others, 'other connection')} {verb} the same SLACK_APP_TOKEN, and each command reaches only one of "
        "them."
    )


class Neighbours:
    """
    Counts the connections of others.

    `counted`: for how many seconds Slack may still count a line that is lost. `alone`: there should be no others.
    """

    LONGEST = 1800.0
    """Seconds between two looks at most, where others stay."""

    def __init__(self, counted: float, *, alone: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._counted = counted
        self._alone = alone
        self._clock = clock
        self._lost: list[float] = []
        self._others = 0
        self._pause = counted
        self._look_at = self._known_until = inf

    def lose(self) -> None:
        """Note that a line of ours was lost."""
        self._lost.append(self._clock())

    def hear(self, connections: int, ours: int) -> None:
        """Take Slack's count, and how many of those are ours and alive; say in the log what that means."""
        now, before = self._clock(), self._recall()
        self._lost = [moment for moment in self._lost if now - moment < self._counted]
        unexplained = max(0, connections - ours)
        self._others = max(0, unexplained - len(self._lost))
        self._pause = min(2 * self._pause, self.LONGEST) if self._others == before > 0 else self._counted
        self._look_at = now + self._pause if unexplained else inf
        self._known_until = now + 2 * self._pause
        self._tell(before)

    def warn(self) -> str:
        """Say, for the log and for `status`, that somebody else is there; nothing where that is no mistake, or over."""
        others = self._recall() if self._alone else 0
        return f"{name_others(others)} {ONE_DATABASE}" if others else ""

    def take_look(self) -> bool:
        """Tell, once, that it is time to look again; who need not be alone need not look."""
        due = self._alone and self._clock() >= self._look_at
        self._look_at = inf if due else self._look_at
        return due

    def _recall(self) -> int:
        """Give how many others there are; none where it is too long ago to know."""
        return self._others if self._clock() < self._known_until else 0

    def _tell(self, before: int) -> None:
        level = logging.WARNING if self._alone and self._others != before else logging.INFO
        if self._others:
            log.log(level, "%s", self.warn() or name_others(self._others))
        elif before:
            log.info("no other connection uses the same SLACK_APP_TOKEN any more")
