"""
Which of Slack's permissions is for what, call by call: the one table of scopes.

`manifest.json`, which is not installed, asks for exactly these; a test holds the two equal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scope:
    """
    One permission: what fails without it, and what that is for, as a clause.

    An `optional` one is for one surface alone, which is absent without it; everything else works.
    """

    name: str
    calls: tuple[str, ...]
    purpose: str
    optional: bool = False


SCOPES = (
    Scope("app_mentions:read", ("app_mention",), "to answer who mentions the bot"),
    Scope("channels:history", ("conversations.history", "conversations.replies"), "to see what was posted already"),
    Scope("channels:join", ("conversations.join",), "to join a public channel in which somebody asks"),
    Scope(
        "channels:read",
        ("conversations.info", "member_joined_channel"),
        "to say at once where a digest cannot be posted, and to greet who invites the bot",
    ),
    Scope("chat:write", ("chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"), "to post answers"),
    Scope("commands", ("/frameworks",), "to be asked by slash command"),
    Scope("files:read", ("files.info",), "to know when Slack has processed a picture"),
    Scope("files:write", ("files.getUploadURLExternal", "files.completeUploadExternal"), "to upload charts"),
    Scope("groups:history", ("conversations.history", "conversations.replies"), "the same in private channels"),
    Scope("groups:read", ("conversations.info", "member_joined_channel"), "the same in private channels"),
    Scope("im:history", ("message.im",), "to hear direct messages"),
    Scope("im:write", ("conversations.open",), "to tell people that their digest is paused"),
    Scope("links:read", ("link_shared",), "to hear of links to models, for previews", optional=True),
    Scope("links:write", ("chat.unfurl",), "to show previews under links to models", optional=True),
    Scope("users:read", ("users.info",), "to know a subscriber's time zone"),
)


FOR_PREVIEWS = ("links:read", "links:write")
"""What previews of links need, both of them."""


def read_granted(headers: Mapping[str, Any]) -> frozenset[str] | None:
    """Read what a token was granted from the head of any answer; None where Slack does not say."""
    told = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if told is None:
        return None
    parts = told if isinstance(told, list | tuple) else [told]
    return frozenset(scope.strip() for part in parts for scope in str(part).split(","))


def find_missing(granted: Collection[str]) -> tuple[Scope, ...]:
    """Give the permissions that are not granted."""
    return tuple(scope for scope in SCOPES if scope.name not in granted)
