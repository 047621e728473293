"""
A word to whoever made a digest that was not posted: one message a day at most, however much there is to tell.

Where they have left, `successors.py` says who hears it. What comes later that day is added to the message.

What is to be told stands in the ledger, so that neither a restart nor a second process forgets or repeats it. What was
said is asked of Slack too: a ledger put back from a copy does not know of the day's message, nor of what was told in
that week; each message names the slots it is about. Where Slack does not say, it is asked again every hour, until this
process has run for a day without the ledger going back under its eyes (`ledger_watch.py`): by then the ledger knows of
all that was said that day. What may have arrived is looked for before it is said again.
"""

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from analytics.digest_words.digest_names import quote_name
from analytics.domain.wording import day, listing, sentence
from bot.blocks import escape
from bot.concern import concerning
from bot.digest.ledger_watch import LedgerWatch
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.store import DigestStore
from bot.digest.successors import Successors
from bot.place import Place
from bot.slack_errors import CannotTell, Unconfirmed

if TYPE_CHECKING:
    from bot.digest.roles import Poster

log = logging.getLogger(__name__)

A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
TOLD_WITHIN = dt.timedelta(days=7)
"""What nobody could be told of for a week is not news any more."""

MOST_LINES = 20

LEFT = " Whoever made it has left this workspace."
"""Why somebody else hears of it."""

