"""How much is read and how long is waited, where the other side says so itself."""

import pytest

from analytics.errors import Changed, Missing, RateLimited
from analytics.sources.hub.client import HubClient
from analytics.sources.web_session import WEB
from tests.analytics.sources.reading import NOON, TEN, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub


def test_no_more_is_read_than_fits() -> None:
    """An answer that does not end fills no memory: a byte more than allowed is refused, as many as allowed are read."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says("[" + " " * 998 + "]"), times=2)
        assert WEB.get_json(f"{hub.endpoint}/api/models", [], {}, 30, largest=1000).data == []
        with pytest.raises(Changed, match="it sent more than"):
            WEB.get_json(f"{hub.endpoint}/api/models", [], {}, 30, largest=999)


def test_a_quota_that_is_not_used_up_is_no_reason_to_wait_for_its_window() -> None:
    """Refused for another reason than the quota, what Retry-After says counts."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says(b"{}", 429, RateLimit='"api";r=5;t=200', Retry_After="7"))
        with pytest.raises(RateLimited) as caught:
            top(hub)

    assert caught.value.seconds == 7


def test_a_token_that_is_refused_is_no_missing_model() -> None:
    """401 is about the token first: what is public is read without it, and only then "none for you" is believed."""
    with LoopbackHub(TEN, tokens=frozenset({"hf_right"})) as hub:
        wrong = HubClient(hub.endpoint, "hf_wrong")
        read = wrong.one("org/m0", seconds=30, now=lambda: NOON)
        with pytest.raises(Missing):
            wrong.one("org/none", seconds=30, now=lambda: NOON)

        assert (read.model.id, wrong.token_is_refused) == ("org/m0", True)
    assert "asked without HF_TOKEN, which the Hub does not take" in read.origin.title
