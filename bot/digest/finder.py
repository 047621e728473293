"""
Looking for what was posted: a digest in its channel's history, the parts of its thread.

Absent is said only where it can be seen: a message of ours that has a digest's buttons, or nothing but text, and
carries no metadata means that Slack did not give any, and then nothing can be told.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.digest.meaning import GONE, explain_failure, translate_failures
from bot.digest.other_posts import FoundPost, OtherPosts
from bot.digest.slack_clock import SlackClock
from bot.messages import ALERT_BUTTONS, DIGEST_BUTTONS
from bot.slack_errors import CannotTell, Lost, NotHere, Refused, Unconfirmed

log = logging.getLogger(__name__)

EVENT = "frameworks_digest"
"""The event_type of the metadata; its payload's `slot` is the key."""

A_PAGE, PAGES = 200, 50
"""How far back the history is searched: 10,000 messages since the claim."""

NOWHERE = {"account_inactive"}
"""Where this is said to a look it would be said to a post too."""

TOLD = "a word to you"
"""The key of every message to one person: how one finds that today's was sent."""

APART = ", "
"""What stands between the keys of the slots that such a message is about."""

TOLD_BLOCK = "a-word-to-you"
"""The block_id by which such a message is known where Slack gives no metadata, whatever it says."""


@dataclass(frozen=True, slots=True)
class Word:
    """A message to one person: the conversation, its ts, what it says, and of which slots."""

    direct: str
    ts: str
    text: str
    told: frozenset[str] = frozenset()

    def is_since(self, moment: dt.datetime) -> bool:
        """Tell whether it was said since a moment."""
        return _is_since(self.ts, moment)


@dataclass(frozen=True, slots=True)
class Thread:
    """What is in a thread already: the marks of its messages, and the names of its files."""

    marks: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


class TooMuch(CannotTell):
    """There are more messages than anybody looks through."""


