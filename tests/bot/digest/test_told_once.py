"""A person is told once a day: where Slack does not say whether that was done, it is asked again and not guessed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.digest.digests import Digests
from tests.bot.digest.harness import DAY, HOUR, MINUTE, MONDAY, Harness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Set up two digests of Ann's, one in a channel that was archived, so there is something to tell."""
    harness = Harness(tmp_path)
    harness.subscribe()
    harness.playground.archive(harness.playground.world.channels["C0DESK001"])
    yield harness
    harness.close()


def forget_that_it_was_told(harness: Harness) -> None:
    """Do to the ledger what a copy from before does."""
    harness.store.untell([harness.entry()])


def hide_words(harness: Harness) -> None:
    """Take away the permission to read what was said to one person."""
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"im:history"}


def show_words(harness: Harness) -> None:
    """Give it back."""
    harness.playground.world.tokens[harness.playground.bot_token].scopes |= {"im:history"}


def live(harness: Harness, digests: Digests, hours: int) -> None:
    """Tick every hour."""
    for _ in range(hours):
        harness.now += HOUR + MINUTE
        digests.tick()


def test_what_cannot_be_seen_is_asked_again_and_not_told_twice(harness: Harness) -> None:
    """A copy was put back that knows of no word, and Slack does not show them for hours: one message that day."""
    digests = harness.running()
    harness.now = MONDAY
    digests.tick()
    forget_that_it_was_told(harness)
    hide_words(harness)
    restarted = harness.process("b")
    live(harness, restarted, 3)
    assert len(harness.words()) == 1

    show_words(harness)
    live(harness, restarted, 2)
    assert len(harness.words()) == 1
    assert harness.entry().details


def test_what_could_not_be_seen_is_told_as_soon_as_it_can(harness: Harness) -> None:
    """Nothing was said today, but that is not known for three hours."""
    digests = harness.running()
    hide_words(harness)
    harness.now = MONDAY
    digests.tick()
    live(harness, digests, 3)
    assert harness.words() == []

    show_words(harness)
    live(harness, digests, 1)
    assert len(harness.words()) == 1


def test_without_that_permission_people_hear_within_two_days(harness: Harness) -> None:
    """Whoever ran for a day knows by itself what was said in it: the word comes, and once."""
    digests = harness.running()
    hide_words(harness)
    harness.now = MONDAY
    digests.tick()
    live(harness, digests, 40)

    assert len(harness.words()) == 1


@pytest.mark.parametrize("spoilt", ["drop_before", "drop_after"])
def test_a_word_that_may_have_arrived_is_looked_for_before_it_is_said_again(harness: Harness, spoilt: str) -> None:
    """The line drops before or after Slack has it: Ann reads it once."""
    digests = harness.running()
    harness.now = MONDAY
    digests.tick()
    harness.playground.world.direct_channel(
        harness.playground.workspace, harness.playground.user("ann")
    ).messages.clear()
    forget_that_it_was_told(harness)
    getattr(harness.playground.faults, spoilt)("chat.postMessage")
    live(harness, digests, 4)

    assert len(harness.words()) == 1
    assert harness.entry().details


def test_a_word_that_may_have_arrived_and_is_not_seen_for_a_day_is_left_be(harness: Harness) -> None:
    """Rather heard never than twice; `digest history` tells it."""
    digests = harness.running()
    harness.now = MONDAY
    harness.playground.faults.drop_after("chat.postMessage", 2)
    digests.tick()
    hide_words(harness)
    live(harness, digests, 60)

    assert len(harness.words()) == 1
    assert len(harness.playground.requests("conversations.history")) < 30


def test_a_slack_that_is_away_for_a_day_is_asked_ever_more_rarely(tmp_path: Path) -> None:
    """Some forty looks, not three hundred, and within an hour of its return the digest is there."""
    harness = Harness(tmp_path)
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.server_error("chat.postMessage", 1)
    harness.playground.faults.server_error("conversations.history", 10_000)
    harness.now = MONDAY
    while harness.now < MONDAY + DAY - 4 * HOUR:
        digests.tick()
        harness.now += 5 * MINUTE
    assert 10 < len(harness.playground.requests("conversations.history")) < 50

    harness.playground.faults.clear()
    while harness.now < MONDAY + DAY - 3 * HOUR + 10 * MINUTE:
        digests.tick()
        harness.now += 5 * MINUTE
    assert [message.text for message in harness.posts()] == ["LATE digest"]
    harness.close()
