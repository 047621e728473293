"""
A form that stays open until it is known whether it can be taken, and is acknowledged once.

Nobody waits for that: Bolt hears the acknowledgement from whichever thread gives it, so that many forms, each looked
into for seconds, hold no thread that somebody else's command needs.
"""

import threading
from collections.abc import Callable
from typing import Any

from bot.digest import modal

IN_TIME = 2.4
"""Seconds that a form is held open while Slack is asked: it wants its acknowledgement within three."""


class OpenForm:
    """Closes the form when it is known what became of it, at the latest after `seconds`."""

    def __init__(self, ack: Callable[..., Any], seconds: float = IN_TIME) -> None:
        self._ack = ack
        self._closing = threading.Lock()
        self._late = threading.Timer(seconds, self.take)
        self._late.daemon = True
        self._late.start()

    def take(self) -> None:
        """Close the form, if it is still open: what becomes of it is said elsewhere."""
        self.close()

    def close(self, why_not: str = "", field: str = modal.DAY) -> bool:
        """Acknowledge, with `why_not` beside the field if it is not taken; tell whether the form was still open."""
        if not self._closing.acquire(blocking=False):
            return False
        self._late.cancel()
        self._ack(**({"response_action": "errors", "errors": {field: why_not}} if why_not else {}))
        return True
