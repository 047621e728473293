"""Tells of a digest's changed settings: its channel, and whoever made it when somebody else changed it."""

import datetime as dt
from collections.abc import Callable

from bot.digest.change_words import Change, tell_channel, tell_maker
from bot.digest.schedule import next_times
from bot.place import Place
from bot.quiet_lines import QuietLines


class ChangeTeller:
    """Tells by lines."""

    def __init__(self, lines: QuietLines, clock: Callable[[], dt.datetime]) -> None:
        self._lines = lines
        self._clock = clock

    def tell(self, change: Change) -> bool:
        """Tell of one change; give whether its channel reads it for certain."""
        digest, who = change.after, self._lines.name(change.by)
        upcoming = next_times(digest.rhythm, self._clock(), 1)
        said = self._lines.say(Place(digest.channel, change.by, team=digest.team), tell_channel(change, who, upcoming))
        if self._is_anothers(change):
            self._lines.tell(digest.addressee, digest.team, tell_maker(change, who, upcoming))
        return said

    @staticmethod
    def _is_anothers(change: Change) -> bool:
        """Tell whether a person other than the one who changed it hears of this digest; the channel has the line."""
        addressee = change.after.addressee
        return change.was_wanted and addressee not in (change.by, change.after.channel)
