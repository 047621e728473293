"""Work done where it is given, and threads that are there before they are needed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.runtime.work_pool import InPlace, start_threads


def test_work_is_done_where_it_is_given() -> None:
    """In this very thread, before `submit` comes back."""
    done = InPlace().submit(threading.get_ident)

    assert done.done()
    assert done.result() == threading.get_ident()


def test_what_fails_is_kept_for_whoever_asks() -> None:
    """As by any executor."""
    failed = InPlace().submit(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        failed.result()


def test_all_threads_are_started_at_once() -> None:
    """Nobody who comes later waits for one to start."""
    before = threading.active_count()
    with ThreadPoolExecutor(7) as pool:
        start_threads(pool, 7)

        assert threading.active_count() == before + 7
