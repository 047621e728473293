"""Trying again: as often and as long as is worth it, and never sooner than a source asks for."""

from dataclasses import dataclass, field

import pytest

from analytics.errors import Changed, RateLimited, SourceError, Unreachable
from analytics.sources.hub import crawl
from analytics.sources.retry import SPREAD, Tries, Waiting, retry

DOWN = Unreachable("http://source", "it answered 502")
TRIES = Tries((1.0, 4.0, 15.0), most=60.0)


@dataclass
class FailingSource:
    """Fails as it is told, then answers; its time passes only while somebody waits."""

    failures: list[SourceError]
    chance: float = 0.0
    now: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def ask(self) -> str:
        if self.failures:
            raise self.failures.pop(0)
        return "answer"

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.sleep, lambda: self.now, lambda: self.chance)


def limited(seconds: float) -> RateLimited:
    """Ask for a pause."""
    return RateLimited("http://source", "it asks for a pause", seconds)


def test_what_may_pass_is_tried_again_after_longer_and_longer_pauses() -> None:
    """Three failures cost three pauses, the fourth try counts."""
    source = FailingSource([DOWN, DOWN, DOWN])

    assert retry(source.ask, TRIES, source.waiting) == "answer"
    assert source.waits == [1.0, 4.0, 15.0]


def test_the_number_of_tries_is_bounded() -> None:
    """One try more than there are pauses, then the failure goes up."""
    source = FailingSource([DOWN] * 9)

    with pytest.raises(Unreachable):
        retry(source.ask, TRIES, source.waiting)

    assert len(source.failures) == 9 - 4


def test_what_waiting_cannot_help_is_raised_at_once() -> None:
    """A source that has changed is the same a minute later."""
    source = FailingSource([Changed("http://source", "it has no column tags any more")])

    with pytest.raises(Changed):
        retry(source.ask, TRIES, source.waiting)

    assert source.waits == []


def test_a_source_that_asks_for_a_pause_gets_it_and_a_second() -> None:
    """The planned pause is shorter and does not count."""
    source = FailingSource([limited(30)])

    retry(source.ask, TRIES, source.waiting)

    assert source.waits == [31.0]


@pytest.mark.parametrize("failures", [[limited(60)], [limited(30), limited(30)]])
def test_the_whole_time_is_bounded(failures: list[SourceError]) -> None:
    """A pause after which it would be too late is not begun, whether it is one long one or the last of several."""
    source = FailingSource([*failures])

    with pytest.raises(RateLimited):
        retry(source.ask, TRIES, source.waiting)

    assert sum(source.waits) <= TRIES.most


def test_chance_spreads_the_pauses_and_never_shortens_them() -> None:
    """Many who failed at the same moment come back one after the other, and none before it is welcome."""
    plain, spread = FailingSource([DOWN, limited(5)]), FailingSource([DOWN, limited(5)], chance=1.0)

    for source in (plain, spread):
        retry(source.ask, TRIES, source.waiting)

    assert plain.waits == [1.0, 6.0]
    assert spread.waits == [1.0 * (1 + SPREAD), 6.0 + 4.0 * SPREAD]


def test_whoever_is_told_hears_of_each_failure_and_its_pause() -> None:
    """So that a person who watches knows why nothing happens."""
    source, heard = FailingSource([DOWN, limited(5)]), list[tuple[str, float]]()

    retry(source.ask, TRIES, source.waiting, lambda trouble, seconds: heard.append((trouble.why, seconds)))

    assert heard == [("it answered 502", 1.0), ("it asks for a pause", 6.0)]


def test_an_hours_pause_of_the_hub_is_waited_once_in_a_crawl() -> None:
    """An hour is the longest pause that is believed; two of them are given up, and the crawl goes on another day."""
    assert 3600 < crawl.TRIES.most < 2 * 3600
