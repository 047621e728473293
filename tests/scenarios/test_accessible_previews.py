"""Link previews on the page: by keyboard alone, and nothing for axe-core to find."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground.server import Playground
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser, log, type_in
from tests.scenarios.test_accessible import BACK, Scheme, findings, opened, tab_to

__all__ = ["browser"]
LINK = "https://huggingface.co/openai/whisper-large-v3"


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_a_preview_is_wanted_seen_and_opened_by_keyboard(
    browser: Tabs, start: Callable[..., Playground], scheme: Scheme, width: int
) -> None:
    """Switched on in words, under a link that is typed, with details and evidence from its buttons."""
    playground = start()
    with opened(browser, playground, scheme, width) as page:
        type_in(page, "/frameworks previews on")
        expect(log(page)).to_contain_text("switched link previews on in this channel")
        type_in(page, f"look at {LINK}")
        expect(log(page).get_by_role("region", name="Preview of whisper-large-v3")).to_contain_text("PyTorch")
        found = findings(page)
        tab_to(page, "Details of whisper-large-v3", BACK)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("PyTorch, with transformers")
        found += findings(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        tab_to(page, "Evidence")
        page.keyboard.press("Enter")
        expect(log(page)).to_contain_text("Only visible to you")
        found += findings(page)
    assert "\n".join(found) == ""


@pytest.mark.browser
def test_a_thin_preview_is_seen_too(browser: Tabs, start: Callable[..., Playground]) -> None:
    """In a workspace without Work Objects."""
    playground = start()
    playground.world.entity_types = frozenset()
    with opened(browser, playground, "light", 360) as page:
        type_in(page, "/frameworks previews on")
        expect(log(page)).to_contain_text("switched link previews on in this channel")
        type_in(page, LINK)
        expect(log(page).get_by_role("region", name=f"Preview of {LINK}")).to_contain_text("is in PyTorch and JAX")
        assert "\n".join(findings(page)) == ""
