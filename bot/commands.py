"""
What people type -> what the bot does: acknowledge, parse, ask, deliver.

Slack wants an acknowledgement within three seconds. So each handler only reads the words, acknowledges and hands the
work to our own executor: Bolt's pool of five threads would starve (50 people asking at once), and an exception right
after an acknowledgement would cancel it. The work catches everything; nobody is met with silence.
"""

import logging
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Request
from analytics.errors import NoSuchName, NothingStored
from bot import messages
from bot.delivery import Delivery, Place
from bot.digest import digest_messages, modal, parsing
from bot.digest.digest_commands import Asked, Subscribing
from bot.notices import Notice
from bot.place import thread_exists

log = logging.getLogger(__name__)

Body = dict[str, Any]
HELP_WORDS = {"", "help", "?", "hi", "hello", "hilfe"}
MOST_WAITING = 500
"""Questions that may wait at once; beyond that people are asked to come back rather than left waiting."""

MOMENT = 1.0
"""Seconds after which the asker is told that the question is being worked on."""

BUTTONS = {
    digest_messages.PAUSE: "pause",
    digest_messages.RESUME: "resume",
    digest_messages.OFF: "off",
    digest_messages.TEST: "test",
}
"""Buttons of the digest, and the word each stands for."""

REMEMBERED_SECONDS = 600
"""How long an event's id is remembered: Slack redelivers at once, after one and after five minutes."""

STALE_EVENT_SECONDS = 900
"""Mentions older than this are not answered: Slack may replay them after an outage."""


class Commands:
    """One handler for each thing people can do; `app.py` lists which is which."""

    def __init__(
        self,
        analyst: Analyst,
        delivery: Delivery,
        executor: Executor,
        now: Callable[[], float] = time.time,
        moment: float = MOMENT,
        subscribing: Subscribing | None = None,
    ) -> None:
        self._subscribing = subscribing
        self._analyst = analyst
        self._delivery = delivery
        self._executor = executor
        self._now = now
        self._moment = moment
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._seen = Seen(now)
        self._courtesy = Courtesy()

    # ------------------------------------------------------------------------------------------------------- handlers

    def slash(self, ack: Callable[..., Any], body: Body, respond: Any) -> None:
        """`/frameworks WORDS`: the answer appears in the channel, everything else only to the asker."""
        words = str(body.get("text") or "")
        direct = body.get("channel_name") == "directmessage"
        team = str(body.get("team_id") or "")
        place = Place(body["channel_id"], body["user_id"], respond, direct=direct, team=team)
        ack()
        self._hand_over(place, words, team, str(body.get("trigger_id") or ""))

    def mention(self, event: Body, body: Body) -> None:
        """`@frameworks WORDS`: answered in the thread of the mention."""
        place = Place(event["channel"], event.get("user", ""), thread_ts=_thread(event), team=_team(body))
        self._message(event, body, replace(place, in_thread=thread_exists(event)))

    def direct_message(self, event: Body, body: Body) -> None:
        """Words written to the bot itself: answered in that conversation."""
        if event.get("channel_type") == "im":
            place = Place(event["channel"], event.get("user", ""), thread_ts=event.get("thread_ts"), direct=True)
            self._message(event, body, replace(place, team=_team(body)))

    def ask_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Answer a button that asks its words for the one who clicked."""
        ack()
        self._hand_over(_clicked(body, respond), f"privately {action['value']}")

    def share_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Answer a button that asks its words in the channel."""
        ack()
        own = bool((body.get("container") or {}).get("is_ephemeral"))
        self._hand_over(replace(_clicked(body, respond), replace=own), action["value"])

    def dead_button(self, ack: Callable[..., Any], body: Body, respond: Any) -> None:
        """Answer a button of an older version; without this Slack shows a warning sign."""
        ack()
        self._executor.submit(self._delivery.tell, _clicked(body, respond), messages.stale_button())

    def digest_button(self, ack: Callable[..., Any], body: Body, action: Body, respond: Any) -> None:
        """Do what a button of a digest or of its settings says, for the channel it stands in."""
        ack()
        name = action["action_id"].partition(":")[0]
        team, trigger = str((body.get("team") or {}).get("id", "")), str(body.get("trigger_id") or "")
        self._settings(Asked(_clicked(body, respond), team, trigger), name)

    def digest_form(self, ack: Callable[..., Any], body: Body, view: Body) -> None:
        """Take the form: what is wrong is said beside the field, before the form closes."""
        try:
            channel, team, wanted = modal.read(view)
        except parsing.UnclearSetting as unclear:
            field = modal.TIME if "time;" in str(unclear) else modal.ZONE
            ack(response_action="errors", errors={field: str(unclear)})
            return
        ack()
        asked = Asked(Place(channel, body["user"]["id"]), team)
        self._submit(asked.place, lambda: self._subscribed(asked, wanted))

    def _subscribed(self, asked: Asked, wanted: parsing.Wanted) -> None:
        if self._subscribing:
            self._subscribing.subscribe(asked, wanted)

    def _settings(self, asked: Asked, button: str) -> None:
        subscribing = self._subscribing
        if subscribing and button == digest_messages.MANAGE:
            self._submit(asked.place, lambda: subscribing.open_form(asked))
        elif subscribing and button in BUTTONS:
            self._submit(asked.place, lambda: subscribing.act(asked, BUTTONS[button]))

    def _message(self, event: Body, body: Body, place: Place) -> None:
        """Take a mention or direct message once: not from bots, not edits, not old ones, not redelivered ones."""
        ours = not event.get("bot_id") and event.get("subtype") in (None, "file_share") and event.get("user")
        recent = self._now() - float(event.get("ts", 0)) < STALE_EVENT_SECONDS
        first = self._seen.first_time(str(body.get("event_id")), f"{event.get('channel')} {event.get('ts')}")
        if ours and recent and first:
            words = re.sub(r"<@[A-Z0-9]+(\|[^>]*)?>", " ", str(event.get("text") or ""))
            self._hand_over(place, words, str(body.get("team_id", "")))

    # ----------------------------------------------------------------------------------------------------------- work

    def _hand_over(self, place: Place, words: str, team: str = "", trigger: str = "") -> None:
        """Give a question to the executor."""
        self._submit(place, lambda: self._reply(place, words, Asked(place, team, trigger)))

    def _submit(self, place: Place, work: Callable[[], None]) -> None:
        """Give work to the executor; say so when too much is waiting."""
        self._courtesy.heard()
        if not self._waiting.acquire(blocking=False):
            self._executor.submit(self._delivery.tell, place, messages.busy())
            return
        try:
            self._executor.submit(self._work, place, work)
        except RuntimeError:  # the executor is shutting down: the process is being stopped
            self._waiting.release()
            log.warning("a question came while stopping and was not answered")

    def _work(self, place: Place, work: Callable[[], None]) -> None:
        self._courtesy.wait()
        try:
            work()
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("reference %s", reference)
            self._delivery.tell(place, messages.unexpected(reference))
        finally:
            self._waiting.release()

    def _reply(self, place: Place, words: str, asked: Asked) -> None:
        privately, words = _privately(words)
        if asks_for_help(words):
            self._delivery.tell(place, messages.help_card())
            return
        if self._subscribing and _set_or_shown(self._subscribing, words, asked):
            return
        request = grammar.parse(words)
        if isinstance(request, grammar.Unclear):
            self._delivery.tell(place, messages.unclear(request))
            return
        looking = messages.looking(request.words)
        with Notice(self._delivery, place, looking, self._moment, privately=privately) as notice:
            self._answer(place, request, notice, privately=privately)

    def _answer(self, place: Place, request: Request, notice: Notice, *, privately: bool) -> None:
        try:
            answer = self._analyst.answer(request)
        except NoSuchName as unknown:
            self._delivery.tell(place, messages.no_such(unknown, request.words))
        except NothingStored as nothing:
            self._delivery.tell(place, messages.nothing_stored(nothing))
        else:
            self._deliver(place, request, answer, notice, privately=privately)

    def _deliver(self, place: Place, request: Request, answer: Answer, notice: Notice, *, privately: bool) -> None:
        from analytics import charts

        if privately:
            self._delivery.show(place, answer)
        else:
            self._delivery.post(place, answer, lambda: charts.draw(answer), charts.fingerprint(answer), notice.end)
        log.info("answered %s for %s", request.words.partition(" ")[0], place)


