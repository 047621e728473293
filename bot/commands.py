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
from dataclasses import replace
from functools import partial
from typing import Any

from analytics import grammar
from analytics.alerts import alert_words
from analytics.analyst import Analyst
from analytics.digest_words import setting_words, typed_words
from analytics.grammar.about_answer import OnAnswer
from analytics.grammar.follow_ups import FollowUp, follow_up
from analytics.grammar.list_places import ask_of_offered, pick_offered, points_into_list
from analytics.refusals import leave_out_unknown_days
from analytics.storage.lease_time import steady_seconds
from bot import help_card, messages, next_steps, troubles
from bot.alerting import alert_messages
from bot.alerting.alert_commands import Alerting
from bot.answer_ledger import Said
from bot.asking import Asking, Memory, PartOfAnswer, Question
from bot.clicks import Clicks, WaysToAsk
from bot.delivery import Delivery, Place
from bot.digest import digest_messages
from bot.digest.digest_commands import Asked, Subscribing
from bot.fair_shares import FairShares, Lane, Onward
from bot.first_contact import FirstContact
from bot.home_tab import HomeTab
from bot.lost_questions import LostQuestions
from bot.message_shortcut import MessageShortcut
from bot.messages import Message
from bot.moved_channels import MovedChannels
from bot.observer import ANYTHING, UNOBSERVED, Observer, Outcome
from bot.place import thread_exists
from bot.previews.preview_doors import PreviewDoors, Previews
from bot.seen import REMEMBERED_SECONDS, SeenLately
from bot.shared_marks import Alone, Marks
from bot.steps.step_doors import StepDoors
from bot.steps.workflow_step import WorkflowStep
from bot.turns import ANYWAY, Once, Turns, nothing

log = logging.getLogger(__name__)

