"""The thread of a digest: how long it rests when Slack takes nothing."""

import datetime as dt

import pytest

from tests.bot.digest.harness import HOUR, MINUTE, MONDAY, Harness


@pytest.mark.parametrize(("later", "tables"), [(6 * HOUR - MINUTE, 0), (6 * HOUR + MINUTE, 1)])
def test_a_thread_rests_for_six_hours_at_most(harness: Harness, later: dt.timedelta, tables: int) -> None:
    """Slack asks for a pause of ten hours; who reads the digest waits for its table no longer than six."""
    harness.subscribe()
    pauses = [10 * 3600]

    def slow_down(step: str) -> None:
        if step == "thread" and pauses:
            harness.playground.faults.rate_limit("chat.postMessage", retry_after=pauses.pop())

    digests = harness.running(at=slow_down)
    harness.now = MONDAY
    digests.tick()
    assert (len(harness.posts()), harness.thread()) == (1, [])

    harness.now += later
    digests.tick()

    assert len([message for message in harness.thread() if "The table" in message.text]) == tables
