"""
Which of Slack's permissions is for what, call by call: the one table of scopes.

`manifest.json`, which is not installed, asks for exactly these; a test holds the two equal.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission: what fails without it, and what that is for, as a clause."""

    name: str
    calls: tuple[str, ...]
    purpose: str


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
    Scope("users:read", ("users.info",), "to know a subscriber's time zone"),
)


def find_missing(granted: Collection[str]) -> tuple[Scope, ...]:
    """Give the permissions that are not granted."""
    return tuple(scope for scope in SCOPES if scope.name not in granted)
