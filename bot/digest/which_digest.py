"""Which digest of a channel is meant, whether there is one, and whether there may be one more."""

from collections.abc import Sequence

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.digest.digest_names import MOST_IN_CHANNEL, fold_name
from bot.digest.records import Subscription
from bot.digest.store import DigestStore
from bot.digest.unnamed_words import NamedDigest, ask_alone, find_name, find_spoken
from bot.typed_words import OF_DIGESTS, TypedWords

FULL = (
    f"This channel has {MOST_IN_CHANNEL} digests, as many as one can have. Change or stop one of them; "
    "“digest list” shows them."
)


class WhichDigest:
    """Finds digests by channel and name. Whoever asks in a channel proves that it is ours, however it is stored."""

    def __init__(self, store: DigestStore) -> None:
        self._store = store

    def find(self, channel: str, name: str) -> Subscription | None:
        """Give the digest of this name, or the plain one, that nobody stopped."""
        self._store.adopt(channel)
        found = self._store.of_name(channel, name)
        return found if found and found.is_wanted else None

    def list_all(self, channel: str) -> Sequence[Subscription]:
        """Give all that a channel has, the plain one first."""
        self._store.adopt(channel)
        return self._store.list_in(channel)

    def find_meant(self, channel: str, typed: TypedWords) -> NamedDigest | None:
        """Find the digest of a channel that words name without `named`; with a question mark it is shown."""
        if not OF_DIGESTS.search(typed.words):
            return None
        try:
            names = [one.name for one in self.list_all(channel) if one.name]
        except (DatabaseTrouble, DatabaseUnusable):  # said where it is needed
            return None
        named = find_name(typed.settings, names) if typed.settings else None
        meant = named or find_spoken(typed.words, names)
        return ask_alone(meant) if meant and typed.asks else meant

    def why_no_more(self, channel: str, name: str) -> str:
        """Say why a channel can have no digest of this name beside those it has, if so."""
        is_full = len(self._store.list_in(channel)) >= MOST_IN_CHANNEL
        return FULL if is_full and self.find(channel, name) is None else ""

    def why_not_renamed(self, channel: str, opened_for: str, name: str) -> str:
        """Say why a form that was opened for one digest cannot be taken for the one that it names, if so."""
        is_other = fold_name(name) != fold_name(opened_for)
        if is_other and (known := self.find(channel, name)):
            called = f"a digest “{known.name}”" if known.name else "a digest without a name"
            return f"This channel has {called} already. Write another name, or change that one from “digest list”."
        return self.why_no_more(channel, name)
