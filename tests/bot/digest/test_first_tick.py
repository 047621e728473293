"""The first tick of a process: what the channel shows is not posted again, what it lacks is."""

import datetime as dt

from bot.digest.records import State
from tests.bot.digest.harness import HOUR, MINUTE, MONDAY, Harness

WEEK = dt.timedelta(weeks=1)


def test_a_first_tick_posts_what_was_never_posted(harness: Harness) -> None:
    """A restart in the minute a digest is due costs a look, not the digest; late it comes as LATE."""
    harness.subscribe(2)
    harness.now = MONDAY
    harness.process().tick()
    assert [message.text for message in harness.posts()] == ["digest"]

    harness.now = MONDAY + WEEK + 3 * HOUR
    harness.process("b").tick()
    assert [message.text for message in harness.posts(2)] == ["digest", "LATE digest"]


def test_late_and_without_a_history_it_is_uncertain_and_not_posted(harness: Harness) -> None:
    """Whether an hour-old digest was posted cannot be seen: it is not posted, and Ann hears why."""
    harness.subscribe()
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + HOUR
    harness.process().tick()

    assert harness.posts() == []
    assert harness.entry().state is State.UNKNOWN
    assert "cannot be read (missing_scope). Nothing is sent twice." in harness.words()[0]


def test_just_due_at_a_first_tick_it_is_posted_even_without_a_history(harness: Harness) -> None:
    """No copy is put back within a minute."""
    harness.subscribe()
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + MINUTE
    harness.process().tick()

    assert len(harness.posts()) == 1


def test_in_a_channel_that_the_bot_was_taken_out_of_it_joins_to_look(harness: Harness) -> None:
    """Late and outside: the history is read after joining, and the digest comes."""
    harness.subscribe()
    harness.playground.world.channels["C0DESK001"].members.discard(harness.bot_user)
    harness.now = MONDAY + HOUR
    harness.process().tick()

    assert len(harness.posts()) == 1
