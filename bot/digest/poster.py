"""
The digest's way to Slack: post with a key, find it again, the thread in its parts, a word to the creator.

Slack's pace is kept here: one message a second in a channel, and all of them together below the several hundred a
minute a workspace allows (docs.slack.dev/apis/web-api/rate-limits).
"""

import datetime as dt
import logging
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.digest.finder import EVENT, TOLD, Finder, Thread, Word
from bot.digest.meaning import translate_failures
from bot.digest.slack_clock import SlackClock
from bot.messages import Message
from bot.slack_errors import CannotTell, Lost, NotHere, Refused, TooFast, Unconfirmed
from bot.uploads import why_not_uploaded

log = logging.getLogger(__name__)

NAMES = uuid.UUID("89737cba-f1fc-5c74-809b-a55d571c6995")
"""The namespace of our client_msg_ids; any fixed one."""

UNKNOWN_ARGUMENT = {"invalid_arg_name", "invalid_arguments"}
"""What Slack would say if it no longer took a client_msg_id, which is not in its list of arguments."""

A_CHANNEL = 1.0
"""Seconds between two messages in one channel."""

A_WORKSPACE = 0.25
"""Seconds between two messages anywhere: 240 a minute."""


UPDATED_TEXT = 4_000
"""chat.update refuses longer texts."""

Check = Callable[[], None]


