"""chat.unfurl and entity.presentDetails."""

from typing import Any

from playground.calls import Call, Method, MethodError, Reply
from playground.entities import entity_problem
from playground.methods.message_checks import judge_blocks
from playground.shared_links import COMPOSER, HISTORY, SharedLinks
from playground.state import Json, PostedMessage


def unfurl(call: Call) -> Reply:
    """Show something under the links of a message: Work Objects, blocks, or both."""
    shared = _find_shared(call)
    metadata, unfurls = _read(call, "metadata"), _read(call, "unfurls")
    if metadata is None and unfurls is None:
        raise MethodError("missing_unfurls")
    under = {**_read_entities(call, metadata), **_read_blocks(call, unfurls)}
    if not under.keys() <= set(shared.urls):
        raise MethodError("cannot_unfurl_url")
    if shared.message:
        _attach(call, shared.message, under)
    return {}


def _find_shared(call: Call) -> SharedLinks:
    """Find the links that are meant: by the event's own name for them, or by their message."""
    site, name, source = call.site, call.text("unfurl_id"), call.text("source")
    if bool(name) != bool(source):
        raise MethodError("missing_source" if name else "missing_unfurl_id")
    if source and source not in (COMPOSER, HISTORY):
        raise MethodError("invalid_source")
    if name:
        found = site.world.links.get(name)
    else:
        place, ts = call.need("channel"), call.need("ts")
        known = site.world.links.values()
        found = next((one for one in known if one.message and (one.channel.id, one.message.ts) == (place, ts)), None)
    if found is None or found.channel.team_id != call.workspace.id:
        raise MethodError("invalid_unfurl_id" if name else "cannot_find_message")
    if found.message and found.message not in found.channel.messages:
        raise MethodError("cannot_find_message")
    return found


def _read(call: Call, name: str) -> Any:
    value = call.read_nested(name, f"invalid_{name}_format")
    if value is not None and not isinstance(value, dict):
        raise MethodError(f"invalid_{name}_format")
    return value


def _read_entities(call: Call, metadata: Json | None) -> dict[str, Json]:
    entities = metadata.get("entities") if metadata else []
    if metadata and not call.site.world.entity_types:
        raise MethodError("feature_not_enabled")
    if not isinstance(entities, list):
        raise MethodError("invalid_metadata_format")
    for entity in entities:
        if problem := entity_problem(entity, call.site.world.entity_types, posted=True):
            raise MethodError("invalid_metadata_format", response_metadata={"messages": [problem]})
    return {str(entity["app_unfurl_url"]): {"entity": entity} for entity in entities}


def _read_blocks(call: Call, unfurls: Json | None) -> dict[str, Json]:
    shown = {}
    for url, preview in (unfurls or {}).items():
        blocks = judge_blocks(call.site, preview.get("blocks"), call.workspace.id)
        if not blocks or any(block["type"] == "rich_text" for block in blocks):
            raise MethodError("cannot_parse_attachment")
        shown[url] = {"blocks": blocks}
    return shown


def _attach(call: Call, message: PostedMessage, under: dict[str, Json]) -> None:
    """Put previews under a message; a second answer for the same link takes the place of the first."""
    kept = [one for one in message.attachments if one.get("app_unfurl_url") not in under]
    made = [
        {"from_url": url, "app_unfurl_url": url, "is_app_unfurl": True, "app_id": call.site.world.app_id, **shown}
        for url, shown in under.items()
    ]
    message.attachments = [one | {"id": number} for number, one in enumerate([*kept, *made], 1)]
    call.site.world.touch(message)


def present_details(call: Call) -> Reply:
    """Show details to who opened a preview, or why there are none; once, within three seconds."""
    asked = call.site.world.details.get(call.need("trigger_id"))
    if asked is None or asked.used or call.site.world.now() - asked.issued > call.site.world.respond_within:
        raise MethodError("invalid_trigger_id")
    metadata, error = _read(call, "metadata"), _read(call, "error")
    if metadata is None and error is None:
        raise MethodError("invalid_arguments")
    if metadata:
        _judge_details(call, metadata, asked.entity)
    elif not (error or {}).get("status"):
        raise MethodError("invalid_arguments")
    asked.used = True
    call.site.world.panes[asked.user.id] = {"metadata": metadata, "error": error}
    return {}


def _judge_details(call: Call, metadata: Json, opened: Json) -> None:
    if not call.site.world.entity_types:
        raise MethodError("feature_not_enabled")
    if problem := entity_problem(metadata, call.site.world.entity_types, posted=False):
        raise MethodError("invalid_metadata", response_metadata={"messages": [problem]})
    if any(metadata[name] != opened[name] for name in ("url", "external_ref", "entity_type")):
        raise MethodError("entity_metadata_does_not_match_trigger")


METHODS = {
    "chat.unfurl": Method(unfurl, 3),
    "entity.presentDetails": Method(present_details, 3),
}
