"""All that a message shows, as one text: its words, and those of its blocks and attachments, links with them. Pure."""

from collections.abc import Iterator
from typing import Any

SHOWN = ("text", "pretext", "title", "title_link", "url", "from_url", "fallback", "value")
"""What holds words or an address, in blocks (docs.slack.dev/reference/block-kit) and in attachments."""

MOST = 40_000
"""Characters that are read: as many as Slack keeps of a text."""


def words_of(message: dict[str, Any]) -> str:
    """Give the words of a message, its text first; what blocks and attachments repeat is there twice."""
    parts = [message.get("text"), message.get("blocks"), message.get("attachments")]
    return "\n".join(word for part in parts for word in _words_in(part))[:MOST]


def _words_in(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for inner in part:
            yield from _words_in(inner)
    elif isinstance(part, dict) and part.get("type") not in ("button", "image"):
        for key, inner in part.items():
            if isinstance(inner, dict | list) or key in SHOWN:
                yield from _words_in(inner)
