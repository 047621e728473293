"""Slack as a digest sees it, in memory and virtual time: the methods of slack_sdk's client, its replies, its errors."""

import email.utils
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import RemoteDisconnected
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from tests.simulation.plans import REFUSED_IDS

BOT, BOT_ID = "UBOT", "BBOT"
Json = dict[str, Any]


@dataclass(eq=False)
class TakenMessage:
    """One message that Slack took."""

    channel: str
    at: float
    said: Json
    deleted_at: float = math.inf
    is_blind: bool = False
    """Whether no history could be read when it was posted."""

    @property
    def mark(self) -> str:
        """The key in its metadata."""
        return str(((self.said.get("metadata") or {}).get("event_payload") or {}).get("slot", ""))

    @property
    def thread(self) -> str:
        """The post whose thread it is in."""
        return str(self.said.get("thread_ts") or "")


@dataclass(eq=False)
class Slack:
    """One workspace: what was posted, and how it behaves just now."""

    now: Callable[[], float]
    ids: str = "ignored"
    posted: list[TakenMessage] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    outside: set[str] = field(default_factory=set)
    archived: set[str] = field(default_factory=set)
    off: set[str] = field(default_factory=set)
    _channels: defaultdict[str, list[TakenMessage]] = field(default_factory=lambda: defaultdict(list))
    _last: float = 0.0

    def messages(self, channel: str) -> list[TakenMessage]:
        """Give what is to be seen in a channel."""
        return [message for message in self._channels[channel] if math.isinf(message.deleted_at)]

    def answer(self, method: str, arguments: Json) -> Json:
        """Do what a call asks for; refuse as Slack does."""
        self.calls[method] += 1
        try:
            return {"ok": True, **getattr(self, f"_{method}")(**arguments)}
        except SlackApiError as refusal:  # each reply of Slack's bears its time, a refusal too
            refusal.response.headers["Date"] = email.utils.formatdate(self.now(), usegmt=True)
            raise

    def _auth_test(self) -> Json:
        return {"user_id": BOT, "bot_id": BOT_ID}

    def _chat_postMessage(self, channel: str, **said: Any) -> Json:  # noqa: N802 - Slack's own name
        self._refuse_strangers(channel)
        if channel in self.archived:
            raise refused("is_archived")
        if said.get("thread_ts") and not self._there(channel, said["thread_ts"]):
            raise refused("thread_not_found")
        number = said.get("client_msg_id")
        if number and self.ids in REFUSED_IDS:
            raise refused(self.ids)
        earlier = [one for one in self._channels[channel] if number and one.said.get("client_msg_id") == number]
        if earlier and self.ids == "honoured":
            return {"ts": earlier[0].said["ts"]}
        if earlier and self.ids == "duplicate error":
            raise refused("duplicate_message_not_found")
        return {"ts": self._add(channel, said)}

    def _chat_update(self, channel: str, ts: str, **said: Any) -> Json:
        found = [message for message in self.messages(channel) if message.said["ts"] == ts]
        if not found:
            raise refused("message_not_found")
        found[0].said.update(said)
        return {"ts": ts}

    def _files_upload_v2(self, channel: str, thread_ts: str, filename: str, **_: Any) -> Json:
        if "uploads" in self.off:
            raise refused("file_uploads_disabled")
        self._refuse_strangers(channel)
        if self._there(channel, thread_ts):
            self._add(channel, {"thread_ts": thread_ts, "text": "", "files": [{"name": filename}]})
        return {"files": []}

    def _conversations_join(self, channel: str) -> Json:
        if channel in self.archived:
            raise refused("is_archived")
        self.outside.discard(channel)
        return {}

    def _conversations_open(self, users: str) -> Json:
        return {"channel": {"id": f"D{users}"}}

    def _conversations_history(self, channel: str, oldest: str, **_: Any) -> Json:
        self._refuse_readers(channel)
        since = float(oldest)
        found = [one for one in self.messages(channel) if one.at > since and not one.thread]
        return {"messages": [self._shown(one) for one in reversed(found)]}

    def _conversations_replies(self, channel: str, ts: str, **_: Any) -> Json:
        self._refuse_readers(channel)
        if not self._there(channel, ts):
            raise refused("thread_not_found")
        return {"messages": [self._shown(one) for one in self.messages(channel) if ts in (one.said["ts"], one.thread)]}

    def _refuse_strangers(self, channel: str) -> None:
        if channel in self.outside:
            raise refused("not_in_channel")

    def _refuse_readers(self, channel: str) -> None:
        if ("words" if channel.startswith("D") else "history") in self.off:
            raise refused("missing_scope")
        self._refuse_strangers(channel)

    def _there(self, channel: str, ts: str) -> bool:
        return any(message.said["ts"] == ts for message in self.messages(channel))

    def _shown(self, message: TakenMessage) -> Json:
        hidden = {"metadata"} if "metadata" in self.off else set()
        return {key: value for key, value in message.said.items() if key not in hidden}

    def _add(self, channel: str, said: Json) -> str:
        self._last = max(self.now(), self._last + 0.000_01)
        ts = f"{self._last:.6f}"
        is_blind = "history" in self.off
        message = TakenMessage(channel, self._last, said | {"ts": ts, "user": BOT, "bot_id": BOT_ID}, is_blind=is_blind)
        self.posted.append(message)
        self._channels[channel].append(message)
        return ts


class ClientInMemory:
    """What slack_sdk's WebClient is to the poster; `answer` brings a call to Slack and may spoil it."""

    def __init__(self, answer: Callable[[str, Json], SlackResponse]) -> None:
        self._answer = answer

    def __getattr__(self, method: str) -> Callable[..., SlackResponse]:
        return lambda **arguments: self._answer(method, arguments)


def reply(data: Json, now: float = 0.0, status: int = 200, **headers: str) -> SlackResponse:
    """Make the SDK's own reply."""
    dated = {"Date": email.utils.formatdate(now, usegmt=True)} if now else {}
    return SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=dated | headers, status_code=status
    )


def refused(code: str, status: int = 200, **headers: str) -> SlackApiError:
    """Make the SDK's own error."""
    return SlackApiError(code, reply({"ok": False, "error": code}, status=status, **headers))


def lost() -> Exception:
    """Make what a lost connection raises."""
    return RemoteDisconnected("Remote end closed connection without response")


def cut() -> Exception:
    """
    Make what the SDK raises when an answer breaks off or a proxy's words come in its place.

    A page that a proxy keeps bears the time at which it was kept.
    """
    long_ago = "Thu, 01 Jan 2026 00:00:00 GMT"
    return refused("Received a response in a non-JSON format: stream timeout", Date=long_ago)
