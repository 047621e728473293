"""
The digest's way to Slack: post with a key, find it again, the thread in its parts, a word to the creator.

Slack's pace is kept here: one message a second in a channel, and all of them together below the several hundred a
minute a workspace allows (docs.slack.dev/apis/web-api/rate-limits).
"""

import datetime as dt
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.digest.digest_messages import no_table
from bot.digest.finder import EVENT, Finder, Thread, Word
from bot.digest.meaning import explain_failure, read_told, translate_failures
from bot.digest.message_ids import MessageIds, message_id
from bot.digest.other_posts import FoundPost, OtherPosts
from bot.digest.personal_words import PersonalWords
from bot.digest.slack_clock import SlackClock
from bot.messages import Message
from bot.slack_errors import Lost, NotHere, Refused, TooFast, Unconfirmed
from bot.uploads import PAUSE_ASKED, Drawing, why_not_uploaded

log = logging.getLogger(__name__)

A_CHANNEL = 1.0
"""Seconds between two messages in one channel."""

A_WORKSPACE = 0.25
"""Seconds between two messages anywhere: 240 a minute."""


Check = Callable[[], None]


def nothing() -> None:
    """Check nothing."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a post is about: the questions on its models, then its own, in canonical words, and the reading's moment."""

    words: tuple[str, ...]
    read_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Details:
    """
    What follows in the thread: messages, a CSV file by its name, and pictures where they are shared.

    `subject`: what a few words in the thread go on from.
    """

    messages: Sequence[Message]
    csv: str = ""
    csv_name: str = "digest.csv"
    drawings: Sequence[Drawing] = ()
    subject: Subject | None = None


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


Begin = Callable[[str, str, Subject], None]
"""Takes what the thread under a post of a channel begins with."""


def begin_nothing(channel: str, ts: str, subject: Subject) -> None:
    """Let nobody go on from a post."""
    del channel, ts, subject


