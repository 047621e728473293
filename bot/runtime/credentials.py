"""
The two tokens at the start: who they belong to, whether they go together, and what to mend where they do not.

What never passes by itself ends the start with one sentence; what does (Slack down, slow, too busy) is waited for in
growing pauses and said in the log.
"""

import html
import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from analytics.errors import ToMend
from analytics.settings import trouble_with_web_address
from bot.runtime.backoff import Backoff
from bot.slack_errors import SLACK_FAILURES, TooFast, describe, foreign, interpret, pick, tell_refusal, word_of

log = logging.getLogger(__name__)

BOT, APP = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
COPY = "Copy it again from your app's page, {page}"
PAGES: Mapping[str, str] = {
    BOT: "OAuth & Permissions, Bot User OAuth Token",
    APP: "Basic Information, App-Level Tokens",
}
INSTALL = "Install the app in the workspace again, and copy the new token from OAuth & Permissions"

WRONG: Mapping[str, tuple[str, str]] = {
    "invalid_auth": ("does not know this token, or takes none from this machine's network", COPY),
    "not_authed": ("found no token", COPY),
    "token_revoked": ("says that this token was revoked", COPY),
    "token_expired": ("says that this token has expired", COPY),
    "not_allowed_token_type": ("says that this is a token of another kind", COPY),
    "account_inactive": ("says that the app was removed from the workspace, or its account switched off", INSTALL),
    "user_removed_from_team": ("says that the app was removed from the workspace", INSTALL),
    "team_not_found": ("knows no such workspace any more", INSTALL),
    "forbidden_team": ("does not let this app connect for its workspace", INSTALL),
    "app_not_installed": ("says that the app is in no workspace", INSTALL),
    "team_access_not_granted": (
        "did not give the app access to this workspace of your organization",
        "An organization admin can add it",
    ),
    "enterprise_is_restricted": ("does not allow this in your organization", "An organization admin can change that"),
    "access_denied": ("denies the app access", "A workspace admin can change that"),
}
"""Slack's words for a token that will not do, however often it is tried: what they mean, and what to do."""


UNKNOWN_CALL = "unknown_method"
NO_SUCH_PLACE = {404, 405, 410, 501}
"""What a server answers that has no such call, today as tomorrow: at Slack's own address it is somebody's between."""


class SetUpWrong(ToMend):
    """Something in the set-up has to be mended: a token, its scope, the folder."""


def explain_token(failure: Exception, name: str) -> SetUpWrong | None:
    """Say what is wrong with a token and where to mend it; nothing where the failure may pass by itself."""
    word = word_of(failure)
    if word == "missing_scope":
        return _explain_scope(failure, name)
    if word not in WRONG:
        return _explain_address(failure)
    what, advice = WRONG[word]
    return SetUpWrong(f"Slack {what} ({name}: {word}).", f"{advice.format(page=PAGES[name])}.")


def _explain_address(failure: Exception) -> SetUpWrong | None:
    """Say that SLACK_API_URL leads to no Slack; nothing where it may be one that is down, or a network's page."""
    if not isinstance(failure, SlackApiError):
        return None
    address, status, word = str(failure.response.api_url), failure.response.status_code, word_of(failure)
    is_nowhere = status in NO_SUCH_PLACE and not word and not address.startswith(WebClient.BASE_URL)
    if word != UNKNOWN_CALL and not is_nowhere:
        return None
    return SetUpWrong(
        f"SLACK_API_URL is no address of Slack's: {foreign(address)} was answered {word or status}.",
        f"Take it out, or write {WebClient.BASE_URL}.",
    )


def _explain_scope(failure: Exception, name: str) -> SetUpWrong:
    data = getattr(getattr(failure, "response", None), "data", None)
    needed = foreign((data or {}).get("needed") or "")
    if name == APP:
        return SetUpWrong(
            f"{APP} lacks the scope connections:write (missing_scope).",
            "Make another app-level token with it (Basic Information, App-Level Tokens).",
        )
    return SetUpWrong(
        f"{BOT} lacks the scope {needed} (missing_scope).", f"Add it under OAuth & Permissions. {INSTALL}."
    )


def explain_proxy(client: WebClient) -> SetUpWrong | None:
    """Say that what the environment names as proxy is none, without a word of it; nothing where it can be asked."""
    address = client.proxy
    if not address or not trouble_with_web_address(address if ":/" in address else f"http://{address}"):
        return None
    return SetUpWrong(
        "HTTPS_PROXY or HTTP_PROXY is no address of a proxy.", "Write it as http://host:8080, or take it out."
    )


def refuse_odd_proxy() -> None:
    """
    Look at the proxy before anybody is asked by it: the SDK would log what stands there, a password perhaps.

    Raises:  SetUpWrong.
    """
    if wrong := explain_proxy(WebClient()):
        raise wrong


def await_slack(
    client: WebClient, wait: Callable[[float], None] = time.sleep, backoff: Backoff | None = None
) -> Mapping[str, Any]:
    """
    Ask Slack whose token this is, as often as it takes until it answers; give its answer.

    Raises:  SetUpWrong, if it will not have the token.
    """
    backoff = backoff or Backoff()
    while True:
        try:
            told: Any = client.auth_test()
        except SLACK_FAILURES as failure:
            wait(pause_after(failure, backoff, client))
        else:
            return dict(told.data)


def home_of(who: Any) -> str:
    """Name whose the token is: a workspace, or the organization where an app is installed for all of its workspaces."""
    name = "enterprise_id" if who.get("is_enterprise_install") and who.get("enterprise_id") else "team_id"
    return str(who.get(name) or "")


def say_why(failure: Exception) -> str:
    """Say why Slack gave no answer, for a terminal or the log."""
    return html.unescape(describe(failure))


def pause_after(failure: Exception, backoff: Backoff, client: WebClient) -> float:
    """Say in the log why Slack does not let us in yet; give the seconds to wait. Raises SetUpWrong."""
    if wrong := explain_token(failure, BOT):
        raise wrong from None
    meaning = interpret(failure)
    pause = backoff.fail(meaning.seconds if isinstance(meaning, TooFast) else 0.0)
    elsewhere = "" if client.base_url == WebClient.BASE_URL else f"; SLACK_API_URL is {foreign(client.base_url)}"
    said, why = tell_refusal(failure) or "Slack gives no answer yet", f"{say_why(failure)}{elsewhere}"
    log.warning("%s (%s); it is asked again in %.1f s, until it lets us in", said, why, pause)
    return pause


def refuse_strangers(client: WebClient, who: Mapping[str, Any], app_token: str) -> None:
    """
    Look whether both tokens are of one app; where Slack does not tell, nothing is said.

    Raises:  SetUpWrong.
    """
    theirs, ours = app_of_token(app_token), app_of_bot(client, who)
    if theirs and ours and theirs != ours:
        raise SetUpWrong(
            f"{BOT} is of the app {ours} and {APP} of the app {theirs}.", "Copy both from the page of the same app."
        )


def app_of_token(app_token: str) -> str:
    """Read from an app-level token of which app it is: xapp-1-A0123-…"""
    found = re.match(r"xapp-\d+-(A[A-Z0-9]+)-", app_token)
    return found[1] if found else ""


def app_of_bot(client: WebClient, who: Mapping[str, Any]) -> str:
    """Ask Slack of which app the bot is; nothing if it does not tell."""
    try:
        return foreign(pick(client.bots_info(bot=str(who.get("bot_id"))), "bot", "app_id"))
    except SLACK_FAILURES as failure:
        log.debug("which app the bot token belongs to is not known: %s", describe(failure))
        return ""
