"""The web process shows the same answers as pages and to assistants, where that is switched on."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Request

from tests.loopback.mcp_door import TOKEN, over_http, run, text_of
from tests.patient_slack import patient_slack
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser
from tests.scenarios.test_by_http import join

__all__ = ["browser"]
OPENED = ("/", "/top10", "/totals", "/model/google-bert/bert-base-uncased", "/papers", "/nothing")


@contextmanager
def hosted(home: Path, **wanted: Any) -> Iterator[str]:
    """Start a web process with these settings; its address."""
    with ExitStack() as stack:
        yield join(stack, stack.enter_context(patient_slack()), home, **wanted)[0]


def ask(address: str) -> tuple[int, str]:
    """Get an address."""
    answered = httpx2.get(address, timeout=30)
    return answered.status_code, answered.text


def test_pages_and_assistants_are_off_until_they_are_switched_on(tmp_path: Path) -> None:
    """Nothing of ours is public by itself."""
    with hosted(tmp_path) as address:
        assert [ask(address + path)[0] for path in ("/", "/top30", "/mcp", "/badge/a/b.svg")] == [404] * 4


def test_pages_stand_beside_what_operators_and_slack_ask(tmp_path: Path) -> None:
    """A page takes no address away from them."""
    with hosted(tmp_path, pages=True) as address:
        assert "SAMPLE" in ask(f"{address}/top30")[1]
        assert ask(f"{address}/healthz") == (200, "ok\n")
        assert '"ready":true' in ask(f"{address}/readyz")[1]
        assert httpx2.post(f"{address}/slack/events", content=b"{}").status_code == 401
        assert ask(f"{address}/mcp")[0] == 404


def test_assistants_are_answered_by_the_web_process(tmp_path: Path) -> None:
    """With the token; Slackbot gets blocks beside the text, and strangers nothing."""

    async def talk(address: str) -> Any:
        async with over_http(f"{address}/mcp") as client:
            meta = {"slack": {"user_id": "U1"}}
            return await client.call_tool("top", {"n": 10}, meta=meta)

    with hosted(tmp_path, mcp_token=TOKEN) as address:
        told = run(lambda: talk(address))
        refused = httpx2.post(f"{address}/mcp", json={}, headers={"Accept": "application/json"})

    assert "top 10" in text_of(told)
    assert told.meta["slack"]["blocks"]
    assert refused.status_code == 401


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    browser: Tabs, tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    """And nothing is wider than the window, and every request goes to this site."""
    asked: list[str] = []
    found: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with hosted(tmp_path, pages=True) as address, browser.lend(width, scheme=scheme) as page:
        page.on("request", note)
        for path in OPENED:
            page.goto(address + path)
            violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
            found += [f"{path} {one['id']} {node['target']}" for one in violations for node in one["nodes"]]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.remove_listener("request", note)

    assert found == []
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []
