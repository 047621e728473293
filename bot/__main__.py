"""
`python -m bot [web | clock | migrate | doctor | … | --check]` (`frameworks-bot`): settings -> build -> run.

With the tokens of a Slack app it connects to that workspace by Socket Mode. Without, it starts the playground: the same
bot against a local stand-in for Slack with a web page, if the extra `playground` is installed. `web` takes Slack's
requests by HTTP instead, in several processes if wanted, and `clock` keeps the time for them. `migrate` brings the
database's tables up to date, as every start does, says what it did, and ends. `doctor` looks at everything the bot
needs, changes nothing, and says what to mend; `--check` does so without a token or a network. `forget`, `rekey` and
`new-key` are `upkeep.py`'s. What has to be mended ends every start with one sentence and status 2.
"""

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from analytics.__main__ import main as answer_in_terminal
from analytics.analyst import Analyst, analyst_of, utc_now
from analytics.domain.wording import listing, verb
from analytics.errors import DatabaseUnusable, MigrationFailed, ToMend
from analytics.invocation import own_version
from analytics.settings import check_env_file, explain_settings
from analytics.storage.database import Database
from analytics.storage.private_files import keep_to_ourselves
from analytics.storage.schema_history import SchemaHistory
from bot.app import Bot, build
from bot.config import Settings, hide_from_bolt
from bot.log_lines import write_log
from bot.observer import UNOBSERVED, Observer
from bot.outlets import report_errors, trace
from bot.runtime.backoff import Backoff
from bot.runtime.credentials import APP, SetUpWrong, await_slack, explain_token, pause_after, refuse_strangers
from bot.runtime.folder import refuse_unwritable, warn_of_others
from bot.runtime.memory import keep_little, set_aside
from bot.runtime.shutdown import close_within, listen_for_stop
from bot.runtime.single_instance import hold
from bot.runtime.vanishing_disk import warn_of_vanishing
from bot.slack_client import slack_client
from bot.slack_errors import SLACK_FAILURES, describe, foreign
from bot.upkeep import check_keys, forget, make_key, rekey

if TYPE_CHECKING:
    from bot.runtime.doctor import Symptom
    from bot.timekeeper import Timekeeper
    from bot.web.metrics import Metrics

log = logging.getLogger("bot")

NO_PLAYGROUND = (
    "SLACK_BOT_TOKEN is not set, and the playground that would stand in for Slack is not installed: set "
    'SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or run `pip install ".[playground]"` in the folder of the source.\n'
)
"""Production installs neither the playground nor what it needs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped by SIGINT or SIGTERM; return the exit status."""
    options = _parse(arguments)
    if options.check or options.what in APART:
        return _do_apart(options)
    keep_to_ourselves()
    keep_little(os.environ)
    work = (
        partial(forget, home=options.workspace, is_sure=options.yes) if options.what == FORGET else WORK[options.what]
    )
    try:
        check_env_file()
        settings = Settings()
    except ValidationError as wrong:
        return _refuse("\n".join(explain_settings(wrong)))
    except ToMend as unreadable:
        return _refuse(unreadable)
    write_log(settings.log_level, settings.log_format)
    report_errors(settings)
    if work is not _serve:  # its processes read the environment themselves
        hide_from_bolt(os.environ)
    try:
        if options.what not in ALONE and settings.has_slack and not settings.database_url:
            refuse_unwritable(settings.frameworks_home)
            warn_of_others(settings.frameworks_home)
            warn_of_vanishing(settings.frameworks_home, os.environ)
        with nullcontext() if settings.database_url else hold(settings.frameworks_home):
            return work(settings)
    except ToMend as reason:
        return _refuse(reason)
    except KeyboardInterrupt:  # while Slack was waited for: nothing was begun
        return 0


