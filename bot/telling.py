"""
Words for one person alone, by the first way that works: response_url, a message only they see, a direct message.

A way that refuses leads to the next; where all do and one of them only asks for a bearable pause, that is waited for.
What may have been lost is said once more by the next way, and says so; after a
page of somebody's between Slack and us one line says that there was an answer; what was taken is not said again.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from slack_sdk import WebClient

from bot import troubles
from bot.messages import Message
from bot.place import Place
from bot.reply_answers import interpret_reply
from bot.slack_errors import (
    Forbidden,
    NotHere,
    Refused,
    RefusedForNow,
    TooFast,
    Trace,
    Unconfirmed,
    foreign,
    sort_failures,
)

log = logging.getLogger(__name__)

Way = Callable[[Message], None]

BEARABLE = 5.0
"""Seconds of pauses in all that are waited for where no other way is left."""


class Telling:
    """Tells the asker alone; nobody is met with silence as long as one way is open."""

    def __init__(self, client: WebClient, wait: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._wait = wait

    def tell(self, place: Place, *forms: Message) -> bool:
        """
        Say something to the asker alone, in the first form and by the first way that Slack takes.

        Tells whether Slack said that it is there.
        """
        words = Message(forms[-1].text)
        forms = forms if forms[-1] == words else (*forms, words)
        told, left, ways = False, BEARABLE, self._ways(place)
        try:
            while not told and left >= 0:
                ways, pauses = self._ways(place), list[float]()
                told = any(self._try(way, forms, pauses) for way in ways)
                left -= (pause := min(pauses, default=math.inf))
                if not told and left >= 0:
                    self._wait(pause)  # only because Slack asked for it: else nobody would hear anything
        except Unconfirmed as doubt:
            log.warning("a reply may or may not have reached %s (%s)", place, foreign(doubt))
            if doubt.trace is not Trace.NOD:
                return self._make_sure(place, ways, _word_anew(forms, doubt))
            return True
        if not told:
            log.error("no way to tell %s", place)
        return told

    def mention_once(self, place: Place, message: Message) -> None:
        """Say what is only a courtesy, and may be lost."""
        with suppress(Unconfirmed):
            any(self._try(way, (message,)) for way in self._ways(place))

    def _make_sure(self, place: Place, ways: Iterator[Way], forms: tuple[Message, ...]) -> bool:
        """Say it, or that it was said, by what ways are left; whatever comes of that, it was the last time."""
        told = False
        try:
            told = any(self._try(way, forms) for way in ways)
        except Unconfirmed as doubt:
            log.warning("nor is it confirmed that the second try reached %s (%s)", place, foreign(doubt))
        else:
            log.info("it was said to %s %s", place, "once more" if told else "once: no other way is open")
        return told

    def dismiss(self, place: Place) -> None:
        """Take away the private message whose button was used; nothing is lost if Slack does not do it."""
        if place.respond and place.replace:
            try:
                self._respond(place, delete_original=True)
            except (Refused, Forbidden, TooFast, Unconfirmed) as failure:
                log.info("the private message stays: %s", failure)

    @staticmethod
    def _try(way: Way, forms: tuple[Message, ...], pauses: list[float] | None = None) -> bool:
        """
        Try the forms by one way; tell whether Slack took one. Raises Unconfirmed where that cannot be told.

        `pauses` takes the seconds that Slack asks to wait for this way.
        """
        for form in forms:
            try:
                way(form)
            except Refused:
                continue
            except TooFast as fast:
                if pauses is not None:
                    pauses.append(fast.seconds)
                return False
            except (Forbidden, NotHere, RefusedForNow):
                return False
            return True
        return False

    # ---------------------------------------------------------------------------------------------------------- ways

    def _ways(self, place: Place) -> Iterator[Way]:
        if place.respond:
            yield lambda form: self._respond(
                place, **form.as_arguments(), response_type="ephemeral", replace_original=place.replace
            )
        if place.direct:
            yield lambda form: self._post(place, place.channel, form, place.thread_ts)
        elif place.channel:
            yield lambda form: self._whisper(place, form)
        if place.user:
            yield lambda form: self._post(place, place.user, _from_elsewhere(place, form), None)

    def _respond(self, place: Place, **arguments: Any) -> None:
        with sort_failures(place):
            reply = place.respond(**arguments) if place.respond else None
        meaning = interpret_reply(reply) if reply else None
        if reply and meaning:
            log.info("%s: the response_url was answered %s, for %s", type(meaning).__name__, foreign(meaning), place)
            raise meaning

    def _post(self, place: Place, channel: str, form: Message, thread: str | None) -> None:
        with sort_failures(place):
            self._client.chat_postMessage(channel=channel, thread_ts=thread, **form.as_post())

    def _whisper(self, place: Place, form: Message) -> None:
        """Show it to the asker only; in the thread only if there is one, else Slack shows it to nobody."""
        arguments = {key: value for key, value in form.as_arguments().items() if not key.startswith("unfurl")}
        thread = place.thread_ts if place.in_thread else None
        with sort_failures(place):
            self._client.chat_postEphemeral(channel=place.channel, user=place.user, thread_ts=thread, **arguments)


def _word_anew(forms: tuple[Message, ...], doubt: Unconfirmed) -> tuple[Message, ...]:
    """Give what is said after a try that was not confirmed: the same, marked, or only that there was an answer."""
    if doubt.trace is Trace.PAGE:
        return (troubles.warn_unseen(),)
    return tuple(troubles.mark_as_second(form) for form in forms)


def _from_elsewhere(place: Place, form: Message) -> Message:
    """Say in a direct message which channel it is about."""
    if place.direct or not place.channel:
        return form
    where = f"About your question in <#{place.channel}>:"
    note = ({"type": "context", "elements": [{"type": "mrkdwn", "text": where}]},) if form.blocks else ()
    return Message(f"{where} {form.text}", (*note, *form.blocks))
