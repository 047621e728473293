"""What every method that takes a message checks: text, blocks, metadata, and whether the bot may post there."""

import json
from typing import Any

from playground.block_kit import Problem
from playground.calls import Call, MethodError
from playground.site import Site
from playground.state import Channel, Json

TEXT = 40_000
"""Longer texts are cut (docs.slack.dev/reference/methods/chat.postMessage)."""

MARKDOWN_TEXT = 12_000
"""chat.postMessage: "Limit this field to 12,000 characters"."""

METADATA_BYTES = 8_000
"""Reported; the page gives metadata_too_large without a number."""


def refuse_blocks(found: list[Problem]) -> MethodError:
    """Refuse blocks as Slack does, each problem with its JSON pointer."""
    errors = [f"{problem.message} [json-pointer:{problem.pointer}]" for problem in found]
    return MethodError(
        "invalid_blocks", errors=errors, response_metadata={"messages": [f"[ERROR] {error}" for error in errors]}
    )


def blocks_of(call: Call) -> list[Json]:
    """Give the blocks of a message, if Slack would take them."""
    return judge_blocks(call.site, call.read_nested("blocks", "invalid_blocks_format"), call.workspace.id)


def judge_blocks(site: Site, blocks: Any, team_id: str) -> list[Json]:
    """Give blocks that Slack would take as a list of their own; refuse others."""
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise MethodError("invalid_blocks_format")
    found = site.block_problems(blocks, team_id)
    if found:
        raise refuse_blocks(found)
    copied: list[Json] = json.loads(json.dumps(blocks))
    return copied


def text_of(call: Call, blocks: list[Json]) -> str:
    """Give the text, cut where Slack cuts it; a message needs a text or blocks, or markdown instead of both."""
    text, markdown = call.text("text"), call.text("markdown_text")
    if markdown and (text or blocks):
        raise MethodError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TEXT:
        raise MethodError("msg_too_long")
    text = text or markdown
    if not text.strip() and not blocks:
        raise MethodError("no_text")
    if len(text) > TEXT:
        call.warnings.append("message_truncated")
    return text[:TEXT]


def metadata_of(call: Call) -> Json | None:
    """Give the metadata: an event_type ("a human readable alphanumeric string"), and a payload that is flat."""
    metadata = call.read_nested("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    kind = metadata.get("event_type") if isinstance(metadata, dict) else None
    if not isinstance(payload, dict) or not isinstance(kind, str) or not kind.strip():
        raise MethodError("invalid_metadata_format")
    if not all(isinstance(value, str | int | float) for value in payload.values()):
        raise MethodError("invalid_metadata_format")
    if len(json.dumps(payload)) > METADATA_BYTES:
        raise MethodError("metadata_too_large")
    return {"event_type": kind, "event_payload": payload}


def place(call: Call) -> Channel:
    """Give the channel to post in, a person's id meaning the conversation with that person; refuse where not."""
    user = call.site.world.users.get(call.text("channel"))
    if user and user.team_id == call.workspace.id:
        channel = call.site.world.direct_channel(call.workspace, user)
    else:
        channel = call.channel()
    check_posting(call, channel)
    return channel


def check_posting(call: Call, channel: Channel, *, as_member: bool = False) -> None:
    """Refuse to post in an archived or restricted channel, or as a stranger without chat:write.public."""
    if channel.archived:
        raise MethodError("is_archived")
    stranger = call.workspace.bot_user.id not in channel.members
    if stranger and (as_member or call.token is None or "chat:write.public" not in call.token.scopes):
        raise MethodError("not_in_channel")
    if channel.kind == "im" and not call.site.world.messages_tab:
        raise MethodError("messages_tab_disabled")
    if channel.posting_restricted:
        raise MethodError("restricted_action")


def thread_of(call: Call, channel: Channel) -> str | None:
    """Give the thread to post in; it must begin with a message of the channel that is no reply itself."""
    given = call.text("thread_ts")
    if not given:
        return None
    parent = call.site.world.message(channel, given)
    if parent is None:
        raise MethodError("thread_not_found")
    if parent.thread_ts not in (None, parent.ts):
        raise MethodError("cannot_reply_to_message")
    return given


def check_files(call: Call, channel: Channel, blocks: list[Json]) -> None:
    """Refuse a picture by file in a channel shared with others, where an admin has forbidden that."""
    pictured = any("slack_file" in block for block in blocks)
    if pictured and channel.externally_shared and call.site.faults.connect_blocks_files:
        raise MethodError("slack_connect_file_link_sharing_blocked")
