"""Changes of digests' settings by people: stored, told to the channel and to the maker, shown in Home tabs, undone."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.digest.change_teller import ChangeTeller
from bot.digest.change_words import Change, WayBack
from bot.digest.records import State, Subscription
from bot.digest.store import DigestStore


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """What came of a wish: the digest as it is now, whether it is a new one, and whether its channel was told."""

    digest: Subscription
    is_new: bool = False
    told: bool = False


Renew = Callable[[set[str]], None]
"""Shows anew what some people have in their Home tabs."""


def nobody(_: set[str]) -> None:
    """Renew nobody's Home tab."""


class DigestChanges:
    """One method for each thing people can change. `renew` shows anew what the people concerned have in their tabs."""

    def __init__(
        self, store: DigestStore, teller: ChangeTeller, clock: Callable[[], dt.datetime], renew: Renew = nobody
    ) -> None:
        self._store = store
        self._teller = teller
        self._clock = clock
        self._renew = renew

    def subscribe(self, wanted: Subscription) -> tuple[ChangeMade, Callable[[], object]]:
        """Make or change one of the channel's digests; give what came of it, and what tells everybody else of that."""
        before = self._store.of_name(wanted.channel, wanted.name)
        after, is_new = self._store.subscribe(wanted)
        if before and before.revision == after.revision:
            return ChangeMade(after, is_new), lambda: None
        change = Change(before, after, wanted.creator)
        return ChangeMade(after, is_new), lambda: self._tell([change])

    def stop(self, digests: Sequence[Subscription], by: str) -> bool:
        """End digests, by whom their ledger then says; tell whether all of their channels were told."""
        return self._set(digests, State.OFF, f"stopped by {by}", by)

    def pause(self, digest: Subscription, by: str) -> bool:
        """Let a digest rest until somebody resumes it; tell whether its channel was told."""
        return self._set([digest], State.PAUSED, "", by)

    def resume(self, digest: Subscription, by: str) -> bool:
        """Let a digest come again; tell whether its channel was told."""
        return self._set([digest], State.ACTIVE, "", by)

    def undo(self, way: WayBack, by: str) -> ChangeMade | None:
        """Take a change back; None if the settings were changed since."""
        before = self._store.by_id(way.digest)
        if before is None or not self._store.take_back(way.digest, way.revision, way.settings, self._clock(), by):
            return None
        after = self._store.by_id(way.digest) or before
        return ChangeMade(after, told=self._tell([Change(before, after, by, is_undo=True)]))

    def _set(self, digests: Sequence[Subscription], state: State, reason: str, by: str) -> bool:
        """Set the state of each; what is so already is no change, and nobody is told of it."""
        now = self._clock()
        changed = [digest for digest in digests if self._store.set_state(digest.id, state, reason, now, by)]
        return self._tell([Change(digest, self._store.by_id(digest.id) or digest, by) for digest in changed])

    def _tell(self, changes: Sequence[Change]) -> bool:
        """Tell of each change, then show what is so now; tell whether every channel was told, and there was one."""
        told = [self._teller.tell(change) for change in changes]
        self._renew({person for one in changes for person in (one.by, one.after.creator, one.after.addressee)})
        return bool(told) and all(told)
