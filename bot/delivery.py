"""
The only caller of Slack: uploads, posts, replies. What can go wrong is sorted in `failures.py`.

The ladder: picture with native blocks, picture with text, text. Each step is tried once, and once more only where
Slack asks for patience (429, a file still being processed, a channel just joined). Whatever happens, the asker hears
something.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState
from slack_sdk.webhook import WebhookResponse

from analytics.domain.answer import Answer
from bot import messages
from bot.messages import Message
from bot.slack_errors import (
    Forbidden,
    NotHere,
    Refused,
    StillProcessing,
    Unconfirmed,
    sorted_failures,
    why_not_uploaded,
)

log = logging.getLogger(__name__)

LONGEST_RATE_WAIT = 30
"""Seconds: a longer Retry-After is not waited for; the asker gets the answer another way."""

FILE_WAITS = (0.0, 0.1, 0.4, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0)
"""Seconds between looks at a file being processed: 30 in all (Slack processes uploads asynchronously)."""

REMEMBERED_FILES = 200
OK = 200


class Respond(Protocol):
    """Bolt's `respond`: posts to the response_url (5 uses in 30 minutes) and never raises on a refusal."""

    def __call__(self, **arguments: Any) -> WebhookResponse:
        """Send one reply."""


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where an answer goes: a channel (and thread), the person who asked, and the way back to that person alone.

    `respond` is None where Slack gave no response_url (mentions and direct messages). `replace` says that the message
    whose button was clicked is the asker's alone and may be replaced; it is never true for a message the whole channel
    sees, nor for a slash command, which has no message to replace.
    """

    channel: str
    user: str
    respond: Respond | None = None
    thread_ts: str | None = None
    direct: bool = False
    replace: bool = False


class PatientRateLimit(RateLimitErrorRetryHandler):
    """Waits out one 429 whose Retry-After is bearable, and no longer one."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if not super()._can_retry(state=state, request=request, response=response, error=error):
            return False
        wait = next(
            (v[0] for k, v in (response.headers if response else {}).items() if k.lower() == "retry-after"), "1"
        )
        return wait.isdigit() and int(wait) <= LONGEST_RATE_WAIT


def slack_client(token: str, api_url: str) -> WebClient:
    """
    Make the client for everything: no retry when a connection drops, because Slack may have posted already.

    The SDK's default handler for connection errors posts a message twice in that case.
    """
    return WebClient(token, base_url=api_url, timeout=20, retry_handlers=[PatientRateLimit(max_retry_count=1)])


