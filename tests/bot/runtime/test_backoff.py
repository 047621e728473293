"""Pauses grow, differ by chance, heed what is asked for and begin afresh."""

import random

from bot.runtime.backoff import Backoff


def test_pauses_double_up_to_a_minute() -> None:
    """One second, two, four ... sixty."""
    backoff = Backoff(lambda _, high: high / 1.25)

    assert [backoff.fail() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_pauses_differ_by_chance() -> None:
    """Many that failed together do not come back together."""
    pauses = {Backoff(random.Random(seed).uniform).fail() for seed in range(20)}  # noqa: S311 - no secret

    assert len(pauses) == 20
    assert all(0.75 <= pause <= 1.25 for pause in pauses)


def test_a_pause_is_never_shorter_than_asked_for() -> None:
    """Slack's Retry-After is kept, and a little more."""
    for draw in (lambda low, _: low, lambda _, high: high):
        pauses = [Backoff(draw).fail(30), *map(Backoff(draw).fail, [30] * 10)]
        backoff = Backoff(draw)
        pauses += [backoff.fail(30) for _ in range(10)]
        assert min(pauses) >= 30


def test_after_a_success_pauses_begin_afresh() -> None:
    """One second again."""
    backoff = Backoff(lambda _, high: high / 1.25)
    backoff.fail()
    backoff.fail()
    backoff.forget()

    assert backoff.fail() == 1
