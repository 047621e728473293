"""What Slack's ids, stamps and tokens look like, and that ours look the same."""

import re
from itertools import pairwise

import pytest
from slack_sdk import WebClient

from playground.ids import make_id
from playground.server import Playground

SHAPES = {
    "workspace": r"T[A-Z0-9]{10}",
    "channel": r"C[A-Z0-9]{10}",
    "direct": r"D[A-Z0-9]{10}",
    "user": r"U[A-Z0-9]{10}",
    "bot": r"B[A-Z0-9]{10}",
    "app": r"A[A-Z0-9]{10}",
    "file": r"F[A-Z0-9]{10}",
    "event": r"Ev[A-Z0-9]{10}",
    "stamp": r"\d{10}\.\d{6}",
    "bot token": r"xoxb-\d{13}-\d{13}-[A-Za-z0-9]{24}",
    "app token": r"xapp-1-A[A-Z0-9]{10}-\d{13}-[0-9a-f]{64}",
    "trigger": r"\d+\.[A-Z0-9]+\.[0-9a-f]+",
}


@pytest.fixture
def told(playground: Playground, client: WebClient, general: str) -> dict[str, str]:
    """Give one of each, as the bot is told them."""
    command = playground.command("/frameworks help").payload
    event = playground.mention("help").payload
    who = client.auth_test()
    return {
        "workspace": command["team_id"],
        "channel": command["channel_id"],
        "direct": client.conversations_open(users=command["user_id"])["channel"]["id"],
        "user": event["event"]["user"],
        "bot": who["bot_id"],
        "app": command["api_app_id"],
        "file": client.files_getUploadURLExternal(filename="a.png", length=1)["file_id"],
        "event": event["event_id"],
        "stamp": client.chat_postMessage(channel=general, text="x")["ts"],
        "bot token": playground.bot_token,
        "app token": playground.app_token,
        "trigger": command["trigger_id"],
    }


@pytest.mark.parametrize("kind", SHAPES)
def test_it_is_of_slacks_shape(told: dict[str, str], kind: str) -> None:
    """Length and alphabet."""
    assert re.fullmatch(SHAPES[kind], told[kind])


def test_no_id_comes_twice_and_neighbours_are_not_alike() -> None:
    """Nobody can tell from an id which came first."""
    made = [make_id("C", number) for number in range(100_000)]

    assert len(set(made)) == 100_000
    assert made != sorted(made)
    assert all(one[:6] != other[:6] for one, other in pairwise(made[:1_000]))


def test_a_thousand_stamps_of_one_moment_rise(playground: Playground) -> None:
    """By a microsecond each, however many; sums of fractions would meet."""
    channel = playground.channel("general")

    stamps = [playground.world.next_ts(channel) for _ in range(1_000)]

    assert stamps == [f"1795435200.{number:06}" for number in range(1_000)]
