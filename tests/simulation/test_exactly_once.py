"""Hundreds of weeks in which processes are killed, databases go away and Slack misbehaves: every digest comes once."""

import pytest

from bot.digest.records import State
from tests.simulation.weeks import MINUTE, started

FEW = 10
"""Weeks of the short form: every step is struck, and one Sunday is slept through."""


LONG = [pytest.param(20, seed, marks=pytest.mark.simulation) for seed in (8, 9, 10)]
"""Sixty weeks in parts: on a crowded machine all in one take longer than a test may."""


@pytest.mark.parametrize(("many", "seed"), [(FEW, 7), *LONG])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_digest_is_posted_once_or_skipped_with_a_reason(kind: str, many: int, seed: int) -> None:
    """Killed at random and at every step, raced by up to four processes: none twice, none lost, details once."""
    with started(kind, seed) as weeks:
        for number in range(1, many + 1):
            weeks.week(number)
        tally = weeks.tally

    assert (tally.duplicates, tally.lost) == (0, 0), str(tally)
    assert tally.due == many * 5, "four channels, the first with two digests"
    assert tally.posted + tally.skipped == tally.due
    assert tally.details == tally.posted
    assert tally.killed >= many * 5 / 2, str(tally)


def test_where_history_may_not_be_read_nothing_is_sent_twice_and_ann_is_told() -> None:
    """Slack took the post and the line dropped; without the permission to look, the slot is uncertain for good."""
    with started("sqlite") as weeks:
        playground = weeks.playground
        playground.world.tokens[playground.bot_token].scopes -= {"channels:history"}
        (slot, *_) = weeks.slots_of_week(1)
        weeks.now = slot.due_at - MINUTE
        weeks.tick()  # what was due before is over
        weeks.now = slot.due_at + MINUTE
        playground.faults.drop_after("chat.postMessage")

        for _ in range(4):
            weeks.tick()
            weeks.now += 6 * MINUTE

        playground.settled()
        entry = weeks.store.history(slot.subscription)[0]
        assert entry.state is State.UNKNOWN
        assert weeks.posts(slot) == 1
        assert sum("is uncertain" in message.text for message in playground.bot_messages("dm")) == 1
