"""A process that slept and wakes: what was settled meanwhile is left alone, and what is too late is not posted."""

import pytest

from bot.digest.records import State
from tests.bot.digest.harness import HOUR, MINUTE, MONDAY, Harness


@pytest.mark.parametrize("step", ["claimed", "built", "posting", "posted", "marked", "thread", "detailed"])
def test_a_process_that_slept_goes_on_with_nothing(harness: Harness, step: str) -> None:
    """It stops at a step for a quarter of an hour, another settles its slot meanwhile, it wakes: one of each."""
    harness.subscribe()
    other, slept = harness.running("b"), [False]

    def stop(passed: str) -> None:
        if passed == step and not slept[0]:
            slept[0] = True
            harness.now += 15 * MINUTE
            other.tick()

    sleepy = harness.running("a", stop)
    harness.now = MONDAY
    sleepy.tick()

    assert slept[0]
    assert (len(harness.posts()), len(harness.thread())) == (1, 2)
    assert (harness.entry().state, harness.entry().details) == (State.POSTED, True)


def test_a_process_that_slept_for_a_day_posts_nothing(harness: Harness) -> None:
    """Nobody else took the slot, but by now it is too late."""
    harness.subscribe()

    def stop(passed: str) -> None:
        if passed == "built":
            harness.now += 26 * HOUR

    digests = harness.running(at=stop)
    harness.now = MONDAY
    digests.tick()
    digests.tick()

    assert harness.posts() == []
    assert (harness.entry().state, harness.entry().reason) == (State.SKIPPED, "it could not be posted within a day")
