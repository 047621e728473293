"""
The ways in which a process of the bot runs: connected to Slack, by HTTP, keeping the time, or in the playground.

Each takes the settings, runs until it is stopped, and gives the exit status.
"""

import logging
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from analytics.analyst import Analyst, analyst_of
from analytics.child_work import ChildWork
from analytics.domain.wording import listing, verb
from analytics.settings import own_environment
from bot.app import Bot, build
from bot.config import Settings
from bot.observer import UNOBSERVED, Observer
from bot.outlets import trace
from bot.runtime.backoff import Backoff
from bot.runtime.credentials import APP, SetUpWrong, await_slack, explain_token, pause_after, refuse_strangers
from bot.runtime.memory import set_aside
from bot.runtime.shutdown import close_within, listen_for_stop
from bot.slack_client import slack_client
from bot.slack_errors import SLACK_FAILURES, describe, foreign
from bot.upkeep import check_keys

if TYPE_CHECKING:
    from bot.timekeeper import Timekeeper
    from bot.web.metrics import Metrics

log = logging.getLogger("bot")

NO_PLAYGROUND = (
    "SLACK_BOT_TOKEN is not set, and the playground that would stand in for Slack is not installed: set "
    'SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or run `pip install ".[playground]"` in the folder of the source.\n'
)
"""Production installs neither the playground nor what it needs."""


def refuse(reason: object) -> int:
    """Say what is wrong; give the exit status."""
    sys.stderr.write(f"{reason}\n")
    return 2


def run(settings: Settings) -> int:
    """Run on Slack, or in the playground where there is no token."""
    if not settings.has_slack:
        return _play(settings)
    metrics = _count(settings)
    observer = trace(metrics or UNOBSERVED, settings)
    analyst = analyst_of(settings, ear=observer, do_heavy=ChildWork(own_environment()))
    _ = analyst.context  # opened before Slack is waited for: a database that will not do is said at once
    bots: list[Bot] = []
    with _tell_by_http(lambda: bots[0] if bots else None, settings, metrics):
        bots.append(replace(_connect(settings, analyst, observer), when_warm=set_aside))
        refusal = _listen(bots[0])
    return _end(bots[0], refusal)


def _listen(bot: Bot) -> SlackApiError | None:
    """Listen until told to stop, or until Slack will not have the app token: its refusal is given."""
    with listen_for_stop() as wait:
        bot.socket.when_refused(wait.wake)
        try:
            bot.start()
        except SlackApiError as refusal:
            return refusal
        log.info("listening; stop with Ctrl-C")
        wait()
    return bot.socket.refusal


def _count(settings: Settings) -> "Metrics | None":
    """Begin to count, where that is wanted and there is a port to tell it on."""
    if not settings.metrics or settings.health_port is None:
        return None
    from bot.web.metrics import Metrics

    return Metrics()


def _tell_by_http(
    find: Callable[[], Bot | None], settings: Settings, metrics: "Metrics | None"
) -> AbstractContextManager[object]:
    """Tell by HTTP how the bot is, where a port is set for it; also that Slack is waited for."""
    if settings.health_port is None:
        return nullcontext()
    from bot.web.hosting import Beside, health_routes

    return Beside(health_routes(find, metrics), settings.web_host, settings.health_port)


def _clock_told_by_http(
    keeper: "Timekeeper", settings: Settings, metrics: "Metrics | None"
) -> AbstractContextManager[object]:
    """Tell by HTTP how the process that keeps the time is, where a port is set for it."""
    if settings.health_port is None:
        return nullcontext()
    from bot.web.clock_health import clock_routes
    from bot.web.hosting import Beside

    return Beside(clock_routes(keeper, metrics), settings.web_host, settings.health_port)


def _end(bot: Bot, refusal: SlackApiError | None) -> int:
    """Close in order; where Slack will not have the app token, say so first, and give the status that says it too."""
    status = 0
    if refusal:
        status = refuse(explain_token(refusal, APP) or SetUpWrong(f"{describe(refusal)}.", f"See {APP}."))
    close_within(bot.close, status=status, goes_on=lambda: bot.is_collecting)
    return status


