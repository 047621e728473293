"""
Which permission each call, event, command and download needs: the one table. What a token may do follows from it.

docs.slack.dev/reference/methods and .../events, each page under "Scopes". The token has those of `manifest.json`.
"""

from playground.state import Token

GRANTED = frozenset(
    (
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "links:read",
        "links:write",
        "users:read",
    )
)
"""What the app is granted unless a test says otherwise: what manifest.json asks for, which is not installed."""

FAMILIES = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
"""What the permissions of each kind of conversation begin with."""

OF_ITS_FAMILY = ":"
"""Begins a permission that depends on the kind of conversation."""

NEEDED = {
    "app_mention": "app_mentions:read",
    "slash_commands": "commands",
    "link_shared": "links:read",
    "member_joined_channel": ":read",
    "message.im": "im:history",
    "message_action": "commands",
    "url_private": "files:read",
    "apps.connections.open": "connections:write",
    "bots.info": "users:read",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.unfurl": "links:write",
    "chat.update": "chat:write",
    "conversations.history": ":history",
    "conversations.info": ":read",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "conversations.replies": ":history",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "users.info": "users:read",
}
"""Call, event, command or download -> its permission; what is not listed needs none."""


def lacking(name: str, token: Token | None, kind: str | None = None) -> str:
    """
    Give what is lacking for this, or nothing.

    As long as the kind of conversation is not known, one of its family is enough; without any, all are named.
    """
    needed = NEEDED.get(name, "")
    if not needed.startswith(OF_ITS_FAMILY):
        choices = [needed] if needed else []
    else:
        choices = [f"{FAMILIES[one]}{needed}" for one in ([kind] if kind else FAMILIES)]
    granted = token.scopes if token else frozenset()
    return "" if not choices or granted.intersection(choices) else ",".join(choices)
