"""
Tells of changed settings: the channel in one quiet line, and whoever made the digest when somebody else changed it.

A line is tried once: where Slack does not confirm it, it may be there, and the one who made the change is told alone.
"""

import datetime as dt
from collections.abc import Callable

from bot.delivery import Delivery
from bot.digest.change_words import Change, tell_channel, tell_maker
from bot.digest.schedule import next_times
from bot.persons import Persons
from bot.place import Place


class ChangeTeller:
    """Tells through one client."""

    def __init__(self, delivery: Delivery, persons: Persons, clock: Callable[[], dt.datetime]) -> None:
        self._delivery = delivery
        self._persons = persons
        self._clock = clock

    def tell(self, change: Change) -> bool:
        """Tell of one change; give whether its channel reads it for certain."""
        digest, who = change.after, self._persons.name(change.by)
        upcoming = next_times(digest.rhythm, self._clock(), 1)
        said = self._tell_channel(change, who, upcoming)
        if self._is_anothers(change) and not self._persons.has_left(digest.addressee):
            maker = Place("", digest.addressee, team=digest.team)
            self._delivery.tell(maker, tell_maker(change, who, upcoming))
        return said

    def _tell_channel(self, change: Change, who: str, upcoming: list[dt.datetime]) -> bool:
        """Say it in the channel; in somebody's own conversation their confirmation is enough."""
        digest = change.after
        if digest.channel.startswith("D"):
            return False
        place = Place(digest.channel, change.by, team=digest.team)
        return self._delivery.announce(place, tell_channel(change, who, upcoming))

    @staticmethod
    def _is_anothers(change: Change) -> bool:
        """Tell whether a person other than the one who changed it hears of this digest; the channel has the line."""
        addressee = change.after.addressee
        return change.was_wanted and addressee not in (change.by, change.after.channel)
