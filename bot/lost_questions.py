"""
Questions that a process had in hand when it was killed: asked again, or their asker is told that they are lost.

What is young is answered where it would have been, unless the answer stands there already. It is begun anew once: a
question that kills whoever takes it up is left alone the second time. Settings are not changed anew, nobody knows how
far that went; and what is old nobody waits for any more.

Of a crowd's each channel has one under way, so that none is refused for haste and told to its asker alone instead. What
stands in a conversation is looked for once for all that was asked there: of looks Slack takes fifty a minute.
"""

import datetime as dt
import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial

from bot.asking import Asking, PartOfAnswer, Question, explain_lost
from bot.delivery import Delivery
from bot.fair_shares import Lane
from bot.open_questions import OpenHere
from bot.open_rows import LostQuestion
from bot.posted_replies import NOTHING, PostedReplies
from bot.slack_errors import TooFast
from bot.turns import Turns

log = logging.getLogger(__name__)

YOUNG = dt.timedelta(minutes=15)
"""As old a question is answered by itself, as a mention that Slack replays after an outage is."""

TOLD = dt.timedelta(days=7)
"""Whoever asked longer ago than this is not reminded of it."""


A_POST = 1.0
"""Seconds between two questions of one channel that are answered anew: Slack takes a message a second there."""

Later = Callable[[float, Callable[[], None]], object]
"""Does something after so many seconds."""

Replies = Mapping[str, PostedReplies] | None
"""What stands in a conversation, by what it answers; None where that cannot be seen."""


def begin_later(seconds: float, work: Callable[[], None]) -> None:
    """Do it in a thread of its own, and at once what has not to wait."""
    if not seconds:
        work()
        return
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


class LostQuestions:
    """Looks after those of one workspace; `later` lets a channel's next one wait."""

    def __init__(
        self,
        kept: OpenHere,
        asking: Asking,
        delivery: Delivery,
        turns: Turns,
        now: Callable[[], dt.datetime],
        note_seen: Callable[[str], bool],
        *,
        later: Later = begin_later,
    ) -> None:
        self._kept = kept
        self._note_seen = note_seen
        self._asking = asking
        self._delivery = delivery
        self._turns = turns
        self._now = now
        self._in_line, self._left = set[int](), set[str]()
        self._later = later
        self._lines: dict[str, deque[LostQuestion]] = {}
        self._seen_there: dict[tuple[str, str | None], Replies] = {}
        self._lock = threading.Lock()

    def look_after(self) -> None:
        """
        Take up what was lost, oldest first, each in a line with the other questions; of a channel one after the other.

        Raises:  DatabaseTrouble, DatabaseUnusable.
        """
        lost_ones = self._kept.list_lost()
        with self._lock:
            new = [lost for lost in lost_ones if lost.row not in self._in_line]  # many wait longer than until the next
            self._in_line.update(lost.row for lost in new)
            begun = list(dict.fromkeys(lost.place.channel for lost in new if lost.place.channel not in self._lines))
            for lost in new:
                self._lines.setdefault(lost.place.channel, deque()).append(lost)
                self._seen_there.pop(_where(lost), None)  # whoever had it may have answered since
        for channel in begun:
            self._go_on(channel)

    def _go_on(self, channel: str) -> None:
        """Begin the next of a channel's."""
        with self._lock:
            line = self._lines[channel]
            if not line:
                del self._lines[channel]
                self._seen_there = {where: found for where, found in self._seen_there.items() if where[0] != channel}
                return
            lost = line.popleft()
        self._turns.quietly(lost.place, Lane.LOOKED_UP, partial(self._take_turn, lost))

    def _take_turn(self, lost: LostQuestion) -> None:
        """Take one up, then let the channel's next have its turn: when the channel may be posted to again."""
        pause = 0.0
        try:
            pause = A_POST if self._take_up(lost) else 0.0
        except TooFast as fast:
            log.info("what stands there is looked at in %.0f s, for %s", fast.seconds, lost.place)
            pause = fast.seconds
            with self._lock:
                self._lines[lost.place.channel].appendleft(lost)
                self._in_line.add(lost.row)
        finally:
            self._later(pause, partial(self._go_on, lost.place.channel))

    def _take_up(self, lost: LostQuestion) -> bool:
        """Settle one, if it is ours; tell whether something is posted for it. Raises TooFast: it is still lost then."""
        question = Question.from_kept(lost.place, lost.body)
        try:
            found = self._look(question, lost)
            is_ours = not self._has_come_again(lost) and self._kept.take_up(lost)
        finally:
            with self._lock:
                self._in_line.discard(lost.row)
        if not is_ours:
            return False
        try:
            return self._settle(lost, question, found)
        finally:
            self._kept.end(lost.place)

    def _has_come_again(self, lost: LostQuestion) -> bool:
        """
        Tell whether Slack has delivered the same event again, which is then answered: looked after at the next look.

        One that comes from now on is taken for seen, and this is its answer.
        """
        if lost.place.work in self._left or self._note_seen(lost.place.work):
            self._left.discard(lost.place.work)
            return False
        self._left.add(lost.place.work)
        return True

    def _settle(self, lost: LostQuestion, question: Question | None, found: PostedReplies | None) -> bool:
        """Ask again, tell, or leave alone what stands there; tell whether it is asked again."""
        place, age, was_sending = lost.place, self._now() - lost.taken_at, bool(lost.body.get("sending"))
        for ts in found.notices if found else ():
            self._delivery.take_back(place, ts)
        stands = found.has_answer if found else None
        may_be_shown = was_sending and (stands is None or bool(lost.body.get("alone")))
        if stands and question and question.wanted is PartOfAnswer.BOTH and age <= TOLD:
            self._delivery.tell(place, explain_lost(question, lost.taken_at, was_sending=True))
            log.warning("answered, and whether its file came cannot be seen, for %s", place)
        elif stands or age > TOLD:
            log.info("answered before the process died, or too long ago, for %s", place)
        elif question is None or lost.tries or age > YOUNG or may_be_shown:
            self._delivery.tell(place, explain_lost(question, lost.taken_at, was_sending=may_be_shown))
            log.warning("lost with its process and told so, for %s", place)
        else:
            log.info("lost with its process and asked again, for %s", place)
            return self._turns.submit(place, lambda: self._asking.ask(question))
        return False

    def _look(self, question: Question | None, lost: LostQuestion) -> PostedReplies | None:
        """Give what stands there of it, None where that cannot be seen; a conversation is looked at once for all."""
        age, where = self._now() - lost.taken_at, _where(lost)
        if question is None or not question.is_posted or age > TOLD:
            return None
        if where not in self._seen_there:
            try:
                self._seen_there[where] = self._delivery.look_for(lost.place, lost.taken_at)
            except TooFast:
                if age <= YOUNG:
                    raise
                return None  # they have waited long enough to be told
        found = self._seen_there[where]
        return None if found is None else found.get(lost.place.work, NOTHING)


def _where(lost: LostQuestion) -> tuple[str, str | None]:
    """Name the conversation whose messages are looked at."""
    return lost.place.channel, lost.place.thread_ts
