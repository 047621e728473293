"""How often one may ask, by a clock that is handed in."""

import pytest

from bot.web.rate_limits import Buckets, name_address


def test_a_minutes_worth_may_come_at_once_and_then_as_the_minute_goes() -> None:
    """Sixty a minute: sixty at once, the next after a second, and never more than sixty saved up."""
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])

    assert [buckets.take("a") for _ in range(61)] == [0] * 60 + [1]
    now[0] = 1.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 1]
    now[0] = 4_000.0
    assert [buckets.take("a") for _ in range(61)] == [0] * 60 + [1]


def test_the_seconds_that_are_told_are_enough() -> None:
    """Who waits as long as was said is taken, at any pace; who waits a second less is not."""
    for rate in (1, 7, 59, 3000):
        now = [0.0]
        buckets = Buckets(rate, lambda now=now: now[0])
        wait = [buckets.take("a") for _ in range(rate + 1)][-1]
        now[0] = float(wait - 1)
        assert wait == 1 or buckets.take("a")
        now[0] = float(wait)
        assert buckets.take("a") == 0


def test_one_is_not_counted_for_another_and_nought_is_no_limit() -> None:
    """Each has a bucket; without a rate there is none."""
    buckets, unlimited = Buckets(1, lambda: 0.0), Buckets(0, lambda: 0.0)

    assert [buckets.take(whose) for whose in "aab"] == [0, 60, 0]
    assert [unlimited.take("a") for _ in range(5)] == [0] * 5
    assert len(unlimited) == 0


@pytest.mark.kept
def test_memory_is_bounded_and_the_least_lately_heard_of_are_forgotten() -> None:
    """A hundred thousand addresses leave ten thousand buckets; who asks on is still counted."""
    buckets = Buckets(2, lambda: 0.0)
    for number in range(100_000):
        buckets.take(f"stranger {number}")
        if number % 5_000 == 0:
            told = buckets.take("loud")

    assert len(buckets) == 10_000
    assert told == 30
    assert [buckets.take("stranger 99999") for _ in "ab"] == [0, 30]
    assert [buckets.take("stranger 0") for _ in "ab"] == [0, 0]


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("x" * 9_000, "x" * 64),
    ],
)
def test_an_address_is_counted_with_all_that_its_subscriber_has(host: str, named: str) -> None:
    """Of IPv6 one has billions; what is no address is kept short."""
    assert name_address(host) == named
