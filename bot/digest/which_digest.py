"""Which digest of a channel is meant, whether there is one, and whether there may be one more."""

from collections.abc import Sequence

from analytics.digest_words import parsing
from analytics.digest_words.digest_names import MOST_IN_CHANNEL, fold_name
from analytics.digest_words.typed_words import OF_DIGESTS, TypedWords
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.digest.described_digest import find_described
from bot.digest.records import Subscription
from bot.digest.store import DigestStore
from bot.digest.unnamed_words import NamedDigest, ask_alone, find_name, find_spoken, part_action, part_sentence

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
            there = self.list_all(channel)
        except (DatabaseTrouble, DatabaseUnusable):  # said where it is needed
            return None
        meant = _find_meant(typed, there)
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


def _find_meant(typed: TypedWords, there: Sequence[Subscription]) -> NamedDigest | None:
    """Read by its name which is meant, else by when it comes; what words leave out is asked before what is near one."""
    names = [one.name for one in there if one.name]
    found = [find_name(typed.settings, names) if typed.settings else None, find_spoken(typed.words, names)]
    named = [one for one in found if one]
    if certain := [one for one in named if one.words]:
        return certain[0]
    action, words = part_action(typed.settings) if typed.settings else part_sentence(typed.words)
    is_own = typed.settings is not None and (action in ("on", "list") or parsing.is_understood(typed.settings))
    if not is_own and action and (asked := find_described(action, words, there, is_sentence=not typed.settings)):
        return asked
    return named[0] if named else None
