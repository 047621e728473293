"""The front door: the whole bot against the stand-in for Slack, over real HTTP and WebSocket."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst, utc_now
from analytics.context import Clock
from analytics.domain.collectors import Collector
from bot.app import Bot, build
from bot.collecting import HEAVY
from bot.commands import MOMENT
from bot.config import Settings
from bot.digest.finder import TOLD, key_of
from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import connect_to
from playground.state import PostedMessage
from tests.patient_slack import patient_slack

OUT_OF_REACH = "http://127.0.0.1:9"
"""A port nobody listens on: a Hub that is down, so that the embedded sample answers."""


@contextmanager
def connected(
    playground: Playground,
    home: Path,
    hub: str = OUT_OF_REACH,
    clock: Clock = utc_now,
    pace: Pace | None = None,
    *,
    pictures: str = "block",
    database_url: str | None = None,
    rhythms: Mapping[Collector, dt.timedelta] | None = None,
    find_faults: Callable[[], Sequence[str]] | None = None,
    run_apart: bool = False,
    moment: float = MOMENT,
    analyst: Analyst | None = None,
    **more: Any,
) -> Iterator[Bot]:
    """
    Connect a bot; `playground.settled()` then waits for it too.

    `rhythms`: what it collects, by default nothing; `moment`: seconds after which it says that it looks something up.
    `analyst`: one that waits longer, or shorter, for the Hub than people do.
    """
    wanted = {"frameworks_home": home, "hf_endpoint": hub, "slack_pictures": pictures, "database_url": database_url}
    settings = Settings(_env_file=None, collect=rhythms is not None, **wanted | more)
    bot = build(
        connect_to(playground, settings),
        analyst,
        clock=clock,
        pace=pace,
        rhythms=rhythms or {},
        by_button=HEAVY,
        find_faults=find_faults,
        run_apart=run_apart,
        moment=moment,
    )
    playground.on_settling = bot.wait_until_idle
    try:
        bot.start(warm=False)  # what a start loads is loaded in this process, and its picture is nobody's
        playground.wait_for_connection()
        yield bot
    finally:
        bot.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Playground]]:
    """Start a playground with the bot connected; keywords go to the playground but for the bot's own three."""
    with ExitStack() as stack:

        def begin(
            hub: str = OUT_OF_REACH, pictures: str = "block", moment: float = MOMENT, **keywords: Any
        ) -> Playground:
            playground = stack.enter_context(patient_slack(**keywords))
            stack.enter_context(connected(playground, tmp_path, hub, pictures=pictures, moment=moment))

            return playground

        yield begin


@pytest.fixture
def playground(start: Callable[..., Playground]) -> Playground:
    """Start a playground with the bot connected and the Hub out of reach."""
    return start()


def is_scheduled(message: PostedMessage) -> bool:
    """Tell whether the schedule posted it, and not a person's word, to one person or into a thread."""
    key = key_of({"metadata": message.metadata})
    return bool(key) and key != TOLD and "by hand" not in key and not message.thread_ts