Body = dict[str, Any]
MOMENT = 1.0
"""Seconds after which the asker is told that the question is being worked on."""

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
        memory: Memory | None = None,
        home: HomeTab | None = None,
        previews: Previews | None = None,
        step: WorkflowStep | None = None,
        first_contact: FirstContact | None = None,
        alerting: Alerting | None = None,
        observer: Observer = UNOBSERVED,
        lately: SeenLately | None = None,
        moved: MovedChannels | None = None,
    ) -> None:
        self._moved = moved
        lately = lately or SeenLately.begin(steady_seconds, shared)
        self._observer = observer
        self._first_contact = first_contact
        self._alerting = alerting
        self._shared = shared or Alone()
        self._subscribing = subscribing
        self._analyst = analyst
        self._delivery = delivery
        self._now = now
        self._ledger = memory.ledger if memory else None
        self._home = home
        self._seen = lately.events
        kept = memory.kept if memory else None
        self._turns = Turns(shares, delivery, observer, kept)
        self._asking = Asking(analyst, delivery, self._turns, memory, moment, observer=observer)
        self.answer_later = self._asking.answer_later
        lost = (
            LostQuestions(kept, self._asking, delivery, self._turns, kept.now, self._seen.first_time) if kept else None
        )
        self.ask_again = lost.look_after if lost else nothing
        gestures = lately.gestures
        ways = WaysToAsk(self._hand_over, self._hand_over_how, self._hand_over_rows)
        undo = {
            **({messages.UNDO: subscribing.undo.press} if subscribing else {}),
            **({messages.ALERT_UNDO: alerting.undo.press} if alerting else {}),
            **({messages.PREVIEWS: previews.commands.undo} if previews else {}),
        }
        self.clicks = Clicks(self._turns, ways, gestures, subscribing, home, alerting, undo=undo)
        self._preview_commands = previews.commands if previews else None
        self.previews = PreviewDoors(self._turns, self._seen, previews)
        self.step = StepDoors(self._turns, shares, step)
        self.shortcut = MessageShortcut(analyst, delivery, self._turns, gestures, moment)

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

    def home_opened(self, event: Body, body: Body) -> None:
        """Publish the Home tab that was opened anew, as things stand."""
        home, user = self._home, str(event.get("user") or "")
        if home and user and event.get("tab") == "home":
            place = Place("", user, team=_team(body))
            show = lambda: self._turns.onward(place, Lane.SETTINGS, lambda: home.show(place))  # noqa: E731 - one call
            self._turns.submit(place, show, is_kept=False)
            self._meet(place)

    def greet_inviter(self, event: Body, body: Body, context: Body) -> None:
        """Greet whoever invited the bot into a channel, them alone; who else arrives is no business of ours."""
        inviter, ours = str(event.get("inviter") or ""), event.get("user") == context.get("bot_user_id")
        mark = str(body.get("event_id"))
        if inviter and ours and self._seen.first_time(mark):
            once = Once(lambda: self._shared.claim([mark], REMEMBERED_SECONDS))
            self._turns.tell_beside(Place(str(event["channel"]), inviter, team=_team(body)), help_card.hello(), once)

    def channel_moved(self, event: Body, body: Body) -> None:
        """Move what is kept of a channel to the new id that Slack has given it."""
        moved, old, new = self._moved, str(event.get("old_channel_id") or ""), str(event.get("new_channel_id") or "")
        if moved and old and new and old != new:
            self._turns.quietly(Place(new, "", team=_team(body)), Lane.AT_ONCE, lambda: moved.move(old, new))

    def _message(self, event: Body, body: Body, place: Place) -> None:
        """
        Take a mention or direct message once: not from bots, not old ones, not redelivered ones.

        A message that was edited into a mention is a question of now, unless it was answered before, by whatever
        process: Slack tells of it again with the message's own moment.
        """
        ours = not event.get("bot_id") and event.get("subtype") in (None, "file_share") and event.get("user")
        edit = event.get("edited") or {}
        is_old, is_old_edit = (self._is_old(moment.get("ts", 0)) for moment in (event, edit))
        marks = [str(body.get("event_id")), f"{event.get('channel')} {event.get('ts')}", place.work]
        if gesture := event.get("client_msg_id"):  # one gesture has been seen to come as two messages
            marks.append(str(gesture))
        first = self._seen.first_time(*marks)
        if ours and first and not (is_old and is_old_edit):
            known = bool(is_old or edit) and event.get("ts") == place.thread_ts
            first_of_all = Once(
                lambda: self._shared.claim(marks, REMEMBERED_SECONDS) and not (known and self._is_answered(place))
            )
            self._hand_over(place, str(event.get("text") or ""), first_of_all)

    def _is_old(self, ts: Any) -> bool:
        return self._now() - float(ts) >= STALE_EVENT_SECONDS

    def _is_answered(self, place: Place) -> bool:
        """Tell whether something was answered under a message already, of which an edit makes no second question."""
        return bool(self._ledger and self._ledger.recall(replace(place, in_thread=True)))

    # ----------------------------------------------------------------------------------------------------------- work

    def _hand_over(self, place: Place, text: str, once: Once = ANYWAY, trigger: str = "") -> None:
        """Hand over what was typed; it is read by the one who works on it."""
        asked = Asked(place, trigger)
        self._turns.submit(place, lambda: self._reply(asked, text), once)
        self._meet(place)

    def _meet(self, place: Place) -> None:
        """Greet the first who uses the app, after what they asked for was begun."""
        if self._first_contact:
            self._first_contact.hear(place, self._turns)

    def _hand_over_how(self, place: Place, value: str, once: Once) -> None:
        """Hand over the question how a shown answer was counted."""
        self._turns.submit(place, lambda: self._look_again(place, value, PartOfAnswer.COUNTING, privately=True), once)

    def _hand_over_rows(self, place: Place, value: str, once: Once, *, alone: bool) -> None:
        """Hand over the wish for the rows of a shown answer."""
        self._turns.submit(place, lambda: self._look_again(place, value, PartOfAnswer.ROWS, privately=alone), once)

    def _look_again(self, place: Place, value: str, wanted: PartOfAnswer, *, privately: bool) -> Onward | None:
        """Find the answer that was shown, for its rows or for how it was counted."""
        shown, words = next_steps.read_button(value)
        request = grammar.parse(words)
        if shown is None or isinstance(request, grammar.Unclear):  # an older version's
            self._delivery.tell(place, troubles.stale_button())
            return None
        return self._asking.ask(Question(place, request, wanted, privately=privately, shown=shown))

    def _reply(self, asked: Asked, text: str) -> Onward | None:
        """Do at once what needs no looking; pass on what is a question."""
        place, typed = asked.place, typed_words.read(text)
        if isinstance(typed, grammar.Unclear):
            self._note_not_understood(place)
            self._delivery.tell(place, messages.unclear(typed))
            return None
        if onward := self._set_whole(asked, typed):
            return onward
        if (onward := self._wait_for(asked, typed)) or (onward := self._go_on(place, typed)):
            return onward
        understood = grammar.understand(typed.sentence, self._today)
        if understood.request is None:
            return self._say(asked, typed, understood)
        wanted = PartOfAnswer.BOTH if understood.as_csv else PartOfAnswer.ANSWER
        how = Question(place, understood.request, wanted, understood, privately=typed.privately, as_of=understood.as_of)
        return self._asking.ask(how)

    def _set_whole(self, asked: Asked, typed: typed_words.TypedWords) -> Onward | None:
        """Do what words about the channel's digests say that are understood whole; None for any others."""
        subscribing = self._subscribing
        if subscribing is None:
            return None
        if meant := subscribing.which.find_meant(asked.place.channel, typed):
            return self._turns.onward(asked.place, Lane.SETTINGS, partial(subscribing.take_meant, asked, meant))
        if (read := setting_words.read_setting(typed)) is not None:
            hear = subscribing.hear if read.is_wish else subscribing.do
            return self._turns.onward(asked.place, Lane.SETTINGS, partial(hear, asked, list(read.words)))
        return None

    def _set(self, subscribing: Subscribing, asked: Asked, words: list[str]) -> Onward:
        """Have a digest's settings changed or shown, in the line of those that ask Slack."""
        return self._turns.onward(asked.place, Lane.SETTINGS, partial(subscribing.do, asked, words))

    def _wait_for(self, asked: Asked, typed: typed_words.TypedWords) -> Onward | None:
        """Set, change or list alerts; None where the words are not about any."""
        alerting = self._alerting
        if alerting is None:
            return None
        try:
            wish = alert_words.read(typed.words)
        except alert_words.UnclearAlert as unclear:
            return self._turns.onward(asked.place, Lane.SETTINGS, partial(alerting.tell_unclear, asked.place, unclear))
        if wish is None:
            return None
        return self._turns.onward(
            asked.place, Lane.SETTINGS, partial(alerting.do, asked, alert_words.only_ask(wish) if typed.asks else wish)
        )

    def _go_on(self, place: Place, typed: typed_words.TypedWords) -> Onward | None:
        """Take up what was answered before in this conversation; None where the words do not go on from it."""
        said, text = self._recall(place), typed.words
        if said is None:
            return None
        picked = pick_offered(said.offered, text, answered=said.read_at is not None)
        if chosen := picked or ask_of_offered(said.offered, text, self._today):
            return self._take_up(place, chosen, privately=typed.privately)
        if said.read_at and said.offered and points_into_list(text):
            return None  # no such place: then it is no other length of the list either
        earlier = said.request
        follow = follow_up(earlier, text, self._today) if earlier else None
        if earlier is None or follow is None:
            return None
        if told := help_card.about_answer(earlier, follow.on):
            return self._turns.onward(place, Lane.STORED, partial(self._tell, place, told))
        return self._asking.ask(_ask_on(place, said, follow, privately=typed.privately))

    def _tell(self, place: Place, message: Message) -> None:
        self._delivery.tell(place, message)

    def _recall(self, place: Place) -> Said | None:
        """Give what was said last in a conversation that can be gone on with."""
        return self._ledger.recall(place) if self._ledger and place.respond is None else None

    def _take_up(self, place: Place, words: str, *, privately: bool) -> Onward | None:
        request = grammar.parse(words)
        if isinstance(request, grammar.Unclear):
            return None
        return self._asking.ask(Question(place, request, privately=privately))

    @property
    def _today(self) -> dt.date:
        return self._analyst.context.clock().date()

    def _say(self, asked: Asked, typed: typed_words.TypedWords, understood: grammar.Understood) -> Onward | None:
        """Answer what is no question: help, settings, how things stand, thanks; or hand it back."""
        match understood.kind:
            case grammar.Intent.HELP:
                self._delivery.tell(asked.place, self._help(understood.words or "help"))
            case grammar.Intent.THANKS:
                self._delivery.tell(asked.place, help_card.welcome())
            case grammar.Intent.STATUS if self._subscribing:
                return self._turns.onward(asked.place, Lane.SETTINGS, partial(self._subscribing.tell_status, asked))
            case grammar.Intent.PREVIEWS if self._preview_commands and understood.words:
                words = understood.kind.value if typed.asks else understood.words
                work = partial(self._preview_commands.do, asked.place, words)
                return self._turns.onward(asked.place, Lane.SETTINGS, work)
            case grammar.Intent.DIGEST if self._subscribing:
                return self._set(self._subscribing, asked, (understood.words or grammar.LEAVE_ME).split()[1:])
            case _ if self._subscribing and typed.settings is not None:
                return self._set(self._subscribing, asked, typed.settings)  # says what is wrong with them
            case _:
                self._note_not_understood(asked.place)
                said = self._recall(asked.place)
                understood = leave_out_unknown_days(understood, self._analyst.can_answer)
                self._delivery.tell(asked.place, help_card.not_understood(understood, said.request if said else None))
                self._asking.remember_offer(asked.place, list(understood.also))
        return None

    def _note_not_understood(self, place: Place) -> None:
        self._observer.note_question(ANYTHING, Outcome.NOT_UNDERSTOOD, place.seconds)

    def _help(self, words: str) -> Message:
        """Show the card, or what is behind one of its lines; only what can be answered is offered."""
        topic = words.removeprefix("help").strip()
        if topic == "digest":
            return digest_messages.how_to("What can be said about digests:")
        if topic in ("alert", "alerts"):
            return alert_messages.how_to("What can be said about alerts:")
        if found := grammar.find_topic(topic):
            return help_card.about(found, self._can_answer)
        return help_card.card(self._can_answer)

    def _can_answer(self, words: str) -> bool:
        request = grammar.parse(words)
        return not isinstance(request, grammar.Unclear) and self._analyst.can_answer(request)


def _ask_on(place: Place, said: Said, follow: FollowUp, *, privately: bool) -> Question:
    """Make the question that goes on from an answer: of the reading that stands there, unless another is asked for."""
    is_same = follow.request == said.request and follow.as_of is None and follow.on is not OnAnswer.AGAIN
    wanted = PartOfAnswer.BOTH if follow.as_csv else PartOfAnswer.ANSWER
    wanted = PartOfAnswer.ROWS if follow.rows_alone else wanted
    wanted = PartOfAnswer.COUNTING if follow.how else wanted
    wanted = PartOfAnswer.PERCENT if follow.on is OnAnswer.PERCENT else wanted
    shown = said.answered.read_at if is_same and said.answered else None
    alone = follow.how or privately
    return Question(place, follow.request, wanted, privately=alone, shown=shown, as_of=follow.as_of)


def _team(body: Body) -> str:
    return str(body.get("team_id") or "")


def _thread(event: Body) -> str:
    return str(event.get("thread_ts") or event["ts"])
