"""auth.test, bots.info, users.info and apps.connections.open (docs.slack.dev/reference/methods)."""

from playground.calls import Call, Method, MethodError, Reply


def auth_test(call: Call) -> Reply:
    """Say who the token belongs to; the app's own token belongs to nobody in particular."""
    if call.token is None or call.token.workspace is None:
        return {"app_id": call.site.world.app_id, "app_name": "Frameworks"}
    team, org = call.token.workspace, call.site.world.enterprise_id
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": team.bot_user.name,
        "team_id": team.id,
        "user_id": team.bot_user.id,
        "bot_id": team.bot_id,
        "is_enterprise_install": bool(org),
        **({"enterprise_id": org} if org else {}),
    }


def users_info(call: Call) -> Reply:
    """Describe a user of the same workspace."""
    return {"user": call.user().as_json(call.site.world.now())}


def bots_info(call: Call) -> Reply:
    """Describe a bot of the same workspace, chiefly of which app it is."""
    team = call.token.workspace if call.token else None
    if team is None or call.arguments.get("bot") != team.bot_id:
        raise MethodError("bot_not_found")
    app_id, user = call.site.world.app_id, team.bot_user
    return {"bot": {"id": team.bot_id, "deleted": False, "name": user.name, "app_id": app_id, "user_id": user.id}}


def connections_open(call: Call) -> Reply:
    """Give a WebSocket address that works once."""
    site = call.site
    host = site.base_url.replace("http", "ws", 1)
    return {"url": f"{host}/link/?ticket={site.sockets.new_ticket()}&app_id={site.world.app_id}"}


METHODS = {
    "auth.test": Method(auth_test, tokens="xoxb xapp"),
    "bots.info": Method(bots_info, 3),
    "users.info": Method(users_info, 4),
    "apps.connections.open": Method(connections_open, 3, tokens="xapp"),
}
