"""When Slack asks for a pause: one waits for the channel, nobody is held up, and nothing is sent in vain."""

from collections.abc import Callable

import pytest

from bot.fair_shares import WORKERS, Lane
from playground.server import Playground
from playground.world import Request

Start = Callable[..., Playground]


def refused(playground: Playground) -> list[Request]:
    """Give the posts that were answered with a 429."""
    return [request for request in playground.requests("chat.postMessage") if request.status == 429]


ASKERS = ("ann", "bob")
"""Of one person fifty questions are taken at most."""


def told_to_wait(playground: Playground) -> int:
    """Count the words to people that Slack asks for a pause."""
    told = [word for person in ASKERS for word in playground.ephemerals(user=person)]
    return sum("asks me to slow down" in word.text for word in told)


@pytest.mark.parametrize("seconds", [2, 600])
def test_sixty_questions_during_a_pause_cost_a_handful_of_posts(start: Start, seconds: int) -> None:
    """Every asker is answered alone with the time; what is uploaded was begun before, or by the one who tries again."""
    playground = start(rate_limits=False)
    playground.faults.rate_limit("chat.postMessage", times=1000, retry_after=seconds)
    for n in range(60):
        playground.command(f"/frameworks top{10 + n}", user=ASKERS[n % 2])

    playground.wait_for(lambda: told_to_wait(playground) == 60, 60)

    playground.settled()
    assert 1 <= len(refused(playground)) <= 4
    assert len(playground.files()) <= WORKERS[Lane.STORED] + WORKERS[Lane.LOOKED_UP] + len(refused(playground))
    assert playground.bot_messages() == []


def test_a_pause_that_lasts_costs_one_post_and_tells_the_time(playground: Playground) -> None:
    """The second question is not even tried; both hear when to come again."""
    playground.rates.hold("chat.postMessage", playground.now() + 600)
    playground.command("/frameworks top30")
    first = playground.wait_for_ephemeral("PyTorch is in 28")
    playground.command("/frameworks top10")
    second = playground.wait_for_ephemeral("top 10")

    playground.settled()
    assert "in 10 minutes" in first.text
    assert "in 10 minutes" in second.text
    assert len(playground.requests("chat.postMessage")) == 1


def test_another_channel_is_not_held_up(playground: Playground) -> None:
    """While one channel pauses, the next is answered as ever."""
    playground.faults.rate_limit("chat.postMessage", retry_after=600)
    playground.command("/frameworks top30")
    playground.wait_for_ephemeral("asks me to slow down")

    playground.command("/frameworks top30", channel="dm")

    assert playground.wait_for_message("PyTorch", channel="dm")


def test_a_paused_upload_costs_the_picture_only(playground: Playground) -> None:
    """Slack's own chart stands in, and the next question does not try to upload."""
    playground.faults.rate_limit("files.getUploadURLExternal", times=9, retry_after=600)
    playground.command("/frameworks top30")
    message = playground.wait_for_message("PyTorch")
    playground.command("/frameworks top10", channel="dm")
    playground.wait_for_message("PyTorch", channel="dm")

    playground.settled()
    assert "Slack asked for a pause" in str(message.blocks)
    assert len(playground.requests("files.getUploadURLExternal")) == 1


@pytest.mark.parametrize(("word", "status"), [("rate_limited", 200), ("message_limit_exceeded", 200), ("strange", 429)])
def test_every_spelling_ends_the_ladder(playground: Playground, word: str, status: int) -> None:
    """No other form is tried, no picture uploaded anew."""
    playground.faults.rate_limit("chat.postMessage", times=9, retry_after=60, word=word, status=status)
    playground.command("/frameworks top30")
    playground.wait_for_ephemeral("asks me to slow down")

    playground.settled()
    assert len(playground.requests("chat.postMessage")) == 1
    assert len(playground.files()) == 1
