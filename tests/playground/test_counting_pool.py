"""A pool that counts: idle means that everything it was given is done, begun or not."""

import threading

import pytest

from tests.playground.counting_pool import CountingPool


def test_work_counts_from_the_moment_it_is_given() -> None:
    """What waits for a thread is under way, though nobody has begun it."""
    go_on = threading.Event()
    with CountingPool(1, "test") as pool:
        pool.submit(go_on.wait)
        second = pool.submit(lambda: "done")

        assert not pool.wait_until_idle(0.01)
        go_on.set()
        assert pool.wait_until_idle(30)
        assert second.done()


def test_failed_and_cancelled_work_is_done_with() -> None:
    """Neither an exception nor a cancellation leaves the pool busy for ever."""
    go_on = threading.Event()
    pool = CountingPool(1, "test")
    failed = pool.submit(lambda: [go_on.wait(), 1 // 0])
    waiting = pool.submit(go_on.wait)
    waiting.cancel()
    go_on.set()

    assert pool.wait_until_idle(30)
    assert isinstance(failed.exception(), ZeroDivisionError)
    pool.shutdown()


def test_work_refused_at_the_end_is_not_under_way() -> None:
    """A pool that is shut down takes nothing and has nothing to do."""
    pool = CountingPool(1, "test")
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(print)

    assert pool.wait_until_idle(0)
