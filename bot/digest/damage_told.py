"""A word to everybody whose digests were saved from a damaged database: once, however often the bot is started."""

import datetime as dt
from typing import TYPE_CHECKING

from bot.concern import concerning
from bot.digest.damage_words import tell_of_damage
from bot.digest.store import DigestStore
from bot.digest.successors import Successors
from bot.place import Place
from bot.slack_errors import CannotTell, Unconfirmed

if TYPE_CHECKING:
    from bot.digest.records import Subscription
    from bot.digest.roles import Poster

A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
TOLD_WITHIN = dt.timedelta(days=7)
"""What nobody could be told of for a week is not news any more."""


class DamageTold:
    """Tells people through the poster; added to what they were told that day, if anything."""

    def __init__(self, store: DigestStore, poster: "Poster", successors: Successors) -> None:
        self._store = store
        self._poster = poster
        self._successors = successors
        self._not_before: dict[str, dt.datetime] = {}

    def tell_all(self, now: dt.datetime) -> None:
        """Tell everybody who was not told yet."""
        damage = self._store.damage
        if damage is None or now - damage.met_at > TOLD_WITHIN:
            return
        digests: dict[str, list[Subscription]] = {}
        for subscription in self._store.list_wanted():
            if subscription.created_at > damage.met_at:
                continue  # made since: nothing of it was in the database then
            digests.setdefault(subscription.addressee, []).append(subscription)
        for creator in sorted(digests.keys() - damage.told):
            if now >= self._not_before.get(creator, now) and not self._successors.hand_on(creator, digests[creator]):
                if self._tell(creator, tell_of_damage(damage, digests[creator]), now):
                    self._store.note_told(creator)
                else:
                    self._not_before[creator] = now + AN_HOUR

    def _tell(self, creator: str, words: str, now: dt.datetime) -> bool:
        """Tell one person; what cannot be seen, or may have arrived, is looked for later instead of said twice."""
        try:
            with concerning(Place("", creator, team=self._store.home)):
                said = self._poster.words_since(creator, now - TOLD_WITHIN)
                if any(words in word.text for word in said):
                    return True
                return self._poster.tell(
                    creator, words, next((one for one in said if one.is_since(now - A_DAY)), None), ()
                )
        except (CannotTell, Unconfirmed):
            return False
