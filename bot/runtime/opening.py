"""Opening one connection to Slack: an address, a WebSocket, a hello; or why there is none and how long to wait."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.runtime.wire import Wire
from bot.slack_client import SDK_LOG
from bot.slack_errors import SLACK_FAILURES, TooFast, describe, interpret, pick, word_of

NEVER_PASSES = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "token_expired",
    "token_revoked",
}
"""What apps.connections.open says of a token that will not do, however often it is tried."""

CROWDED = "too_many_websockets"
"""Slack's word for more connections of one app than it allows."""

SLACKS = (".slack.com", ".slack-gov.com")
"""Slack's own hosts."""

NOT_OURS_TO_HURRY = {CROWDED, "link_disabled"}
"""Reasons for which Slack does not want the next connection at once."""


def name_server(address: str) -> str:
    """Name what we are connected to: Slack, or what stands in for it by its address."""
    parts = urlsplit(address)
    is_slacks = f".{parts.hostname or ''}".endswith(SLACKS)
    return "Slack" if is_slacks else f"a stand-in for Slack at {parts.netloc}"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: between pings, without any sign of life, for the hello, for an old connection to end, and so on."""

    ping: float = 3.0
    silence: float = 12.0
    hello: float = 10.0
    handover: float = 10.0
    crowded: float = 10.0
    settled: float = 10.0
    """How long a connection must have held for the next to be opened as if nothing had ever failed."""
    counted: float = 120.0
    """How long Slack may count a connection that was lost: no page says; its own pings are seconds apart."""


class OpeningRefused(Exception):
    """No connection came about; the text says why, `code` in Slack's word if any, `seconds` how long it wants none."""

    def __init__(self, why: str, seconds: float = 0.0, *, code: str = "") -> None:
        super().__init__(why)
        self.seconds = seconds
        self.code = code


class Opener:
    """Opens connections with one app token."""

    def __init__(self, app_token: str, web_client: WebClient, patience: Patience) -> None:
        self._app_token = app_token
        self._web_client = web_client
        self._patience = patience

    def wire(self, on_frame: Callable[[Wire, str], None], on_end: Callable[[Wire], None]) -> Wire:
        """
        Get an address and make a wire to it.

        Raises:  OpeningRefused for what passes, SlackApiError for a token that will not do.
        """
        return Wire(
            self._address(),
            SDK_LOG,
            on_frame,
            on_end,
            proxy=self._web_client.proxy,
            ssl_context=self._web_client.ssl,
            ping_interval=self._patience.ping,
        )

    def greet(self, wire: Wire) -> None:
        """Connect and wait for the hello. Raises OpeningRefused if none comes."""
        wire.connect()
        if wire.is_active():
            wire.greeted.wait(self._patience.hello)
        if wire.is_active() and wire.greeted.is_set() and not wire.reason:
            return
        wire.disconnect()
        seconds = self._patience.crowded if wire.reason in NOT_OURS_TO_HURRY else 0.0
        why = wire.reason or wire.end or f"no hello within {self._patience.hello:g} s"
        raise OpeningRefused(why, seconds, code=wire.reason)

    def _address(self) -> str:
        try:
            return str(pick(self._web_client.apps_connections_open(app_token=self._app_token), "url"))
        except SLACK_FAILURES as failure:
            if word_of(failure) in NEVER_PASSES and isinstance(failure, SlackApiError):
                raise
            meaning = interpret(failure)
            seconds = meaning.seconds if isinstance(meaning, TooFast) else 0.0
            raise OpeningRefused(describe(failure), seconds, code=word_of(failure)) from failure
