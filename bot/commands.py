"""
What people type -> what the bot does: acknowledge, parse, ask, deliver.

Slack wants an acknowledgement within three seconds. So each handler only takes the words, acknowledges and hands the
work to our own threads (`fair_shares.py`): Bolt's pool of five threads would starve (50 people asking at once), and an
exception right after an acknowledgement would cancel it. The work catches everything; nobody is met with silence.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Request
from analytics.errors import NoSuchName, NothingStored
from analytics.outlook import Expected
from bot import answer_forms, help_card, messages, troubles, typed_words
from bot.clicks import Clicks
from bot.delivery import Delivery, Place
from bot.digest import digest_messages, parsing
from bot.digest.digest_commands import Asked, Subscribing
from bot.fair_shares import FairShares, Lane, Onward
from bot.later_answers import LaterAnswers, WaitingQuestion
from bot.looking_up import Notice
from bot.messages import Message
from bot.place import thread_exists
from bot.seen import REMEMBERED_SECONDS, Gestures, Seen
from bot.shared_marks import Alone, Marks
from bot.turns import ANYWAY, Once, Turns

log = logging.getLogger(__name__)

Body = dict[str, Any]
MOMENT = 1.0
"""Seconds after which the asker is told that the question is being worked on."""

NEVER = 3600.0
"""Seconds to a notice that nobody needs: nobody has just asked."""

STALE_EVENT_SECONDS = 900
"""Mentions older than this are not answered: Slack may replay them after an outage."""


class Commands:
    """One handler for each way to type words; `clicks` has those of buttons and forms. `app.py` lists them all."""

    def __init__(
        self,
        analyst: Analyst,
        delivery: Delivery,
        shares: FairShares,
        now: Callable[[], float] = time.time,
        moment: float = MOMENT,
        subscribing: Subscribing | None = None,
        *,
        shared: Marks | None = None,
        later: LaterAnswers | None = None,
    ) -> None:
        self._shared = shared or Alone()
        self._later = later
        self._subscribing = subscribing
        self._analyst = analyst
        self._delivery = delivery
        self._now = now
        self._moment = moment
        self._seen = Seen(now)
        self._turns = Turns(shares, delivery)
        gestures = Gestures(now, shared)
        self.clicks = Clicks(self._turns, self._hand_over, self._hand_over_how, gestures, subscribing)

    # ------------------------------------------------------------------------------------------------------- handlers

    def slash(self, ack: Callable[..., Any], body: Body, respond: Any) -> None:
        """`/frameworks WORDS`: the answer appears in the channel, everything else only to the asker."""
        words = str(body.get("text") or "")
        name = str(body.get("channel_name") or "")
        direct, group = name == "directmessage", name.startswith("mpdm-")
        place = Place(body["channel_id"], body["user_id"], respond, direct=direct, group=group, team=_team(body))
        ack()
        self._hand_over(place, words, trigger=str(body.get("trigger_id") or ""))

    def mention(self, event: Body, body: Body) -> None:
        """`@frameworks WORDS`: answered in the thread of the mention."""
        place = Place(event["channel"], event.get("user", ""), thread_ts=_thread(event), team=_team(body))
        self._message(event, body, replace(place, in_thread=thread_exists(event)))

    def direct_message(self, event: Body, body: Body) -> None:
        """Words written to the bot itself: answered in that conversation."""
        if event.get("channel_type") == "im":
            place = Place(event["channel"], event.get("user", ""), thread_ts=event.get("thread_ts"), direct=True)
            self._message(event, body, replace(place, team=_team(body)))

    def _message(self, event: Body, body: Body, place: Place) -> None:
        """Take a mention or direct message once: not from bots, not edits, not old ones, not redelivered ones."""
        ours = not event.get("bot_id") and event.get("subtype") in (None, "file_share") and event.get("user")
        recent = self._now() - float(event.get("ts", 0)) < STALE_EVENT_SECONDS
        marks = [str(body.get("event_id")), f"{event.get('channel')} {event.get('ts')}"]
        if gesture := event.get("client_msg_id"):  # one gesture has been seen to come as two messages
            marks.append(str(gesture))
        first = self._seen.first_time(*marks)
        if ours and recent and first:
            first_of_all = Once(lambda: self._shared.claim(marks, REMEMBERED_SECONDS))
            self._hand_over(place, str(event.get("text") or ""), first_of_all)

    # ----------------------------------------------------------------------------------------------------------- work

    def _hand_over(self, place: Place, text: str, once: Once = ANYWAY, trigger: str = "") -> None:
        """Hand over what was typed; it is read by the one who works on it."""
        asked = Asked(place, trigger)
        self._turns.submit(place, lambda: self._reply(asked, text), once)

    def _hand_over_how(self, place: Place, value: str, once: Once) -> None:
        """Hand over the question how a shown answer was counted."""
        self._turns.submit(place, lambda: self._explain(place, value), once)

    def _explain(self, place: Place, value: str) -> Onward | None:
        """Find the answer that was shown, to say how it was counted."""
        moment, words = answer_forms.read_button(value)
        request = grammar.parse(words)
        if moment is None or isinstance(request, grammar.Unclear):  # an older version's
            self._delivery.tell(place, troubles.stale_button())
            return None
        return self._look_into(place, request, None, moment, privately=True)

    def _reply(self, asked: Asked, text: str) -> Onward | None:
        """Do at once what needs no looking; pass on what is a question."""
        place, typed = asked.place, typed_words.read(text)
        if isinstance(typed, grammar.Unclear):
            self._delivery.tell(place, messages.unclear(typed))
            return None
        if self._subscribing and typed.settings is not None and parsing.is_understood(typed.settings):
            return self._set(self._subscribing, asked, typed.settings)
        understood = grammar.understand(typed.words, dt.datetime.fromtimestamp(self._now(), dt.UTC).date())
        if understood.request is None:
            return self._say(asked, typed, understood)
        return self._look_into(place, understood.request, understood, None, privately=typed.privately)

    def _set(self, subscribing: Subscribing, asked: Asked, words: list[str]) -> Onward:
        """Have a digest's settings changed or shown, in the line of those that ask Slack."""
        return self._turns.onward(asked.place, Lane.SETTINGS, partial(subscribing.do, asked, words))

    def _look_into(
        self,
        place: Place,
        request: Request,
        understood: grammar.Understood | None,
        shown: dt.datetime | None,
        *,
        privately: bool,
    ) -> Onward:
        looking = messages.looking(request.words)
        notice = Notice(self._delivery, place, looking, self._moment, privately=privately)
        question = Question(place, request, notice, understood, privately=privately, shown=shown)
        return self._turns.onward(place, Lane.STORED, lambda: self._answer_from_stored(question))

    def _say(self, asked: Asked, typed: typed_words.TypedWords, understood: grammar.Understood) -> Onward | None:
        """Answer what is no question: help, settings, how things stand, thanks; or hand it back."""
        match understood.kind:
            case grammar.Intent.HELP:
                self._delivery.tell(asked.place, self._help(understood.words or "help"))
            case grammar.Intent.THANKS:
                self._delivery.tell(asked.place, help_card.welcome())
            case grammar.Intent.STATUS if self._subscribing:
                return self._turns.onward(asked.place, Lane.SETTINGS, partial(self._subscribing.tell_status, asked))
            case grammar.Intent.DIGEST if self._subscribing and understood.words:
                return self._set(self._subscribing, asked, understood.words.split()[1:])
            case _ if self._subscribing and typed.settings is not None:
                return self._set(self._subscribing, asked, typed.settings)  # says what is wrong with them
            case _:
                self._delivery.tell(asked.place, help_card.not_understood(understood))
        return None

    def _help(self, words: str) -> Message:
        """Show the card, or what is behind one of its lines; only what can be answered is offered."""
        topic = words.removeprefix("help").strip()
        if topic == "digest":
            return digest_messages.how_to("What can be said about the weekly digest:")
        if found := grammar.find_topic(topic):
            return help_card.about(found, self._can_answer)
        return help_card.card(self._can_answer)

    def _can_answer(self, words: str) -> bool:
        request = grammar.parse(words)
        return not isinstance(request, grammar.Unclear) and self._analyst.can_answer(request)

    def _answer_from_stored(self, question: "Question") -> Onward | None:
        """Answer from what is stored and fresh; pass on what has to wait for an outside source."""
        if self._answer(question, self._analyst.answer_at_once):
            return None
        return self._turns.onward(question.place, Lane.LOOKED_UP, lambda: self._look_up(question))

    def _look_up(self, question: "Question") -> None:
        self._answer(question, self._analyst.answer)

    def _answer(self, question: "Question", find: "Find") -> bool:
        """Answer if it is to be found this way; one notice stands over all the ways that are tried."""
        question.notice.begin()
        done = True
        try:
            done = self._find_and_deliver(question, find)
        finally:
            if done:
                question.notice.end()
        return done

    def _find_and_deliver(self, question: "Question", find: "Find") -> bool:
        """Find the answer and deliver it, or say why there is none; false if it was not to be found this way."""
        place, request = question.place, question.request
        try:
            answer = _find(question, find)
        except NoSuchName as unknown:
            self._delivery.tell(place, messages.no_such(unknown, request))
        except NothingStored as nothing:
            promised = self._promise(question, nothing=nothing)
            self._delivery.tell(place, messages.explain_nothing_stored(nothing, promised))
        else:
            if answer is None:
                return False
            if promised := self._promise(question) if answer.sample else None:
                self._delivery.tell(place, messages.announce_answer(promised, until_then=True))
            self._deliver(question, answer)
        return True

    def _promise(self, question: "Question", nothing: NothingStored | None = None) -> Expected | None:
        """Promise the answer for when what it needs was collected; None where that is not to be expected."""
        if self._later is None or question.shown is not None:
            return None
        waiting = WaitingQuestion(question.place, question.request, privately=question.privately)
        return self._later.promise(waiting, refused=nothing is not None)

    def answer_later(self) -> None:
        """Answer the questions that waited for what has been collected meanwhile, each once."""
        for waiting in self._later.list_ready() if self._later else ():
            once = Once(partial(self._later.claim, waiting)) if self._later else ANYWAY
            self._turns.by_itself(waiting.place, partial(self._answer_promised, waiting), once)

    def _answer_promised(self, waiting: WaitingQuestion) -> None:
        """Answer, wherever the answer would have come; what is still missing then is said for the last time."""
        place = waiting.place
        notice = Notice(self._delivery, place, messages.looking(waiting.request.words), NEVER, privately=True)
        question = Question(place, waiting.request, notice, privately=waiting.privately)
        try:
            answer = self._analyst.answer(waiting.request)
        except NoSuchName as unknown:
            self._delivery.tell(place, messages.no_such(unknown, waiting.request))
        except NothingStored as nothing:
            self._delivery.tell(place, messages.explain_nothing_stored(nothing))
        else:
            self._deliver(question, answer)

    def _deliver(self, question: "Question", answer: Answer) -> None:
        from analytics import charts

        place, ready = question.place, question.notice.end
        if question.shown:
            self._delivery.tell(place, answer_forms.explain_counting(answer, question.shown))
        elif question.privately or answer.private:
            self._delivery.show(place, answer)
        else:
            self._delivery.post(place, answer, lambda: charts.draw(answer), charts.fingerprint(answer), ready)
        if (read := question.understood) and (read.note or read.as_csv):
            self._delivery.tell(place, help_card.taken_for(read))
        old = f" ({answer.freshness})" if answer.freshness else ""
        log.info("answered %s%s for %s", question.request.words.partition(" ")[0], old, place)


@dataclass(frozen=True, slots=True)
class Question:
    """A request, where its answer goes, and whether it is for the asker alone; `shown`: explain that of this moment."""

    place: Place
    request: Request
    notice: Notice
    understood: grammar.Understood | None = None
    privately: bool = False
    shown: dt.datetime | None = None


Find = Callable[[Request, dt.datetime | None], Answer | None]


def _find(question: Question, find: Find) -> Answer | None:
    """Find the answer; that of a moment that is not stored (the sample, a reading since replaced) as it is today."""
    try:
        return find(question.request, question.shown)
    except NothingStored:
        if question.shown is None:
            raise
        return find(question.request, None)


def _team(body: Body) -> str:
    return str(body.get("team_id") or "")


def _thread(event: Body) -> str:
    return str(event.get("thread_ts") or event["ts"])
