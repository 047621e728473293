"""Every block type: where it may stand and what it must look like (docs.slack.dev/reference/block-kit/blocks)."""

from collections.abc import Iterator
from typing import Any

from playground.block_kit import limits, rich
from playground.block_kit.chart_blocks import DATA_VISUALIZATION
from playground.block_kit.elements import ACCESSORY, ACTION, BUTTON, CONTEXT_ACTIONS, IMAGE, INPUT, ONE_PICTURE, PICTURE
from playground.block_kit.rules import (
    Looking,
    Shape,
    address,
    anything,
    at_least_one,
    boolean,
    by_type,
    identifier,
    items,
    not_both,
    number,
    one_of,
    plain,
    string,
    text,
    unique,
)
from playground.block_kit.table_blocks import DATA_TABLE, TABLE

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset({MESSAGE, MODAL, HOME})
NOT_IN_MODALS = frozenset({MESSAGE, HOME})
ONLY_IN_MESSAGES = frozenset({MESSAGE})


def _own_action_ids(value: Any, pointer: str, looking: Looking) -> None:
    """Check that each action_id stands once in its block, however deep: in a row of buttons, in a cell of a table."""
    unique(((where, name) for where, name in _action_ids(value, pointer)), "action_id", looking)


def _action_ids(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Find them; a block within a container is a block of its own."""
    if isinstance(value, dict) and "action_id" in value:
        yield f"{pointer}/action_id", value["action_id"]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        if name != "child_blocks":
            yield from _action_ids(one, f"{pointer}/{name}")


def _answers_by_url(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    """Check that a menu asks for a response_url only where it gets one: in an input of a modal."""
    element = block.get("element")
    if isinstance(element, dict) and element.get("response_url_enabled") and looking.surface != MODAL:
        looking.note(f"{pointer}/element/response_url_enabled", "is allowed in modals only")


def _markdown_short_enough(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    looking.counts["markdown"] += len(str(block.get("text", "")))
    if looking.counts["markdown"] > limits.MARKDOWN_CHARACTERS:
        looking.note(
            f"{pointer}/text", f"no more than {limits.MARKDOWN_CHARACTERS} characters of markdown in a message"
        )


PICTURE_BLOCK = Shape(
    {"alt_text": string(limits.ALT_TEXT)}, {**PICTURE, "title": plain(limits.IMAGE_TITLE)}, (ONE_PICTURE,)
)
SECTION = Shape(
    may={
        "text": text(limits.SECTION_TEXT),
        "fields": items(text(limits.SECTION_FIELD), limits.SECTION_FIELDS),
        "accessory": ACCESSORY,
        "expand": boolean,
    },
    checks=(at_least_one("text", "fields"),),
)
CONTEXT_ELEMENT = by_type(
    {"image": IMAGE, "plain_text": text(limits.CONTEXT_TEXT), "mrkdwn": text(limits.CONTEXT_TEXT)}, "element"
)
INPUT_BLOCK = Shape(
    {"label": plain(limits.LABEL), "element": INPUT},
    {"hint": plain(limits.LABEL), "optional": boolean, "dispatch_action": boolean},
    (_answers_by_url,),
)
VIDEO = Shape(
    {"alt_text": string(limits.ALT_TEXT), "title": plain(200), "video_url": address, "thumbnail_url": address},
    {
        "author_name": string(50),
        "description": plain(200),
        "provider_icon_url": address,
        "provider_name": string(50),
        "title_url": address,
    },
)
CARD = Shape(
    may={
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": anything,
        "title": text(limits.CARD_TITLE),
        "subtitle": text(limits.CARD_TITLE),
        "body": text(limits.CARD_BODY),
        "subtext": text(limits.CARD_BODY),
        "actions": items(BUTTON, limits.CARD_BUTTONS),
    },
    checks=(at_least_one("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")),
)
TASK = Shape(
    {"task_id": identifier, "title": string(limits.SECTION_TEXT)},
    {
        "status": one_of("pending", "in_progress", "complete", "error"),
        "details": anything,
        "output": anything,
        "sources": anything,
    },
)

IN_CONTAINERS = frozenset(
    ("actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video")
)
"""What a container may hold: no card, carousel, data_table or data_visualization (blocks/container-block)."""


def _child(value: Any, pointer: str, looking: Looking) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind not in IN_CONTAINERS:
        looking.note(f"{pointer}/type", f"{kind} is not allowed in a container")
    else:
        block(value, pointer, looking)


CONTAINER = Shape(
    {"child_blocks": items(_child, limits.CONTAINER_BLOCKS)},
    {
        "title": plain(limits.CONTAINER_TITLE),
        "rich_text_title": rich.RICH_TEXT,
        "subtitle": text(limits.CONTAINER_TITLE),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
        "icon": IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"),
    },
    (
        at_least_one("title", "rich_text_title"),
        not_both("title", "rich_text_title"),
        not_both("has_header_divider", "is_collapsible"),
    ),
)

KINDS: dict[str, tuple[frozenset[str], Shape]] = {
    "actions": (EVERYWHERE, Shape({"elements": items(ACTION, limits.ACTION_ELEMENTS)})),
    "alert": (
        frozenset({MODAL}),
        Shape({"text": text(limits.ALERT_TEXT)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    ),
    "card": (EVERYWHERE, CARD),
    "carousel": (
        NOT_IN_MODALS,
        Shape({"elements": items(by_type({"card": CARD.rule()}, "block"), limits.CAROUSEL_CARDS)}),
    ),
    "container": (NOT_IN_MODALS, CONTAINER),
    "context": (EVERYWHERE, Shape({"elements": items(CONTEXT_ELEMENT, limits.CONTEXT_ELEMENTS)})),
    "context_actions": (
        ONLY_IN_MESSAGES,
        Shape({"elements": items(by_type(CONTEXT_ACTIONS, "element"), limits.CONTEXT_ACTIONS)}),
    ),
    "data_table": (NOT_IN_MODALS, DATA_TABLE),
    "data_visualization": (NOT_IN_MODALS, DATA_VISUALIZATION),
    "divider": (EVERYWHERE, Shape()),
    "file": (ONLY_IN_MESSAGES, Shape({"external_id": identifier, "source": one_of("remote")})),
    "header": (
        EVERYWHERE,
        Shape({"text": plain(limits.HEADER_TEXT)}, {"level": number(least=1, most=limits.HEADER_LEVEL, whole=True)}),
    ),
    "image": (EVERYWHERE, PICTURE_BLOCK),
    "input": (EVERYWHERE, INPUT_BLOCK),
    "markdown": (
        ONLY_IN_MESSAGES,
        Shape({"text": string(limits.MARKDOWN_CHARACTERS)}, checks=(_markdown_short_enough,)),
    ),
    "plan": (
        ONLY_IN_MESSAGES,
        Shape({"title": string(limits.SECTION_TEXT)}, {"tasks": items(TASK.rule(), limits.PLAN_TASKS)}),
    ),
    "rich_text": (EVERYWHERE, Shape(rich.FIELDS)),
    "section": (EVERYWHERE, SECTION),
    "table": (NOT_IN_MODALS, TABLE),
    "task_card": (ONLY_IN_MESSAGES, TASK),
    "video": (EVERYWHERE, VIDEO),
}
"""Block type -> the surfaces it may stand on, and what it looks like."""


def block(value: Any, pointer: str, looking: Looking) -> None:
    """Judge one block: its type, its place, its fields and its own id."""
    if not isinstance(value, dict):
        looking.note(pointer, "must be an object, not null" if value is None else "must be an object")
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        looking.note(f"{pointer}/type", f"unsupported type: {kind}")
        return
    surfaces, shape = KINDS[kind]
    if looking.surface not in surfaces:
        looking.note(f"{pointer}/type", f"{kind} is not allowed in a {looking.surface}")
    shape.rule()(value, pointer, looking)
    _own_block_id(value, pointer, looking)
    _own_action_ids(value, pointer, looking)


def _own_block_id(value: dict[str, Any], pointer: str, looking: Looking) -> None:
    name = value.get("block_id")
    if isinstance(name, str) and name in looking.ids:
        looking.note(f"{pointer}/block_id", f"block_id must be unique: {name}")
    looking.ids |= {name} if isinstance(name, str) else set()
