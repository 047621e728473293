"""
Questions that a process had in hand when it was killed: asked again, or their asker is told that they are lost.

What is young is answered where it would have been, unless the answer stands there already. It is begun anew once: a
question that kills whoever takes it up is left alone the second time. Settings are not changed anew, nobody knows how
far that went; and what is old nobody waits for any more.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from analytics.domain.wording import iso_day
from bot import messages, troubles
from bot.asking import Asking, PartOfAnswer, Question
from bot.delivery import Delivery
from bot.fair_shares import Lane
from bot.open_questions import OpenHere
from bot.open_rows import LostQuestion
from bot.turns import Turns

log = logging.getLogger(__name__)

YOUNG = dt.timedelta(minutes=15)
"""As old a question is answered by itself, as a mention that Slack replays after an outage is."""

TOLD = dt.timedelta(days=7)
"""Whoever asked longer ago than this is not reminded of it."""


class LostQuestions:
    """Looks after those of one workspace."""

    def __init__(
        self,
        kept: OpenHere,
        asking: Asking,
        delivery: Delivery,
        turns: Turns,
        now: Callable[[], dt.datetime],
        note_seen: Callable[[str], bool],
    ) -> None:
        self._kept = kept
        self._note_seen = note_seen
        self._asking = asking
        self._delivery = delivery
        self._turns = turns
        self._now = now
        self._in_line, self._left = set[int](), set[str]()

    def look_after(self) -> None:
        """Take up what was lost, each in a line with the other questions. Raises DatabaseTrouble, DatabaseUnusable."""
        for lost in self._kept.list_lost():
            if lost.row not in self._in_line:  # many take longer than until the next look
                self._in_line.add(lost.row)
                self._turns.quietly(lost.place, Lane.LOOKED_UP, partial(self._take_up, lost))

    def _take_up(self, lost: LostQuestion) -> None:
        try:
            is_ours = not self._has_come_again(lost) and self._kept.take_up(lost)
        finally:
            self._in_line.discard(lost.row)
        if not is_ours:
            return
        try:
            self._settle(lost, Question.from_kept(lost.place, lost.body))
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

    def _settle(self, lost: LostQuestion, question: Question | None) -> None:
        """Ask again, tell, or leave alone what stands there."""
        place, age, was_sending = lost.place, self._now() - lost.taken_at, bool(lost.body.get("sending"))
        stands = self._look(question, lost) if age <= TOLD else None
        may_be_shown = was_sending and (stands is None or bool(lost.body.get("alone")))
        if stands and question and question.wanted is PartOfAnswer.BOTH and age <= TOLD:
            self._delivery.tell(place, self._explain(lost, question, was_sending=True))
            log.warning("answered, and whether its file came cannot be seen, for %s", place)
        elif stands or age > TOLD:
            log.info("answered before the process died, or too long ago, for %s", place)
        elif question is None or lost.tries or age > YOUNG or may_be_shown:
            self._delivery.tell(place, self._explain(lost, question, was_sending=may_be_shown))
            log.warning("lost with its process and told so, for %s", place)
        else:
            log.info("lost with its process and asked again, for %s", place)
            self._turns.submit(place, lambda: self._asking.ask(question))

    def _look(self, question: Question | None, lost: LostQuestion) -> bool | None:
        """Tell whether its answer stands there, None where that cannot be seen; take back that it is looked up."""
        if question is None or not question.is_posted:
            return None
        found = self._delivery.look_for(lost.place, lost.taken_at)
        for ts in found.notices if found else ():
            self._delivery.take_back(lost.place, ts)
        return found.has_answer if found else None

    @staticmethod
    def _explain(lost: LostQuestion, question: Question | None, *, was_sending: bool) -> messages.Message:
        if question is None or question.wanted not in (PartOfAnswer.ANSWER, PartOfAnswer.BOTH):
            return troubles.explain_lost("", lost.taken_at, was_sending=was_sending, action=messages.SHARE)
        action = messages.ASK if question.privately else messages.SHARE
        day = f" on {iso_day(question.as_of)}" if question.as_of else ""
        words = f"{question.request.words}{day}{' as csv' if question.wanted is PartOfAnswer.BOTH else ''}"
        return troubles.explain_lost(words, lost.taken_at, was_sending=was_sending, action=action)
