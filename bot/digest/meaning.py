"""What Slack's refusals mean for a digest, over what `bot.slack_errors` says of posts in general."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.slack_errors import Forbidden, Lost, NotHere, TooFast, Unconfirmed, foreign, sort_failures, word_of
from bot.uploads import UPLOADS

GONE = {"thread_not_found", "message_not_found", "cannot_reply_to_message"}
"""The post whose thread is meant is not there any more."""

SENT_BEFORE = {"duplicate_message_not_found", "duplicate_channel_not_found"}
"""
Documented only as errors about a client_msg_id that Slack has seen before.

Whether the message is there they do not say: the history is asked.
"""


class SentBefore(Unconfirmed):
    """Slack knows this client_msg_id already."""


@contextmanager
def translate_failures() -> Iterator[None]:
    """Sort failures into what they mean for a digest; TooFast is one to both."""
    try:
        with sort_failures():
            yield
    except Forbidden as refusal:
        raise Lost(refusal.code) from refusal
    except Unconfirmed as passing:
        word = word_of(passing.__cause__)
        if word in SENT_BEFORE:
            raise SentBefore(word) from passing
        if word in GONE | UPLOADS.keys():  # plain enough for a thread, though an asker may try again
            raise Lost(word) from passing
        raise


def read_told(answer: Any, name: str) -> str:
    """Take what Slack must tell from an answer that says ok; without it, it cannot be known what was done."""
    found = answer.get(name) if hasattr(answer, "get") else None
    if not isinstance(found, str):
        raise Unconfirmed(f"an answer without {name}")
    return found


def explain_failure(failure: Exception) -> str:
    """Say in our own words, for the log, what went wrong; foreign text is shortened and shows no token."""
    if isinstance(failure, Lost):
        return failure.reason
    if isinstance(failure, TooFast):
        return f"Slack asks for a pause of {failure.seconds:.0f} s."
    if isinstance(failure, NotHere):
        return "Slack shows me no such conversation."
    if isinstance(failure, Unconfirmed):
        return f"Slack did not confirm it ({foreign(failure)})."
    return f"Slack does not take it ({foreign(failure)})."
