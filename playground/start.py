"""Start the playground: the real bot on the local stand-in for Slack, with one question already answered."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress

from pydantic import SecretStr

from analytics.closed_pipe import write_out
from bot.app import Bot, build
from bot.blocks import local_time
from bot.collecting import HEAVY
from bot.config import Settings
from bot.messages import COMMAND
from bot.runtime.shutdown import close_within, listen_for_stop
from playground.seed import EVENTS, SLACKBOT
from playground.server import Playground

PORT = 3000
"""The port that is tried first; a free one is taken if it is in use."""

FIRST = "top30"
"""The question that is answered when the page is opened."""

FIRST_ASKER = "bob"
"""In whose name: the page is opened as another's."""

FIRST_SECONDS = 30.0
"""How long the welcome waits for its answer: as long as a Hub may keep everybody waiting, and more."""

OF_THE_STEP = "function_executed"
"""The event that only the second manifest asks for: here its workflow step is there to be tried."""

WIDTH = 78
WELCOME = f"""\
{{line}}
  The playground: the bot in a stand-in for Slack on this machine, because no
  SLACK_BOT_TOKEN is set. Open this page and type {COMMAND} {FIRST} there:

      {{url}}

  Stop with Ctrl-C.{{more}}
{{line}}
"""
SAMPLE = """

  The Hub ({hub}) gave no list (the answer says why), so the
  embedded sample answers, marked SAMPLE, until it does.\
"""


def run(settings: Settings) -> int:
    """Run the bot in the playground until stopped; return the exit status."""
    with Playground(port=PORT, events=EVENTS | {OF_THE_STEP}) as playground:
        bot = build(connect_to(playground, settings), clock=clock_of(playground), by_button=HEAVY)
        live_by_its_clock(playground, bot)
        bot.start()
        with listen_for_stop() as wait:
            write_out(f"The playground is starting at {playground.url} …\n")
            threading.Thread(target=_welcome, args=(playground, bot, settings), name="welcome", daemon=True).start()
            wait()
        close_within(bot.close, goes_on=lambda: bot.is_collecting)
    return 0


def live_by_its_clock(playground: Playground, bot: Bot) -> None:
    """Let the bot see what falls due when the playground's clock is moved, and the page when that is."""

    def next_due(channel: str) -> float | None:
        moment = bot.scheduler.next_digest(channel)
        return moment.timestamp() if moment else None

    playground.on_moved, playground.on_settling = bot.scheduler.move_on, bot.wait_until_idle
    playground.next_due = next_due
    playground.tell_collecting = lambda: tell_collecting(bot, clock_of(playground)())
    if collecting := bot.scheduler.collecting:
        playground.on_collect = lambda: collecting.ask_for(HEAVY)


def tell_collecting(bot: Bot, now: dt.datetime) -> dict[str, object] | None:
    """Give what is read now, and what the button offers to read, with its size; None where nothing is collected."""
    if bot.scheduler.collecting is None:
        return None
    lines, offer = bot.scheduler.collecting.tell(now, local_time)
    return {"lines": list(lines), "offer": offer}


def _welcome(playground: Playground, bot: Bot, settings: Settings) -> None:
    """Have one question answered, then say where the page is: the last lines, below what the start logs."""
    ask_first(playground)
    with suppress(TimeoutError):
        playground.settled(FIRST_SECONDS)
    write_out(welcome(playground.url, settings.hf_endpoint, sampled=bot.answers_from_sample(FIRST)))


def ask_first(playground: Playground) -> None:
    """
    Ask it in the name of one who does not sit before the page, and say so above the answer.

    What the bot says to the asker alone meanwhile, and Slack lets nobody take back, is not in the reader's way.
    """
    asker = playground.user(FIRST_ASKER)
    said = f"At its start the playground asked `{COMMAND} {FIRST}` in {asker.real_name}'s name."
    playground.write(said, user=SLACKBOT)
    playground.command(f"{COMMAND} {FIRST}", user=asker)


def welcome(url: str, hub: str, *, sampled: bool) -> str:
    """Say where the page is, and whether the sample has to stand in for the Hub."""
    return WELCOME.format(line="─" * WIDTH, url=url, more=SAMPLE.format(hub=hub) if sampled else "")


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
