"""
Pictures on their way into Slack: drawn and uploaded once for all channels, or shared into one conversation.

Which of the two is a setting (SLACK_PICTURES), because only a real workspace can tell whether others see a picture that
stands in a message but was never shared (docs/decisions.md).
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from analytics.domain.answer import Answer
from analytics.domain.wording import clause
from analytics.single_flight import SingleFlight, Turn, begin_at_once
from bot.concern import name_concern
from bot.drawn_lately import DrawnLately
from bot.shared_pictures import NoShelf, PictureShelf
from bot.slack_errors import (
    SLACK_FAILURES,
    NotHere,
    RefusedForNow,
    TooFast,
    Unconfirmed,
    describe,
    interpret,
    pick,
    pick_object,
    word_of,
)
from bot.slack_words import meaning_of

log = logging.getLogger(__name__)

FILE_WAITS = (0.0, 0.1, 0.4, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0)
"""Seconds between looks at a file being processed: 30 in all (Slack processes uploads asynchronously)."""

REMEMBERED_FILES = 200
NO_SHELF = NoShelf()
PAUSE_ASKED = "Slack asked for a pause"

UPLOADS = {
    "file_uploads_disabled": "uploads are switched off in this workspace",
    "file_uploads_except_images_disabled": "uploads are switched off in this workspace",
    "storage_limit_reached": "the workspace's storage is full",
    "missing_scope": "the app lacks a permission, see the log",
    "posting_to_channel_denied": "files may not be shared in this channel",
}


CONNECT = "slack_connect_"
"""How Slack's words begin that are about channels shared with others."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is drawn when it is needed: its name, what it shows, and its bytes."""

    name: str
    title: str
    alt_text: str
    draw: Callable[[], bytes]


class StillProcessing(TimeoutError):
    """Slack has the file, but has not made a picture of it in the time we wait."""


class NotDrawn(Exception):
    """There is no picture: letters are gone, say, or memory is short. That is no failure of Slack's."""


def _draw(picture: Callable[[], bytes]) -> bytes:
    try:
        return picture()
    except Exception as trouble:
        raise NotDrawn from trouble


def why_not_uploaded(failure: Exception) -> str:
    """Say in a clause why an upload failed."""
    if isinstance(interpret(failure), TooFast):
        return PAUSE_ASKED
    word = word_of(failure)
    if word.startswith(CONNECT):
        return "the rules for channels shared with others forbid it"
    if word:
        meaning = meaning_of(word)
        return UPLOADS.get(word) or (clause(meaning.why) if meaning else f"Slack said {word}")
    if isinstance(failure, StillProcessing):
        return "Slack is still processing the picture"
    if isinstance(failure, TimeoutError):
        return "Slack did not answer in time"
    return "Slack did not take it"


class Uploads:
    """Uploads through one client; safe to use from several threads."""

    def __init__(
        self,
        client: WebClient,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        shelf: PictureShelf = NO_SHELF,
        turn: Turn = begin_at_once,
        drawn: DrawnLately | None = None,
    ) -> None:
        self._client = client
        self._drawn = drawn
        self._shelf = shelf
        self._wait = wait
        self._now = now
        self._files: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()
        self._flights = SingleFlight(turn, asks_outside=False)
        self._not_before = 0.0

    def recall(self, name: str) -> str:
        """Give the file id of a picture that was uploaded before; nothing if it was not."""
        with self._lock:
            return self._files.get(name, "")

    def find(self, name: str) -> str:
        """Give the same, also of a picture that another process uploaded."""
        known = self.recall(name)
        if not known and (known := self._shelf.find(name)):
            self._remember(name, known)
        return known

    def forget(self, name: str) -> None:
        """Forget a picture that Slack no longer shows: somebody may have deleted the file."""
        with self._lock:
            self._files.pop(name, None)
        self._shelf.drop(name)

    def upload(self, answer: Answer, picture: Callable[[], bytes], name: str) -> tuple[str, str]:
        """Upload a picture once for all channels; give its file id, or why there is none."""
        known = self.recall(name)
        return (known, "") if known else self._flights.do(name, lambda: self._upload_once(answer, picture, name))

    def _upload_once(self, answer: Answer, picture: Callable[[], bytes], name: str) -> tuple[str, str]:
        if known := self.find(name):
            return known, ""
        file_id, trouble = self._try(
            lambda: self._await_processing(self._upload(answer, self._draw(picture, name), name), "mimetype"), name
        )
        if file_id:
            self._remember(name, file_id)
            self._shelf.put(name, file_id)
        return file_id, trouble

    def _draw(self, picture: Callable[[], bytes], name: str) -> bytes:
        """Draw it, or take what was drawn lately for another workspace."""
        drawn = self._drawn
        return _draw((lambda: drawn.give(name, picture)) if drawn else picture)

    def share(self, answer: Answer, picture: Callable[[], bytes], name: str, channel: str, thread_ts: str) -> str:
        """Share a picture in a thread, where everybody who sees the thread sees it; give why not, if so."""

        def sharing() -> str:
            file_id = self._upload(answer, _draw(picture), name, channel=channel, thread_ts=thread_ts)
            return self._await_processing(file_id, "shares")

        _, trouble = self._try(sharing, name)
        return trouble

    def share_file(self, content: bytes, name: str, channel: str, thread_ts: str | None) -> str:
        """Share a file in a conversation; give why not, if so.

        Raises NotHere where the bot is not in it, Unconfirmed where it may be there all the same.
        """

        def sharing() -> str:
            try:
                uploaded = self._client.files_upload_v2(
                    file=content, filename=name, title=name, channel=channel, thread_ts=thread_ts
                )
            except SLACK_FAILURES as failure:
                meaning = interpret(failure)
                if isinstance(meaning, NotHere | Unconfirmed) and not isinstance(meaning, RefusedForNow):
                    raise meaning from failure
                raise
            return str(pick(uploaded, "files", 0, "id"))

        _, trouble = self._try(sharing, name)
        return trouble

    def _try(self, work: Callable[[], str], name: str) -> tuple[str, str]:
        """Upload unless Slack asked for a pause; what goes wrong costs the picture and nothing else."""
        if self._now() < self._not_before:
            return "", PAUSE_ASKED
        began = time.monotonic()
        try:
            return work(), ""
        except SLACK_FAILURES as failure:
            if isinstance(meaning := interpret(failure), TooFast):
                self._not_before = self._now() + meaning.seconds
            log.info("the picture %s could not be uploaded: %s, %s", name, describe(failure), name_concern(began))
            return "", why_not_uploaded(failure)
        except (NotHere, Unconfirmed):
            raise
        except Exception:
            log.exception("the picture %s could not be drawn", name)
            return "", "it could not be drawn"

    def _remember(self, name: str, file_id: str) -> None:
        with self._lock:
            self._files[name] = file_id
            while len(self._files) > REMEMBERED_FILES:
                self._files.popitem(last=False)

    def _upload(self, answer: Answer, png: bytes, name: str, **where: Any) -> str:
        arguments: dict[str, Any] = {"filename": f"{name}.png", "title": answer.title, "alt_txt": answer.alt_text}
        uploaded = self._client.files_upload_v2(file=png, **arguments, **where)
        return str(pick(uploaded, "files", 0, "id"))

    def _await_processing(self, file_id: str, sign: str) -> str:
        """Look until Slack has processed the file: `mimetype` says it can be shown, `shares` that it was."""
        for wait in FILE_WAITS:
            self._wait(wait)
            if pick_object(self._client.files_info(file=file_id), "file").get(sign):
                return file_id
        raise StillProcessing