class SlackPoster:
    """
    Posts digests through one client; `clock` learns the time from every reply.

    `begin` remembers what a thread is about, whichever way its post came to be.
    """

    def __init__(
        self,
        client: WebClient,
        pace: Pace | None = None,
        clock: SlackClock | None = None,
        begin: Begin = begin_nothing,
    ) -> None:
        self._begin = begin
        self._client = client
        self._pace = pace or Pace()
        self._clock = clock or SlackClock(lambda: dt.datetime.now(dt.UTC))
        self._finder = Finder(client, self._clock)
        self._persons = PersonalWords(client, self._clock, self._finder)
        self._ids = MessageIds()

    def measure(self) -> None:
        """Hear Slack's time if it was not heard lately; without an answer the time stays as it was known."""
        if not self._clock.is_stale:
            return
        try:
            with translate_failures():
                self._clock.heard(self._client.auth_test)
        except (Lost, NotHere, Refused, TooFast, Unconfirmed) as failure:
            log.info("Slack did not say the time: %s", explain_failure(failure))

    def post(self, channel: str, message: Sequence[Message], key: str, check: Check = nothing, again: int = 0) -> str:
        """
        Post the first form that Slack takes, best first, with the key as metadata; gives the ts.

        `check` is called right before anything leaves, and may stop it. `again` is raised where Slack will not take
        the client_msg_id any more though the post is proven not to be there. Where Slack takes no form, its word for
        the last and plainest one is the reason.
        """
        word = "no_text"
        for form in message:
            try:
                return self._joining(channel, form, key, check, again)
            except Refused as refusal:
                log.warning("Slack refused one form of a digest: %s", refusal)
                word = refusal.code
        raise Lost(word)

    def _joining(self, channel: str, form: Message, key: str, check: Check, again: int) -> str:
        try:
            return self._send(channel, form, key, check, again=again)
        except NotHere as away:
            if not away.joinable:
                raise Lost("channel_not_found") from away
        try:
            with translate_failures():
                self._clock.heard(lambda: self._client.conversations_join(channel=channel))
            return self._send(channel, form, key, check, again=again)
        except NotHere:
            raise Lost("not_in_channel") from None

    def _send(
        self, channel: str, form: Message, key: str, check: Check, thread: str | None = None, again: int = 0
    ) -> str:
        number = message_id(channel, key, again)
        return self._ids.send(number, lambda **named: self._leave(channel, form, key, check, thread, **named))

    def _leave(self, channel: str, form: Message, key: str, check: Check, thread: str | None, **named: str) -> str:
        metadata = {"event_type": EVENT, "event_payload": {"slot": key}}
        arguments = form.as_arguments() | {"channel": channel, "metadata": metadata, "thread_ts": thread} | named
        self._pace.turn(channel)
        check()
        with translate_failures():
            sent: Any = self._clock.heard(lambda: self._client.chat_postMessage(**arguments))
        return read_told(sent, "ts")

    # ---------------------------------------------------------------------------------------------- find, thread, tell

    def sees(self, channel: str) -> bool:
        """Tell whether the token knows of a channel at all."""
        return self._finder.sees(channel)

    def marks(self, channel: str, ts: str) -> frozenset[str]:
        """Give the keys of what is in the thread of a post; Lost with a word of `GONE` where the post is not there."""
        return self._finder.thread(channel, ts).marks

    def find(self, channel: str, key: str, since: dt.datetime, others: OtherPosts | None = None) -> FoundPost | None:
        """Look through the channel's history since a moment for the post with this key, else for one of the others."""
        return self._finder.find(channel, key, since, others)

    def list_posts(self, channel: str, kind: str, since: dt.datetime) -> Iterator[tuple[FoundPost, dict[str, Any]]]:
        """Look through the channel's history since a moment for the posts whose key begins so."""
        return self._finder.list_posts(channel, kind, since)

    def detail(
        self, channel: str, ts: str, details: Details | None, key: str, *, look: bool, check: Check = nothing
    ) -> str:
        """
        Post in the thread what is not there yet, the words before the files; gives what is missing and why, or nothing.

        Raises as `post`; Lost with a word of `GONE` where the post is not there any more. Without `look` nothing is
        taken to be there. A file that fails once is tried once more, when `look` says that this is not the first time.
        """
        if details is None:
            return ""
        if details.subject:
            self._begin(channel, ts, details.subject)
        there = self._finder.thread(channel, ts) if look else Thread()
        for mark, form in zip(_marks(key, len(details.messages)), details.messages, strict=True):
            if mark not in there.marks:
                self._thread(channel, ts, form, mark, check)
        missing = []
        for drawing in details.drawings:
            if drawing.name not in there.files:
                why = self._picture(channel, ts, drawing, check, last=look)
                missing += [f"its picture is missing: {why}"] if why else []
        if details.csv and details.csv_name not in there.files and f"{key} file" not in there.marks:
            why = self._file(channel, ts, details, f"{key} file", check, last=look)
            missing += [f"its file is missing: {why}"] if why else []
        return "; ".join(missing)

    def _picture(self, channel: str, ts: str, drawing: Drawing, check: Check, *, last: bool) -> str:
        """Share the picture; whatever becomes of it, the digest shows Slack's own chart."""
        try:
            png = drawing.draw()
        except Exception:
            log.exception("the picture %s could not be drawn", drawing.name)
            return "it could not be drawn"
        more = {"file": png, "filename": drawing.name, "title": drawing.title, "alt_txt": drawing.alt_text}
        return self._upload(channel, ts, more, check, last=last)

    def _file(self, channel: str, ts: str, details: Details, mark: str, check: Check, *, last: bool) -> str:
        more = {"content": details.csv, "filename": details.csv_name, "title": details.csv_name}
        if why := self._upload(channel, ts, more, check, last=last):
            self._thread(channel, ts, no_table(why), mark, check)
        return why

    def _upload(self, channel: str, ts: str, more: dict[str, Any], check: Check, *, last: bool) -> str:
        """Upload a file into a thread; gives why it is missing, or nothing."""
        check()
        try:
            with translate_failures():
                self._clock.heard(lambda: self._client.files_upload_v2(channel=channel, thread_ts=ts, **more))
        except (TooFast, Unconfirmed) as passing:
            if not last:
                raise
            return PAUSE_ASKED if isinstance(passing, TooFast) else "Slack did not confirm it"
        except (Lost, NotHere, Refused) as refusal:
            return why_not_uploaded(_cause(refusal))
        return ""

    def _thread(self, channel: str, ts: str, form: Message, mark: str, check: Check) -> None:
        try:
            self._answer(channel, ts, form, mark, check)
        except Refused:
            self.reply(channel, ts, Message(form.text), mark, check)

    def reply(self, channel: str, ts: str, message: Message, key: str = "", check: Check = nothing) -> None:
        """Post one message in a thread."""
        try:
            self._answer(channel, ts, message, key, check)
        except Refused as refusal:
            raise Lost(refusal.code) from refusal

    def _answer(self, channel: str, ts: str, form: Message, key: str, check: Check) -> None:
        try:
            self._send(channel, form, key, check, ts)
        except NotHere as away:
            raise Lost("not_in_channel" if away.joinable else "channel_not_found") from away

    def words_since(self, user: str, since: dt.datetime) -> Sequence[Word]:
        """Find what this person was told since a moment, newest first. Raises CannotTell where it cannot be seen."""
        return self._persons.words_since(user, since)

    def tell(self, user: str, text: str, earlier: Word | None = None, told: Collection[str] = ()) -> bool:
        """
        Write to one person, or add to an `earlier` message; False if it did not get through and may do so later.

        Raises Unconfirmed where it may have arrived.
        """
        return self._persons.tell(user, text, earlier, told)


def _marks(key: str, count: int) -> list[str]:
    """Name the messages of a thread; the last one is called what it was when it was the only one that had a name."""
    return [f"{key} details {number}" for number in range(1, count)] + [f"{key} details"][:count]


def _cause(failure: BaseException) -> Exception:
    """Find what the SDK raised."""
    while isinstance(failure.__cause__, Exception):
        failure = failure.__cause__
    return failure if isinstance(failure, Exception) else RuntimeError(str(failure))
