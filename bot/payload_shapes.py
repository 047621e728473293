"""
What Slack sends, made sure of: fields that are not of their kind are left out, and what lacks what it needs is refused.

So no handler of ours, and none of Bolt's, meets a list where a person should be; what is lacking is one line of the log
and no traceback, and whoever can be told is told.
"""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltRequest

Json = dict[str, Any]

LISTS_OF_OBJECTS = ("actions", "authorizations", "links", "response_urls")
OBJECTS = (
    "container",
    "edited",
    "enterprise",
    "event",
    "external_ref",
    "function",
    "inputs",
    "message",
    "state",
    "view",
)
WORDS = (
    *("action_id", "bot_id", "callback_id", "channel_id", "channel_name", "channel_type", "client_msg_id", "command"),
    *("event_id", "event_ts", "function_execution_id", "id", "inviter", "message_ts", "name", "private_metadata"),
    *("response_url", "source", "subtype", "tab", "team_id", "thread_ts", "trigger_id", "ts", "type"),
    *("unfurl_id", "user_id", "value"),
)
"""What these names hold, wherever they stand, as a rule."""

NAMED_IN_EVENTS = ("channel", "team", "user")
"""What an event names by its id, and a click or a form describes."""

NAMELESS: Mapping[str, Json] = {"event": {"type": ""}, "view": {"type": ""}}
"""What Bolt reads of these without asking whether it is there."""

MOMENTS = ("event_ts", "message_ts", "thread_ts", "ts")


class Misshapen(Exception):
    """A payload lacks what it needs; the text names that, and holds no word that anybody typed."""


def tidy(payload: object) -> Json:
    """Leave out what is not of its kind, in a payload and in what it holds; what we do not read stays as it is."""
    if not isinstance(payload, dict):
        return {}
    return _tidy(payload, describes=not isinstance(payload.get("event"), dict))


def _tidy(held: Mapping[str, Any], *, describes: bool) -> Json:
    return {name: kept for name, value in held.items() if (kept := _keep(name, value, describes=describes)) is not None}


def _keep(name: str, value: Any, *, describes: bool) -> Any:
    """Give a field's value, tidied; None where it is not of its kind."""
    if name in LISTS_OF_OBJECTS:
        held = [_tidy(one, describes=describes) for one in value if _is(one, dict)] if _is(value, list) else []
        return held or None  # Bolt takes the first of what is there
    if name in OBJECTS or (describes and name in NAMED_IN_EVENTS):
        if not _is(value, dict):
            return None
        return NAMELESS.get(name, {}) | _tidy(value, describes=describes and name != "message")
    if name in WORDS or name in NAMED_IN_EVENTS:
        return value if isinstance(value, str) and (name not in MOMENTS or _is_moment(value)) else None
    return value


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind)


def _is_moment(value: str) -> bool:
    return value.replace(".", "", 1).isascii() and value.replace(".", "", 1).isdigit()


def refuse_misshapen(req: BoltRequest, next_: Callable[[], Any]) -> Any:
    """Hand on what has all it needs. Raises Misshapen."""
    if lacking := find_lacking(req.body):
        raise Misshapen(lacking)
    return next_()


NEEDED_OF_EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_mention": ("channel", "ts"),
    "message": ("channel", "ts"),
    "member_joined_channel": ("channel",),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "block_actions": ("user.id", "actions"),
    "message_action": ("user.id", "callback_id"),
    "shortcut": ("user.id", "callback_id"),
    "view_submission": ("user.id", "view.callback_id"),
}


def find_lacking(body: Json) -> str:
    """Name what a payload that was tidied lacks, in words for the log; nothing if it has all it needs."""
    if "command" in body:
        return _first_lacking("a command", body, ("user_id", "channel_id"))
    kind = str(body.get("type") or "")
    if kind == "event_callback":
        event = body.get("event") or {}
        named = str(event.get("type") or "")
        return _first_lacking(f"the event {named}", event, NEEDED_OF_EVENTS.get(named, ("type",)))
    if not kind:
        return "a payload has no type"
    lacking = _first_lacking(f"a {kind}", body, NEEDED.get(kind, ()))  # of others nobody here waits for any
    if not lacking and kind == "block_actions":
        return _first_lacking("an action", body["actions"][0], ("action_id",))
    return lacking


def _first_lacking(what: str, held: Json, names: tuple[str, ...]) -> str:
    return next((f"{what} has no {name}" for name in names if not _find(held, name)), "")


def _find(held: Json, path: str) -> Any:
    """Find what stands at a path such as user.id; nothing where there is nothing."""
    found: Any = held
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found
