"""The thread of a digest: how long it rests when Slack takes nothing."""

import datetime as dt

import pytest

from tests.bot.digest.desk import HOUR, MINUTE, MONDAY, Desk


@pytest.mark.parametrize(("later", "tables"), [(6 * HOUR - MINUTE, 0), (6 * HOUR + MINUTE, 1)])
def test_a_thread_rests_for_six_hours_at_most(desk: Desk, later: dt.timedelta, tables: int) -> None:
    """Slack asks for a pause of ten hours; who reads the digest waits for its table no longer than six."""
    desk.subscribe()
    pauses = [10 * 3600]

    def slow_down(step: str) -> None:
        if step == "thread" and pauses:
            desk.playground.faults.rate_limit("chat.postMessage", retry_after=pauses.pop())

    digests = desk.running(at=slow_down)
    desk.now = MONDAY
    digests.tick()
    assert (len(desk.posts()), desk.thread()) == (1, [])

    desk.now += later
    digests.tick()

    assert len([message for message in desk.thread() if "The table" in message.text]) == tables
