"""What Slack sends, as plain dictionaries (docs.slack.dev/interactivity and docs.slack.dev/apis/events-api)."""

from playground.state import Channel, Json, PostedMessage, User, Workspace
from playground.world import World

VERIFICATION_TOKEN = "playground-verification-token"  # noqa: S105 - Slack's old shared word, deprecated, public here


def command(world: World, workspace: Workspace, channel: Channel, user: User, typed: tuple[str, str]) -> Json:
    """Give a slash command's payload; `typed` is the command and its words. `response_url` and trigger come later."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name_in_payloads,
        "user_id": user.id,
        "user_name": user.name,
        "command": typed[0],
        "text": typed[1],
        "api_app_id": world.app_id,
        "is_enterprise_install": "true" if world.enterprise_id else "false",
        **({"enterprise_id": world.enterprise_id, "enterprise_name": "Org"} if world.enterprise_id else {}),
    }


def event_envelope(world: World, workspace: Workspace, event: Json) -> Json:
    """Give the Events API's wrapping of one event."""
    authorization = {
        "enterprise_id": world.enterprise_id,
        "team_id": None if world.enterprise_id else workspace.id,
        "user_id": workspace.bot_user.id,
        "is_bot": True,
        "is_enterprise_install": bool(world.enterprise_id),
    }
    channel = world.channels.get(str(event.get("channel")))
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "enterprise_id": world.enterprise_id,
        "api_app_id": world.app_id,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": int(world.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": bool(channel and channel.externally_shared),
        "event_context": world.new_id("EC"),
        "event": event,
    }


def mention(message: PostedMessage) -> Json:
    """Give the app_mention event of a message."""
    return message.as_json() | {"type": "app_mention", "channel": message.channel.id, "event_ts": message.ts}


def heard(message: PostedMessage) -> Json:
    """Give the message event of a message."""
    kind = {"im": "im", "private": "group", "mpim": "mpim"}.get(message.channel.kind, "channel")
    place = {"channel": message.channel.id, "channel_type": kind}
    return message.as_json() | place | {"event_ts": message.ts}


def message_changed(message: PostedMessage, before: Json, ts: str) -> Json:
    """Give the event of a message that was edited, or that a link preview was added to."""
    place = {key: value for key, value in heard(message).items() if key in ("channel", "channel_type")}
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": ts, "event_ts": ts}
    return event | place | {"message": message.as_json(), "previous_message": before}


def channel_id_changed(old: str, new: str, moment: str) -> Json:
    """Give the event of a channel that has a new id, as when it becomes shared with another workspace."""
    return {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new, "event_ts": moment}


def member_joined(channel: Channel, user_id: str, moment: str, inviter: str = "") -> Json:
    """Give the event of somebody's arrival in a channel; who came by themselves has no inviter."""
    kind = "C" if channel.kind == "public" else "G"
    place = {"channel": channel.id, "channel_type": kind, "team": channel.team_id}
    event = {"type": "member_joined_channel", "user": user_id, **place, "event_ts": moment}
    return event | ({"inviter": inviter} if inviter else {})


def home_opened(user: User, direct: Channel, view: Json | None, moment: str) -> Json:
    """Give the event of somebody's opening the Home tab; it shows the view there is, if there is one."""
    event = {"type": "app_home_opened", "user": user.id, "channel": direct.id, "tab": "home", "event_ts": moment}
    return event | ({"view": view} if view else {})


def home_action(world: World, workspace: Workspace, view: Json, user: User, action: Json) -> Json:
    """Give the payload of a click in the Home tab: it has a view, but no channel and no response_url."""
    return {
        "type": "block_actions",
        "api_app_id": world.app_id,
        "token": VERIFICATION_TOKEN,
        **team_of(world, workspace),
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "actions": [{**action, "action_ts": f"{world.now():.6f}"}],
    }


def block_actions(world: World, workspace: Workspace, message: PostedMessage, user: User, action: Json) -> Json:
    """Give the payload of a click; an ephemeral message is not shown to the app again, only where it stood."""
    ephemeral = message.visible_to is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel.id,
        "is_ephemeral": ephemeral,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
    return {
        "type": "block_actions",
        "api_app_id": world.app_id,
        "token": VERIFICATION_TOKEN,
        **team_of(world, workspace),
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "container": container,
        "channel": {"id": message.channel.id, "name": message.channel.name_in_payloads},
        **({} if ephemeral else {"message": message.as_json()}),
        "state": {"values": {}},
        "actions": [{**action, "action_ts": f"{world.now():.6f}"}],
    }


def message_action(world: World, workspace: Workspace, message: PostedMessage, user: User, callback_id: str) -> Json:
    """Give the payload of a message shortcut: it shows the message, whether or not the bot is where it stands."""
    return {
        "type": "message_action",
        "api_app_id": world.app_id,
        "token": VERIFICATION_TOKEN,
        **team_of(world, workspace),
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "channel": {"id": message.channel.id, "name": message.channel.name_in_payloads},
        "callback_id": callback_id,
        "action_ts": f"{world.now():.6f}",
        "message_ts": message.ts,
        "message": message.as_json(),
    }


def team_of(world: World, workspace: Workspace) -> Json:
    """Give where a click or a form comes from: no team where an organization installed the app."""
    org = world.enterprise_id
    return {
        "team": None if org else {"id": workspace.id, "domain": workspace.domain},
        "enterprise": {"id": org, "name": "Org"} if org else None,
        "is_enterprise_install": bool(org),
    }


def report_choice(element: Json, value: str | None) -> Json:
    """Give what a used element reports: a button its own value, a menu the option that was picked."""
    reported = {key: element[key] for key in ("type", "action_id", "block_id")}
    if element["type"] == "button":
        return reported | {key: element[key] for key in ("text", "value") if key in element}
    options = [
        *element.get("options", []),
        *(option for group in element.get("option_groups", []) for option in group["options"]),
    ]
    picked = next((option for option in options if option["value"] == value), None)
    if picked:
        return reported | {"selected_option": picked}
    name = element["type"].removesuffix("_select").removesuffix("s").removesuffix("picker")
    return reported | {f"selected_{name}": value}
