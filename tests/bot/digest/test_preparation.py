"""What a digest needs is read before it is built: asked for in time, waited for within bounds."""

import datetime as dt
from collections.abc import Iterable

import pytest

from analytics.domain.collectors import Collector
from bot.digest.preparation import Preparation, list_needs
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot

MONDAY = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
SLOT = Slot(1, MONDAY.date(), MONDAY.time(), MONDAY)


class Sources:
    """Sources that are ready or not, and remember what they were asked for, and how fresh it shall be."""

    def __init__(self, *, ready: bool) -> None:
        self.ready = ready
        self.asked: list[tuple[tuple[Collector, ...], dt.datetime]] = []

    def is_ready(self, needs: Iterable[Collector], at: dt.datetime) -> bool:
        """Remember it."""
        self.asked.append((tuple(needs), at))
        return self.ready


def subscription(*sections: str) -> Subscription:
    """Subscribe a channel on Mondays at nine."""
    return Subscription(
        team="T1",
        channel="C1",
        weekday=0,
        at=dt.time(9),
        zone="UTC",
        creator="U1",
        created_at=MONDAY - dt.timedelta(days=3),
        since=MONDAY - dt.timedelta(days=3),
        sections=sections,
        state=State.ACTIVE,
    )


@pytest.mark.parametrize(
    ("sections", "needs"),
    [
        ((), (Collector.TOP, Collector.CENSUS, Collector.PAPERS, Collector.OFFICIAL)),
        (("top",), (Collector.TOP,)),
        (("totals", "papers"), (Collector.CENSUS, Collector.PAPERS)),
    ],
)
def test_only_what_the_sections_need_is_read(sections: tuple[str, ...], needs: tuple[Collector, ...]) -> None:
    """Nobody downloads a census for a list."""
    assert list_needs(subscription(*sections)) == needs


@pytest.mark.parametrize(("before", "asked"), [(31, 0), (30, 1), (1, 1)])
def test_it_is_asked_for_half_an_hour_before(before: int, asked: int) -> None:
    """As fresh as it shall be when the digest is due; channels with the same digest are asked for once."""
    sources = Sources(ready=False)
    Preparation(sources).look_ahead([subscription("top")] * 3, MONDAY - dt.timedelta(minutes=before))

    assert sources.asked == [((Collector.TOP,), MONDAY)] * asked


def test_a_digest_waits_until_it_is_read_and_ten_minutes_at_most() -> None:
    """By the steady clock: the wall clock of a playground may have been moved by a week."""
    sources, seconds = Sources(ready=False), [0.0]
    preparation = Preparation(sources, lambda: seconds[0])
    assert not preparation.is_ready(subscription("top"), SLOT, MONDAY + dt.timedelta(hours=3))
    seconds[0] = 599.0
    assert not preparation.is_ready(subscription("top"), SLOT, MONDAY)
    seconds[0] = 600.0
    assert preparation.is_ready(subscription("top"), SLOT, MONDAY)

    sources.ready = True
    assert preparation.is_ready(subscription("top"), SLOT, MONDAY)
