"""Where an answer goes, and the ways back to the person who asked."""

import time
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from slack_sdk.webhook import WebhookResponse

from bot.concern import begin_work


class Respond(Protocol):
    """Posts to the response_url (5 uses in 30 minutes) and never raises on a refusal."""

    def __call__(self, **arguments: Any) -> WebhookResponse:
        """Send one reply."""


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where an answer goes: a channel (and thread), the person who asked, and the way back to that person alone.

    `respond` is None where Slack gave no response_url (mentions and direct messages). `replace` says that the message
    whose button was clicked is the asker's alone and may be replaced; it is never true for a message the whole channel
    sees, nor for a slash command, which has no message to replace. `in_thread` says that the thread has replies
    already: Slack shows nothing private in a thread that does not exist yet. `group` says that Slack called it a group
    conversation. `work` is the id under which all that is done for it is logged.
    """

    channel: str
    user: str
    respond: Respond | None = None
    thread_ts: str | None = None
    direct: bool = False
    replace: bool = False
    in_thread: bool = False
    group: bool = False
    team: str = ""
    work: str = field(default_factory=begin_work, compare=False)
    heard_at: float = field(default_factory=time.monotonic, compare=False)

    def within(self, ts: str) -> "Place":
        """Give the thread under a message, or the one that it stands in itself."""
        return replace(self, thread_ts=self.thread_ts or ts, in_thread=True)

    @property
    def seconds(self) -> float:
        """How long ago the question was heard."""
        return time.monotonic() - self.heard_at

    def __str__(self) -> str:
        """Name workspace, channel, person and duration, for the log; nothing of what was said."""
        return f"{self.user or 'nobody'} in {self.channel or 'no channel'} of {self.team or '-'}, {self.seconds:.1f} s"


def read_place(body: dict[str, Any], respond: Respond | None) -> Place:
    """Read from what Slack sends of a click or a shortcut where it happened, and who did it."""
    channel, container = body.get("channel") or {}, body.get("container") or {}
    name = str(channel.get("name") or "")
    return Place(
        str(channel.get("id") or ""),
        body["user"]["id"],
        respond,
        thread_ts=container.get("thread_ts"),
        direct=name == "directmessage",
        group=name.startswith("mpdm-"),
        in_thread=bool(container.get("thread_ts")),
        team=str((body.get("team") or {}).get("id") or ""),
    )


def thread_exists(event: dict[str, Any]) -> bool:
    """Tell whether a message stands in a thread; the first message of a thread carries its own ts."""
    thread = event.get("thread_ts")
    return bool(thread) and thread != event.get("ts")
