"""Bolt's app where both doors, Socket Mode and HTTP, hand over a payload: how long it took is told there."""

import time
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.concern import handling
from bot.observer import Observer

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

OK = 200


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
                answer = super().dispatch(req)
                outcome = "ok" if answer.status == OK else "refused"
                return answer
            finally:
                self._observer.note_ack(name_kind(req.body), outcome, time.perf_counter() - began)


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
