"""Slackbot at /mcp of the whole web process: the official client, each of its posts signed as Slack signs."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bot.app import build
from bot.config import Settings
from bot.web.hosting import application_of
from playground.signed_requests import SignedRequests
from playground.start import connect_to
from tests.loopback.mcp_door import ERAS, MODES, run, text_of
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH

SECRET = "a-signing-secret-of-tests"
PLAIN = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "official", "arguments": {}}}
BY_SLACK: Any = {"slack": {"user_id": "U1", "team_id": "T1", "enterprise_id": None}}


class Signing(httpx2.Auth):
    """Signs each request of a client over its bytes."""

    requires_request_body = True

    def auth_flow(self, request: httpx2.Request) -> Iterator[httpx2.Request]:
        """Add Slack's two headers."""
        request.headers.update(SignedRequests("", SECRET).sign(request.content, time.time()))
        yield request


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a web process that lets Slack in by its signature alone, and two requests a minute of an address."""
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        wanted = {"frameworks_home": tmp_path, "hf_endpoint": OUT_OF_REACH, "collect": False, "address_rate": 2}
        settings = Settings(_env_file=None, slack_signing_secret=SECRET, mcp_slack=True, **wanted)
        settings = connect_to(playground, settings).model_copy(update={"slack_app_token": None})
        bot = build(settings, rhythms={})
        yield stack.enter_context(served(application_of(settings, lambda: bot, warm=False))) + "/mcp"


@pytest.mark.parametrize("era", ERAS)
def test_slackbot_is_answered_with_blocks(address: str, era: str) -> None:
    """Numbers, receipt and Slack's blocks; its many calls from one address are no matter."""

    async def talk() -> Any:
        async with (
            httpx2.AsyncClient(auth=Signing(), timeout=30, trust_env=False) as http,
            Client(streamable_http_client(address, http_client=http), mode=MODES[era]) as client,
        ):
            await client.list_tools()
            return [await client.call_tool("top", {"n": n}, meta=BY_SLACK) for n in (10, 20, 30)]

    answers = run(talk)

    assert [sum(each.structured_content["counts"].values()) for each in answers] == [10, 20, 30]
    assert "Receipt: frameworks top30" in text_of(answers[2])
    assert answers[2].meta["slack"]["blocks"]


def test_who_did_not_sign_stays_outside(address: str) -> None:
    """Unsigned, with another's signature, with an old one, and the same bytes a second time; nobody has a token."""
    body, slack = json.dumps(CALL).encode(), SignedRequests("", SECRET)
    once = slack.sign(body, time.time())
    signed = [SignedRequests("", "another").sign(body, time.time()), slack.sign(body, time.time() - 400), once, once]
    with httpx2.Client(trust_env=False, timeout=30, headers=PLAIN) as http:
        statuses = [http.post(address, content=body, headers=headers).status_code for headers in ({}, *signed)]
        bearer = http.post(address, content=body, headers={"Authorization": "Bearer"}).status_code

    assert statuses == [401, 401, 401, 200, 401]
    assert bearer == 401
