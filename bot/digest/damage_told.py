"""A word to everybody whose digests were saved from a damaged database: once, however often the bot is started."""

import datetime as dt
from typing import TYPE_CHECKING

from bot.digest.damage_words import tell_of_damage
from bot.digest.store import DigestStore

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
            channels.setdefault(subscription.creator, []).append(subscription.channel)
        for creator in sorted(channels.keys() - damage.told):
            if now >= self._not_before.get(creator, now):
                earlier = self._poster.word_since(creator, now - A_DAY)
                if self._poster.tell(creator, tell_of_damage(damage, channels[creator]), earlier):
                    self._store.note_told(creator)
                else:
                    self._not_before[creator] = now + AN_HOUR
