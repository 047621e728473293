"""What the digest's tables hold, as values: a subscription, a line of the ledger, the states of both."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analytics.digest_words.digest_names import quote_name
from bot.digest.schedule import Rhythm, Slot


class State(StrEnum):
    """Of a subscription: active, paused, off. Of a slot: what became of it."""

    ACTIVE = "active"
    PAUSED = "paused"
    OFF = "off"
    CLAIMED = "claimed"
    POSTED = "posted"
    QUIET = "quiet"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Subscription:
    """
    One of a channel's digests. Moments are aware UTC; `reason` says why the bot paused it; a person needs none.

    `name` is empty for the plain one; `monthly` is one of `named_days.MONTHLY`, or empty where it comes weekly.
    `changed_by` is who changed it last, nobody since it was made if empty; `revision` counts the changes.
    `told_instead` hears of it in the place of a creator who has left: a person, else the channel.
    """

    team: str
    channel: str
    weekday: int
    at: dt.time
    zone: str
    creator: str
    created_at: dt.datetime
    since: dt.datetime
    sections: tuple[str, ...] = ()
    only_if_matters: bool = False
    state: State = State.ACTIVE
    reason: str = ""
    changed_by: str = ""
    revision: int = 0
    told_instead: str = ""
    id: int = 0
    name: str = ""
    monthly: str = ""

    @property
    def addressee(self) -> str:
        """Who hears of what becomes of it."""
        return self.told_instead or self.creator

    @property
    def is_wanted(self) -> bool:
        """Whether nobody stopped it; a paused one is wanted too."""
        return self.state is not State.OFF

    @property
    def rhythm(self) -> Rhythm:
        """When it is due."""
        return Rhythm(self.id, self.weekday, self.at, self.zone, self.since, self.monthly)

    @property
    def noun(self) -> str:
        """What it is called behind `the`: `weekly digest`, `monthly digest “mobile”`; not made safe for mrkdwn."""
        return f"{'monthly' if self.monthly else 'weekly'} digest{quote_name(self.name)}"

    @property
    def span(self) -> str:
        """What passes between two of it."""
        return "month" if self.monthly else "week"

    def name_post(self, slot: Slot) -> str:
        """Give the key of a slot's post: with the name, by which it is known in a channel that has several digests."""
        return f"{slot.key}{quote_name(self.name)}"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """
    One line of the ledger.

    `claimed_at` is when the present owner took it or last touched it; a later moment lets it rest until then.
    `first_claimed_at` is when anybody first took it. `details` says that nothing is left to do: of a posted one the
    thread is complete or given up, of any other its creator was told.
    `shown` is what its post said (headline, as-of, method), to be corrected by if that turns out otherwise.
    """

    slot: Slot
    state: State
    claimed_at: dt.datetime
    first_claimed_at: dt.datetime
    owner: str
    attempts: int = 1
    reason: str = ""
    ts: str = ""
    posted_at: dt.datetime | None = None
    details: bool = False
    shown: Mapping[str, Any] | None = None
    id: int = 0
