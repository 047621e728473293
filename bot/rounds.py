"""What the clock does for one workspace, done for each of many that have something to be looked after."""

import datetime as dt
from collections.abc import Callable, Iterable

from bot.desk import Desk
from bot.digest.digests import Digests
from bot.visits import AT_ONCE, LONGEST_ROUND, DeskOf, Visits

Homes = Callable[[], Iterable[str]]


class Rounds:
    """Goes from workspace to workspace."""

    def __init__(
        self,
        homes: Homes,
        desk_of: DeskOf,
        choose: Callable[[Desk], Digests],
        at_once: int = AT_ONCE,
        longest: float = LONGEST_ROUND,
    ) -> None:
        self._homes = homes
        self._desk_of = desk_of
        self._choose = choose
        self._ticks = Visits(desk_of, at_once, longest)
        self._corrections = Visits(desk_of, at_once, longest=None)

    def tick(self) -> None:
        """Do what one tick does. Raises DatabaseTrouble, DatabaseUnusable, where nobody can be looked after."""
        self._ticks.make(self._homes(), lambda desk: self._choose(desk).tick())

    def correct(self) -> int:
        """Write what corrections there are, however long that takes: it is done once a day; gives how many."""
        written: list[int] = []
        self._corrections.make(self._homes(), lambda desk: written.append(self._choose(desk).correct()))
        return sum(written)

    def close(self) -> None:
        """Begin no further visit, and wait for those under way."""
        self._ticks.close()
        self._corrections.close()

    def next_due(self, channel: str) -> dt.datetime | None:
        """Give the moment at which a channel's digest comes next; None where none does."""
        for home in self._homes():
            desk = self._desk_of(home)
            if desk and (moment := self._choose(desk).next_due(channel)):
                return moment
        return None
