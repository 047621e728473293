"""
The digest's way to Slack: post with a key, find it again, details in the thread, a word to the creator.

Slack's pace is kept here: one message a second in a channel, and all of them together below the several hundred a
minute a workspace allows (docs.slack.dev/apis/web-api/rate-limits).
"""

import datetime as dt
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.messages import Message
from bot.slack_errors import TOO_FAST, CannotTell, Forbidden, Lost, NotHere, Refused, TooFast, sorted_failures

log = logging.getLogger(__name__)

EVENT = "frameworks_digest"
"""The event_type of the metadata; its payload's `slot` is the key."""

A_CHANNEL = 1.0
"""Seconds between two messages in one channel."""

A_WORKSPACE = 0.25
"""Seconds between two messages anywhere: 240 a minute."""

A_PAGE, PAGES = 200, 50
"""How far back the history is searched: 10,000 messages since the claim."""

PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Details:
    """What follows in the thread: messages, and a CSV file by its name."""

    messages: Sequence[Message]
    csv: str = ""
    csv_name: str = "digest.csv"


class Pace:
    """Lets messages go no faster than Slack allows; safe to use from several threads."""

    def __init__(self, wait: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic) -> None:
        self._wait = wait
        self._now = now
        self._lock = threading.Lock()
        self._next = 0.0
        self._channels: defaultdict[str, float] = defaultdict(float)

    def turn(self, channel: str) -> None:
        """Wait for one's turn."""
        with self._lock:
            now = self._now()
            start = max(now, self._next, self._channels[channel])
            self._next = start + A_WORKSPACE
            self._channels[channel] = start + A_CHANNEL
            if len(self._channels) > 20_000:  # noqa: PLR2004 - forget channels long done with
                self._channels.clear()
        if start > now:
            self._wait(start - now)


class SlackPoster:
    """Posts digests through one client."""

    def __init__(self, client: WebClient, pace: Pace | None = None) -> None:
        self._client = client
        self._pace = pace or Pace()

    def post(self, channel: str, message: Sequence[Message], key: str) -> str:
        """Post the first form that Slack takes, best first, with the key as metadata; gives the ts."""
        metadata = {"event_type": EVENT, "event_payload": {"slot": key}}
        for form in message:
            try:
                return self._joining(channel, form, metadata)
            except Refused as refusal:
                log.warning("Slack refused one form of a digest: %s", refusal)
        raise Lost("invalid_blocks")

    def _joining(self, channel: str, form: Message, metadata: dict[str, Any]) -> str:
        try:
            return self._send(channel, form, metadata)
        except NotHere as away:
            if not away.joinable:
                raise Lost("channel_not_found") from away
        with _meant():
            self._client.conversations_join(channel=channel)
        try:
            return self._send(channel, form, metadata)
        except NotHere:
            raise Lost("not_in_channel") from None

    def _send(self, channel: str, form: Message, metadata: dict[str, Any], thread: str | None = None) -> str:
        self._pace.turn(channel)
        with _meant():
            sent = self._client.chat_postMessage(
                channel=channel, metadata=metadata, thread_ts=thread, **form.as_arguments()
            )
        return str(sent["ts"])

    # ---------------------------------------------------------------------------------------------------------- find

    def find(self, channel: str, key: str, since: dt.datetime) -> str | None:
        """Look through the channel's history since a moment for the post with this key."""
        oldest = f"{since.timestamp():.6f}"

        def page(cursor: str | None) -> Any:
            return self._client.conversations_history(
                channel=channel,
                oldest=oldest,
                include_all_metadata=True,
                limit=A_PAGE,
                cursor=cursor,
            )

        return self._found(page, key)

    def _found(self, page: Callable[[str | None], Any], key: str) -> str | None:
        cursor: str | None = None
        for _ in range(PAGES):
            with _searching():
                answer = page(cursor)
            for message in answer["messages"]:
                if _key_of(message) == key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
        raise CannotTell("too much was written since")

    # ------------------------------------------------------------------------------------------------------- thread

    def detail(self, channel: str, ts: str, details: Details | None, key: str, *, look: bool) -> None:
        """Post the CSV and the messages in the thread; the last message carries the key with the word details."""
        if details is None:
            return
        mark = f"{key} details"

        def page(cursor: str | None) -> Any:
            return self._client.conversations_replies(
                channel=channel, ts=ts, include_all_metadata=True, limit=A_PAGE, cursor=cursor
            )

        if look and self._found(page, mark):
            return
        if details.csv:
            with _meant():
                self._client.files_upload_v2(
                    channel=channel,
                    thread_ts=ts,
                    content=details.csv,
                    filename=details.csv_name,
                    title=details.csv_name,
                )
        for form in details.messages:
            self._thread(channel, ts, form, mark if form is details.messages[-1] else "")

    def _thread(self, channel: str, ts: str, form: Message, mark: str) -> None:
        metadata = {"event_type": EVENT, "event_payload": {"slot": mark}}
        try:
            self._send(channel, form, metadata, ts)
        except Refused:
            self._send(channel, Message(form.text), metadata, ts)

    def reply(self, channel: str, ts: str, message: Message) -> None:
        """Post one message in a thread."""
        try:
            self._send(channel, message, {"event_type": EVENT, "event_payload": {"slot": ""}}, ts)
        except (Refused, NotHere) as refusal:
            raise Lost(str(refusal)) from refusal

    def tell(self, user: str, text: str) -> None:
        """Write to one person; a person who left hears nothing, and nothing else depends on it."""
        try:
            direct = self._client.conversations_open(users=user)["channel"]["id"]
            self._client.chat_postMessage(channel=direct, text=text)
        except (SlackApiError, SlackClientError, OSError) as failure:
            log.warning("%s could not be told: %s", user, failure)


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload.get("slot") if metadata.get("event_type") == EVENT else None


@contextmanager
def _meant() -> Iterator[None]:
    """Sort failures into what they mean for a digest."""
    try:
        with sorted_failures():
            yield
    except Refused as refusal:
        if refusal.code in TOO_FAST:
            raise TooFast(_seconds(refusal)) from refusal
        raise
    except Forbidden as refusal:
        raise Lost(refusal.code) from refusal


def _seconds(refusal: Refused) -> float:
    """Read how long Slack asks us to wait."""
    cause = refusal.__cause__
    headers = getattr(getattr(cause, "response", None), "headers", None) or {}
    told = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(told) if told.isdigit() else PAUSE


@contextmanager
def _searching() -> Iterator[None]:
    """Sort failures of looking: what may pass is asked again, what will not means that it cannot be told."""
    try:
        with _meant():
            yield
    except (Lost, NotHere, Refused) as refusal:
        raise CannotTell(getattr(refusal, "code", "") or "I am not in the channel") from refusal