class Courtesy:
    """
    Lets those who are not yet heard go first.

    Work and acknowledgements share one interpreter. When many ask at once, work begins only after nobody has asked for
    a moment; measured with 50 at once, the slowest acknowledgement took half as long (docs/performance.md).
    """

    QUIET, LONGEST = 0.02, 0.15
    """Seconds: the quiet that is waited for, and how long at most."""

    def __init__(self) -> None:
        self._last = 0.0

    def heard(self) -> None:
        """Remember that somebody was heard just now."""
        self._last = time.monotonic()

    def wait(self) -> None:
        """Wait for a quiet moment, but not long."""
        latest = time.monotonic() + self.LONGEST
        while (quiet_from := self._last + self.QUIET) > (now := time.monotonic()) and now < latest:
            time.sleep(min(quiet_from, latest) - now)


class Seen:
    """Remembers what was handled in the last minutes: Slack delivers some events more than once."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._marks: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def first_time(self, *marks: str) -> bool:
        """Tell whether none of these marks was seen before, and remember them."""
        with self._lock:
            while self._marks and next(iter(self._marks.values())) < self._now() - REMEMBERED_SECONDS:
                self._marks.popitem(last=False)
            known = any(mark in self._marks for mark in marks)
            self._marks.update(dict.fromkeys(marks, self._now()))
            return not known


def _set_or_shown(subscribing: Subscribing, words: str, asked: Asked) -> bool:
    """Take `digest ...`, `subscribe` and `status`, which are not questions; tell whether it was one of them."""
    first, *rest = grammar.clean(words).split() or [""]
    match first.casefold():
        case "digest" | "digests":
            subscribing.do(asked, rest)
        case "subscribe" | "unsubscribe":
            subscribing.do(asked, [first, *rest])
        case "status":
            subscribing.tell_status(asked)
        case _:
            return False
    return True


def asks_for_help(words: str) -> bool:
    """Tell whether the words are a call for help, or none at all."""
    first, _, _ = grammar.clean(words).casefold().partition(" ")
    return first in HELP_WORDS


def _privately(words: str) -> tuple[bool, str]:
    """Split off the word that keeps an answer to the asker."""
    match = re.match(r"\s*(privately|private|quietly)\b[\s,:]*", words, re.IGNORECASE)
    return (True, words[match.end() :]) if match else (False, words)


def _clicked(body: Body, respond: Any) -> Place:
    channel, container = body.get("channel") or {}, body.get("container") or {}
    return Place(
        channel.get("id", ""),
        body["user"]["id"],
        respond,
        thread_ts=container.get("thread_ts"),
        direct=channel.get("name") == "directmessage",
        in_thread=bool(container.get("thread_ts")),
        team=str((body.get("team") or {}).get("id") or ""),
    )


def _team(body: Body) -> str:
    return str(body.get("team_id") or "")


def _thread(event: Body) -> str:
    return str(event.get("thread_ts") or event["ts"])
