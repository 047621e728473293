"""Who hears of a digest when whoever did has left the workspace: who changed it last, else the channel itself."""

import logging
from collections.abc import Callable, Iterable

from bot.digest.records import Subscription
from bot.digest.store import DigestStore
from bot.persons import is_person

log = logging.getLogger(__name__)

HasLeft = Callable[[str], bool]


def nobody_has(_: str) -> bool:
    """Take everybody for being there."""
    return False


class Successors:
    """Looks who has left when there is something to tell, and hands on what they heard of."""

    def __init__(self, store: DigestStore, has_left: HasLeft = nobody_has) -> None:
        self._store = store
        self._has_left = has_left

    def hand_on(self, addressee: str, digests: Iterable[Subscription]) -> bool:
        """Hand digests on if their addressee has left; tell whether so: then they are told of at the next tick."""
        if not is_person(addressee) or not self._has_left(addressee):
            return False
        for digest in {digest.id: digest for digest in digests}.values():
            heir = self._find_heir(digest)
            log.warning("%s has left; of the digest in %s hears %s", addressee, digest.channel, heir)
            self._store.hand_on(digest.id, heir)
        return True

    def _find_heir(self, digest: Subscription) -> str:
        last = digest.changed_by
        is_there = last not in ("", digest.addressee) and not self._has_left(last)
        return last if is_there else digest.channel
