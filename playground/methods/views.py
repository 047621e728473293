"""views.open, views.publish and blocks.validate."""

from typing import Any

from playground.block_kit import problems, view_problems
from playground.block_kit.check import is_too_large
from playground.calls import Call, Method, MethodError, Reply
from playground.methods.message_checks import refuse_blocks


def publish(call: Call) -> Reply:
    """Show a Home tab to one user."""
    if not call.site.world.home_tab:
        raise MethodError("not_enabled")
    user = call.user("user_id")
    view, team = _judge_view(call, "home"), call.workspace.id
    old = call.workspace.views.get(user.id)
    if call.text("hash") and old and call.text("hash") != old["hash"]:
        raise MethodError("hash_conflict")
    world = call.site.world
    shown = {**view, "id": old["id"] if old else world.new_id("V"), "hash": call.site.modals.new_hash()}
    call.workspace.views[user.id] = shown | {"team_id": team, "app_id": world.app_id}
    return {"view": call.workspace.views[user.id]}


def open_modal(call: Call) -> Reply:
    """Show a modal to the one whose trigger this is."""
    view = _judge_view(call, "modal")
    try:
        with call.site.world.changing():
            return {"view": call.site.modals.open(call.workspace, call.need("trigger_id"), view)}
    except LookupError as wrong:
        raise MethodError(str(wrong)) from None


def update(call: Call) -> Reply:
    """Put another view in the place of a modal; a hash that is out of date is refused."""
    view = _judge_view(call, "modal")
    names = {"id": call.text("view_id"), "external_id": call.text("external_id")}
    try:
        with call.site.world.changing():
            return {"view": call.site.modals.update(names, call.text("hash"), view)}
    except LookupError as wrong:
        raise MethodError(str(wrong)) from None


def _judge_view(call: Call, kind: str) -> Any:
    view = call.read_nested("view", "invalid_arguments")
    if is_too_large(view):
        raise MethodError("view_too_large")
    team = call.workspace.id
    found = view_problems(view, call.site.profile_in_force, lambda given: call.site.file_problem(given, team))
    if found:
        raise refuse_blocks(found)
    has_inputs = any(block.get("type") == "input" for block in view.get("blocks", []))
    if view.get("type") != kind or (has_inputs and kind == "modal" and "submit" not in view):
        raise MethodError("invalid_arguments")
    return view


def validate(call: Call) -> Reply:
    """Judge blocks, a message or a view without posting; takes no token, so it cannot look into files."""
    given = {name: call.read_nested(name, f"invalid_{name}") for name in ("blocks", "message", "view")}
    chosen = {name: value for name, value in given.items() if value is not None}
    if len(chosen) != 1:
        raise MethodError("invalid_arguments")
    name, value = next(iter(chosen.items()))
    found = _judge(call, name, value)
    if found:
        errors = [{"pointer": problem.pointer, "code": "invalid", "message": problem.message} for problem in found]
        raise MethodError(f"invalid_{name}", errors=errors)
    return {}


def _judge(call: Call, name: str, value: Any) -> list[Any]:
    profile = call.site.profile_in_force
    if name == "view":
        return view_problems(value, profile)
    blocks = value.get("blocks", []) if name == "message" and isinstance(value, dict) else value
    return problems(blocks, profile=profile)


METHODS = {
    "views.open": Method(open_modal, 4),
    "views.publish": Method(publish, 4),
    "views.update": Method(update, 4),
    "blocks.validate": Method(validate, tokens=None),
}
