"""What Slack's refusals mean for a digest, over what `bot.slack_errors` says of posts in general."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.slack_errors import TOO_FAST, Forbidden, Lost, Refused, TooFast, Unconfirmed, sort_failures

GONE = {"thread_not_found", "message_not_found", "cannot_reply_to_message"}
"""The post whose thread is meant is not there any more."""

SENT_BEFORE = {"duplicate_message_not_found", "duplicate_channel_not_found"}
"""
Documented only as errors about a client_msg_id that Slack has seen before.

Whether the message is there they do not say: the history is asked.
"""

PAUSE = 30.0
"""Seconds to wait where Slack asks for a pause without saying how long."""


class SentBefore(Unconfirmed):
    """Slack knows this client_msg_id already."""


@contextmanager
def translate_failures() -> Iterator[None]:
    """Sort failures into what they mean for a digest."""
    try:
        with sort_failures():
            yield
    except Refused as refusal:
        if refusal.code in TOO_FAST:
            raise TooFast(_seconds(refusal)) from refusal
        raise
    except Forbidden as refusal:
        if refusal.code in SENT_BEFORE:
            raise SentBefore(refusal.code) from refusal
        raise Lost(refusal.code) from refusal


def _seconds(refusal: Refused) -> float:
    """Read how long Slack asks us to wait."""
    cause = refusal.__cause__
    headers = getattr(getattr(cause, "response", None), "headers", None) or {}
    told = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(told) if told.isdigit() else PAUSE
