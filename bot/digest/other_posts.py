"""
Digests that stand in a channel and not in the ledger: a copy was put back that does not know of them. Pure.

Each digest belongs to the slot that is nearest to it. So one of the same name that the ledger does not know, posted
within half a week (of a monthly one half a month) before a slot's time or since, is that slot's, whatever day and time
it bears: somebody changed those after the copy. Of another name it is another digest of the channel.
What the ledger knows is an earlier slot's, also where somebody changed the time and two come on one day.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.digest_words.digest_names import fold_name
from bot.digest.records import LedgerEntry, Subscription
from bot.digest.schedule import WEEK, Slot

HALF_A_WEEK, HALF_A_MONTH = WEEK / 2, 2 * WEEK
A_SLOT = re.compile(r"\d+ (\d{4}-\d{2}-\d{2} \d{2}:\d{2})(?: “(.+)”)?")
"""The key of a digest's post, but not of its thread's and not of one by hand; in it day, time and the digest's name."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post of ours in a channel: its ts, and its key."""

    ts: str
    key: str

    @property
    def slot(self) -> str:
        """Give day and time of its slot, without the number of its subscription; nothing if it is of no slot."""
        digest = A_SLOT.fullmatch(self.key)
        return digest[1] if digest else ""

    @property
    def name(self) -> str:
        """Give the name of its digest; nothing if it is the channel's plain one."""
        digest = A_SLOT.fullmatch(self.key)
        return (digest and digest[2]) or ""


@dataclass(frozen=True, slots=True)
class OtherPosts:
    """Which posts of one digest count beside the one looked for: `known` are slots and stamps of the ledger."""

    since: dt.datetime
    known: frozenset[str]
    name: str = ""

    def hold(self, post: FoundPost) -> bool:
        """Tell whether a post is a digest that the ledger does not know."""
        is_recent = float(post.ts) >= self.since.timestamp()
        is_same = bool(post.slot) and fold_name(post.name) == fold_name(self.name)
        return is_same and is_recent and not {post.slot, post.ts} & self.known


def half_of(subscription: Subscription) -> dt.timedelta:
    """Give half of the time between two digests."""
    return HALF_A_MONTH if subscription.monthly else HALF_A_WEEK


def others_than(slot: Slot, subscription: Subscription, ledger: Iterable[LedgerEntry]) -> OtherPosts:
    """Give the posts that may be a slot's without bearing its day and time."""
    entries = list(ledger)
    known = {f"{entry.slot.day.isoformat()} {entry.slot.at:%H:%M}" for entry in entries} | {one.ts for one in entries}
    return OtherPosts(slot.due_at - half_of(subscription), frozenset(known), subscription.name)


def was_set_since(subscription: Subscription, moment: dt.datetime | None) -> bool:
    """Tell whether somebody set a digest after a copy was put back: then it comes as set."""
    return moment is not None and subscription.since > moment
