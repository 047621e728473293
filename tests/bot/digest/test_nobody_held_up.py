"""One channel's trouble, a long pause or threads that fail, holds up no other."""

import datetime as dt
from dataclasses import replace

from bot.digest.records import State
from tests.bot.digest.harness import HOUR, MINUTE, MONDAY, Harness


def test_a_long_pause_that_slack_asks_for_leaves_the_slot_and_holds_up_nobody(harness: Harness) -> None:
    """Four hours: the tick goes on to the next channel at once, and the slot comes when Slack allows."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.faults.rate_limit("chat.postMessage", 1, 4 * 3600)
    harness.now = MONDAY
    digests.tick()
    assert (len(harness.posts(1)), len(harness.posts(2))) == (0, 1)
    assert harness.now - MONDAY < MINUTE

    harness.now = MONDAY + HOUR + 2 * MINUTE
    digests.tick()
    assert len(harness.posts(1)) == 1


def test_a_hundred_threads_that_fail_do_not_starve_a_crashed_claim(harness: Harness) -> None:
    """The claim is settled at the next tick, although all the threads are older."""
    harness.subscribe(121)
    for number in range(1, 122):
        subscription = harness.store.by_id(number)
        assert subscription
        slot = replace(harness.slot(number), due_at=MONDAY - (HOUR if number < 121 else dt.timedelta()))
        harness.store.claim(slot, "dead", MONDAY - (2 * HOUR if number < 121 else dt.timedelta()))
        if number < 121:
            harness.store.mark(slot, State.POSTED, MONDAY, ts=f"{MONDAY.timestamp():.6f}")
    harness.playground.faults.server_error("conversations.replies", times=1000)

    harness.now = MONDAY + 6 * MINUTE
    harness.process().tick()

    assert len(harness.posts(121)) == 1
    assert len(harness.playground.requests("conversations.replies")) <= 21
