"""
A word to whoever made a digest that was not posted: one message a day at most, however much there is to tell.

What comes later that day is added to the message.

What is to be told stands in the ledger, so that neither a restart nor a second process forgets or repeats it. Whether
the day's message was sent is asked of Slack too: a ledger put back from a copy does not know of it.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from analytics.domain.wording import day, listing
from bot.digest.finder import OF_MANY, OF_ONE
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.store import DigestStore

if TYPE_CHECKING:
    from bot.digest.roles import Poster

log = logging.getLogger(__name__)

A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
TOLD_WITHIN = dt.timedelta(days=7)
"""What nobody could be told of for a week is not news any more."""

MOST_LINES = 20

Untold = tuple[Subscription, LedgerEntry]


class Notices:
    """Tells people through the poster."""

    def __init__(
        self,
        store: DigestStore,
        poster: "Poster",
        clock: Callable[[], dt.datetime],
        at: Callable[[str], None],
    ) -> None:
        self._store = store
        self._poster = poster
        self._clock = clock
        self._at = at
        self._not_before: dict[str, dt.datetime] = {}

    def tell_all(self) -> None:
        """Tell everybody who is to be told, apart from those who heard something today."""
        now = self._clock()
        for creator, untold in self._store.untold(now - TOLD_WITHIN).items():
            if now >= self._not_before.get(creator, now):
                self._tell(creator, untold, now)

    def _tell(self, creator: str, untold: Sequence[Untold], now: dt.datetime) -> None:
        self._at("telling")
        earlier = self._poster.word_since(creator, now - A_DAY)
        entries = [entry for _, entry in untold]
        if not self._store.tell(creator, entries, now, None if earlier else now - A_DAY):
            self._not_before[creator] = now + AN_HOUR
        elif not self._poster.tell(creator, sum_up(untold), earlier):
            self._store.untell(entries)
            self._not_before[creator] = now + AN_HOUR


def sum_up(untold: Sequence[Untold]) -> str:
    """Say what became of one or many digests, a line for each channel."""
    lines = [_line(*group) for group in _group(untold)]
    if len(lines) == 1:
        return f"{OF_ONE}{lines[0]}"
    shown = "\n".join(f"• {line}" for line in lines[:MOST_LINES])
    more = len(lines) - MOST_LINES
    rest = f"\n… and {more:,} more: `/frameworks digest history` in a channel tells." if more > 0 else ""
    return f"{OF_MANY}\n{shown}{rest}"


def _group(untold: Sequence[Untold]) -> Iterable[tuple[Subscription, list[LedgerEntry]]]:
    """Put together what happened to one channel in one way."""

    def same(one: Untold) -> tuple[int, str]:
        return one[0].id, one[1].state.value

    for _, group in groupby(sorted(untold, key=same), key=same):
        together = list(group)
        yield together[0][0], [entry for _, entry in together]


def _line(subscription: Subscription, entries: Sequence[LedgerEntry]) -> str:
    """Say it of one channel: which weeks, what, why, and what comes next."""
    weeks = listing(day(entry.slot.day) for entry in entries)
    where, last = f"<#{subscription.channel}>", entries[-1]
    if last.state is State.FAILED:
        return f"{where} is paused: {last.reason}"
    if last.state is State.UNKNOWN:
        return f"{where} of {weeks} is uncertain: {last.reason}. Nothing is sent twice."
    return f"{where} was skipped ({weeks}): {last.reason}. The next one comes as planned."
