"""Start the playground: the real bot on the local stand-in for Slack, with one question already answered."""

import datetime as dt
import logging
import sys
from collections.abc import Callable

from pydantic import SecretStr

from bot.app import build
from bot.config import Settings
from bot.messages import COMMAND
from bot.runtime.shutdown import close_within, listen_for_stop
from playground.server import Playground

log = logging.getLogger(__name__)

PORT = 3000
"""The port that is tried first; a free one is taken if it is in use."""

WELCOME = f"""\
No SLACK_BOT_TOKEN is set, so this is the playground: the bot in a stand-in for Slack on this machine.
Open {{url}} and type {COMMAND} top30. Stop with Ctrl-C.
"""


def run(settings: Settings) -> int:
    """Run the bot in the playground until stopped; return the exit status."""
    with Playground(port=PORT) as playground:
        bot = build(connect_to(playground, settings), clock=clock_of(playground))
        playground.on_moved = bot.scheduler.digest
        bot.start()
        playground.command(f"{COMMAND} top30")
        with listen_for_stop() as wait:
            sys.stdout.write(WELCOME.format(url=playground.url))
            sys.stdout.flush()
            wait()
        close_within(bot.close)
    return 0


def clock_of(playground: Playground) -> Callable[[], dt.datetime]:
    """Give the playground's clock to a bot that shall live by it."""
    return lambda: dt.datetime.fromtimestamp(playground.now(), dt.UTC)


def connect_to(playground: Playground, settings: Settings) -> Settings:
    """Give the same settings with the playground in Slack's place."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(playground.bot_token),
            "slack_app_token": SecretStr(playground.app_token),
            "slack_api_url": playground.api_url,
        }
    )
