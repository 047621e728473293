"""
What was sent to the bot and what became of it: three seconds to acknowledge, events sent again, commands not.

docs.slack.dev/apis/events-api (retries at once, after one and after five minutes) and
docs.slack.dev/interactivity/handling-user-interaction (3,000 milliseconds).
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.agenda import Agenda
from playground.response_urls import ResponseUrl
from playground.signed_requests import SignedRequests
from playground.sockets import Sockets
from playground.state import Json, PostedMessage
from playground.world import World

RETRY_SECONDS = (0.0, 60.0, 300.0)

WAITING, ACKED, NOT_SENT = "waiting", "acked", "not_sent"
FAILED = {"slash_commands": "operation_timeout", "interactive": "warning", "events_api": "gave_up"}
"""What a payload ends as that nobody acknowledged: what the user sees, or what becomes of the event."""


OnSettled = Callable[["Dispatch"], None]


@dataclass(eq=False)
class Dispatch:
    """
    One command, click or event on its way to the bot.

    `outcome`: waiting, acked, operation_timeout (a command too late), warning (a click too late), gave_up (an event
    after three retries), dispatch_failed (no connection), invalid_command_response (a payload Slack cannot show) or
    not_sent (the app has no right to it).
    `sent_ids`: the envelope ids, one an attempt. `acked_after`: seconds from the last attempt to its acknowledgement.
    `reason`: why the last try was none, in Slack's word; by HTTP also http_error and connection_failed.
    """

    kind: str
    payload: Json
    world: World = field(repr=False)
    response_url: ResponseUrl | None = None
    message: PostedMessage | None = None
    outcome: str = WAITING
    sent_ids: list[str] = field(default_factory=list)
    sent_at: float = 0.0
    reason: str = "timeout"
    acked_after: float | None = None
    ack_payload: Json | None = None
    late_acks: int = 0

    @property
    def acked(self) -> bool:
        """Whether it was acknowledged in time."""
        return self.outcome == ACKED

    def wait(self, timeout: float = 30.0) -> "Dispatch":
        """Wait until its outcome is known; give itself."""
        with self.world.condition:
            if not self.world.condition.wait_for(lambda: self.outcome != WAITING, timeout):
                raise TimeoutError(f"nothing became of this {self.kind} within {timeout} s: {self.payload}")
        return self


class Deliveries:
    """Sends payloads through Socket Mode, or by HTTP once a Request URL is set, and keeps the record."""

    def __init__(self, world: World, agenda: Agenda, sockets: Sockets | SignedRequests) -> None:
        self._world = world
        self._agenda = agenda
        self._open: dict[str, Dispatch] = {}
        self.all: list[Dispatch] = []
        self.on_settled: OnSettled | None = None
        self.send_by(sockets)

    def send_by(self, line: Sockets | SignedRequests) -> None:
        """Send by another line from now on."""
        self._sockets = line
        line.on_ack = self._acknowledge
        if isinstance(line, SignedRequests):
            line.on_refusal, line.respond_within = self._refuse, self._world.respond_within

    def send(self, payload: Json, kind: str, response_url: ResponseUrl | None = None) -> Dispatch:
        """Send a payload, and again if it is an event that nobody acknowledges."""
        with self._world.changing():
            delivery = Dispatch(kind, payload, self._world, response_url)
            self.all.append(delivery)
            self._attempt(delivery)
        return delivery

    def not_sent(self, payload: Json, kind: str) -> Dispatch:
        """Record what Slack would not send: the app lacks the scope, the subscription or the membership."""
        with self._world.changing():
            self.all.append(Dispatch(kind, payload, self._world, outcome=NOT_SENT))
            return self.all[-1]

    def _attempt(self, delivery: Dispatch) -> None:
        envelope_id = str(uuid.uuid4())
        envelope = {
            "envelope_id": envelope_id,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
            "payload": delivery.payload,
        }
        if delivery.kind == "events_api":
            tries = len(delivery.sent_ids)
            envelope |= {"retry_attempt": tries, "retry_reason": delivery.reason if tries else ""}
        delivery.sent_ids.append(envelope_id)
        delivery.sent_at = self._world.now()
        self._open[envelope_id] = delivery
        if self._sockets.send(envelope):
            self._agenda.later(self._world.respond_within, lambda: self._expire(delivery, envelope_id))
        elif delivery.kind == "events_api":
            self._expire(delivery, envelope_id)
        else:
            self._settle(delivery, "dispatch_failed")

    def _expire(self, delivery: Dispatch, envelope_id: str, reason: str = "timeout") -> None:
        if delivery.outcome != WAITING or self._open.pop(envelope_id, None) is None:
            return
        delivery.reason = reason
        tries = len(delivery.sent_ids)
        if delivery.kind == "events_api" and tries <= len(RETRY_SECONDS):
            self._agenda.later(RETRY_SECONDS[tries - 1], lambda: self._attempt(delivery))
        else:
            self._settle(delivery, FAILED[delivery.kind])

    def _refuse(self, envelope_id: str, reason: str) -> None:
        """End a try before its time is up: another status than 200, or nobody at the address."""
        with self._world.changing():
            if delivery := self._open.get(envelope_id):
                self._expire(delivery, envelope_id, reason)
        self._agenda.run_due()

    def _acknowledge(self, envelope_id: str, payload: Json | None) -> None:
        self._agenda.run_due()
        with self._world.changing():
            delivery = self._open.pop(envelope_id, None)
            if delivery is None:
                self._late(envelope_id)
                return
            delivery.acked_after = self._world.now() - delivery.sent_at
            delivery.ack_payload = payload
            self._settle(delivery, ACKED)

    def _late(self, envelope_id: str) -> None:
        """Record an acknowledgement that came too late: it changes nothing."""
        for delivery in self.all:
            if envelope_id in delivery.sent_ids:
                delivery.late_acks += 1

    def _settle(self, delivery: Dispatch, outcome: str) -> None:
        for envelope_id in delivery.sent_ids:
            self._open.pop(envelope_id, None)
        delivery.outcome = outcome
        if self.on_settled:
            self.on_settled(delivery)
