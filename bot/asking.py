"""
A question on its way to its answer: from what is stored, else from who has to be asked; then delivered where it goes.

What is stored is answered in a line of its own, so that nobody waits for it behind those who wait for the Hub. One
notice stands over both tries.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Request
from analytics.domain.wording import iso_day
from analytics.errors import DatabaseTrouble, DatabaseUnusable, NoSuchName, NothingStored
from analytics.grammar import AskedDay, Understood
from analytics.outlook import Expected
from bot import answer_forms, help_card, messages, troubles
from bot.answer_ledger import AnswerLedger
from bot.delivery import Delivery, Place
from bot.drawn_pictures import picture_of
from bot.fair_shares import Lane, Onward
from bot.later_answers import LaterAnswers, WaitingQuestion
from bot.looking_up import Notice
from bot.next_steps import list_places
from bot.observer import UNOBSERVED, Observer, Outcome
from bot.open_questions import OpenHere
from bot.posted_replies import NOTHING
from bot.slack_errors import TooFast
from bot.turns import Turns
from bot.turns import nothing as no_work

log = logging.getLogger(__name__)

REDELIVERED = dt.timedelta(minutes=10)
"""Slack delivers an event for the last time after five minutes."""

Find = Callable[[Request, dt.datetime | None], Answer | None]


class PartOfAnswer(Enum):
    """
    What of an answer is wanted: all of it, how it was counted, its rows as a file, or first it and then them.

    PERCENT: its counts as shares of what was counted.
    """

    ANSWER = auto()
    COUNTING = auto()
    PERCENT = auto()
    ROWS = auto()
    BOTH = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """
    A request, where its answer goes, and whether it is for the asker alone.

    `shown`: the answer of this moment, or today's where it is stored no more; `as_of`: what was known then, or none.
    """

    place: Place
    request: Request
    wanted: PartOfAnswer = PartOfAnswer.ANSWER
    understood: Understood | None = None
    privately: bool = False
    shown: dt.datetime | None = None
    as_of: dt.datetime | None = None

    def as_kept(self) -> dict[str, Any]:
        """Give what is kept of it until it is answered, beside its place."""
        return {
            "words": self.request.words,
            "wanted": self.wanted.name,
            "privately": self.privately,
            "shown": self.shown and self.shown.isoformat(),
            "as_of": self.as_of and self.as_of.isoformat(),
        }

    @classmethod
    def from_kept(cls, place: Place, kept: Mapping[str, Any]) -> "Question | None":
        """Read what was kept; None where its words were not understood yet, or are not known to this version."""
        request = grammar.parse(str(kept.get("words") or ""))
        if not kept.get("words") or isinstance(request, grammar.Unclear):
            return None
        shown, as_of = (dt.datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("shown", "as_of"))
        wanted, privately = PartOfAnswer[kept["wanted"]], bool(kept["privately"])
        return cls(place, request, wanted, privately=privately, shown=shown, as_of=as_of)

    @property
    def is_posted(self) -> bool:
        """Whether its answer is a message that others see too, so that it can be seen whether it stands there."""
        return not self.privately and self.wanted in (PartOfAnswer.ANSWER, PartOfAnswer.BOTH)


def explain_lost(question: Question | None, asked_at: dt.datetime, *, was_sending: bool) -> messages.Message:
    """Say that a process was killed with a question in hand, or with something that was none."""
    if question is None or question.wanted not in (PartOfAnswer.ANSWER, PartOfAnswer.BOTH):
        return troubles.explain_lost("", asked_at, was_sending=was_sending, action=messages.SHARE)
    action = messages.ASK if question.privately else messages.SHARE
    day = f" on {iso_day(question.as_of)}" if question.as_of else ""
    words = f"{question.request.words}{day}{' as csv' if question.wanted is PartOfAnswer.BOTH else ''}"
    return troubles.explain_lost(words, asked_at, was_sending=was_sending, action=action)


@dataclass(frozen=True, slots=True)
class Memory:
    """What outlives a process: what was answered where, who waits for what is collected, what is not answered yet."""

    ledger: AnswerLedger | None = None
    later: LaterAnswers | None = None
    kept: OpenHere | None = None


class Asking:
    """Takes questions from any door, in their askers' turns."""

    def __init__(
        self,
        analyst: Analyst,
        delivery: Delivery,
        turns: Turns,
        memory: Memory | None,
        moment: float,
        *,
        observer: Observer = UNOBSERVED,
    ) -> None:
        self._observer = observer
        self._analyst = analyst
        self._delivery = delivery
        self._turns = turns
        self._ledger = memory.ledger if memory else None
        self._later = memory.later if memory else None
        self._kept = memory.kept if memory else None
        self._moment = moment

    def ask(self, question: Question) -> Onward:
        """Have a question answered; who waits longer than a moment is told."""
        looking = messages.looking(question.request.words)
        place, privately = question.place, question.privately
        self._keep(place, **question.as_kept())
        notice = Notice(self._delivery, place, looking, self._moment, privately=privately)
        return self._turns.onward(place, Lane.STORED, lambda: self._answer_from_stored(question, notice))

    def _keep(self, place: Place, **known: Any) -> None:
        if self._kept:
            self._kept.note(place, **known)

    def _answer_from_stored(self, question: Question, notice: Notice) -> Onward | None:
        """Answer from what is stored and fresh; pass on what has to wait for an outside source."""
        if self._answer(question, notice, self._analyst.answer_at_once):
            return None
        return self._turns.onward(question.place, Lane.LOOKED_UP, lambda: self._look_up(question, notice))

    def _look_up(self, question: Question, notice: Notice) -> None:
        self._answer(question, notice, self._analyst.answer)

    def _answer(self, question: Question, notice: Notice, find: Find) -> bool:
        """Answer if it is to be found this way; one notice stands over all the ways that are tried."""
        notice.begin()
        done = True
        try:
            done = self._find_and_deliver(question, notice, find)
        finally:
            if done:
                notice.end()
                self._own_up_to_doubt(question)
        return done

    def _own_up_to_doubt(self, question: Question) -> None:
        """Say that a killed process may have answered its asker alone, where Slack has delivered its event to us."""
        asked_at = self._kept.find_withheld(question.place) if self._kept else None
        if asked_at is not None:
            log.warning("its process was killed while it told, which is told so, for %s", question.place)
            self._delivery.tell(question.place, explain_lost(question, asked_at, was_sending=True))

    def _find_and_deliver(self, question: Question, notice: Notice, find: Find) -> bool:
        """Find the answer and deliver it, or say why there is none; false if it was not to be found this way."""

        def explain(nothing: NothingStored) -> None:
            promised = self._promise(question, refused=True)
            self._delivery.tell(question.place, messages.explain_nothing_stored(nothing, promised))

        found, answer = self._find_or_tell(question, find, explain)
        if answer is not None and self._may_leave(question, answer):
            if promised := self._promise(question) if answer.sample else None:
                self._delivery.tell_beforehand(question.place, messages.announce_answer(promised, until_then=True))
            self._deliver(question, answer, notice.end)
        return found

    def _may_leave(self, question: Question, answer: Answer) -> bool:
        """Note that the answer leaves; tell whether it may: another process may have answered while we were away."""
        is_seen, kept = question.is_posted and not answer.private, self._kept
        may = kept is None or kept.begin_sending(question.place, is_seen=is_seen)
        if may and kept and is_seen and kept.inherits(question.place, 0.0):
            may = not self._stands(question.place, kept.now() - REDELIVERED)
        if not may:
            log.warning("another process has answered meanwhile, for %s", question.place)
        return may

    def _stands(self, place: Place, since: dt.datetime) -> bool:
        """Tell whether a killed process had posted the answer: Slack has delivered its event to us again."""
        try:
            found = self._delivery.look_for(place, since)
        except TooFast:
            return False
        return found is not None and found.get(place.work, NOTHING).has_answer

    def _find_or_tell(
        self, question: Question, find: Find, explain: Callable[[NothingStored], None]
    ) -> tuple[bool, Answer | None]:
        """Find the answer, or say why there is none; and tell whether that is all that was to be done."""
        try:
            answer = _find(question, find)
        except NoSuchName as unknown:
            self._note(question, Outcome.NO_SUCH_NAME)
            self._delivery.tell(question.place, messages.no_such(unknown, question.request))
            now = self._analyst.context.clock()  # what follows goes on from this question, not from an answer before
            self._remember(question.place, "", [question.request.words], now, alone=True)
            self.remember_offer(question.place, [instead.words for instead in unknown.instead(question.request)])
            return True, None
        except NothingStored as nothing:
            self._note(question, Outcome.NOTHING_STORED)
            explain(nothing)
            return True, None
        return answer is not None, answer

    def _promise(self, question: Question, *, refused: bool = False) -> Expected | None:
        """Promise the answer for when what it needs was collected; None where that is not to be expected."""
        if self._later is None or question.shown is not None or question.as_of is not None:
            return None
        waiting = WaitingQuestion(question.place, question.request, privately=question.privately)
        return self._later.promise(waiting, refused=refused)

    def answer_later(self) -> None:
        """Answer the questions that waited for what has been collected meanwhile, each once."""
        if (later := self._later) is None:
            return
        for waiting in later.list_ready():
            self._turns.by_itself(waiting.place, partial(self._answer_promised, later, waiting))

    def _answer_promised(self, later: LaterAnswers, waiting: WaitingQuestion) -> None:
        """
        Answer, wherever the answer would have come; what is still missing then is said for the last time.

        The answer is in hand before the question is claimed: a database that is away leaves it waiting.
        """
        question = Question(waiting.place, waiting.request, privately=waiting.privately)
        try:
            found = self._find_beforehand(later, question)
            is_ours = later.claim(waiting, self._kept.enter(question.place, question.as_kept()) if self._kept else None)
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("a promised answer waits: %s", trouble)
            return
        if is_ours:
            self._bring_kept(question, lambda *_: found.result())

    def _bring_kept(self, question: Question, find: Find) -> None:
        """Bring it; until it is there it stands among what is not answered, as it was written with the claim."""
        if self._kept is None:
            self._bring_promised(question, find)
            return
        self._kept.put(question.place, question.as_kept())
        try:
            self._bring_promised(question, find)
        finally:
            self._kept.end(question.place)

    def _find_beforehand(self, later: LaterAnswers, question: Question) -> Future[Answer | None]:
        """Find the answer; where it is none or the sample, once more with a database that was seen to be there."""
        found = self._attempt(question)
        if found.exception() or (answer := found.result()) is None or answer.sample:
            later.prove_readable()
            found = self._attempt(question)
        return found

    def _attempt(self, question: Question) -> Future[Answer | None]:
        found = Future[Answer | None]()
        try:
            found.set_result(_find(question, self._analyst.answer))
        except (DatabaseTrouble, DatabaseUnusable):
            raise
        except Exception as failure:  # noqa: BLE001 - it is raised again by who brings the answer, once
            found.set_exception(failure)
        return found

    def _bring_promised(self, question: Question, find: Find) -> None:
        """Deliver what was found beforehand, or say what stood against it."""

        def explain(nothing: NothingStored) -> None:
            self._delivery.tell(question.place, messages.explain_nothing_stored(nothing))

        _, answer = self._find_or_tell(question, find, explain)
        if answer is not None and self._may_leave(question, answer):
            self._deliver(question, answer, ready=no_work)

    def _deliver(self, question: Question, answer: Answer, ready: Callable[[], None]) -> None:
        place, alone = question.place, question.privately or answer.private
        match question.wanted:
            case PartOfAnswer.COUNTING:
                self._delivery.tell(place, answer_forms.explain_counting(answer, question.shown or answer.as_of))
            case PartOfAnswer.PERCENT:
                self._delivery.tell(place, answer_forms.tell_in_percent(answer))
            case PartOfAnswer.ROWS:
                self._delivery.send_rows(place, answer, alone=alone)
            case PartOfAnswer.ANSWER | PartOfAnswer.BOTH if alone:
                self._delivery.show(place, answer)
                self._remember(place, "", _list_words(question, answer), answer.as_of, alone=True)
            case PartOfAnswer.ANSWER | PartOfAnswer.BOTH:
                self._post(question, answer, ready)
        if question.wanted is PartOfAnswer.BOTH and alone:
            self._delivery.send_rows(place, answer, alone=True)
        if (read := question.understood) and read.note:
            self._delivery.tell(place, help_card.say_taken_for(replace(read, note=read.note_with(answer))))
        self._note(question, Outcome.SAMPLE if answer.sample else Outcome.ANSWERED)
        old = f" ({answer.freshness})" if answer.freshness else ""
        log.info("answered %s%s for %s", question.request.words.partition(" ")[0], old, place)

    def _note(self, question: Question, outcome: Outcome) -> None:
        """Tell what became of it, by the kind of question alone."""
        kind = type(question.request).__name__.lower()
        self._observer.note_question(kind, outcome, question.place.seconds)

    def _post(self, question: Question, answer: Answer, ready: Callable[[], None]) -> None:
        place = question.place
        ts = self._delivery.post(place, answer, *picture_of(answer, self._observer), ready)
        if ts:
            self._remember(place, ts, _list_words(question, answer), answer.as_of)
        if question.wanted is PartOfAnswer.BOTH:
            self._delivery.send_rows(place.within(ts) if ts else place, answer, alone=not ts)

    def remember_offer(self, place: Place, words: list[str]) -> None:
        """Remember what was offered to the asker alone, so that `the second one` is understood."""
        if words:
            self._remember(place, "", words, None, alone=True)

    def _remember(
        self, place: Place, ts: str, words: list[str], read_at: dt.datetime | None, *, alone: bool = False
    ) -> None:
        if self._ledger:
            self._ledger.remember(place, ts, words, read_at, alone=alone)


def _list_words(question: Question, answer: Answer) -> list[str]:
    """Give what was answered, after what `the second one` chooses of: the other readings offered, else its models."""
    read = question.understood
    return [*(read.also if read and read.note else list_places(answer)), answer.question]


def _find(question: Question, find: Find) -> Answer | None:
    """Find the answer; that of a moment that is not stored (the sample, a reading since replaced) as it is today."""
    if question.as_of is not None:
        found = find(question.request, question.as_of)
        return replace(found, on_day=AskedDay.of(question.as_of).words) if found else None
    try:
        return find(question.request, question.shown)
    except NothingStored:
        if question.shown is None:
            raise
        return find(question.request, None)
