"""The page as people use it who do not see it, or have no mouse: checked by axe-core in a real browser, and walked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from playground.server import Playground
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser, log, type_in

__all__ = ["browser"]
Scheme = Literal["light", "dark"]
ANSWERED = ("help", "top10", "totals", "model bert-base-uncased in tensorflow", "papers", "tpo30", "status")
"""What is asked before the page is looked at: a card, charts, tables, buttons, a refusal."""


@contextmanager
def opened(browser: Tabs, playground: Playground, scheme: Scheme, width: int = 1280) -> Iterator[Page]:
    """Open the page."""
    with browser.lend(width, scheme=scheme) as page:
        page.goto(playground.url)
        expect(page.get_by_role("heading", level=2)).to_contain_text("#general")
        yield page


def unfold(page: Page) -> None:
    """On a phone, show what stands beside the conversation; where there is room it stands there."""
    if (folded := page.get_by_text("Move the clock on, see requests")).is_visible():
        folded.focus()
        page.keyboard.press("Enter")


def findings(page: Page) -> list[str]:
    """Give what axe-core finds on the page as it is now, a line each."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']} {node['target']}: {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Tabs, start: Callable[..., Playground], scheme: Scheme, width: int) -> None:
    """Neither on the empty page, nor on one full of answers, nor on the digest's form, nor on an enlarged picture."""
    playground = start()
    with opened(browser, playground, scheme, width) as page:
        found = findings(page)
        for words in ANSWERED:
            playground.command(f"/frameworks {words}")
        playground.settled()
        expect(log(page)).to_contain_text("Digests of the last week")
        found += findings(page)
        log(page).get_by_role("button", name="How This Was Counted").first.click()
        playground.settled()
        found += findings(page)
        log(page).locator("button.open").first.click()
        found += findings(page)
        page.keyboard.press("Escape")
        type_in(page, "/frameworks digest on")
        expect(page.get_by_role("dialog")).to_be_visible()
        found += findings(page)
    assert "\n".join(found) == ""


def tab_to(page: Page, name: str, key: str = "Tab", most: int = 60) -> None:
    """Press the key until what has the focus is called so."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED).startswith(name):
            return
    raise AssertionError(f"{name} was not reached by {key}")


FOCUSED = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
BACK = "Shift+Tab"


@pytest.mark.browser
def test_the_first_minute_by_keyboard_alone(browser: Tabs, start: Callable[..., Playground]) -> None:
    """An example is chosen, sent, its answer's method opened and the clock moved on: no mouse, no lost focus."""
    playground = start()
    with opened(browser, playground, "light") as page:
        tab_to(page, "/frameworks top30", BACK)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Message or command")).to_be_focused()
        page.keyboard.press("Enter")
        playground.wait_for_message("SAMPLE")
        playground.settled()
        expect(log(page).get_by_role("button", name="How This Was Counted")).to_be_enabled()
        tab_to(page, "How This Was Counted", BACK)
        page.keyboard.press("Enter")
        playground.settled()
        expect(log(page)).to_contain_text("Only visible to you")
        expect(log(page).get_by_role("button", name="How This Was Counted").first).to_be_focused()
        tab_to(page, "Move on", BACK)
        with page.expect_response(lambda answered: answered.url.endswith("/page/clock")):
            page.keyboard.press("Enter")
        playground.settled()


@pytest.mark.browser
def test_a_shortcut_is_chosen_by_keyboard_alone(browser: Tabs, start: Callable[..., Playground]) -> None:
    """The menu of a message says whose it is; axe-core finds nothing in it open, nor in what the asker is told."""
    playground = start()
    playground.write("we use openai/whisper-large-v3")
    with opened(browser, playground, "dark", 360) as page:
        tab_to(page, "More actions on the message of Ann Ambler", BACK)
        page.keyboard.press("Enter")
        found = findings(page)
        tab_to(page, "Look up models here", most=1)
        page.keyboard.press("Enter")
        playground.wait_for_ephemeral("openai/whisper-large-v3")
        expect(log(page)).to_contain_text("Only visible to you")
        found += findings(page)
        assert page.evaluate(FOCUSED).startswith("More actions")
    assert "\n".join(found) == ""
