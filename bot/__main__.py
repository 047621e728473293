"""
`python -m bot` (installed: `frameworks-bot`): settings -> build -> run.

With the tokens of a Slack app it connects to that workspace by Socket Mode. Without, it starts the playground: the same
bot against a local stand-in for Slack with a web page.
"""

import logging
import os
import sys

from pydantic import ValidationError
from slack_sdk.errors import SlackApiError

from analytics.storage.database import NewerDatabase
from bot.app import build
from bot.config import Settings
from bot.runtime.shutdown import close_within, until_stopped
from bot.runtime.single_instance import AnotherRuns, hold

log = logging.getLogger("bot")


def main() -> int:
    """Run until stopped by SIGINT or SIGTERM; return the exit status."""
    try:
        settings = Settings()
    except ValidationError as wrong:
        for problem in wrong.errors():
            name = str(problem["loc"][0]).upper() if problem["loc"] else "Settings"
            sys.stderr.write(f"{name}: {problem['msg'].removeprefix('Value error, ')}.\n")
        return 2
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if settings.log_level == "INFO":  # who wants to see connections and jobs come and go asks for DEBUG
        for name in ("apscheduler", "bot.bolt", "bot.slack_sdk", "httpx2"):
            logging.getLogger(name).setLevel(logging.WARNING)
    # Bolt turns its OAuth mode on by itself when it finds these two in the environment, and then ignores the bot token.
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)
    try:
        # Kept until the end: closing it would let another process in.
        lock = None if settings.database_url else hold(settings.frameworks_home)
        status = _run(settings)
    except (AnotherRuns, NewerDatabase) as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    if lock:
        lock.close()
    return status


def _run(settings: Settings) -> int:
    """Run on Slack, or in the playground where there is no token."""
    if not settings.has_slack:
        from playground.start import run

        return run(settings)
    try:
        bot = build(settings)
    except SlackApiError as refusal:
        sys.stderr.write(
            f"Slack does not accept SLACK_BOT_TOKEN ({refusal.response['error']}). "
            "Copy it again from your app's page, OAuth & Permissions.\n"
        )
        return 2
    with until_stopped() as wait:
        bot.start()
        log.info("listening; stop with Ctrl-C")
        wait()
    close_within(bot.close)
    return 0


if __name__ == "__main__":
    sys.exit(main())
