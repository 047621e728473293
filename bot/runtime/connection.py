"""
The line to Slack: one live connection by Socket Mode, watched, renewed without a gap, and not hammered when refused.

A new connection is opened beside the old one, which is read on until it ends, so that nothing falls between the two; an
acknowledgement goes back where its envelope came from. Nothing is handed out by the thread that connects, so a slow or
refused connection keeps nobody waiting who can be heard already.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.runtime.acknowledgements import Acknowledgements
from bot.runtime.backoff import Backoff
from bot.runtime.neighbours import Neighbours
from bot.runtime.opening import CROWDED, NOT_OURS_TO_HURRY, Opener, OpeningRefused, Patience, name_server
from bot.runtime.wire import Wire
from bot.runtime.work_pool import start_threads
from bot.slack_client import SDK_LOG
from bot.slack_errors import foreign, word_of

log = logging.getLogger(__name__)

LIVES = {"", "warning"}
"""What Slack may have said on a connection that it still counts: nothing, or that it will end in a while."""

HANDED_OVER = "handed over"
"""Why we ended a connection ourselves."""


COMMAND, COMMANDS_AT_ONCE = "slash_commands", 2
"""
What Slack calls an envelope with a command, and how many are taken at once.

Handlers of commands only take the words, acknowledge and hand on, and wait for nobody; they share one interpreter, and
twenty threads hand it to one another at every acknowledgement.
"""


class SlackLine(BaseSocketModeClient):
    """
    Keeps the connection.

    `home`: the workspace, for the log. `alone`: a second process on the same token would be a mistake. `on_refusal` is
    called once, from the keeper's thread, when Slack will not have the app token any more; `refusal` says why.
    """

    HURRIED = 4
    """Orderly renewals in a row that need not wait, even if none of them held long."""

    def __init__(
        self,
        app_token: str,
        web_client: WebClient,
        at_once: int,
        *,
        home: str = "",
        alone: bool = False,
        patience: Patience | None = None,
        backoff: Backoff | None = None,
        on_refusal: Callable[[], object] = lambda: None,
    ) -> None:
        self.logger = SDK_LOG
        self.app_token = app_token
        self.web_client = web_client
        self.message_listeners = []
        self.socket_mode_request_listeners = []
        self.message_workers = ThreadPoolExecutor(at_once, thread_name_prefix="heard")
        self._at_once = at_once
        self._command_workers = ThreadPoolExecutor(COMMANDS_AT_ONCE, thread_name_prefix="commanded")
        self.closed = False
        self.current_session: Wire | None = None
        self._home = home or "an unknown workspace"
        self.refusal: SlackApiError | None = None
        self.on_refusal = on_refusal
        self._patience = patience or Patience()
        self._neighbours = Neighbours(self._patience.counted, alone=alone)
        self._opener = Opener(app_token, web_client, self._patience)
        self._backoff = backoff or Backoff()
        self._wires: list[Wire] = []
        self._came_by: dict[str, Wire] = {}
        self._acknowledgements = Acknowledgements(lambda: self.current_session)
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._hurried = 0
        self._not_before = 0.0
        self._mourned: Wire | None = None
        self._keeper = threading.Thread(target=self._keep, name="slack-line", daemon=True)

    # -------------------------------------------------------------------------------------------------- from outside

    def is_connected(self) -> bool:
        """Whether there is a connection on which Slack has said hello."""
        wire = self.current_session
        return wire is not None and wire.is_active()

    def warn_of_others(self) -> str:
        """Say, for the log and for `status`, that somebody else listens on the same token where that is a mistake."""
        return self._neighbours.warn()

    def connect(self) -> None:
        """
        Connect, and keep connected from now on. What passes is waited for in the background.

        Raises:  SlackApiError when Slack does not take the app token.
        """
        start_threads(self.message_workers, self._at_once)
        start_threads(self._command_workers, COMMANDS_AT_ONCE)
        self._acknowledgements.start()
        try:
            self._switch_to(self._open())
        except OpeningRefused as refusal:
            self._pause_after(refusal)
        if not self._keeper.is_alive():
            self._keeper.start()

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - the SDK's signature
        """Ask for a new connection; the keeper sees to it."""
        if force or not self.is_connected():
            self._wanted.set()

    def disconnect(self) -> None:
        """Close every connection."""
        for wire in list(self._wires):
            wire.disconnect()

    def close(self) -> None:
        """Close for good."""
        self.closed = True
        self._wanted.set()
        self._acknowledgements.close()
        self.disconnect()
        if self._keeper.is_alive() and threading.current_thread() is not self._keeper:
            self._keeper.join(self._patience.ping)
        self.message_workers.shutdown()
        self._command_workers.shutdown()

    def send_message(self, message: str) -> None:
        """Send on the connection of now."""
        if wire := self.current_session:
            wire.send(message)

    def send_socket_mode_response(self, response: dict[str, Any] | SocketModeResponse) -> None:
        """Acknowledge where the envelope came from, or by the next connection, as long as Slack waits for it."""
        said = response.to_dict() if isinstance(response, SocketModeResponse) else response
        with self._lock:
            wire = self._came_by.pop(str(said.get("envelope_id")), None)
        self._acknowledgements.put(json.dumps(said), wire)

    # -------------------------------------------------------------------------------------------------------- frames

    def _heard(self, wire: Wire, text: str) -> None:
        """Take one frame; whatever it holds, the connection goes on."""
        try:
            message = json.loads(text)
        except ValueError:
            log.info("Slack sent a frame of %d characters that is no JSON", len(text))  # it may hold what was typed
            return
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "hello":
            self._greet(wire, message)
        elif kind == "disconnect":
            self._send_away(wire, str(message.get("reason") or "without a reason"))
        elif kind:
            with self._lock:
                self._came_by[str(message.get("envelope_id"))] = wire
            self._hand_out(message, text)

    def _hand_out(self, message: dict[str, Any], text: str) -> None:
        workers = self._command_workers if message["type"] == COMMAND else self.message_workers
        try:
            workers.submit(self.run_message_listeners, message, text)
        except RuntimeError:  # the process is being stopped
            log.info("an envelope came while stopping and was not taken")

    def _greet(self, wire: Wire, hello: dict[str, Any]) -> None:
        app = foreign((hello.get("connection_info") or {}).get("app_id") or "?")
        log.info("connected to %s as app %s, for %s", name_server(str(self.web_client.base_url)), app, self._home)
        ours = {id(one) for one in self._wires if one.reason in LIVES} | {id(wire)}
        self._neighbours.hear(int(hello.get("num_connections") or 1), len(ours))
        wire.greeted.set()

    def _send_away(self, wire: Wire, reason: str) -> None:
        log.info("Slack asks for a new connection (%s), for %s", foreign(reason), self._home)
        wire.reason = reason
        if wire is self.current_session:
            self._wanted.set()
        else:
            wire.greeted.set()

    def _end(self, wire: Wire) -> None:
        with self._lock:
            if wire in self._wires and wire.reason in LIVES:
                self._neighbours.lose()
            self._wires = [one for one in self._wires if one is not wire]
            self._came_by = {key: one for key, one in self._came_by.items() if one is not wire}
        if wire is self.current_session and not self.closed:
            if not wire.reason:
                said = "the connection to Slack was lost after %.0f s (%s), for %s"
                log.info(said, wire.age, foreign(wire.end), self._home)
            self._wanted.set()

    # -------------------------------------------------------------------------------------------------------- keeper

    def _keep(self) -> None:
        """Watch and renew until closed."""
        while not self.closed:
            try:
                if self._wanted.wait(self._patience.ping) or not self.is_connected() or self._neighbours.take_look():
                    self._renew()
                else:
                    self._watch()
            except Exception:  # whatever it is, nobody else would see to the connection any more
                log.exception("looking after the connection failed")
                self._pause_after(OpeningRefused("an error of ours"))

    def _watch(self) -> None:
        """Send pings; end a connection on which nothing comes any more, and old ones in time."""
        for wire in list(self._wires):
            if wire is not self.current_session and wire.retired_for > self._patience.handover:
                wire.reason = HANDED_OVER
                wire.disconnect()
            elif wire.silent_for > self._patience.silence:
                wire.give_up(f"nothing was heard for {wire.silent_for:.0f} s")
            else:
                wire.knock()

    def _renew(self) -> None:
        """Open the next connection, at once if the last one was in order, else after a growing pause."""
        began = time.monotonic()
        self._wanted.clear()
        if self._mourned is not self.current_session:
            self._mourned = self.current_session
            self._pause_for(self.current_session)
        self._sleep()
        if self.closed:
            return
        try:
            self._switch_to(self._open())
        except OpeningRefused as refusal:
            self._pause_after(refusal)
            self._wanted.set()
        except SlackApiError as refusal:
            self._end_for_good(refusal)
        else:
            log.info("reconnected after %.1f s, for %s", time.monotonic() - began, self._home)

    def _end_for_good(self, refusal: SlackApiError) -> None:
        """Try no more: what Slack says of the token no waiting mends."""
        log.error("Slack no longer takes SLACK_APP_TOKEN (%s), for %s", word_of(refusal), self._home)
        self.refusal, self.closed = refusal, True
        self.on_refusal()

    def _open(self) -> Wire:
        wire = self._opener.wire(self._heard, self._end)
        with self._lock:
            self._wires.append(wire)
        try:
            self._opener.greet(wire)
        except OpeningRefused:
            self._end(wire)
            raise
        return wire

    def _pause_for(self, old: Wire | None) -> None:
        """Begin the pause that the end of the last connection asks for: none, as a rule."""
        if old is None:
            return
        if old.reason in NOT_OURS_TO_HURRY:
            self._pause_after(OpeningRefused(old.reason, self._patience.crowded, code=old.reason))
            return
        if old.age >= self._patience.settled:
            self._backoff.forget()
            self._hurried = 0
        self._hurried += 1
        if self._hurried > self.HURRIED:
            self._pause_after(OpeningRefused("connections do not hold"))

    def _pause_after(self, refusal: OpeningRefused) -> None:
        """Begin a pause, longer each time."""
        pause = self._backoff.fail(refusal.seconds)
        self._not_before = time.monotonic() + pause
        if refusal.code == CROWDED:
            log.warning("Slack has too many connections of this app: another process uses the same SLACK_APP_TOKEN")
        said = "no connection to Slack (%s), for %s; the next try comes in %.1f s"
        log.info(said, foreign(refusal), self._home, pause)

    def _sleep(self) -> None:
        """Wait until the next connection may be tried."""
        while not self.closed and (left := self._not_before - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _switch_to(self, wire: Wire) -> None:
        """Take the new connection for the one of now; the old one is read on until it ends or its time is over."""
        old, self.current_session = self.current_session, wire
        if old:
            old.retire()
        self._wanted.clear()
        if wire.reason or not wire.is_active():  # it was over between its hello and now
            self._wanted.set()
