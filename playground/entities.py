"""
Which Work Objects Slack takes (docs.slack.dev/messaging/work-objects-implementation): an `item`, rule by rule.

An item has no fields of its own, so everything stands in its custom fields.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

ITEM = "slack#/entities/item"
COLOURS = {"red", "yellow", "green", "gray", "blue"}
OF_STRINGS = {"string"}
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list) and all(isinstance(one, dict) and "value" in one for one in value),
    "slack#/types/timestamp": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "slack#/types/date": lambda value: isinstance(value, str),
    "slack#/types/user": lambda value: isinstance(value, dict),
    "slack#/types/channel_id": lambda value: isinstance(value, str),
    "slack#/types/link": lambda value: isinstance(value, str),
    "slack#/types/email": lambda value: isinstance(value, str),
}
"""Types of custom fields, and what their values are."""

BUTTONS_AT_ONCE = 2
"""Primary actions of an entity."""


def entity_problem(entity: Any, types: frozenset[str], *, posted: bool) -> str | None:
    """Say what is wrong with an entity; `posted`: it stands under a link, whose address it has to name."""
    return next(_problems(entity, types, posted=posted), None)


def _problems(entity: Any, types: frozenset[str], *, posted: bool) -> Iterator[str]:
    if not isinstance(entity, dict):
        yield "an entity is an object"
        return
    if entity.get("entity_type") not in types:
        yield "the app has not enabled this entity_type"
    if posted != ("app_unfurl_url" in entity):
        yield "app_unfurl_url belongs under a link, and only there"
    if not isinstance(entity.get("url"), str) or not (entity.get("external_ref") or {}).get("id"):
        yield "url and external_ref.id are missing"
    payload = entity.get("entity_payload")
    if not isinstance(payload, dict) or not ((payload.get("attributes") or {}).get("title") or {}).get("text"):
        yield "entity_payload.attributes.title.text is missing"
        return
    if "fields" in payload:
        yield "an item has no fields"
    yield from _problems_of_fields(payload)
    yield from _problems_of_actions(payload.get("actions") or {})


def _problems_of_fields(payload: dict[str, Any]) -> Iterator[str]:
    fields = payload.get("custom_fields") or []
    keys = [field.get("key") for field in fields]
    if len(set(keys)) != len(keys):
        yield "a key twice"
    if not set(payload.get("display_order") or ()) <= set(keys):
        yield "display_order names a field that is not there"
    for field in fields:
        kind, value = field.get("type"), field.get("value")
        if not field.get("label") or kind not in TYPES or not TYPES[kind](value):
            yield f"the field {field.get('key')} has no label, or its value is not of its type"
        if "tag_color" in field and (kind not in OF_STRINGS or "icon" in field or field["tag_color"] not in COLOURS):
            yield "tag_color stands beside a string alone, without an icon"
        if kind == "array" and field.get("item_type") not in TYPES:
            yield "an array says what it is of"


def _problems_of_actions(actions: dict[str, Any]) -> Iterator[str]:
    primary = actions.get("primary_actions") or []
    if len(primary) > BUTTONS_AT_ONCE:
        yield "more than two primary actions"
    if any(not one.get("text") or not one.get("action_id") for one in primary):
        yield "an action has a text and an action_id"
