"""What the clock does for one workspace, done for each of many that have something to be looked after."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from functools import partial

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.desk import Desk
from bot.digest.digests import Digests
from bot.digest.together import side_by_side

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Workspaces looked after at once, on a database that takes several; each posts at its own pace."""

Homes = Callable[[], Iterable[str]]
DeskOf = Callable[[str], Desk | None]


class Rounds:
    """Goes from workspace to workspace; what goes wrong in one keeps no other from its own."""

    def __init__(
        self, homes: Homes, desk_of: DeskOf, choose: Callable[[Desk], Digests], at_once: int = AT_ONCE
    ) -> None:
        self._at_once = at_once
        self._homes = homes
        self._desk_of = desk_of
        self._choose = choose

    def tick(self) -> None:
        """Do what one tick does. Raises DatabaseTrouble, DatabaseUnusable, where nobody can be looked after."""
        self._visit(lambda deliveries: deliveries.tick())

    def correct(self) -> int:
        """Write what corrections there are; gives how many."""
        written: list[int] = []
        self._visit(lambda deliveries: written.append(deliveries.correct()))
        return sum(written)

    def next_due(self, channel: str) -> dt.datetime | None:
        """Give the moment at which a channel's digest comes next; None where none does."""
        for home in self._homes():
            desk = self._desk_of(home)
            if desk and (moment := self._choose(desk).next_due(channel)):
                return moment
        return None

    def _visit(self, work: Callable[[Digests], object]) -> None:
        visit_each(self._homes(), self._desk_of, lambda desk: work(self._choose(desk)), self._at_once)


def visit_each(homes: Iterable[str], desk_of: DeskOf, work: Callable[[Desk], object], at_once: int = AT_ONCE) -> None:
    """Do something in each workspace."""

    def one(home: str) -> None:
        try:
            if desk := desk_of(home):
                work(desk)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.error("%s waits: %s", home, trouble)  # noqa: TRY400 - where it was met says nothing to an operator
        except Exception:
            log.exception("%s could not be looked after this time", home)

    side_by_side([partial(one, home) for home in homes], at_once)
