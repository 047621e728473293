"""The workflow step on the page: by keyboard alone, and nothing for axe-core to find."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground import seed
from playground.server import Playground
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser
from tests.scenarios.test_accessible import BACK, Scheme, findings, opened, tab_to, unfold

__all__ = ["browser"]


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_a_step_is_filled_in_and_run_by_keyboard(
    browser: Tabs, start: Callable[..., Playground], scheme: Scheme, width: int
) -> None:
    """Words are typed, how they are understood is offered, and what the run gave is read out."""
    playground = start(events=seed.EVENTS | {"function_executed"})
    with opened(browser, playground, scheme, width) as page:
        unfold(page)
        tab_to(page, "Workflow step…", BACK)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Search questions")).to_be_focused()
        page.keyboard.type("is whisper in tf?")
        asked = "model openai/whisper-large-v3 in tensorflow"
        expect(page.get_by_role("status").filter(has_text=asked)).to_be_visible()
        found = findings(page)
        expect(page.get_by_label("Question", exact=True)).to_have_value(asked)
        tab_to(page, "Run")
        page.keyboard.press("Enter")
        expect(page.get_by_role("log", name="Runs")).to_contain_text("completed")
        expect(page.get_by_role("log", name="Runs")).to_contain_text(
            "Nothing shows TensorFlow in openai/whisper-large-v3"
        )
        found += findings(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    assert "\n".join(found) == ""


@pytest.mark.browser
def test_what_no_step_asks_cannot_be_run(browser: Tabs, start: Callable[..., Playground]) -> None:
    """The menu is empty, says so, and the button rests."""
    playground = start(events=seed.EVENTS | {"function_executed"})
    with opened(browser, playground, "light") as page:
        page.get_by_role("button", name="Workflow step…").click()
        page.get_by_label("Search questions").fill("digest on")
        expect(page.get_by_role("status").filter(has_text="Nothing that a step could ask")).to_be_visible()
        expect(page.get_by_role("button", name="Run", exact=True)).to_be_disabled()


@pytest.mark.browser
def test_an_app_without_the_step_shows_none(browser: Tabs, start: Callable[..., Playground]) -> None:
    """As with the first manifest."""
    with opened(browser, start(), "light") as page:
        expect(page.get_by_role("button", name="Workflow step…")).to_be_hidden()
