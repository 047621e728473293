"""Whether Slack takes the two tokens, grants what the bot needs, and what time it is there."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.checkup.neighbour_check import check_neighbours
from bot.config import Settings
from bot.digest.slack_clock import WARN_FROM, SlackClock
from bot.runtime.credentials import APP, BOT, app_of_bot, app_of_token, explain_token, say_why
from bot.runtime.doctor import Health, Symptom
from bot.runtime.scopes import Scope, find_missing, read_granted
from bot.slack_errors import SLACK_FAILURES, TooFast, foreign, interpret, tell_refusal, word_of
from bot.slack_words import ASK_ADMIN, lasts

REINSTALL = "Add it under OAuth & Permissions, then install the app again (its token may change)."

WAITS = "A bot that runs waits until it passes."
PASSES = f"It passes by itself: look again after that. {WAITS}"
NETWORK = "Look at status.slack.com, then at this machine's network and proxy and at SLACK_API_URL."


def check_slack(settings: Settings, client: WebClient, clock: SlackClock) -> Iterator[Symptom]:
    """Look at all that Slack can tell."""
    if not settings.slack_bot_token or not settings.slack_app_token:
        yield Symptom(
            "Slack",
            Health.MEND,
            "No Slack token is set, so the bot would start its playground.",
            "Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN in .env in this folder (README, Put it into your Slack).",
        )
        return
    yield from _check_all(settings, client, clock, settings.slack_app_token.get_secret_value())


def check_token(client: WebClient, clock: SlackClock) -> Iterator[Symptom]:
    """Look at what Slack tells of the bot token alone: whether it is taken, what it may do, what time it is there."""
    try:
        told: Any = clock.heard(client.auth_test)
    except SLACK_FAILURES as failure:
        yield _explain_refusal("bot token", failure, BOT)
        return
    yield from check_scopes(told.headers)
    yield check_clock(clock.skew)


def _check_all(settings: Settings, client: WebClient, clock: SlackClock, app_token: str) -> Iterator[Symptom]:
    told = None
    try:
        told = clock.heard(client.auth_test)
    except SLACK_FAILURES as failure:
        yield _explain_refusal("bot token", failure, BOT)
    else:
        who, headers = _who(told), told.headers
        yield Symptom("bot token", Health.WELL, f"It is {who}.")
        yield from check_scopes(headers)
    yield from _check_app_token(settings, client, app_token)
    if told is not None:
        yield check_same_app(client, dict(told.data) if isinstance(told.data, dict) else {}, app_token)
    yield check_clock(clock.skew)


def _who(told: Any) -> str:
    user, team = foreign(told.get("user")), foreign(told.get("team"))
    return f"{user} in the workspace {team} ({foreign(told.get('team_id'))})"


def _explain_refusal(name: str, failure: Exception, token: str) -> Symptom:
    """Tell a token that will not do from a Slack that asks for a pause, refuses for now, or does not answer."""
    if wrong := explain_token(failure, token):
        return Symptom(name, Health.MEND, wrong.what, wrong.advice)
    said = tell_refusal(failure)
    if isinstance(interpret(failure), TooFast):
        return Symptom(name, Health.LOOK, f"{said} ({say_why(failure)}).", PASSES)
    told = f"{said} ({say_why(failure)})." if said else f"Slack gave no answer: {say_why(failure)}."
    return Symptom(name, Health.MEND, told, f"{ASK_ADMIN if lasts(word_of(failure)) else NETWORK} {WAITS}")


def check_scopes(headers: Mapping[str, Any]) -> Iterator[Symptom]:
    """Compare what the token was granted, which stands in the head of every answer, with what the bot needs."""
    granted = read_granted(headers)
    if granted is None:
        yield Symptom("scopes", Health.LOOK, "Slack did not say what the token may do.", "Compare with manifest.json.")
        return
    missing = find_missing(granted)
    yield from (_lacks(scope) for scope in missing)
    if not missing:
        yield Symptom("scopes", Health.WELL, "All permissions of the manifest are granted.")


def _lacks(scope: Scope) -> Symptom:
    calls = ", ".join(scope.calls)
    if scope.optional:
        absent = f"{scope.name} is not granted, so {calls} fails ({scope.purpose}). Everything else works."
        return Symptom("scopes", Health.LOOK, absent, REINSTALL)
    return Symptom("scopes", Health.MEND, f"{scope.name} is missing: {calls} fails ({scope.purpose}).", REINSTALL)


def _check_app_token(settings: Settings, client: WebClient, app_token: str) -> Iterator[Symptom]:
    """Ask for an address of Socket Mode, and there who else is connected."""
    try:
        opened: Any = client.apps_connections_open(app_token=app_token)
    except SLACK_FAILURES as failure:
        yield _explain_refusal("app token", failure, APP)
        return
    yield Symptom("app token", Health.WELL, "Slack gives it an address for Socket Mode.")
    yield check_neighbours(settings, client, str(opened.get("url")))


def check_same_app(client: WebClient, who: Mapping[str, Any], app_token: str) -> Symptom:
    """Look whether both tokens are of one app."""
    theirs, ours = app_of_token(app_token), app_of_bot(client, who)
    if not theirs or not ours:
        return Symptom("same app", Health.SKIPPED, "Slack does not say whether both tokens are of one app.")
    if theirs == ours:
        return Symptom("same app", Health.WELL, f"Both tokens are of the app {ours}.")
    wrong = f"{BOT} is of the app {ours} and {APP} of the app {theirs}."
    return Symptom("same app", Health.MEND, wrong, "Copy both from the page of the same app.")


def check_clock(skew: dt.timedelta | None) -> Symptom:
    """Compare this machine's clock with Slack's."""
    if skew is None:
        return Symptom("clock", Health.SKIPPED, "Slack did not say what time it is.")
    off = abs(skew.total_seconds())
    if abs(skew) <= WARN_FROM:
        return Symptom("clock", Health.WELL, f"It is within {max(1, round(off))} s of Slack's.")
    side = "ahead of" if skew > dt.timedelta() else "behind"
    return Symptom("clock", Health.MEND, f"It is {off:.0f} s {side} Slack's.", "Set it, or let NTP keep it right.")
