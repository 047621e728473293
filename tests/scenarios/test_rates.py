"""Who asks too often is refused: by workspace for what Slack signed, by address for everything else; over real HTTP."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest

from bot.app import build
from bot.config import Settings
from bot.web.hosting import application_of
from bot.web.metrics import Metrics
from playground.signed_requests import SignedRequests
from playground.start import connect_to
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH

SECRET = "a-signing-secret-of-tests"
SLACK = SignedRequests("", SECRET)
ASSISTANTS = "a-token-of-loopback-tests"


class RatedDoor:
    """A web process that takes four requests a minute of one workspace and six of one address."""

    def __init__(self, stack: ExitStack, home: Path, *, proxies: str = "") -> None:
        self.now, metrics = 0.0, Metrics()
        playground = self.playground = stack.enter_context(patient_slack())
        wanted = {"frameworks_home": home, "hf_endpoint": OUT_OF_REACH, "collect": False, "pages": True}
        limits = {"workspace_rate": 4, "address_rate": 6, "trusted_proxies": proxies, "mcp_token": ASSISTANTS}
        settings = Settings(_env_file=None, slack_signing_secret=SECRET, **wanted | limits)
        settings = connect_to(playground, settings).model_copy(update={"slack_app_token": None})
        bot = build(settings, rhythms={}, observer=metrics)
        app = application_of(settings, lambda: bot, warm=False, metrics=metrics, clock=lambda: self.now)
        self._http = stack.enter_context(httpx2.Client(base_url=stack.enter_context(served(app)), timeout=30))

    def fetch(self, path: str, **headers: str) -> httpx2.Response:
        """Ask for a page."""
        return self._http.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def command(self, team: str, by: SignedRequests = SLACK) -> httpx2.Response:
        """Post a command as Slack does."""
        body = urlencode({"command": "/frameworks", "text": "help", "team_id": team, "user_id": "U1"}).encode()
        return self._http.post("/slack/events", content=body, headers=by.sign(body, time.time()))

    def call(self, **headers: str) -> httpx2.Response:
        """Call as an assistant does."""
        told = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._http.post("/mcp", json=told, headers=named)

    def counted(self) -> list[str]:
        """Give the lines of the metrics on what was refused."""
        page = self.fetch("/metrics").text
        return [line for line in page.splitlines() if line.startswith("frameworks_too_often_total")]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[RatedDoor]:
    """Start one that trusts no proxy."""
    with ExitStack() as stack:
        yield RatedDoor(stack, tmp_path)


PATHS = ("/", "/badge/google-bert/bert-base-uncased.svg", "/pages.css", "/.env", "/mcp", "/slack/install")


@pytest.mark.parametrize("path", PATHS)
def test_an_address_that_asks_too_often_is_told_when_to_come_back(door: RatedDoor, path: str) -> None:
    """Whatever it asks for; after the seconds that are named it is taken again, and the refusal is counted."""
    taken = [door.fetch(path).status_code for _ in range(6)]
    refused = door.fetch(path)

    assert 429 not in taken
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
    assert refused.text == "Too many requests came from this address. Try again in 10 s.\n"
    door.now += 10.0
    assert door.fetch(path).status_code == taken[0]
    door.now += 60.0
    assert door.counted() == ['frameworks_too_often_total{whose="address"} 1.0']


def test_a_workspace_that_asks_too_often_is_refused_and_no_other(door: RatedDoor) -> None:
    """Slack's own requests come from few addresses, so only the workspace counts; a person of another is answered."""
    taken = [door.command("T1").status_code for _ in range(4)]
    refused = door.command("T1")
    others = [door.command(team).status_code for team in ("T2", "T3", "T4")]

    assert taken + others == [200] * 7
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "15")
    assert refused.text == "Too many requests came from this workspace. Try again in 15 s.\n"
    assert door.counted() == ['frameworks_too_often_total{whose="workspace"} 1.0']


def test_a_forged_request_counts_for_no_workspace(door: RatedDoor) -> None:
    """Else a stranger could shut a workspace out."""
    forged = [door.command("T1", SignedRequests("", "another")).status_code for _ in range(20)]

    assert forged == [401] * 20
    assert door.command("T1").status_code == 200


def test_a_balancer_may_always_ask_whether_the_process_lives(door: RatedDoor) -> None:
    """And what asks too often elsewhere does not keep Slack out."""
    for _ in range(20):
        door.fetch("/nothing")

    assert [door.fetch("/healthz").status_code for _ in range(20)] == [200] * 20
    assert door.command("T1").status_code == 200


def test_readers_do_not_end_a_balancers_looks(door: RatedDoor) -> None:
    """They come by its address where nobody told of it; without its looks it would send Slack's commands elsewhere."""
    for _ in range(20):
        door.fetch("/")

    assert [door.fetch("/readyz").status_code for _ in range(7)] == [200] * 6 + [429]


def test_a_header_that_anybody_can_write_changes_nothing(door: RatedDoor, caplog: pytest.LogCaptureFixture) -> None:
    """X-Forwarded-For of a stranger is not believed; an operator is told once what to set."""
    statuses = [door.fetch("/", X_Forwarded_For=f"192.0.2.{n}").status_code for n in range(9)]

    door.playground.settled()
    assert statuses == [200] * 6 + [429] * 3
    assert caplog.text.count("name it in TRUSTED_PROXIES") == 1
    assert "192.0.2" not in caplog.text


def test_behind_a_trusted_proxy_each_reader_is_counted_alone(tmp_path: Path) -> None:
    """By the address that the proxy itself saw, the last one; what a reader wrote before it changes nothing."""
    with ExitStack() as stack:
        door = RatedDoor(stack, tmp_path, proxies="127.0.0.0/8")
        loud = [door.fetch("/", X_Forwarded_For=f"10.9.9.{n}, 192.0.2.1").status_code for n in range(8)]

        assert loud == [200] * 6 + [429] * 2
        assert door.fetch("/", X_Forwarded_For="192.0.2.2").status_code == 200


def test_a_proxy_that_is_none_is_refused_at_the_start() -> None:
    """And a rate that is no number of requests."""
    for wrong in ({"trusted_proxies": "everybody"}, {"address_rate": -1}, {"workspace_rate": 10**7}):
        with pytest.raises(ValueError, match="1 validation error"):
            Settings(_env_file=None, **wrong)
    assert (
        Settings(_env_file=None, trusted_proxies=" 10.0.0.0/8 192.0.2.7").trusted_proxies == "10.0.0.0/8,192.0.2.7/32"
    )


@pytest.mark.parametrize("token", ["a-wrong-one", ASSISTANTS])
def test_who_only_says_that_it_is_signed_is_counted_by_address(door: RatedDoor, token: str) -> None:
    """By a header that anybody can write a stranger could guess at the token for ever, and who has it ask for ever."""
    claimed = {"Authorization": f"Bearer {token}", "X_Slack_Signature": "v0=x"}
    taken = [door.call(**claimed).status_code for _ in range(6)]

    assert 429 not in taken
    assert door.call(**claimed).status_code == 429
