"""Bolt's app where both doors, Socket Mode and HTTP, hand over a payload: how long it took is told there."""

import logging
import time
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.concern import handling
from bot.observer import Observer
from bot.slack_errors import foreign

log = logging.getLogger(__name__)

KINDS = {
    "event_callback": "event",
    "block_actions": "click",
    "block_suggestion": "menu",
    "view_submission": "form",
    "view_closed": "form",
    "shortcut": "shortcut",
    "message_action": "shortcut",
}
"""Slack's types of payloads, and what they are counted as."""

OK, UNHANDLED = 200, 404
"""How Bolt ends what a handler took, and what none did."""


class CountedApp(App):
    """Tells `observer` of each payload: its kind, whether a handler took it, and after how many seconds."""

    def __init__(self, observer: Observer, **options: Any) -> None:
        super().__init__(**options)
        self._observer = observer

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Let Bolt handle one payload."""
        began, outcome = time.perf_counter(), "failed"
        with handling(name_event(req.body)):
            try:
                answer = pass_over(req.body, super().dispatch(req))
                outcome = "ok" if answer.status == OK else "refused"
                return answer
            finally:
                self._observer.note_ack(name_kind(req.body), outcome, time.perf_counter() - began)

    def _handle_unmatched_requests(self, req: BoltRequest, resp: BoltResponse) -> BoltResponse:
        """Leave the word on it to `pass_over`: Bolt's is a warning with lines of code to write."""
        del req
        return resp


def pass_over(body: dict[str, Any], answer: BoltResponse) -> BoltResponse:
    """
    Acknowledge what Slack tells of and no handler waits for: an event, `app_rate_limited`, a form that was closed.

    Slack would send it three times more, or show a warning. A command of another name is none of it: who typed it
    sees that nobody here takes it.
    """
    if answer.status != UNHANDLED:
        return answer
    event = body.get("event")
    named = event if isinstance(event, dict) else body
    log.info("passed over: %s", foreign(body.get("command") or named.get("type")))
    return answer if "command" in body else BoltResponse(status=OK)


def name_event(body: dict[str, Any]) -> str:
    """Name what an event is about, its message or else itself, as Slack does each time; nothing of other payloads."""
    event = body.get("event")
    if not isinstance(event, dict):
        return ""
    message = event.get("channel"), event.get("ts")
    return " ".join(map(str, message)) if all(message) else str(body.get("event_id") or "")


def name_kind(body: dict[str, Any]) -> str:
    """Name what kind of payload it is, in one of a few words."""
    return "command" if "command" in body else KINDS.get(str(body.get("type")), "other")