def _refuse(reason: object) -> int:
    """Say what is wrong; give the exit status."""
    sys.stderr.write(f"{reason}\n")
    return 2


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    commands = [*filter(None, WORK), FORGET, *APART]
    parser = argparse.ArgumentParser(
        prog="frameworks-bot", description="The Slack bot; without a token, the playground."
    )
    parser.add_argument(
        "what",
        nargs="?",
        choices=commands,
        help="web: take Slack's requests by HTTP; clock: keep the time for such processes; migrate (or release): bring "
        "the database up to date, say so, and end; doctor: say what needs mending, and end; mcp: answer assistants, as "
        "`frameworks mcp` does; forget: delete all that is kept of one workspace; rekey: encrypt the tokens of many "
        "workspaces with the first key; new-key: make a key for that",
    )
    parser.add_argument("channel", nargs="?", help="with doctor: the id of a channel in which a picture is tried")
    parser.add_argument("--version", action="version", version=f"frameworks-bot {own_version()}")
    parser.add_argument("--json", action="store_true", help="with doctor: for programs")
    parser.add_argument(
        "--check", action="store_true", help="look at settings, folder, database and fonts without any network, and end"
    )
    parser.add_argument("--workspace", metavar="ID", help="with forget: T… of a workspace, or E… of an organization")
    parser.add_argument("--yes", action="store_true", help="with forget: do not ask")
    _refuse_slip(parser, sys.argv[1:] if arguments is None else arguments, commands)
    options = parser.parse_args(arguments)
    if options.check and options.what:
        parser.error("--check stands alone; `doctor` looks at Slack and the Hub as well")
    if options.what != "doctor" and (options.channel or options.json):
        parser.error("a channel and --json go with doctor alone")
    if bool(options.workspace) != (options.what == FORGET) or (options.yes and options.what != FORGET):
        parser.error("say of whom: frameworks-bot forget --workspace T0123ABCD [--yes]")
    return options


def _do_apart(options: argparse.Namespace) -> int:
    """Do what needs no bot: look at the set-up, answer assistants, make a key."""
    from bot.checkup.examination import examine, examine_at_home

    if options.check:
        return _tell_findings(examine_at_home, as_json=False)
    if options.what == "new-key":
        return make_key()
    if options.what == "mcp":
        return answer_in_terminal(["mcp"])
    return _tell_findings(lambda: examine(options.channel), as_json=options.json)


def _refuse_slip(parser: argparse.ArgumentParser, arguments: Sequence[str], commands: Sequence[str]) -> None:
    """Name the command or option that a mistyped one was meant to be."""
    from analytics.grammar import nearest

    for word, known in (
        (word, ("--check", "--json", "--help", "--version") if word.startswith("-") else commands)
        for word in arguments[:1]
    ):
        if word not in (*known, "-h") and (near := nearest(word, known)):
            parser.error(f"“{word}” is no command of it. Did you mean {near[0]}?")


def _tell_findings(look: "Callable[[], Sequence[Symptom]]", *, as_json: bool) -> int:
    """Look, and tell what was found; nothing is logged, for all is told."""
    from bot.runtime import doctor

    logging.disable()
    findings = look()
    sys.stdout.write(doctor.as_json(findings) if as_json else doctor.lay_out(findings))
    return doctor.status_of(findings)


def _migrate(settings: Settings) -> int:
    """Bring the database's tables up to date and say what was done, or that nothing was."""
    try:
        return _bring_up_to_date(settings)
    except MigrationFailed:  # it says what is there now
        raise
    except DatabaseUnusable as reason:
        return _refuse(f"The tables were not brought up to date. {reason}")


def _bring_up_to_date(settings: Settings) -> int:
    with closing(Database(settings.frameworks_home, utc_now, settings.database_address)) as database:
        if not database.is_ready:
            sys.stderr.write(f"The database cannot be reached, so nothing was done. {database.trouble}\n")
            return 2
        if not database.is_kept:
            sys.stderr.write(f"The tables were not brought up to date. {database.trouble}\n")
            return 2
        for notice in database.notices:
            sys.stderr.write(f"{notice}\n")
        newest = f"The tables are at revision {SchemaHistory().newest} already; nothing was done."
        sys.stdout.write(f"{database.upgrade or newest}\n")
        return 0