class Delivery:
    """Brings messages to Slack through one client; safe to use from several threads."""

    def __init__(self, client: WebClient, wait: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._wait = wait
        self._files: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    # ------------------------------------------------------------------------------------------------------- answers

    def post(self, place: Place, answer: Answer, picture: Callable[[], bytes], name: str) -> None:
        """
        Post an answer in its channel, one step down the ladder for each refusal.

        `picture` draws the PNG, only if it has not been uploaded before under `name`.
        """
        try:
            self._descend(place, self._ladder(answer, picture, name, place.user))
        except NotHere:
            self.tell(place, messages.native(answer, None, messages.invite(direct=place.direct)))
        except Forbidden as refusal:
            self.tell(place, messages.text_only(answer, None, messages.not_posted(refusal.code)))
        except Unconfirmed:
            self.tell(place, messages.unconfirmed())
        else:
            self.dismiss(place)

    def show(self, place: Place, answer: Answer) -> None:
        """Show an answer to the asker alone; a picture cannot be ephemeral, so Slack's own blocks show it."""
        self.tell(place, messages.native(answer, None, share=True), messages.text_only(answer, None))

    def _ladder(self, answer: Answer, picture: Callable[[], bytes], name: str, asked_by: str) -> Iterator[Message]:
        """Give the forms of an answer, best first; a form is made only when it is its turn."""
        remembered = name in self._files
        file_id, trouble = self._uploaded(answer, picture, name)
        if remembered:
            yield messages.with_picture(answer, file_id, asked_by)
            self._files.pop(name, None)  # refused: somebody may have deleted the file, so it is uploaded anew
            file_id, trouble = self._uploaded(answer, picture, name)
        if file_id:
            yield messages.with_picture(answer, file_id, asked_by)
            yield messages.text_with_picture(answer, file_id, asked_by)
            yield messages.text_only(answer, asked_by)
        else:
            missing = messages.no_picture(trouble)
            yield messages.native(answer, asked_by, missing)
            yield messages.text_only(answer, asked_by, missing)

    def _descend(self, place: Place, ladder: Iterator[Message]) -> None:
        code = ""
        for form in ladder:
            try:
                self._post_or_join(place, form)
            except Refused as refusal:
                log.warning("Slack refused one form of an answer: %s", refusal)
                code = refusal.code
            else:
                return
        raise Forbidden(code)

    def _post_or_join(self, place: Place, message: Message) -> None:
        try:
            self._send(place, message)
        except NotHere as away:
            if not away.joinable or not self._joined(place.channel):
                raise
            self._send(place, message)

    def _send(self, place: Place, message: Message) -> None:
        with sorted_failures():
            self._client.chat_postMessage(channel=place.channel, thread_ts=place.thread_ts, **message.as_arguments())

    def _joined(self, channel: str) -> bool:
        try:
            self._client.conversations_join(channel=channel)
        except (SlackApiError, SlackClientError, OSError) as refusal:
            log.warning("could not join %s: %s", channel, refusal)
            return False
        return True

    # -------------------------------------------------------------------------------------------------------- files

    def picture(self, answer: Answer) -> tuple[str, str]:
        """Draw and upload the picture of an answer, once for all channels; give its file id, or why there is none."""
        from analytics import charts

        return self._uploaded(answer, lambda: charts.draw(answer), charts.fingerprint(answer))

    def _uploaded(self, answer: Answer, picture: Callable[[], bytes], name: str) -> tuple[str, str]:
        """Upload a picture once for all channels; give its file id, or why there is none."""
        with self._lock:
            known = self._files.get(name)
        if known:
            return known, ""
        try:
            file_id = self._upload(answer, picture(), name)
        except (SlackApiError, SlackClientError, OSError) as failure:
            log.warning("the picture %s could not be uploaded: %s", name, failure)
            return "", why_not_uploaded(failure)
        except Exception:
            log.exception("the picture %s could not be drawn", name)
            return "", "it could not be drawn"
        with self._lock:
            self._files[name] = file_id
            while len(self._files) > REMEMBERED_FILES:
                self._files.popitem(last=False)
        return file_id, ""

    def _upload(self, answer: Answer, png: bytes, name: str) -> str:
        uploaded = self._client.files_upload_v2(
            file=png, filename=f"{name}.png", title=answer.title, alt_txt=answer.alt_text
        )
        file_id: str = uploaded["files"][0]["id"]
        for wait in FILE_WAITS:
            self._wait(wait)
            if self._client.files_info(file=file_id)["file"].get("mimetype"):
                return file_id
        raise StillProcessing

    # -------------------------------------------------------------------------------------- to the asker alone

    def tell(self, place: Place, *forms: Message) -> None:
        """Say something to the asker alone, in the first form that Slack takes."""
        for form in forms:
            if self._told(place, form):
                return
        if self._told(place, Message(forms[-1].text)):
            return
        log.error("the asker %s in %s could not be told: %s", place.user, place.channel, forms[0].text)

    def _told(self, place: Place, message: Message) -> bool:
        try:
            if place.respond:
                reply = place.respond(
                    **message.as_arguments(), response_type="ephemeral", replace_original=place.replace
                )
                return reply.status_code == OK
            self._whisper(place, message)
        except (SlackApiError, SlackClientError, OSError) as failure:
            log.warning("a reply did not get through: %s", failure)
            return False
        return True

    def _whisper(self, place: Place, message: Message) -> None:
        """Reply where there is no response_url: openly in a direct message, else only to the asker."""
        if place.direct:
            self._client.chat_postMessage(channel=place.channel, **message.as_arguments())
        else:
            arguments = {key: value for key, value in message.as_arguments().items() if not key.startswith("unfurl")}
            self._client.chat_postEphemeral(
                channel=place.channel, user=place.user, thread_ts=place.thread_ts, **arguments
            )

    def dismiss(self, place: Place) -> None:
        """Take away the private message whose button was used; nothing is lost if Slack does not do it."""
        if place.respond and place.replace:
            try:
                place.respond(delete_original=True)
            except OSError as failure:
                log.info("the private message stays: %s", failure)
