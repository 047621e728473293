"""What can go wrong on purpose: faults that hit the next calls of one method, and switches that stay on."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from playground.block_kit import STRICT, Profile


class Kind(StrEnum):
    """How a call goes wrong."""

    RATE_LIMITED = "rate limited"
    SERVER_ERROR = "server error"
    NAMED_ERROR = "named error"
    DROPPED_BEFORE = "dropped before"
    DROPPED_AFTER = "dropped after"
    DELAYED_AFTER = "delayed after"
    GARBLED_BEFORE = "garbled before"
    GARBLED_AFTER = "garbled after"
    CUT_AFTER = "cut after"


AFTER = {Kind.DROPPED_AFTER, Kind.DELAYED_AFTER, Kind.GARBLED_AFTER, Kind.CUT_AFTER}


class ClientMsgId(StrEnum):
    """
    What Slack makes of a client_msg_id that it has seen in the channel.

    Only the error is documented; no published trial shows which of the three a bot's token meets.
    """

    HONOURED = "honoured"
    IGNORED = "ignored"
    DUPLICATE_ERROR = "duplicate error"


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One call gone wrong.

    `seconds` is the delay, `error` Slack's word for a named error or for a 429, `more` what else the answer says;
    `status`, `body` and `headers` are those of an answer that is not Slack's.
    """

    kind: Kind
    seconds: float = 1
    error: str = ""
    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def comes_after(self) -> bool:
        """Whether what was asked is done first, and only the answer goes wrong."""
        return self.kind in AFTER


@dataclass(eq=False)
class Faults:
    """
    Faults for the next calls by method name, `response_url` and `upload` (the bytes) included, and lasting switches.

    `processing_seconds`:   how long Slack works on an upload before it can be shown.
    `refuse_charts`:        every data_visualization is invalid_blocks, as in a workspace without that block yet.
    `shares_never_appear`:  uploads say ok, but the channel never shows them.
    `client_msg_id`:        what becomes of a post whose client_msg_id was posted before.
    `ids_refused`:          Slack's word for any post that has a client_msg_id, as if it took none any more.
    `metadata_lost`:        histories hold no message's metadata, whatever is asked for.
    `json_refusals`:        response_urls refuse blocks with 404 and JSON, not with 400 and the bare word (both seen).
    `connect_blocks_files`: channels shared with others take no files, neither as uploads nor inside a message.
    """

    processing_seconds: float = 1.0
    profile: Profile = STRICT
    refuse_charts: bool = False
    uploads_disabled: bool = False
    shares_never_appear: bool = False
    client_msg_id: ClientMsgId = ClientMsgId.IGNORED
    ids_refused: str = ""
    metadata_lost: bool = False
    json_refusals: bool = False
    connect_blocks_files: bool = False
    _queues: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def rate_limit(
        self,
        method: str,
        times: int = 1,
        retry_after: float | str | None = 1,
        word: str = "ratelimited",
        status: int = 429,
    ) -> None:
        """Answer 429 with a Retry-After (as a rule whole seconds; also seen: none, halves) in one of its spellings."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        self._add(method, Fault(Kind.RATE_LIMITED, error=word, status=status, headers=headers), times)

    def server_error(self, method: str, times: int = 1) -> None:
        """Answer 500 with a page of HTML; nothing is done."""
        self._add(method, Fault(Kind.SERVER_ERROR), times)

    def error(self, method: str, error: str, times: int = 1, **more: Any) -> None:
        """Answer `{"ok": false, "error": ...}` and whatever more Slack says; nothing is done."""
        self._add(method, Fault(Kind.NAMED_ERROR, error=error, more=more), times)

    def garble(
        self, method: str, body: str, status: int = 200, times: int = 1, *, kind: str = "text/html", after: bool = True
    ) -> None:
        """Answer something that is not Slack's, a proxy's page say: after having done what was asked, or instead."""
        which = Kind.GARBLED_AFTER if after else Kind.GARBLED_BEFORE
        self._add(method, Fault(which, status=status, body=body, headers={"Content-Type": kind}), times)

    def send_on(self, method: str, address: str, times: int = 1) -> None:
        """Answer that it is to be had elsewhere, as a proxy does that wants a login first; nothing is done."""
        self._add(method, Fault(Kind.GARBLED_BEFORE, status=302, headers={"Location": address}), times)

    def cut_after(self, method: str, times: int = 1) -> None:
        """Do what was asked, then drop the connection in the middle of the answer."""
        self._add(method, Fault(Kind.CUT_AFTER), times)

    def drop_before(self, method: str, times: int = 1) -> None:
        """Drop the connection without having done anything."""
        self._add(method, Fault(Kind.DROPPED_BEFORE), times)

    def drop_after(self, method: str, times: int = 1) -> None:
        """Do what was asked, then drop the connection: the message is stored, the bot cannot know."""
        self._add(method, Fault(Kind.DROPPED_AFTER), times)

    def delay_after(self, method: str, seconds: float, times: int = 1) -> None:
        """Do what was asked, then answer so many (real) seconds later."""
        self._add(method, Fault(Kind.DELAYED_AFTER, seconds), times)

    def take(self, method: str) -> Fault | None:
        """Give the fault meant for this call, once."""
        queue = self._queues[method]
        return queue.popleft() if queue else None

    def clear(self) -> None:
        """Let everything go right again, apart from the switches."""
        self._queues.clear()

    def _add(self, method: str, fault: Fault, times: int) -> None:
        self._queues[method].extend([fault] * times)
