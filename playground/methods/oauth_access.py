"""oauth.v2.access: a code for a token (docs.slack.dev/reference/methods/oauth.v2.access)."""

import hmac

from playground import seed
from playground.calls import Call, Method, MethodError, Reply
from playground.install_codes import GOOD_FOR, InstallCode
from playground.permissions import GRANTED


def access(call: Call) -> Reply:
    """Change a code for the bot's token; a code that was shown is used, whatever becomes of it."""
    app, world = call.site.world.oauth, call.site.world
    if call.text("client_id") != app.client_id:
        raise MethodError("invalid_client_id")
    if not hmac.compare_digest(call.text("client_secret").encode(), app.client_secret.encode()):
        raise MethodError("bad_client_secret")
    code = app.codes.pop(call.text("code"), None)
    if code is None or world.now() - code.at > GOOD_FOR:
        raise MethodError("invalid_code")
    if call.text("redirect_uri") != code.redirect_uri:
        raise MethodError("bad_redirect_uri")
    return _describe(call, code)


def _describe(call: Call, code: InstallCode) -> Reply:
    world, team = call.site.world, code.workspace
    token = world.tokens.get(team.bot_token)
    if token is None or token.revoked:  # installing again gives the same one, after an uninstallation a new one
        team.bot_token = ""
        token = seed.new_bot_token(world, team, token.scopes if token else GRANTED)
    rotated = {"refresh_token": "xoxe-1-refresh", "expires_in": 43_200} if world.oauth.rotates else {}
    return {
        "access_token": token.value,
        "token_type": "bot",
        "scope": ",".join(sorted(token.scopes)),
        "bot_user_id": team.bot_user.id,
        "app_id": world.app_id,
        "team": None if code.org else {"id": team.id, "name": team.name},
        "enterprise": {"id": code.org, "name": "Org"} if code.org else None,
        "authed_user": {"id": code.installer.id},
        "is_enterprise_install": bool(code.org),
        **rotated,
    }


METHODS = {"oauth.v2.access": Method(access, 4, tokens=None)}
