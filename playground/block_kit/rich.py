"""The rich_text block and its parts (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from typing import Any

from playground.block_kit.rules import (
    Looking,
    Rule,
    address,
    anything,
    by_type,
    identifier,
    items,
    number,
    one_of,
    record,
    string,
)

MANY = 1_000
LONG = 1_000_000
STYLE: dict[str, Rule] = {"style": anything}

INLINE = by_type(
    {
        "text": record({"text": string(LONG)}, STYLE),
        "link": record({"url": address}, {"text": string(LONG), "unsafe": anything, **STYLE}),
        "emoji": record({"name": string(100)}, {"unicode": anything, "skin_tone": anything, **STYLE}),
        "user": record({"user_id": identifier}, STYLE),
        "channel": record({"channel_id": identifier}, STYLE),
        "usergroup": record({"usergroup_id": identifier}, STYLE),
        "broadcast": record({"range": one_of("here", "channel", "everyone")}, STYLE),
        "color": record({"value": string(20)}, STYLE),
        "date": record(
            {"timestamp": number(whole=True), "format": string(LONG)},
            {"url": address, "fallback": string(LONG), **STYLE},
        ),
    },
    "rich text element",
)
PIECES = items(INLINE, MANY, least=0)
BORDER: dict[str, Rule] = {"border": number(least=0, most=1, whole=True)}
SECTION = record({"elements": PIECES})

PART = by_type(
    {
        "rich_text_section": SECTION,
        "rich_text_quote": record({"elements": PIECES}, BORDER),
        "rich_text_preformatted": record({"elements": PIECES}, {**BORDER, "language": string(100)}),
        "rich_text_list": record(
            {"style": one_of("bullet", "ordered"), "elements": items(SECTION, MANY)},
            {**BORDER, "indent": number(least=0, most=8, whole=True), "offset": number(least=0, whole=True)},
        ),
    },
    "rich text part",
)
FIELDS: dict[str, Rule] = {"elements": items(PART, MANY)}


def RICH_TEXT(value: Any, pointer: str, looking: Looking) -> None:  # noqa: N802 - a rule among rules, all in capitals
    """Accept a rich text, as a cell of a table or as an element."""
    record(FIELDS, {"block_id": identifier})(value, pointer, looking)
