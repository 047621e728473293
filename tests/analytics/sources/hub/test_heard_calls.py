"""Who listens hears how each call to the Hub ended."""

from dataclasses import dataclass, field

import pytest

from analytics.domain.observations import Ranking
from analytics.errors import RateLimited
from analytics.sources.hub.client import HubClient
from tests.analytics.sources.reading import NOON, TEN
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub


@dataclass
class Listener:
    """Writes down what it hears."""

    heard: list[tuple[str, int | None]] = field(default_factory=list)

    def hear_hub(self, outcome: str, quota_left: int | None, seconds: float) -> None:
        """Write it down."""
        assert 0 <= seconds < 30
        self.heard.append((outcome, quota_left))


def test_an_answer_is_heard_with_the_quota_that_is_left() -> None:
    """As the Hub tells it."""
    listener = Listener()
    with LoopbackHub(TEN) as hub:
        HubClient(hub.endpoint, ear=listener).top(Ranking(), 3, seconds=30, now=lambda: NOON)

    assert listener.heard == [("answered", 499)]


def test_a_refusal_is_heard_by_its_kind_and_by_nobody_else() -> None:
    """Another client of the same session is not listened to."""
    listener = Listener()
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.rate_limited())
        with pytest.raises(RateLimited):
            HubClient(hub.endpoint, ear=listener).top(Ranking(), 3, seconds=30, now=lambda: NOON)
        HubClient(hub.endpoint).top(Ranking(), 3, seconds=30, now=lambda: NOON)

    assert listener.heard == [("RateLimited", None)]
