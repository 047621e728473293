"""How the app is described to Slack for many workspaces: by HTTP, with a way back, told who comes and leaves."""

import copy
from typing import Any

from bot.workspaces.departures import REVOKED, UNINSTALLED
from bot.workspaces.team_access import GRANTED, WITHDRAWN

HOST = "https://YOUR-HOST"
EVENTS, BACK = f"{HOST}/slack/events", f"{HOST}/slack/oauth_redirect"


def serve_many(manifest: dict[str, Any]) -> dict[str, Any]:
    """Give the manifest with the addresses of HTTP in the place of Socket Mode, and events of coming and leaving."""
    many = copy.deepcopy(manifest)
    for command in many["features"]["slash_commands"]:
        command["url"] = EVENTS
    many["oauth_config"] = {"redirect_urls": [BACK]} | many["oauth_config"]
    settings = many["settings"]
    heard = settings["event_subscriptions"]["bot_events"]
    events = sorted({*heard, REVOKED, UNINSTALLED, GRANTED, WITHDRAWN})
    settings["event_subscriptions"] = {"request_url": EVENTS, "bot_events": events}
    settings["interactivity"] = {"is_enabled": True, "request_url": EVENTS}
    settings["socket_mode_enabled"] = False
    return many
