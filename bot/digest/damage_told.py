"""A word to everybody whose digests were saved from a damaged database: once, however often the bot is started."""

import datetime as dt
from typing import TYPE_CHECKING

from bot.concern import concerning
from bot.digest.damage_words import tell_of_damage
from bot.digest.store import DigestStore
from bot.place import Place
from bot.slack_errors import CannotTell, Unconfirmed

if TYPE_CHECKING:
    from bot.digest.roles import Poster

A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
TOLD_WITHIN = dt.timedelta(days=7)
"""What nobody could be told of for a week is not news any more."""


class DamageTold:
    """Tells people through the poster; added to what they were told that day, if anything."""

    def __init__(self, store: DigestStore, poster: "Poster") -> None:
        self._store = store
        self._poster = poster
        self._not_before: dict[str, dt.datetime] = {}

    def tell_all(self, now: dt.datetime) -> None:
        """Tell everybody who was not told yet."""
        damage = self._store.damage
        if damage is None or now - damage.met_at > TOLD_WITHIN:
            return
        channels: dict[str, list[str]] = {}
        for subscription in self._store.list_wanted():
            if subscription.created_at > damage.met_at:
                continue  # made since: nothing of it was in the database then
            channels.setdefault(subscription.creator, []).append(subscription.channel)
        for creator in sorted(channels.keys() - damage.told):
            if now >= self._not_before.get(creator, now):
                if self._tell(creator, tell_of_damage(damage, channels[creator]), now):
                    self._store.note_told(creator)
                else:
                    self._not_before[creator] = now + AN_HOUR

    def _tell(self, creator: str, words: str, now: dt.datetime) -> bool:
        """Tell one person; what cannot be seen, or may have arrived, is looked for later instead of said twice."""
        try:
            with concerning(Place("", creator, team=self._store.home)):
                return self._poster.tell(creator, words, self._poster.word_since(creator, now - A_DAY))
        except (CannotTell, Unconfirmed):
            return False
