"""
Whether a digest can be posted in a conversation, as far as Slack tells, before anything is promised or stored.

Slack describes a conversation to whoever may read about it (`channels:read`, `groups:read`). An app installed before
these were asked for finds out by trying: joining says what is public, reading what is private and open to us.
"""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.persons import Persons
from bot.place import Place
from bot.slack_errors import (
    Forbidden,
    NotHere,
    Refused,
    RefusedForNow,
    TooFast,
    Unconfirmed,
    foreign,
    sort_failures,
)
from bot.slack_words import meaning_of

ELSEWHERE = "Ask in a channel, or write to me directly."
INVITE = "I am not in this channel. Type `/invite @frameworks` here, then try again."
UNSEEN = (
    "I cannot see this conversation. In a private channel type `/invite @frameworks`, then try again; in one between "
    "others I cannot post at all."
)
OF_OTHERS = f"I cannot post in a direct conversation between others. {ELSEWHERE}"
OF_A_GROUP = f"I have no permission to post by myself in a group conversation. {ELSEWHERE}"
UNREADABLE = (
    "I lack the permissions for this conversation: it is a group conversation, or my app was installed without "
    f"groups:history. {ELSEWHERE}"
)
NOT_NOW = "Slack did not say whether I may post here. Please try again in a minute."
FROZEN = "The other side has left this shared channel, so nothing can be posted here any more. Ask in another one."

OF_A_PARTNER = (
    "This channel is shared with another workspace, and only people of the workspace that I am installed in can set "
    "this up here. Ask one of them."
)

CANNOT_JOIN = "method_not_supported_for_channel_type"
"""Slack's word for joining what is not public."""


class NotAdmitted(Exception):
    """No digest can be posted there; the text says why, and what to do."""


class Admission:
    """Asks Slack through one client. Each question raises NotAdmitted where a digest cannot be posted."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def look(self, place: Place) -> None:
        """Look without joining; where Slack does not describe the conversation, nothing is found wrong."""
        if _is_direct(place):
            self._look_at_direct(place)
        elif (told := self._describe(place)) is not None:
            self._judge(place, told)

    def enter(self, place: Place) -> None:
        """Look, and join a public channel, so that what is promised here can be posted here."""
        if _is_direct(place):
            self._look_at_direct(place)
        elif (told := self._describe(place)) is None:
            self._enter_unseeing(place)
        else:
            self._judge(place, told)
            if not told.get("is_member"):
                self._join(place)

    # -------------------------------------------------------------------------------------------------------- asking

    def _look_at_direct(self, place: Place) -> None:
        """Tell a person's own conversation with the bot from one between others."""
        try:
            opened = self._ask(place, "conversations_open", users=place.user)
        except Forbidden as refusal:
            raise _explain(refusal.code) from refusal
        if _channel_in(opened).get("id") != place.channel:
            raise NotAdmitted(OF_OTHERS)

    def _describe(self, place: Place) -> Mapping[str, Any] | None:
        """Let Slack describe a conversation; None where it does not tell apps like ours."""
        if place.group:
            raise NotAdmitted(OF_A_GROUP)
        try:
            return _channel_in(self._ask(place, "conversations_info", channel=place.channel))
        except Forbidden as refusal:
            if refusal.code == "missing_scope":
                return None
            raise _explain(refusal.code) from refusal

    def _judge(self, place: Place, told: Mapping[str, Any]) -> None:
        _judge(told)
        if told.get("is_ext_shared") and Persons(self._client).is_of_a_partner(place.user):
            raise NotAdmitted(OF_A_PARTNER)

    def _join(self, place: Place) -> None:
        try:
            self._ask(place, "conversations_join", channel=place.channel)
        except Forbidden as refusal:
            raise NotAdmitted(INVITE) if refusal.code == "missing_scope" else _explain(refusal.code) from refusal

    def _enter_unseeing(self, place: Place) -> None:
        """Join if it is public; if not, whoever may read there is a member."""
        try:
            self._join(place)
        except NotPublic:
            self._read(place)

    def _read(self, place: Place) -> None:
        try:
            self._ask(place, "conversations_history", channel=place.channel, limit=1)
        except Forbidden as refusal:
            raise NotAdmitted(UNREADABLE) if refusal.code == "missing_scope" else _explain(refusal.code) from refusal

    def _ask(self, place: Place, method: str, **arguments: Any) -> Any:
        """Ask; Forbidden is left to who asked, for everything else there is one answer."""
        try:
            with sort_failures(place):
                return getattr(self._client, method)(**arguments)
        except NotHere as away:
            raise NotAdmitted(INVITE if away.joinable else UNSEEN) from away
        except RefusedForNow as refusal:
            raise NotPublic(INVITE) if refusal.code == CANNOT_JOIN else _explain(refusal.code) from refusal
        except (Refused, TooFast, Unconfirmed) as failure:
            raise NotAdmitted(NOT_NOW) from failure


class NotPublic(NotAdmitted):
    """It is not public, so it cannot be joined."""


def _is_direct(place: Place) -> bool:
    return place.direct or place.channel.startswith("D")


def _channel_in(answer: Any) -> Mapping[str, Any]:
    told = answer.get("channel")
    if not isinstance(told, dict):
        raise NotAdmitted(NOT_NOW)
    return told


def _judge(told: Mapping[str, Any]) -> None:
    """Read from Slack's description why nothing can be posted there."""
    if told.get("is_archived"):
        raise _explain("is_archived")
    if told.get("is_mpim"):
        raise NotAdmitted(OF_A_GROUP)
    if told.get("is_frozen"):
        raise NotAdmitted(FROZEN)
    for kind in ("read_only", "thread_only"):
        if told.get(f"is_{kind}"):
            raise _explain(f"restricted_action_{kind}_channel")
    if told.get("is_private") and not told.get("is_member"):
        raise NotAdmitted(INVITE)


def _explain(word: str) -> NotAdmitted:
    """Say what Slack's word means."""
    if meaning := meaning_of(word):
        return NotAdmitted(f"Slack does not let me post here: {meaning.why} {meaning.asker}")
    return NotAdmitted(f"Slack does not let me post here ({foreign(word)}). A workspace admin can look into it.")
