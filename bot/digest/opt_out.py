"""Wanting no more: all that somebody made is ended, or it is asked what of all that may be meant shall end."""

from collections.abc import Callable, Sequence

from analytics.domain.wording import count, verb
from bot.digest import leaving_words
from bot.digest.digest_changes import DigestChanges
from bot.digest.store import DigestStore
from bot.digest.which_digest import WhichDigest
from bot.messages import Message
from bot.place import Place


class OptOut:
    """
    Ends, or asks about, the digests of one workspace and what goes along with them.

    `leave_alerts` ends somebody's alerts and gives how many; `list_alerts` gives the channel and the maker of each.
    """

    def __init__(
        self,
        store: DigestStore,
        which: WhichDigest,
        changes: DigestChanges,
        leave_alerts: Callable[[str], int],
        list_alerts: Callable[[], Sequence[tuple[str, str]]],
    ) -> None:
        self._store = store
        self._which = which
        self._changes = changes
        self._leave_alerts = leave_alerts
        self._list_alerts = list_alerts

    def ask_what_ends(self, place: Place) -> Message:
        """Ask who wants no more what that means: what comes here, and what they made anywhere. Nothing ends."""
        digests, alerts = self._store.list_wanted(), self._list_alerts()
        return leaving_words.ask_what_ends(
            leaving_words.Leavable(
                self._which.list_all(place.channel),
                sum(channel == place.channel for channel, _ in alerts),
                sum(digest.creator == place.user for digest in digests),
                sum(maker == place.user for _, maker in alerts),
                direct=place.direct,
            )
        )

    def leave_all(self, user: str) -> str:
        """End everything that somebody made; say how many."""
        own = [digest for digest in self._store.list_wanted() if digest.creator == user]
        self._changes.stop(own, user)
        alerts = self._leave_alerts(user)
        if not own and not alerts:
            return "You have made no digest and no alert that waits, so nothing has ended."
        ended = f"{verb(len(own) + alerts, 'it has', 'all have')} ended"
        beside = f" and {count(alerts, 'alert')}" if alerts else ""
        return f"You made {count(len(own), 'digest')}{beside}; {ended}. “digest on” makes one again."