def _run(settings: Settings) -> int:
    """Run on Slack, or in the playground where there is no token."""
    if not settings.has_slack:
        return _play(settings)
    metrics = _count(settings)
    observer = trace(metrics or UNOBSERVED, settings)
    analyst = analyst_of(settings, ear=observer)
    _ = analyst.context  # opened before Slack is waited for: a database that will not do is said at once
    bot = replace(_connect(settings, analyst, observer), when_warm=set_aside)
    with listen_for_stop() as wait:
        bot.socket.when_refused(wait.wake)
        try:
            bot.start()
        except SlackApiError as refusal:
            return _end(bot, refusal)
        log.info("listening; stop with Ctrl-C")
        with _told_by_http(bot, settings, metrics):
            wait()
    return _end(bot, bot.socket.refusal)


def _count(settings: Settings) -> "Metrics | None":
    """Begin to count, where that is wanted and there is a port to tell it on."""
    if not settings.metrics or settings.health_port is None:
        return None
    from bot.web.metrics import Metrics

    return Metrics()


def _told_by_http(bot: Bot, settings: Settings, metrics: "Metrics | None") -> AbstractContextManager[object]:
    """Tell by HTTP how the bot is, where a port is set for it."""
    if settings.health_port is None:
        return nullcontext()
    from bot.web.hosting import Beside, health_routes

    return Beside(health_routes(bot, metrics), settings.web_host, settings.health_port)


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
        status = _refuse(explain_token(refusal, APP) or SetUpWrong(f"{describe(refusal)}.", f"See {APP}."))
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
            return build(settings, analyst, client, find_faults=partial(look_from_within, settings), observer=observer)
        except (BoltError, *SLACK_FAILURES) as failure:
            time.sleep(pause_after(failure, backoff))  # Bolt asks once more, and Slack was gone again


def _serve(settings: Settings) -> int:
    """Take Slack's requests by HTTP, in as many processes as the settings say, once Slack knows the token."""
    from bot.web.hosting import serve

    if settings.is_for_many and settings.slack_signing_secret:
        check_keys(settings)
        serve(settings)
        return 0
    if not settings.slack_signing_secret or not settings.slack_bot_token:
        raise SetUpWrong(
            f"{_name_missing(settings)} missing: by HTTP the bot needs both.",
            "The secret stands under Basic Information, the token under OAuth & Permissions. Many workspaces "
            "have a token each, and need the secret all the same.",
        )
    await_slack(slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    serve(settings)
    return 0


def _name_missing(settings: Settings) -> str:
    """Name what of the two is not set that the bot needs by HTTP."""
    both = {"SLACK_SIGNING_SECRET": settings.slack_signing_secret, "SLACK_BOT_TOKEN": settings.slack_bot_token}
    missing = [name for name, value in both.items() if not value]
    return f"{listing(missing)} {verb(len(missing))}"


def _keep_time(settings: Settings) -> int:
    """Bring the digests and collect, in one process of all that were started for it; the others stand by."""
    from bot.timekeeper import Timekeeper

    if not settings.database_url or not settings.has_slack:
        missing = "SLACK_BOT_TOKEN" if settings.database_url else "DATABASE_URL"
        raise SetUpWrong(
            f"{missing} is missing: `clock` keeps the time for processes that share a PostgreSQL.",
            "With SQLite one process does all: start `frameworks-bot` or `frameworks-bot web` alone.",
        )
    metrics = _count(settings)
    observer = trace(metrics or UNOBSERVED, settings)
    client = _await_whose_time(settings, observer)
    silent = settings.model_copy(update={"slack_app_token": None})

    def make() -> Bot:
        return build(silent, analyst_of(silent, ear=observer), client, observer=observer)

    keeper = Timekeeper(settings.database_url.get_secret_value(), make)
    with listen_for_stop() as wait, _clock_told_by_http(keeper, settings, metrics):
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


FORGET = "forget"
APART = ("doctor", "mcp", "new-key")
"""What needs neither the settings nor the folder."""

WORK: Mapping[str | None, Callable[[Settings], int]] = {
    None: _run,
    "web": _serve,
    "clock": _keep_time,
    "migrate": _migrate,
    "release": _migrate,
    "rekey": rekey,
}
"""What can be asked, but for `APART` and FORGET; `release` is what hosts with a Procfile call `migrate`."""

ALONE = ("migrate", "release", "rekey", FORGET)
"""What works on the store and starts no bot."""

if __name__ == "__main__":
    sys.exit(main())
