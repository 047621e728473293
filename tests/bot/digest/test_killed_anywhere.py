"""A digest whose process is killed: the next one finishes it, and nothing comes twice."""

import pytest

from tests.bot.digest.harness import MINUTE, MONDAY, Harness

STEPS = ("claimed", "built", "posting", "posted", "marked", "thread", "detailed")


class KilledDelivery(BaseException):
    """What no handler of ours may catch, as it catches no SIGKILL."""


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_anywhere_leaves_one_digest_and_one_thread(harness: Harness, step: str) -> None:
    """Six minutes later another process begins, and ticks as often as it likes."""

    def kill(passed: str) -> None:
        if passed == step:
            raise KilledDelivery

    harness.subscribe()
    digests = harness.running(at=kill)
    harness.now = MONDAY
    with pytest.raises(KilledDelivery):
        digests.tick()

    next_one = harness.process("b")
    for _ in range(2):
        harness.now += 6 * MINUTE
        next_one.tick()
    assert [message.text for message in harness.posts()] == ["digest"]
    assert [bool(message.files) for message in harness.thread()] == [False, True]
