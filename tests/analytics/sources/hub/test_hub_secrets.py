"""What we say of ourselves, to whom: the token to one host, its name to no log, and pauses that are kept."""

import datetime as dt
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.domain.observations import Ranking
from analytics.errors import Changed, RateLimited, Unreachable
from analytics.sources.hub.client import HubClient
from tests.analytics.sources.reading import NOON, TEN, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub


def test_a_failure_names_the_exchange_for_the_hubs_operators() -> None:
    """The X-Request-Id of the answer is in the error."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says_json({}, 503, X_Request_Id="Root=1-abc"))

        with pytest.raises(Unreachable) as caught:
            top(hub)

    assert caught.value.request_id == "Root=1-abc"


def test_a_pause_until_a_date_is_counted_from_now() -> None:
    """Retry-After may be a date; the wait is what is left until then."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.asks_to_retry_after(faults.http_date(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2))))

        with pytest.raises(RateLimited) as caught:
            top(hub)

    assert 115 < caught.value.seconds <= 120


def test_an_empty_bucket_asks_to_wait_for_the_next_window() -> None:
    """The Hub's own count, not only a fault, leads to the pause."""
    with LoopbackHub(TEN, quota=1) as hub:
        top(hub)

        with pytest.raises(RateLimited) as caught:
            top(hub)

    assert 290 < caught.value.seconds <= 300


def test_a_redirect_to_another_host_carries_no_token_and_is_not_believed() -> None:
    """What a stranger says in the Hub's place is refused."""
    with LoopbackHub(TEN) as stranger, LoopbackHub(TEN) as hub:
        hub.faults.put(faults.sends_on_to(f"{stranger.endpoint}/api/models"))

        with pytest.raises(Changed, match="another host"):
            top(hub, token="hf_secret")

        assert ["authorization" in request.headers for request in stranger.requests] == [False]


def test_a_redirect_on_the_same_host_is_followed_with_the_token() -> None:
    """A place that moved within the Hub is still the Hub."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.sends_on_to("/api/models"))

        assert len(top(hub, token="hf_secret").models) == 10
        assert [request.headers["authorization"] for request in hub.requests] == ["Bearer hf_secret"] * 2


def test_the_request_says_who_asks() -> None:
    """The Hub's operators can see our name and version, or the one that was set."""
    with LoopbackHub(TEN) as hub:
        top(hub)
        HubClient(hub.endpoint, agent="somebody/1").top(Ranking(), 1, seconds=5, now=lambda: NOON)

        assert [r.headers["user-agent"].partition("/")[0] for r in hub.requests] == ["frameworks-bot", "somebody"]
        assert "authorization" not in hub.requests[0].headers


@pytest.mark.parametrize("token", ["hf_secret", "hf_secret\n", "hf_secr\u00e9t", "hf_sec ret\x00"])
def test_no_token_stands_in_a_log_or_an_error(token: str, caplog: pytest.LogCaptureFixture) -> None:
    """However the token is spelt and whatever goes wrong, only the Hub gets to see it."""
    caplog.set_level(logging.DEBUG)
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.BAD_GATEWAY)
        with pytest.raises(Unreachable, match="it answered 502") as caught:
            top(hub, token=token)

    assert "hf_sec" not in str(caught.value) + caplog.text


def test_a_token_copied_with_its_line_break_is_understood() -> None:
    """A file with a token ends with a new line; the token does not."""
    with LoopbackHub(TEN, tokens=frozenset({"hf_secret"})) as hub:
        assert len(top(hub, token="hf_secret\n").models) == 10
        assert hub.requests[0].headers["authorization"] == "Bearer hf_secret"


def test_a_checkout_that_was_never_installed_can_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make run` starts without installing us, so that there is no version to tell."""
    with LoopbackHub(TEN) as hub:
        with monkeypatch.context() as nowhere:
            nowhere.setattr(sys, "path", [])
            asking = HubClient(hub.endpoint)

        assert asking.top(Ranking(), 1, seconds=5, now=lambda: NOON).models
        assert hub.requests[0].headers["user-agent"] == "frameworks-bot"


def test_a_password_in_the_address_of_the_hub_stands_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Errors and source lines show the address without it."""
    with LoopbackHub(TEN) as hub:
        hub.endpoint = hub.endpoint.replace("//", "//me:hunter2@")
        assert "hunter2" not in top(hub).origin.address
        hub.faults.put(faults.BAD_GATEWAY)
        with pytest.raises(Unreachable) as caught:
            top(hub)

    assert "hunter2" not in str(caught.value) + caplog.text


ASK = """
import datetime as dt, sys
from analytics.domain.observations import Ranking
from analytics.sources.hub.client import HubClient
HubClient(sys.argv[1]).top(Ranking(), 1, seconds=5, now=lambda: dt.datetime.now(dt.UTC))
"""


def test_nothing_is_asked_of_the_hub_that_was_not_chosen(tmp_path: Path) -> None:
    """The client library asks HF_ENDPOINT for a list of agents while it builds headers; we never let it."""
    with LoopbackHub() as usual, LoopbackHub(TEN) as chosen:
        settings = {"HF_ENDPOINT": usual.endpoint, "HF_HOME": str(tmp_path), "NO_PROXY": "127.0.0.1"}
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "DISABLE_"))}
        subprocess.run([sys.executable, "-c", ASK, chosen.endpoint], env=environment | settings, check=True)

        assert [request.path for request in chosen.requests] == ["/api/models"]
        assert usual.requests == []
