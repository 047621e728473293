"""What did not arrive of somebody's digests and alerts lately, and stays so: what came since is no failure any more."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Protocol

from bot.digest.records import LedgerEntry, State, Subscription

FAILED = (State.FAILED, State.SKIPPED, State.UNKNOWN)
ARRIVED = (State.POSTED, State.QUIET)

LOOKED_BACK = dt.timedelta(weeks=5)
"""How far back failures are shown."""

Failure = tuple[Subscription, LedgerEntry]


class KeepsLedger(Protocol):
    """Knows what became of what was due."""

    def history(self, subscription: int, most: int = 10) -> Sequence[LedgerEntry]:
        """Give the last of it, newest first."""


def list_failures(store: KeepsLedger, concerned: Iterable[Subscription], now: dt.datetime) -> Iterator[Failure]:
    """Give what failed of some subscriptions since each last arrived, newest first."""
    for one in concerned:
        since = takewhile(lambda entry: entry.state not in ARRIVED, store.history(one.id))
        for entry in since:
            if entry.state in FAILED and entry.slot.due_at > now - LOOKED_BACK:
                yield one, entry
