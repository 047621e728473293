"""
Words for one person alone, by the first way that works: response_url, a message only they see, a direct message.

A way that refuses leads to the next; a reply that may have arrived is not sent again, in any form or way.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk import WebClient

from bot.messages import Message
from bot.place import Place
from bot.slack_errors import (
    Forbidden,
    NotHere,
    Refused,
    RefusedForNow,
    TooFast,
    Unconfirmed,
    foreign,
    interpret_reply,
    sort_failures,
)

log = logging.getLogger(__name__)

Way = Callable[[Message], None]


class Telling:
    """Tells the asker alone; nobody is met with silence as long as one way is open."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def tell(self, place: Place, *forms: Message) -> None:
        """Say something to the asker alone, in the first form and by the first way that Slack takes."""
        words = Message(forms[-1].text)
        forms = forms if forms[-1] == words else (*forms, words)
        for way in self._ways(place):
            if self._try(place, way, forms):
                return
        log.error("no way to tell %s", place)

    def dismiss(self, place: Place) -> None:
        """Take away the private message whose button was used; nothing is lost if Slack does not do it."""
        if place.respond and place.replace:
            try:
                self._respond(place, delete_original=True)
            except (Refused, Forbidden, TooFast, Unconfirmed) as failure:
                log.info("the private message stays: %s", failure)

    @staticmethod
    def _try(place: Place, way: Way, forms: tuple[Message, ...]) -> bool:
        """Try the forms by one way; tell whether that is the end of it."""
        for form in forms:
            try:
                way(form)
            except Refused:
                continue
            except (Forbidden, NotHere, RefusedForNow, TooFast):
                return False
            except Unconfirmed:
                log.warning("a reply may or may not have reached %s; it is not sent again", place)
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
            log.info("the response_url was answered %s %s, for %s", reply.status_code, foreign(reply.body), place)
            raise meaning

    def _post(self, place: Place, channel: str, form: Message, thread: str | None) -> None:
        with sort_failures(place):
            self._client.chat_postMessage(channel=channel, thread_ts=thread, **form.as_arguments())

    def _whisper(self, place: Place, form: Message) -> None:
        """Show it to the asker only; in the thread only if there is one, else Slack shows it to nobody."""
        arguments = {key: value for key, value in form.as_arguments().items() if not key.startswith("unfurl")}
        thread = place.thread_ts if place.in_thread else None
        with sort_failures(place):
            self._client.chat_postEphemeral(channel=place.channel, user=place.user, thread_ts=thread, **arguments)


def _from_elsewhere(place: Place, form: Message) -> Message:
    """Say in a direct message which channel it is about."""
    if place.direct or not place.channel:
        return form
    where = f"About your question in <#{place.channel}>:"
    note = ({"type": "context", "elements": [{"type": "mrkdwn", "text": where}]},) if form.blocks else ()
    return Message(f"{where} {form.text}", (*note, *form.blocks))
