"""What Slack's refusals mean for a digest, over what `bot.slack_errors` says of posts in general."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.slack_errors import Forbidden, Lost, Unconfirmed, sort_failures, word_of
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
