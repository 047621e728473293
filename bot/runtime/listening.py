"""Bolt over our own line to Slack."""

import time
from collections.abc import Callable

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.payload_shapes import tidy
from bot.runtime.connection import SlackLine


class Listening(BaseSocketModeHandler):
    """Lets Bolt handle what comes over the line."""

    client: SlackLine

    def __init__(self, app: App, line: SlackLine) -> None:
        self.app = app
        self.client = line
        line.socket_mode_request_listeners.append(self.handle)

    def connect(self) -> None:
        """Connect, and keep connected from now on. Raises SlackApiError when Slack does not take the app token."""
        self.client.connect()

    def when_refused(self, wake: Callable[[], object]) -> None:
        """Have `wake` called once Slack will not have the app token any more; `refusal` says why."""
        self.client.on_refusal = wake

    @property
    def refusal(self) -> SlackApiError | None:
        """What Slack said when it would not have the app token any more; nothing as long as it has it."""
        return self.client.refusal

    def warn_of_others(self) -> str:
        """Say that somebody else listens on the same token, where that is a mistake."""
        return self.client.warn_of_others()

    def trouble(self) -> str:
        """Say that nobody can be heard now, where that is so."""
        return "" if self.client.is_connected() else "not connected by Socket Mode at the moment"

    def close(self) -> None:
        """Close for good."""
        self.client.close()

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        """Let Bolt handle one envelope, and acknowledge it."""
        began = time.time()
        req.payload = tidy(req.payload)
        send_response(client, req, run_bolt_app(self.app, req), began)
