"""Bugs put in on purpose: the simulation must find each of them."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any

from bot.digest.digests import Digests
from bot.digest.finder import Word
from bot.digest.other_posts import FoundPost, OtherPosts
from bot.digest.poster import SlackPoster
from bot.digest.records import Subscription
from bot.digest.schedule import Slot
from bot.digest.slot_delivery import SlotDelivery
from bot.digest.store import DigestStore
from bot.slack_errors import CannotTell


class Blind(SlackPoster):
    """A bug on purpose: what was posted is never found."""

    def find(self, channel: str, key: str, since: dt.datetime, others: OtherPosts | None = None) -> None:
        """Find nothing."""
        del channel, key, since, others


class Careless(SlackPoster):
    """A bug on purpose: nobody looks whether the slot is still ours."""

    def post(self, channel: str, message: Any, key: str, check: Callable[[], None], again: int = 0) -> str:
        """Post without a check."""
        del check
        return super().post(channel, message, key, lambda: None, again)


class TrustingDelivery(SlotDelivery):
    """A bug on purpose: what the ledger does not know was never posted."""

    def _is_new(self, subscription: Subscription, slot: Slot, now: dt.datetime) -> bool:
        del subscription, slot, now
        return True


class Trusting(Digests):
    """Delivers with that bug."""

    Delivery = TrustingDelivery


class Proud(SlackPoster):
    """A bug on purpose: what is not found under its key is not there, whatever Slack leaves out."""

    def find(self, channel: str, key: str, since: dt.datetime, others: OtherPosts | None = None) -> FoundPost | None:
        """Call absent what cannot be told."""
        try:
            return super().find(channel, key, since, others)
        except CannotTell:
            return None


class ForgetsPeople(SlackPoster):
    """A bug on purpose: where it cannot be seen whether a person was told today, nothing was said."""

    def words_since(self, user: str, since: dt.datetime) -> Sequence[Word]:
        """Take what cannot be seen for nothing."""
        try:
            return super().words_since(user, since)
        except CannotTell:
            return ()


class Markless(DigestStore):
    """A bug on purpose: of a copy put back under a running process nothing is seen but the lines that it lacks."""

    def replace_mark(self, old: Collection[str], new: str, now: dt.datetime) -> bool:
        """Leave none, and miss none."""
        del old, new, now
        return True


def without_marks(store: DigestStore, *rest: Any, **more: Any) -> Digests:
    """Deliver with that bug."""
    return Digests(Markless(store._database), *rest, **more)  # noqa: SLF001 - the same database, seen by the bug


BUGS: dict[str, dict[str, Any]] = {
    "none": {},
    "look": {"poster": Blind},
    "check": {"poster": Careless},
    "first": {"digests": Trusting},
    "cannot tell": {"poster": Proud},
    "told": {"poster": ForgetsPeople},
    "mark": {"digests": without_marks},
}
