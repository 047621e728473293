"""
Names for posts: the client_msg_id of a slot's post is the same whoever posts it, and however often.

It is a further net, and stands in no list of arguments of Slack's: where Slack refuses it the post goes without.
"""

import logging
import re
import uuid
from collections.abc import Callable

from bot.slack_errors import Lost, Refused, RefusedForNow
from bot.slack_words import meaning_of

log = logging.getLogger(__name__)

NAMES = uuid.UUID("89737cba-f1fc-5c74-809b-a55d571c6995")
"""The namespace of our client_msg_ids; any fixed one."""

OF_AN_ARGUMENT = re.compile(r"(\w+_)?(args?|arguments?|params?|parameters?|client_msg_id)(_\w+)?")
"""Words about what was sent along, such as invalid_arg_name and invalid_arguments: nothing was posted."""

MOST_DOUBTED = 1_000


class MessageIds:
    """
    The client_msg_ids of one process; none is sent any more once a post refused with one got through without.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._are_taken = True
        self._doubted: set[str] = set()

    def send(self, number: str, leave: Callable[..., str]) -> str:
        """Let a post leave with its id, or without; gives its ts."""
        if not number or not self._are_taken or number in self._doubted:
            return leave()
        try:
            return leave(client_msg_id=number)
        except (Lost, Refused, RefusedForNow) as refusal:
            if not OF_AN_ARGUMENT.fullmatch(refusal.code):
                self._doubt(number, refusal)
                raise
        return self._send_without(leave)

    def _send_without(self, leave: Callable[..., str]) -> str:
        """Try it without; if that is refused too, the id was not to blame."""
        ts = leave()
        self._are_taken = False
        log.warning("Slack takes no client_msg_id any more: posting without")
        return ts

    def _doubt(self, number: str, refusal: Exception) -> None:
        """After a word that nobody has heard of, which is looked into first, the next try goes without an id."""
        if isinstance(refusal, RefusedForNow) and meaning_of(refusal.code) is None:
            if len(self._doubted) >= MOST_DOUBTED:
                self._doubted.clear()
            self._doubted.add(number)


def message_id(channel: str, key: str, again: int = 0) -> str:
    """Give the client_msg_id of a post; `again` is raised where Slack will not take the earlier one any more."""
    return str(uuid.uuid5(NAMES, f"{channel} {key}" + (f" {again}" if again else ""))) if key else ""
