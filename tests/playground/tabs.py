"""
Tabs of a browser that are lent from test to test: a new one is a process, most of a second of a processor.

Each playground and each site has a port of its own, so a page meets nothing that another left: storage goes by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page

LEFT = "localStorage.clear(); sessionStorage.clear()"


class Tabs:
    """What a browser has open; `lend` gives a tab that is as good as new."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._resting: dict[str | None, list[Page]] = {}

    @contextmanager
    def lend(
        self, width: int = 1280, height: int = 800, scheme: Literal["light", "dark"] = "light", zone: str | None = None
    ) -> Iterator[Page]:
        """Lend a blank tab of this size, in this time zone; one that a test spoilt, or failed in, is lent no more."""
        resting = self._resting.setdefault(zone, [])
        page = resting.pop() if resting else self._begin(zone)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        yield page
        _clear(page)
        resting.append(page)

    def _begin(self, zone: str | None) -> Page:
        return self._browser.new_context(timezone_id=zone, locale="en-GB").new_page()


def _clear(page: Page) -> None:
    """Leave the site, and nothing of it: not what it stored, was allowed or opened, nor where the mouse was."""
    page.evaluate(LEFT)
    page.goto("about:blank")
    page.mouse.move(-1, -1)
    page.context.clear_cookies()
    page.context.clear_permissions()
    for opened in page.context.pages:
        if opened is not page:
            opened.close()
