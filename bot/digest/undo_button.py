"""The button that takes back a change of settings: once, by whoever may change them, if they are still so."""

from collections.abc import Callable

from bot.delivery import Delivery
from bot.digest import digest_messages
from bot.digest.change_words import STALE, WayBack, read_value
from bot.digest.digest_changes import DigestChanges
from bot.digest.records import State, Subscription
from bot.digest.store import DigestStore
from bot.digest.which_digest import WhichDigest
from bot.messages import UNDONE
from bot.place import Place

NOT_SEEN = "It is undone. “digest list” shows how it is now."


class UndoButton:
    """Acts on the button's value alone, so that it works after a restart. `enter` says why none can be posted."""

    def __init__(
        self, store: DigestStore, changes: DigestChanges, enter: Callable[[Place], str], delivery: Delivery
    ) -> None:
        self._store = store
        self._which = WhichDigest(store)
        self._changes = changes
        self._enter = enter
        self._delivery = delivery

    def press(self, place: Place, value: str) -> None:
        """Take the change back; say it where the channel does not, and where it could not be done."""
        if said := self._undo(place, value):
            self._delivery.tell(place, digest_messages.confirm_change(said))

    def _undo(self, place: Place, value: str) -> str:
        """Take it back; give what the one who clicked has to be told, which is nothing if their channel was told."""
        way = read_value(value)
        digest = self._store.by_id(way.digest) if way else None
        if way is None or digest is None or not _may_undo(place, digest):
            return STALE
        if digest.revision == way.revision and (why_not := self._why_not(way, digest, place)):
            return f"It was not undone. {why_not}"
        changed = self._changes.undo(way, place.user)
        if changed is None:
            return STALE
        is_seen = changed.told and place.channel == digest.channel and not place.in_thread
        return "" if is_seen else UNDONE if changed.told else NOT_SEEN

    def _why_not(self, way: WayBack, digest: Subscription, place: Place) -> str:
        """Say why a digest that would come again cannot be posted, if so."""
        comes_again = way.settings.get("state") == State.ACTIVE
        if full := self._which.why_no_more(digest.channel, digest.name):
            return full if way.settings.get("state") != State.OFF else ""
        return self._enter(Place(digest.channel, place.user, team=place.team)) if comes_again else ""


def _may_undo(place: Place, digest: Subscription) -> bool:
    """Tell whether somebody may change a digest from where they clicked: in its channel anybody, else its people."""
    return place.channel == digest.channel or place.user in (digest.creator, digest.addressee)
