"""
`python -m bot [migrate]` (installed: `frameworks-bot`): settings -> build -> run.

With the tokens of a Slack app it connects to that workspace by Socket Mode. Without, it starts the playground: the same
bot against a local stand-in for Slack with a web page, if the extra `playground` is installed. `migrate` brings the
database's tables up to date, as every start does, says what it did, and ends.
"""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import closing, nullcontext

from pydantic import ValidationError
from slack_sdk.errors import SlackApiError

from analytics.analyst import utc_now
from analytics.errors import DatabaseUnusable
from analytics.storage.database import Database
from analytics.storage.schema_history import SchemaHistory
from bot.app import build
from bot.config import Settings
from bot.runtime.shutdown import close_within, listen_for_stop
from bot.runtime.single_instance import AnotherRuns, hold

log = logging.getLogger("bot")

NO_PLAYGROUND = (
    "SLACK_BOT_TOKEN is not set, and the playground that would stand in for Slack is not installed: set "
    'SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or run `pip install ".[playground]"` in the folder of the source.\n'
)
"""Production installs neither the playground nor what it needs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped by SIGINT or SIGTERM; return the exit status."""
    work = _migrate if _parser().parse_args(arguments).what == "migrate" else _run
    try:
        settings = Settings()
    except ValidationError as wrong:
        for problem in wrong.errors():
            name = str(problem["loc"][0]).upper() if problem["loc"] else "Settings"
            sys.stderr.write(f"{name}: {problem['msg'].removeprefix('Value error, ')}.\n")
        return 2
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if settings.log_level == "INFO":  # who wants to see connections and jobs come and go asks for DEBUG
        for name in ("alembic", "apscheduler", "bot.bolt", "bot.slack_sdk", "httpx2"):
            logging.getLogger(name).setLevel(logging.WARNING)
    # Bolt turns its OAuth mode on by itself when it finds these two in the environment, and then ignores the bot token.
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)
    try:
        with nullcontext() if settings.database_url else hold(settings.frameworks_home):
            return work(settings)
    except (AnotherRuns, DatabaseUnusable) as reason:
        sys.stderr.write(f"{reason}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="frameworks-bot", description="The Slack bot; without a token, the playground."
    )
    parser.add_argument("what", nargs="?", choices=["migrate"], help="bring the database up to date, say so, and end")
    return parser


def _migrate(settings: Settings) -> int:
    """Bring the database's tables up to date and say what was done."""
    with closing(Database(settings.frameworks_home, utc_now, settings.database_address)) as database:
        if not database.is_ready:
            sys.stderr.write("The database cannot be reached, so nothing was done. Start it, or mend DATABASE_URL.\n")
            return 2
        for notice in database.notices:
            sys.stderr.write(f"{notice}\n")
        if not database.is_kept:
            return 2
        newest = f"The tables are at revision {SchemaHistory().newest} already; nothing was done."
        sys.stdout.write(f"{database.upgrade or newest}\n")
        return 0


def _run(settings: Settings) -> int:
    """Run on Slack, or in the playground where there is no token."""
    if not settings.has_slack:
        return _play(settings)
    try:
        bot = build(settings)
    except SlackApiError as refusal:
        sys.stderr.write(
            f"Slack does not accept SLACK_BOT_TOKEN ({refusal.response['error']}). "
            "Copy it again from your app's page, OAuth & Permissions.\n"
        )
        return 2
    with listen_for_stop() as wait:
        bot.start()
        log.info("listening; stop with Ctrl-C")
        wait()
    close_within(bot.close)
    return 0


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


if __name__ == "__main__":
    sys.exit(main())
