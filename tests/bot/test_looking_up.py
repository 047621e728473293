"""“Looking up …” comes only after a moment, where it can be taken back, and is gone when the answer is there."""

import pytest

from bot.delivery import Delivery, Place
from bot.looking_up import Notice
from bot.messages import Message
from bot.slack_client import slack_client
from playground.server import Playground

WORDS = Message("Looking up `top30` …")


@pytest.fixture
def delivery(playground: Playground) -> Delivery:
    """Give a delivery to it."""
    return Delivery(slack_client(playground.bot_token, playground.api_url))


@pytest.mark.parametrize(("channel", "direct"), [("general", False), ("dm", True)])
def test_a_notice_in_a_thread_or_direct_message_is_taken_back(
    playground: Playground, delivery: Delivery, channel: str, *, direct: bool
) -> None:
    """It stands where the answer will stand, and nothing of it is left."""
    asked = playground.write("top30", channel=channel)
    place = Place(asked.channel.id, playground.user("ann").id, thread_ts=asked.ts, direct=direct)

    with Notice(delivery, place, WORDS, 0.01, privately=False):
        notice = playground.wait_for_message("Looking up", channel=channel)
        assert notice.thread_ts == asked.ts

    playground.wait_for(lambda: not playground.bot_messages(channel))


def test_what_is_quick_is_not_announced(playground: Playground, delivery: Delivery) -> None:
    """Most answers are there within a moment."""
    place = Place(playground.channel("general").id, playground.user("ann").id, thread_ts="1.0")

    with Notice(delivery, place, WORDS, 60, privately=False):
        pass

    assert playground.requests("chat.postMessage") == []


def test_a_notice_that_comes_too_late_is_taken_back_at_once(playground: Playground, delivery: Delivery) -> None:
    """The answer was there while the notice was on its way."""
    asked = playground.write("top30")
    place = Place(asked.channel.id, playground.user("ann").id, thread_ts=asked.ts)
    playground.faults.delay_after("chat.postMessage", 0.3)

    with Notice(delivery, place, WORDS, 0.01, privately=False):
        playground.wait_for(playground.bot_messages)

    playground.wait_for(lambda: not playground.bot_messages())


def test_what_is_asked_privately_is_announced_privately(playground: Playground, delivery: Delivery) -> None:
    """Others must not see what somebody wanted to know alone."""
    place = Place(playground.channel("general").id, playground.user("ann").id, thread_ts="1.0")

    with Notice(delivery, place, WORDS, 0.01, privately=True):
        playground.wait_for_ephemeral("Looking up")

    assert playground.messages() == []
