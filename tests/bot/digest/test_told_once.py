"""A person is told once a day: where Slack does not say whether that was done, it is asked again and not guessed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.digest.slot_delivery import Digests
from tests.bot.digest.desk import DAY, HOUR, MINUTE, MONDAY, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Set up two digests of Ann's, one in a channel that was archived, so there is something to tell."""
    desk = Desk(tmp_path)
    desk.subscribe()
    desk.playground.archive(desk.playground.world.channels["C0DESK001"])
    yield desk
    desk.close()


def forget_that_it_was_told(desk: Desk) -> None:
    """Do to the ledger what a copy from before does."""
    desk.store.untell([desk.entry()])


def hide_words(desk: Desk) -> None:
    """Take away the permission to read what was said to one person."""
    desk.playground.world.tokens[desk.playground.bot_token].scopes -= {"im:history"}


def show_words(desk: Desk) -> None:
    """Give it back."""
    desk.playground.world.tokens[desk.playground.bot_token].scopes |= {"im:history"}


def live(desk: Desk, digests: Digests, hours: int) -> None:
    """Tick every hour."""
    for _ in range(hours):
        desk.now += HOUR + MINUTE
        digests.tick()


def test_what_cannot_be_seen_is_asked_again_and_not_told_twice(desk: Desk) -> None:
    """A copy was put back that knows of no word, and Slack does not show them for hours: one message that day."""
    digests = desk.running()
    desk.now = MONDAY
    digests.tick()
    forget_that_it_was_told(desk)
    hide_words(desk)
    restarted = desk.process("b")
    live(desk, restarted, 3)
    assert len(desk.words()) == 1

    show_words(desk)
    live(desk, restarted, 2)
    assert len(desk.words()) == 1
    assert desk.entry().details


def test_what_could_not_be_seen_is_told_as_soon_as_it_can(desk: Desk) -> None:
    """Nothing was said today, but that is not known for three hours."""
    digests = desk.running()
    hide_words(desk)
    desk.now = MONDAY
    digests.tick()
    live(desk, digests, 3)
    assert desk.words() == []

    show_words(desk)
    live(desk, digests, 1)
    assert len(desk.words()) == 1


def test_without_that_permission_people_hear_within_two_days(desk: Desk) -> None:
    """Whoever ran for a day knows by itself what was said in it: the word comes, and once."""
    digests = desk.running()
    hide_words(desk)
    desk.now = MONDAY
    digests.tick()
    live(desk, digests, 40)

    assert len(desk.words()) == 1


@pytest.mark.parametrize("spoilt", ["drop_before", "drop_after"])
def test_a_word_that_may_have_arrived_is_looked_for_before_it_is_said_again(desk: Desk, spoilt: str) -> None:
    """The line drops before or after Slack has it: Ann reads it once."""
    digests = desk.running()
    desk.now = MONDAY
    digests.tick()
    desk.playground.world.direct_channel(desk.playground.workspace, desk.playground.user("ann")).messages.clear()
    forget_that_it_was_told(desk)
    getattr(desk.playground.faults, spoilt)("chat.postMessage")
    live(desk, digests, 4)

    assert len(desk.words()) == 1
    assert desk.entry().details


def test_a_word_that_may_have_arrived_and_is_not_seen_for_a_day_is_left_be(desk: Desk) -> None:
    """Rather heard never than twice; `digest history` tells it."""
    digests = desk.running()
    desk.now = MONDAY
    desk.playground.faults.drop_after("chat.postMessage", 2)
    digests.tick()
    hide_words(desk)
    live(desk, digests, 60)

    assert len(desk.words()) == 1
    assert len(desk.playground.requests("conversations.history")) < 30


def test_a_slack_that_is_away_for_a_day_is_asked_ever_more_rarely(tmp_path: Path) -> None:
    """Some forty looks, not three hundred, and within an hour of its return the digest is there."""
    desk = Desk(tmp_path)
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.server_error("chat.postMessage", 1)
    desk.playground.faults.server_error("conversations.history", 10_000)
    desk.now = MONDAY
    while desk.now < MONDAY + DAY - 4 * HOUR:
        digests.tick()
        desk.now += 5 * MINUTE
    assert 10 < len(desk.playground.requests("conversations.history")) < 50

    desk.playground.faults.clear()
    while desk.now < MONDAY + DAY - 3 * HOUR + 10 * MINUTE:
        digests.tick()
        desk.now += 5 * MINUTE
    assert [message.text for message in desk.posts()] == ["LATE digest"]
    desk.close()