def _connect(settings: Settings, analyst: Analyst, observer: Observer) -> Bot:
    """Put the bot together as soon as Slack answers. Raises SetUpWrong for tokens that will not do."""
    if not settings.slack_bot_token or not settings.slack_app_token:
        if settings.is_for_many:
            raise SetUpWrong("Many workspaces are served by HTTP alone.", "Start `frameworks-bot web`.")
        raise SetUpWrong(f"{APP} is missing.", "Set it in .env.")
    from bot.checkup.examination import look_from_within

    app_token, backoff = settings.slack_app_token.get_secret_value(), Backoff()
    client = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, observer)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a wait ends at once, as by Ctrl-C
    while True:
        who = await_slack(client, backoff=backoff)
        refuse_strangers(client, who, app_token)
        log.info("Slack knows us as %s in the workspace %s", foreign(who.get("user")), foreign(who.get("team")))
        try:
            look = partial(look_from_within, settings)
            return build(settings, analyst, client, find_faults=look, observer=observer, run_apart=True)
        except (BoltError, *SLACK_FAILURES) as failure:
            time.sleep(pause_after(failure, backoff, client))  # Bolt asks once more, and Slack was gone again


def serve_http(settings: Settings) -> int:
    """Take Slack's requests by HTTP, in as many processes as the settings say, once Slack knows the token."""
    from bot.web.hosting import serve

    if settings.is_for_many and settings.slack_signing_secret:
        check_keys(settings)
        serve(settings)
        return 0
    if not settings.slack_signing_secret or not settings.slack_bot_token:
        missing = _name_missing(
            SLACK_SIGNING_SECRET=settings.slack_signing_secret, SLACK_BOT_TOKEN=settings.slack_bot_token
        )
        raise SetUpWrong(
            f"{missing} missing: by HTTP the bot needs both.",
            "The secret stands under Basic Information, the token under OAuth & Permissions. Many workspaces "
            "have a token each, and need the secret all the same.",
        )
    await_slack(slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    serve(settings)
    return 0


def _name_missing(**wanted: object) -> str:
    """Name the settings that are not there: `A is`, `A and B are`."""
    missing = [name for name, value in wanted.items() if not value]
    return f"{listing(missing)} {verb(len(missing))}"


def keep_time(settings: Settings) -> int:
    """Bring the digests and collect, in one process of all that were started for it; the others stand by."""
    from bot.timekeeper import Timekeeper

    if not settings.database_url or not settings.has_slack:
        missing = _name_missing(DATABASE_URL=settings.database_url, SLACK_BOT_TOKEN=settings.has_slack)
        raise SetUpWrong(
            f"{missing} missing: `clock` keeps the time for processes that share a PostgreSQL.",
            "With SQLite one process does all: start `frameworks-bot` or `frameworks-bot web` alone.",
        )
    metrics = _count(settings)
    observer = trace(metrics or UNOBSERVED, settings)
    silent = settings.model_copy(update={"slack_app_token": None})

    clients: list[WebClient | None] = []

    def make() -> Bot:
        analyst = analyst_of(silent, ear=observer, do_heavy=ChildWork(own_environment()))
        return build(silent, analyst, clients[0], observer=observer, run_apart=True)

    keeper = Timekeeper(settings.database_url.get_secret_value(), make)
    with _clock_told_by_http(keeper, settings, metrics):
        clients.append(_await_whose_time(settings, observer))
        with listen_for_stop() as wait:
            keeper.start(wait.wake)
            wait()
    close_within(keeper.close, status=keeper.status)
    return keeper.status


def _await_whose_time(settings: Settings, observer: Observer) -> WebClient | None:
    """Wait until Slack knows the token, or look whether those of many workspaces can be read."""
    if settings.slack_bot_token is None:
        check_keys(settings)
        return None
    client = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, observer)
    await_slack(client)
    return client


def _play(settings: Settings) -> int:
    """Run in the playground; say what to do where only what production needs is installed."""
    try:
        from playground.start import run
    except ModuleNotFoundError as missing:
        if str(missing.name).partition(".")[0] not in ("playground", "aiohttp"):
            raise
        sys.stderr.write(NO_PLAYGROUND)
        return 2
    return run(settings)
