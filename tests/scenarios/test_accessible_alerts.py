"""The form of alerts on the page: by keyboard alone, and nothing for axe-core to find."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.playground.tabs import Tabs
from tests.playground.test_page import browser, log, type_in
from tests.scenarios.test_accessible import Scheme, findings, opened, tab_to

__all__ = ["browser"]


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_an_alert_is_set_by_form_and_keyboard(
    browser: Tabs, start: Callable[..., Playground], scheme: Scheme, width: int
) -> None:
    """What is wrong stands beside its field, what was typed stays, and the alert set is told in the channel."""
    models = [model(f"org/model-{n}", downloads=100 - n, tags=["pytorch"]) for n in range(20)]
    with LoopbackHub(models) as hub, opened(browser, start(hub=hub.endpoint), scheme, width) as page:
        type_in(page, "/frameworks alert")
        form = page.get_by_role("dialog", name="New alert")
        expect(form).to_be_visible()
        found = findings(page)
        form.get_by_label("Top list").fill("2000")
        tab_to(page, "Set")
        page.keyboard.press("Enter")
        expect(form.get_by_role("alert").filter(has_text="2000")).to_be_visible()
        expect(form.get_by_label("Top list")).to_have_value("2000")
        found += findings(page)
        form.get_by_label("Top list").fill("10")
        page.keyboard.press("Enter")
        expect(form).to_be_hidden()
        expect(log(page)).to_contain_text("TensorFlow enters or leaves the top 10")
        found += findings(page)
    assert "\n".join(found) == ""