def nothing() -> None:
    """Check nothing."""


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
    """Posts digests through one client; `clock` learns the time from every reply."""

    def __init__(self, client: WebClient, pace: Pace | None = None, clock: SlackClock | None = None) -> None:
        self._client = client
        self._pace = pace or Pace()
        self._clock = clock or SlackClock(lambda: dt.datetime.now(dt.UTC))
        self._finder = Finder(client, self._clock)
        self._with_ids = True

    def measure(self) -> None:
        """Hear Slack's time if it was not heard lately; without an answer the time stays as it was known."""
        if not self._clock.is_stale:
            return
        try:
            with translate_failures():
                self._clock.heard(self._client.auth_test)
        except (Lost, NotHere, Refused, TooFast, Unconfirmed) as failure:
            log.info("Slack did not tell the time: %s", failure)

    def post(self, channel: str, message: Sequence[Message], key: str, check: Check = nothing, again: int = 0) -> str:
        """
        Post the first form that Slack takes, best first, with the key as metadata; gives the ts.

        `check` is called right before anything leaves, and may stop it. `again` is raised where Slack will not take
        the client_msg_id any more though the post is proven not to be there.
        """
        for form in message:
            try:
                return self._joining(channel, form, key, check, again)
            except Refused as refusal:
                log.warning("Slack refused one form of a digest: %s", refusal)
        raise Lost("invalid_blocks")

    def _joining(self, channel: str, form: Message, key: str, check: Check, again: int) -> str:
        try:
            return self._send(channel, form, key, check, again=again)
        except NotHere as away:
            if not away.joinable:
                raise Lost("channel_not_found") from away
        with translate_failures():
            self._clock.heard(lambda: self._client.conversations_join(channel=channel))
        try:
            return self._send(channel, form, key, check, again=again)
        except NotHere:
            raise Lost("not_in_channel") from None

    def _send(
        self, channel: str, form: Message, key: str, check: Check, thread: str | None = None, again: int = 0
    ) -> str:
        named = {"client_msg_id": message_id(channel, key, again)} if key and self._with_ids else {}
        try:
            return self._leave(channel, form, key, check, thread, **named)
        except Lost as lost:
            if not named or lost.code not in UNKNOWN_ARGUMENT:
                raise
            log.warning("Slack takes no client_msg_id any more: posting without")
            self._with_ids = False
        return self._leave(channel, form, key, check, thread)

    def _leave(self, channel: str, form: Message, key: str, check: Check, thread: str | None, **named: str) -> str:
        metadata = {"event_type": EVENT, "event_payload": {"slot": key}}
        arguments = form.as_arguments() | {"channel": channel, "metadata": metadata, "thread_ts": thread} | named
        self._pace.turn(channel)
        check()
        with translate_failures():
            sent: Any = self._clock.heard(lambda: self._client.chat_postMessage(**arguments))
        return str(sent["ts"])

    # ---------------------------------------------------------------------------------------------- find, thread, tell

    def find(self, channel: str, key: str, since: dt.datetime) -> str | None:
        """Look through the channel's history since a moment for the post with this key."""
        return self._finder.find(channel, key, since)

    def detail(
        self, channel: str, ts: str, details: Details | None, key: str, *, look: bool, check: Check = nothing
    ) -> str:
        """
        Post in the thread what is not there yet, the words before the file; gives why the file is missing, or nothing.

        Raises as `post`; Lost with a word of `GONE` where the post is not there any more. Without `look` nothing is
        taken to be there. A file that fails once is tried once more, when `look` says that this is not the first time.
        """
        if details is None:
            return ""
        there = self._finder.thread(channel, ts) if look else Thread()
        for mark, form in zip(_marks(key, len(details.messages)), details.messages, strict=True):
            if mark not in there.marks:
                self._thread(channel, ts, form, mark, check)
        if not details.csv or details.csv_name in there.files or f"{key} file" in there.marks:
            return ""
        return self._file(channel, ts, details, f"{key} file", check, last=look)

    def _file(self, channel: str, ts: str, details: Details, mark: str, check: Check, *, last: bool) -> str:
        check()
        try:
            with translate_failures():
                self._clock.heard(
                    lambda: self._client.files_upload_v2(
                        channel=channel,
                        thread_ts=ts,
                        content=details.csv,
                        filename=details.csv_name,
                        title=details.csv_name,
                    )
                )
        except (TooFast, Unconfirmed) as passing:
            if not last:
                raise
            why = "Slack asked for a pause" if isinstance(passing, TooFast) else "Slack did not confirm it"
        except (Lost, NotHere, Refused) as refusal:
            why = why_not_uploaded(_cause(refusal))
        else:
            return ""
        self._thread(channel, ts, Message(f"The table as a file is missing: {why}."), mark, check)
        return why

    def _thread(self, channel: str, ts: str, form: Message, mark: str, check: Check) -> None:
        try:
            self._send(channel, form, mark, check, ts)
        except Refused:
            self._send(channel, Message(form.text), mark, check, ts)
        except NotHere as away:
            raise Lost("not_in_channel" if away.joinable else "channel_not_found") from away

    def reply(self, channel: str, ts: str, message: Message) -> None:
        """Post one message in a thread."""
        try:
            self._send(channel, message, "", nothing, ts)
        except Refused as refusal:
            raise Lost(refusal.code) from refusal
        except NotHere as away:
            raise Lost("not_in_channel" if away.joinable else "channel_not_found") from away

    def word_since(self, user: str, since: dt.datetime) -> Word | None:
        """Find the message this person got since a moment. Raises CannotTell where that cannot be seen."""
        try:
            direct = self._direct(user)
        except (Lost, NotHere, Refused):
            return None  # whom nobody can write to, nobody has told anything
        except (TooFast, Unconfirmed) as passing:
            raise CannotTell(str(passing)) from passing
        try:
            return self._finder.word_since(direct, since)
        except (Lost, NotHere, Refused, TooFast, Unconfirmed) as failure:
            raise CannotTell(str(failure)) from failure

    def tell(self, user: str, text: str, earlier: Word | None = None) -> bool:
        """
        Write to one person, or add to an `earlier` message; False if it did not get through and may do so later.

        A person who left hears nothing, and nothing else depends on it. Raises Unconfirmed where it may have arrived.
        """
        metadata = {"event_type": EVENT, "event_payload": {"slot": TOLD}}
        try:
            if earlier:
                return self._add(earlier, text)
            direct = self._direct(user)
            with translate_failures():
                self._clock.heard(lambda: self._client.chat_postMessage(channel=direct, text=text, metadata=metadata))
        except (Lost, NotHere, Refused, TooFast) as failure:
            log.warning("%s could not be told: %s", user, failure)
            return not isinstance(failure, TooFast)
        return True

    def _add(self, earlier: Word, text: str) -> bool:
        """Add to what was said today; where there is no room, another day's message says it."""
        both = f"{earlier.text}\n{text}"
        if text in earlier.text:
            return True
        if len(both) > UPDATED_TEXT:
            return False
        with translate_failures():
            self._clock.heard(lambda: self._client.chat_update(channel=earlier.direct, ts=earlier.ts, text=both))
        return True

    def _direct(self, user: str) -> str:
        with translate_failures():
            opened: Any = self._clock.heard(lambda: self._client.conversations_open(users=user))
        return str(opened["channel"]["id"])


def message_id(channel: str, key: str, again: int = 0) -> str:
    """Give the client_msg_id of a slot's post: the same whoever posts it, and however often."""
    return str(uuid.uuid5(NAMES, f"{channel} {key}" + (f" {again}" if again else "")))


def _marks(key: str, count: int) -> list[str]:
    """Name the messages of a thread; the last one is called what it was when it was the only one that had a name."""
    return [f"{key} details {number}" for number in range(1, count)] + [f"{key} details"][:count]


def _cause(failure: BaseException) -> Exception:
    """Find what the SDK raised."""
    while isinstance(failure.__cause__, Exception):
        failure = failure.__cause__
    return failure if isinstance(failure, Exception) else RuntimeError(str(failure))