Untold = tuple[Subscription, LedgerEntry]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may have arrived: when they were sent, what they say, and of what."""

    sent_at: dt.datetime
    text: str
    entries: Sequence[LedgerEntry]


@dataclass(frozen=True, slots=True)
class ToldLately:
    """Who is not to be written to before when, and which words may have arrived, by person."""

    not_before: dict[str, dt.datetime] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)


class Notices:
    """Tells people through the poster."""

    def __init__(
        self,
        store: DigestStore,
        poster: "Poster",
        clock: Callable[[], dt.datetime],
        at: Callable[[str], None],
        watch: LedgerWatch,
        successors: Successors,
        *,
        noun: str = "",
        telling: ToldLately | None = None,
    ) -> None:
        telling = telling or ToldLately()
        self._noun = noun
        self._store = store
        self._poster = poster
        self._clock = clock
        self._at = at
        self._watch = watch
        self._successors = successors
        self._not_before, self._doubts = telling.not_before, telling.doubts

    def tell_all(self) -> None:
        """Tell everybody who is to be told, apart from those who heard something today."""
        now = self._clock()
        for creator, doubt in list(self._doubts.items()):
            if self._is_time(creator, now):
                with concerning(Place("", creator, team=self._store.home)):
                    self._look_again(creator, doubt, now)
        for creator, untold in self._store.untold(now - TOLD_WITHIN).items():
            if self._is_time(creator, now):
                with concerning(Place("", creator, team=self._store.home)):
                    if not self._successors.hand_on(creator, [digest for digest, _ in untold]):
                        self._tell(creator, untold, now)

    def _is_time(self, creator: str, now: dt.datetime) -> bool:
        return now >= self._not_before.get(creator, now)

    def _tell(self, creator: str, untold: Sequence[Untold], now: dt.datetime) -> None:
        self._at("telling")
        said: Sequence[Any] = ()
        try:
            said = self._poster.words_since(creator, now - TOLD_WITHIN)
        except CannotTell as why:
            if not self._watch.knows_since(now - A_DAY, now):
                self._ask_later(creator, now, why)
                return
        untold = self._leave_out(untold, frozenset().union(*(word.told for word in said)))
        earlier = next((word for word in said if word.is_since(now - A_DAY)), None)
        entries = [entry for _, entry in untold]
        if not entries:
            return
        if self._store.tell(creator, entries, now, None if earlier else now - A_DAY):
            self._say(creator, Doubt(now, sum_up(untold, self._noun), entries), earlier)
        else:
            self._not_before[creator] = now + AN_HOUR

    def _leave_out(self, untold: Sequence[Untold], told: Collection[str]) -> Sequence[Untold]:
        """Leave out what the person was told before a copy was put back, and note that."""
        known = [entry for _, entry in untold if entry.slot.key in told]
        if known:
            self._store.note_as_told(known)
        return [one for one in untold if one[1] not in known]

    def _say(self, creator: str, words: Doubt, earlier: Any | None) -> None:
        """Say it; what may have arrived is looked for in an hour."""
        try:
            keys = [entry.slot.key for entry in words.entries]
            if not self._poster.tell(creator, words.text, earlier, keys):
                self._store.untell(words.entries)
                self._not_before[creator] = words.sent_at + AN_HOUR
        except Unconfirmed as unsure:
            self._doubts[creator] = words
            self._ask_later(creator, words.sent_at, unsure)

    def _look_again(self, creator: str, doubt: Doubt, now: dt.datetime) -> None:
        """Find out whether words arrived: if not, they are to be told again; unseen for a day, they are left be."""
        if now - doubt.sent_at < A_DAY:
            try:
                said = self._poster.words_since(creator, doubt.sent_at - A_DAY)
            except CannotTell as why:
                self._ask_later(creator, now, why)
                return
            if not any(doubt.text in word.text for word in said):
                self._store.untell(doubt.entries)
        del self._doubts[creator]

    def _ask_later(self, creator: str, now: dt.datetime, why: Exception) -> None:
        log.info("whether %s was written to is asked again in an hour: %s", creator, why)
        self._not_before[creator] = now + AN_HOUR


def sum_up(untold: Sequence[Untold], noun: str = "") -> str:
    """Say what became of one or many digests, or of what else (`noun`) is delivered so, a line for each."""
    groups = list(_group(untold))
    if len(groups) == 1:
        return f"The {noun or escape(untold[0][0].noun)} in {_line(*groups[0])}"
    lines = [_line(*group, escape(quote_name(group[0].name))) for group in groups]
    shown = "\n".join(f"• {line}" for line in lines[:MOST_LINES])
    more = len(lines) - MOST_LINES
    rest = f"\n… and {more:,} more: `/frameworks digest history` in a channel shows them." if more > 0 else ""
    return f"{sentence(noun or 'digest')}s that were not posted as planned:\n{shown}{rest}"


def _group(untold: Sequence[Untold]) -> Iterable[tuple[Subscription, list[LedgerEntry]]]:
    """Put together what happened to one channel in one way and for one reason; of failures the last one counts."""

    def same(one: Untold) -> tuple[int, str, str]:
        state = one[1].state
        return one[0].id, state.value, "" if state is State.FAILED else one[1].reason

    for _, group in groupby(sorted(untold, key=same), key=same):
        together = list(group)
        yield together[0][0], [entry for _, entry in together]


def _line(subscription: Subscription, entries: Sequence[LedgerEntry], name: str = "") -> str:
    """Say it of one digest: where, its name if it was not said yet, which weeks, what, why, and what comes next."""
    where = f"<#{subscription.channel}>{name}"
    return f"{_say_fate(where, subscription.state, entries)}{LEFT if subscription.told_instead else ''}"


NEXT: Mapping[State, str] = {State.PAUSED: "It is paused now.", State.OFF: "It has been stopped since."}
"""What follows of a digest that somebody paused or stopped before this could be told."""


def _say_fate(where: str, state: State, entries: Sequence[LedgerEntry]) -> str:
    weeks, last = listing(day(entry.slot.day) for entry in entries), entries[-1]
    if last.state is State.FAILED:
        is_paused = state is State.PAUSED
        return f"{where} {'is paused' if is_paused else f'could not be posted ({weeks})'}: {last.reason}"
    if last.state is State.UNKNOWN:
        return f"{where} of {weeks} is uncertain: {last.reason}. Nothing is sent twice."
    return f"{where} was skipped ({weeks}): {last.reason}. {NEXT.get(state, 'The next one comes as planned.')}"
