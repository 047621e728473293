"""
Slackbot as an assistant that calls our tools: the answer in Slack's own blocks beside it, in `_meta`. Pure.

Slackbot draws these blocks in place of the text (docs.slack.dev/ai/slackbot-mcp-client): one that it does not know, or
that is too long, drops all of them. Buttons there call a tool: one in each block of actions, its arguments as JSON.
"""

import json
from collections.abc import Mapping
from typing import Any

from analytics.domain.answer import Answer
from bot.answer_forms import native
from bot.blocks import Block
from bot.messages import ASK

ALLOWED = frozenset(
    (
        *("actions", "card", "carousel", "container", "context", "data_table", "data_visualization", "divider", "file"),
        *("header", "image", "input", "markdown", "rich_text", "section", "table", "video"),
    )
)
"""Kinds of blocks that Slackbot shows."""

MOST_BLOCKS, MOST_ARGUMENTS = 50, 2_000
"""Blocks of one result, and characters of a button's arguments."""

TOOL_META: Mapping[str, Any] = {"slack": {"supportsBlockKit": True}}
"""What tells Slackbot that a tool answers in blocks."""


def add_blocks(answer: Answer, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a result carries for Slackbot; nothing for any other client, who does not name a Slack user."""
    if not isinstance(asked.get("slack"), Mapping):
        return {}
    return {"slack": {"blocks": as_blocks(answer)}}


def as_blocks(answer: Answer) -> list[Block]:
    """Write an answer in blocks that Slackbot shows, its next questions as calls of a tool."""
    blocks = native(answer, None).blocks
    shown = [block for block in blocks if block["type"] in ALLOWED and block["type"] != "actions"]
    asks = [one for block in blocks if block["type"] == "actions" for one in block["elements"] if _asks(one)]
    return [*shown, *(_call_tool(one) for one in asks if len(_arguments(one)) <= MOST_ARGUMENTS)][:MOST_BLOCKS]


def _asks(element: Block) -> bool:
    return str(element["action_id"]).startswith(f"{ASK}:")


def _call_tool(asking: Block) -> Block:
    """Turn a button that asks a question here into one that calls our tool there."""
    button = {"type": "button", "text": asking["text"], "action_id": "tool:ask", "value": _arguments(asking)}
    return {"type": "actions", "elements": [button]}


def _arguments(asking: Block) -> str:
    return json.dumps({"question": asking["value"]})
