"""What the page draws: everything one person sees, as JSON."""

from typing import TYPE_CHECKING

from playground.deliveries import WAITING, Dispatch
from playground.functions import StepOfRun
from playground.state import Channel, Json, PostedMessage, User

if TYPE_CHECKING:
    from playground.control import Control

SHOWN = 200
"""Messages shown of a channel: the newest."""


def screen(control: "Control", name: str) -> Json:
    """Give the whole screen of one person."""
    person, team = control.user(name), control.workspace
    people = [u for u in control.world.users.values() if u.team_id in (team.id, "") and not u.deleted]
    channels = [c for c in control.world.channels.values() if c.team_id == team.id and person.id in c.members]
    return {
        "workspace": team.name,
        "app": control.bot_user.id,
        "me": person.id,
        "users": {user.id: _user(user) for user in people},
        "commands": sorted(control.world.commands),
        "shortcuts": dict(control.world.shortcuts),
        "channels": [_home(control, person), *(_channel(control, channel, person) for channel in channels)],
        "connected": bool(control.site.sockets.connections),
        "commands_waiting": sum(d.outcome == WAITING for d in control.deliveries("slash_commands")),
        "clicks": [_click(delivery) for delivery in control.deliveries("interactive")[-SHOWN:] if _is_click(delivery)],
        "modal": _modal(control, person),
        "pane": control.pane(person),
        "has_step": OF_THE_STEP in control.world.events,
        "runs": [_run(run) for run in control.runs()[-RUNS:]],
        "now": control.now(),
        "collecting": control.tell_collecting(),
    }


OF_THE_STEP = "function_executed"
"""The event that an app with the workflow step asks for."""

RUNS = 20
"""Runs of the step that are shown: the newest."""


def _run(run: StepOfRun) -> Json:
    question = str(run.inputs.get("question") or "")
    return {"question": question, "state": run.state, "error": run.error, "outputs": run.outputs}


def _user(user: User) -> Json:
    return {"name": user.name, "real_name": user.real_name, "bot": user.is_bot, "tz": user.tz}


def _click(delivery: Dispatch) -> Json:
    """Say what became of a click, so that its button rests meanwhile and warns afterwards."""
    payload = delivery.payload
    ts, action_id = (
        payload["container"].get("message_ts") or _moment_of(payload["view"]),
        payload["actions"][0]["action_id"],
    )
    return {"ts": ts, "action_id": action_id, "outcome": delivery.outcome}


def _is_click(delivery: Dispatch) -> bool:
    return delivery.payload.get("type") == "block_actions"


def _modal(control: "Control", person: User) -> Json | None:
    """Give the form a person sees, with what was wrong with its fields."""
    shown = control.site.modals.shown.get(person.id)
    return {"view": shown.view, "errors": shown.errors} if shown else None


HOME = "home"
"""The Home tab, where the page wants a conversation: its view is the one message there."""


def _home(control: "Control", person: User) -> Json:
    """Give the Home tab as a conversation in which nobody can write."""
    view = control.home(person)
    rest: Json = {"text": "", "thread_ts": None, "private": False, "edited": False, "files": []}
    rest["attachments"] = []
    author = {"user": control.bot_user.id, "ts": _moment_of(view)}
    messages = [rest | author | {"revision": view["hash"], "blocks": view["blocks"]}] if view else []
    place = {"id": HOME, "kind": HOME, "name": "Home", "archived": False, "due": None, "bot_inside": True}
    return place | {"messages": messages}


def _moment_of(view: Json | None) -> str:
    """Tell when a view was published: Slack's hash of it begins with the second."""
    return str(view["hash"]).partition(".")[0] if view else "0"


def _channel(control: "Control", channel: Channel, person: User) -> Json:
    other = next(iter(channel.members - {person.id}), person.id)
    seen = [*channel.messages, *(m for m in channel.ephemerals if m.visible_to == person.id)]
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": channel.name or control.world.users[other].name,
        "archived": channel.archived,
        "due": control.next_due(channel.id),
        "bot_inside": control.bot_user.id in channel.members,
        "messages": [_message(m) for m in sorted(seen, key=lambda m: float(m.ts))[-SHOWN:]],
    }


def _message(message: PostedMessage) -> Json:
    files = [
        {"id": f.id, "name": f.name, "title": f.title, "alt": f.alt_text, "image": f.is_image} for f in message.files
    ]
    return {
        "ts": message.ts,
        "revision": message.revision,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "private": message.visible_to is not None,
        "edited": message.edited,
        "files": files,
        "attachments": message.attachments,
    }
