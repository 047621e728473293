"""
Modals: opened with a trigger that is good once and for three seconds, filled in, submitted, refused field by field.

docs.slack.dev/surfaces/modals. One at a time for each person; views.push is not offered.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any

from playground import payloads
from playground.deliveries import ACKED, Dispatch
from playground.state import Json, User, Workspace
from playground.world import World

UNSAID: Json = {"callback_id": "", "private_metadata": "", "external_id": ""}
"""What a view says nothing of comes back empty, and not at all absent."""

KEPT = {"id", "team_id", "app_id", "root_view_id", "previous_view_id", "bot_id", "app_installed_team_id"}
"""What stays when another view takes the place of one: all that Slack says of it, but for its hash and state."""


@dataclass(eq=False)
class Trigger:
    """What a command or click gives the bot so that it may open one modal."""

    issued: float
    user: User
    used: bool = False


@dataclass(eq=False)
class Modal:
    """A modal a person sees: the view with its id, and Slack's remarks beside fields after a refused submission."""

    view: Json
    errors: dict[str, str] = field(default_factory=dict)


class Modals:
    """Triggers given out, and what each person sees."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._triggers: dict[str, Trigger] = {}
        self.shown: dict[str, Modal] = {}

    def new_trigger(self, workspace: Workspace, user: User) -> str:
        """Give a trigger id: number.number.hash."""
        name = f"{secrets.randbelow(10**12)}.{workspace.id[1:]}.{secrets.token_hex(8)}"
        self._triggers[name] = Trigger(self._world.now(), user)
        return name

    def open(self, workspace: Workspace, trigger_id: str, view: Json) -> Json:
        """Show a view to the one whose trigger it is; LookupError carries Slack's word for a bad trigger."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise LookupError("invalid_trigger_id")
        if trigger.used:
            raise LookupError("exchanged_trigger_id")
        if self._world.now() - trigger.issued > self._world.respond_within:
            raise LookupError("expired_trigger_id")
        trigger.used = True
        told: Json = {
            "id": self._world.new_id("V"),
            "team_id": workspace.id,
            "app_id": self._world.app_id,
            "hash": self.new_hash(),
            "state": {"values": {}},
            "root_view_id": "",
            "previous_view_id": None,
            "bot_id": workspace.bot_id,
        }
        if not self._world.enterprise_id:  # which of the two an organization's installation names is not known
            told["app_installed_team_id"] = workspace.id
        shown = {**UNSAID, **view, **told, "root_view_id": told["id"]}
        self.shown[trigger.user.id] = Modal(shown)
        return shown

    def new_hash(self) -> str:
        """Give the mark of one state of a view: who changes it by another mark is too late."""
        return f"{self._world.now():.0f}.{secrets.token_hex(4)}"

    def update(self, names: dict[str, str], known_hash: str, view: Json) -> Json:
        """Put another view in the place of one that is shown; LookupError carries Slack's word for why not."""
        wanted = {name: value for name, value in names.items() if value}
        modal = next((one for one in self.shown.values() if wanted and wanted.items() <= one.view.items()), None)
        if modal is None:
            raise LookupError("not_found")
        if known_hash and known_hash != modal.view["hash"]:
            raise LookupError("hash_conflict")
        kept = {name: value for name, value in modal.view.items() if name in KEPT}
        modal.view = {**UNSAID, **view, **kept, "hash": self.new_hash(), "state": {"values": {}}}
        return modal.view

    def submission(self, workspace: Workspace, user: User, values: dict[str, str | list[str] | None]) -> Json:
        """Make the payload of a submitted modal; fields that were not touched report what they began with."""
        view = self.shown[user.id].view
        state: Json = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element, name = block["element"], block["block_id"]
                value = values[name] if name in values else _initial(element)
                state[name] = {element["action_id"]: _report(element, value)}
        return {
            "type": "view_submission",
            **payloads.team_of(self._world, workspace),
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
            "api_app_id": self._world.app_id,
            "token": payloads.VERIFICATION_TOKEN,
            "trigger_id": self.new_trigger(workspace, user),
            "view": view | {"state": {"values": state}},
            "response_urls": [],
        }

    def settle(self, delivery: Dispatch) -> None:
        """Close the modal once its submission was acknowledged, or show what was wrong with it."""
        user, view = (_name(delivery.payload.get(part)) for part in ("user", "view"))
        modal = self.shown.get(user)
        if modal is None or modal.view["id"] != view:
            return  # also what Slack would not send: nobody's, or of no form
        said = delivery.ack_payload or {}
        if delivery.outcome == ACKED and said.get("response_action") != "errors":
            del self.shown[user]
        elif delivery.outcome == ACKED and _stands_beside_fields(said.get("errors"), modal.view):
            modal.errors = said["errors"]
        else:
            modal.errors = {"": "We had some trouble connecting. Try again?"}


def _stands_beside_fields(errors: Any, view: Json) -> bool:
    """Whether there are remarks, each in words and beside a field of the form; Slack cannot show any other."""
    fields = {block.get("block_id") for block in view["blocks"] if block["type"] == "input"}
    return bool(errors) and isinstance(errors, dict) and fields >= set(errors) and all(map(_is_words, errors.values()))


def _name(part: Any) -> str:
    """Give the id of a person or a view; nothing of what Slack would not send."""
    return str(part.get("id")) if isinstance(part, dict) else ""


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _initial(element: Json) -> str | list[str] | None:
    match element["type"]:
        case "static_select" | "radio_buttons":
            return (element.get("initial_option") or {}).get("value")
        case "checkboxes":
            return [option["value"] for option in element.get("initial_options", [])]
        case "timepicker":
            return element.get("initial_time")
    return element.get("initial_value")


def _report(element: Json, value: str | list[str] | None) -> Json:
    """Say what an element reports of a value, in Slack's shape for its type."""
    options = {option["value"]: option for option in element.get("options", [])}
    match element["type"]:
        case "static_select" | "radio_buttons":
            told: Json = {"selected_option": options.get(str(value)) if value else None}
        case "checkboxes":
            told = {"selected_options": [options[one] for one in value or [] if one in options]}
        case "timepicker":
            told = {"selected_time": value or None}
        case _:
            told = {"value": value or None}
    return {"type": element["type"], **told}
