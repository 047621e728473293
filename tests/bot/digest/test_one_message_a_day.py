"""Whatever befalls her digests, a person gets one message a day, and news of another day are another one."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.digest.records import State
from tests.bot.digest.harness import DAY, HOUR, MINUTE, MONDAY, Harness

WEEK = dt.timedelta(weeks=1)


def test_five_weeks_off_are_one_message_to_a_person(harness: Harness) -> None:
    """Ten channels, five Mondays each: one message that sums them up, however often the clock ticks."""
    harness.subscribe(10)
    digests = harness.process()
    harness.now = MONDAY + 4 * WEEK + 2 * DAY
    for _ in range(5):
        digests.tick()
        harness.now += HOUR

    (told,) = harness.words()
    assert told.count("was skipped (30 Nov 2026, 7 Dec 2026, 14 Dec 2026, 21 Dec 2026 and 28 Dec 2026)") == 10


def test_what_is_said_of_several_weeks_is_true_of_each(harness: Harness) -> None:
    """The first of three was 16 days late and the last two, so no one lateness is told of all."""
    harness.subscribe()
    digests = harness.process()
    harness.now = MONDAY + 2 * WEEK + 2 * DAY
    digests.tick()

    (told,) = harness.words()
    assert "was skipped (30 Nov 2026, 7 Dec 2026 and 14 Dec 2026)" in told
    assert "did not get to it when it was due, nor within 24 hours after. The next one comes as planned." in told


def test_weeks_that_were_skipped_for_other_reasons_are_told_with_theirs(harness: Harness) -> None:
    """One line for each reason."""
    harness.subscribe()
    for week, reason in ((0, "one reason"), (1, "another")):
        slot = replace(harness.slot(1), day=MONDAY.date() + week * WEEK, due_at=MONDAY + week * WEEK)
        harness.store.claim(slot, "a", MONDAY + WEEK, State.SKIPPED, reason)
    harness.now = MONDAY + WEEK
    harness.process().tick()

    (told,) = harness.words()
    assert "was skipped (30 Nov 2026): one reason." in told
    assert "was skipped (7 Dec 2026): another." in told


@pytest.mark.parametrize(
    ("state", "what", "instead"),
    [
        (State.PAUSED, State.SKIPPED, "It is paused now."),
        (State.OFF, State.SKIPPED, "It has been stopped since."),
        (State.ACTIVE, State.FAILED, "could not be posted (30 Nov 2026): a reason."),
    ],
)
def test_what_is_promised_is_as_it_stands_when_it_is_told(
    harness: Harness, state: State, what: State, instead: str
) -> None:
    """Paused or stopped since, none comes as planned; resumed since, it is not paused."""
    harness.subscribe()
    harness.store.claim(harness.slot(1), "a", MONDAY, what, "a reason.")
    harness.store.set_state(1, state, "", MONDAY + MINUTE)
    harness.now = MONDAY + HOUR
    harness.process().tick()

    (told,) = harness.words()
    assert instead in told
    assert "as planned" not in told
    assert "is paused:" not in told


def test_what_befalls_a_person_later_that_day_is_added_to_the_days_message(harness: Harness) -> None:
    """At most one message a day, even when a ledger was put back that knows of none."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.archive(harness.playground.world.channels["C0DESK001"])
    harness.now = MONDAY
    digests.tick()
    assert "is paused: the channel is archived." in harness.words()[0]

    harness.store.mark(harness.entry(2).slot, State.SKIPPED, harness.now, "a reason", details=False)
    harness.store.untell([harness.entry(1)])
    harness.process("b").tick()
    (told,) = harness.words()
    assert ("is paused" in told, "was skipped (30 Nov 2026): a reason." in told) == (True, True)


def test_news_of_another_day_are_another_message(harness: Harness) -> None:
    """A day after the last one; and where the day's message was deleted, no second one comes that day."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.archive(harness.playground.world.channels["C0DESK001"])
    harness.now = MONDAY
    digests.tick()
    harness.playground.world.direct_channel(
        harness.playground.workspace, harness.playground.user("ann")
    ).messages.clear()
    harness.store.mark(harness.entry(2).slot, State.SKIPPED, harness.now, "a reason", details=False)

    harness.process("b").tick()
    assert harness.words() == []
    harness.now += DAY + MINUTE
    harness.process("c").tick()
    assert ["was skipped" in told for told in harness.words()] == [True]