class Finder:
    """Looks through one client."""

    def __init__(self, client: WebClient, clock: SlackClock) -> None:
        self._client = client
        self._clock = clock
        self._own: frozenset[str] = frozenset()

    def find(self, channel: str, key: str, since: dt.datetime, others: OtherPosts | None = None) -> FoundPost | None:
        """
        Look through the channel's history since a moment for the post with this key, else the newest of the `others`.

        Raises CannotTell, TooFast, Unconfirmed; Lost where nothing can be posted either.
        """
        began = min(since, others.since) if others else since
        unreadable, other, ts = False, None, ""
        try:
            for message in self._history(channel, f"{began.timestamp():.6f}"):
                post = FoundPost(ts := str(message["ts"]), key_of(message) or "")
                if post.key == key:
                    return post
                if other is None and others and others.hold(post) and self._is_own(message):
                    other = post
                unreadable = unreadable or (_is_since(ts, since) and self._is_unreadable(message))
        except TooMuch:
            if others is None or _is_since(ts, since):
                raise
        if unreadable and other is None:
            raise CannotTell("Slack gives no metadata")
        return other

    def list_posts(self, channel: str, kind: str, since: dt.datetime) -> Iterator[tuple[FoundPost, dict[str, Any]]]:
        """
        Give the posts since a moment whose key begins so, newest first, each with its message. Raises as `find`.

        Also those that may be such ones and whose key Slack does not give; it is empty then.
        """
        for message in self._history(channel, f"{since.timestamp():.6f}"):
            post = FoundPost(str(message["ts"]), key_of(message) or "")
            if post.key.startswith(kind) or self._is_unreadable(message):
                yield post, message

    def sees(self, channel: str) -> bool:
        """Tell whether the token knows of a channel; where Slack does not let us look, there is no second workspace."""
        try:
            with translate_failures():
                self._clock.heard(lambda: self._client.conversations_history(channel=channel, limit=1))
        except NotHere as away:
            return away.joinable
        except (Lost, Refused) as refusal:
            log.info("%s cannot be looked into: %s", channel, explain_failure(refusal))
        return True

    def thread(self, channel: str, ts: str) -> Thread:
        """See what is in the thread of a post; Lost with a word of `GONE` if the post is not there."""
        marks, files = set(), set()
        for message in self._replies(channel, ts):
            if message["ts"] == ts and key_of(message) is None:
                raise CannotTell("Slack gives no metadata")
            marks.add(key_of(message) or "")
            files |= {str(file.get("name")) for file in message.get("files") or ()}
        return Thread(frozenset(marks), frozenset(files))

    def words_since(self, direct: str, since: dt.datetime) -> Iterator[Word]:
        """Find what one person was told since a moment, newest first; by its block where Slack gives no metadata."""
        for message in self._history(direct, f"{since.timestamp():.6f}"):
            blocks = {block.get("block_id") for block in message.get("blocks") or ()}
            if key_of(message) == TOLD or TOLD_BLOCK in blocks:
                yield Word(direct, str(message["ts"]), str(message.get("text", "")), _read_told(message))

    def _history(self, channel: str, oldest: str) -> Iterator[dict[str, Any]]:
        def page(cursor: str | None) -> Any:
            return self._client.conversations_history(
                channel=channel, oldest=oldest, include_all_metadata=True, limit=A_PAGE, cursor=cursor
            )

        try:
            yield from self._pages(page)
        except NotHere as away:
            if not away.joinable:
                raise Lost("channel_not_found") from away
            with translate_failures():  # where it may not join it may not post either
                self._clock.heard(lambda: self._client.conversations_join(channel=channel))
            yield from self._pages(page)

    def _replies(self, channel: str, ts: str) -> Iterator[dict[str, Any]]:
        return self._pages(
            lambda cursor: self._client.conversations_replies(
                channel=channel, ts=ts, include_all_metadata=True, limit=A_PAGE, cursor=cursor
            )
        )

    def _pages(self, page: Callable[[str | None], Any]) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        for _ in range(PAGES):
            with _searching(), translate_failures():
                answer = self._clock.heard(lambda: page(cursor))  # noqa: B023 - called at once
            if not isinstance(messages := answer.get("messages"), list):
                raise Unconfirmed("an answer without messages")
            yield from messages
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
        raise TooMuch("too much was written since")

    def _is_unreadable(self, message: dict[str, Any]) -> bool:
        """Tell whether a message may be a digest of ours whose metadata is not given."""
        if message.get("metadata") or not message.get("bot_id"):
            return False
        return _may_be_digest(message) and self._is_own(message)

    def _is_own(self, message: dict[str, Any]) -> bool:
        """Tell whether this app wrote a message, and not another one of ours, such as one for trying."""
        return bool(self._who() & {message.get("bot_id"), message.get("user")})

    def _who(self) -> frozenset[str]:
        """Ask, once, under which ids we write."""
        if not self._own:
            with _searching(), translate_failures():
                told: Any = self._clock.heard(self._client.auth_test)
            self._own = frozenset(str(told[name]) for name in ("bot_id", "user_id") if told.get(name))
        return self._own


def _is_since(ts: str, moment: dt.datetime) -> bool:
    return float(ts) >= moment.timestamp()


def _may_be_digest(message: dict[str, Any]) -> bool:
    """
    Tell by its buttons; the form without blocks has none, and Slack shows its text as `rich_text`.

    A file is none, and neither are words of ours that say so in their metadata (`bot.messages.REPLY`).
    """
    if message.get("files"):
        return False
    blocks = message.get("blocks") or ()
    buttons = [element for block in blocks for element in block.get("elements") or ()]
    has_ours = any(str(button.get("action_id", "")).startswith((DIGEST_BUTTONS, ALERT_BUTTONS)) for button in buttons)
    return has_ours or all(block.get("type") == "rich_text" for block in blocks)


def key_of(message: dict[str, Any]) -> str | None:
    """Give the key that a message of ours carries; None if it carries none."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload.get("slot", "") if metadata.get("event_type") == EVENT else None


def _read_told(message: dict[str, Any]) -> frozenset[str]:
    """Read of which slots a word to a person is."""
    told = ((message.get("metadata") or {}).get("event_payload") or {}).get("told")
    return frozenset(told.split(APART)) if isinstance(told, str) else frozenset()


@contextmanager
def _searching() -> Iterator[None]:
    """Sort failures of looking: what may pass is asked again, what will not means that it cannot be told."""
    try:
        yield
    except Refused as refusal:
        raise CannotTell(refusal.code) from refusal
    except Lost as lost:
        if lost.code in GONE | NOWHERE:
            raise
        raise CannotTell(lost.code) from lost
