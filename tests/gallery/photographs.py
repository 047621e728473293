"""Pictures of what hangs, by the playground's page in a real browser; every request of it is answered here."""

import io
import json
import mimetypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from analytics.charts import draw
from tests.gallery.constructors import ROOT
from tests.gallery.hung import Exhibit, HungSurface
from tests.gallery.sample_answers import name_picture
from tests.playground.test_page import CHROMIUM, OPTIONS

WALL = "http://gallery.test"
WIDTHS = (360, 700)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 64
"""Of a sheet: with fewer blue turns into grey, with more its file grows and nothing more is seen."""

LONGEST_SHEET = 4_000
"""Pixels of a sheet's height: a longer one goes on in another, or nobody sees it whole."""


class Wall:
    """Answers what a page asks for: what hangs, the pictures in it, the playground's own files."""

    def __init__(self, hung: Sequence[Exhibit]) -> None:
        self._hung = hung
        self._pictures = {name_picture(answer): answer for one in hung for answer in one.pictures}

    def answer(self, route: Route) -> None:
        """Answer one request of the page."""
        path = route.request.url.removeprefix(WALL).partition("?")[0]
        if path.startswith("/page/files/"):
            route.fulfill(body=draw(self._pictures[path.rpartition("/")[2]]), content_type="image/png")
        elif path == "/hung.json":
            shown = [{"name": one.name, **one.shown} for one in self._hung]
            route.fulfill(body=json.dumps(shown), content_type="application/json")
        elif path == "/page/offer":
            offered = next(
                one.around["offered"] for one in self._hung if isinstance(one, HungSurface) and "offered" in one.around
            )
            route.fulfill(body=json.dumps({"options": offered}), content_type="application/json")
        else:
            file = find_file(path)
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")


def find_file(path: str) -> Path:
    """Find what a page asks for: a file of the playground's page, or of the wall."""
    return ROOT / "playground" / path[1:] if path.startswith("/page/") else Path(__file__).parent / path[1:]


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the browser that the tests of the page use."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS]) as browser,
    ):
        yield browser


@contextmanager
def hang_on_wall(
    browser: Browser, hung: Sequence[Exhibit], width: int, scheme: Literal["light", "dark"]
) -> Iterator[Page]:
    """Open a page on which things hang, and wait until all of it is there."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, locale="en-GB", timezone_id="UTC"
    )
    page = context.new_page()
    page.route("**/*", Wall(hung).answer)
    page.goto(f"{WALL}/wall.html")
    page.wait_for_selector("body[data-hung]", timeout=60_000)
    page.wait_for_function(
        "[...document.images].every((image) => image.complete && image.naturalWidth)", timeout=60_000
    )
    yield page
    context.close()


def photograph(browser: Browser, hung: Sequence[Exhibit], width: int) -> Image.Image:
    """Take what hangs at one width, by day and beside it by night."""
    shots = []
    for scheme in SCHEMES:
        with hang_on_wall(browser, hung, width, scheme) as page:
            shots.append(Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB"))
    sheet = Image.new("RGB", (sum(shot.width for shot in shots), max(shot.height for shot in shots)))
    for place, shot in enumerate(shots):
        sheet.paste(shot, (place * shots[0].width, 0))
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def hang_sheets(hung: Sequence[Exhibit], heights: Sequence[int]) -> Iterator[list[Exhibit]]:
    """Share what hangs out to sheets that can be looked at whole."""
    sheet: list[Exhibit] = []
    filled = 0
    for one, height in zip(hung, heights, strict=True):
        if sheet and filled + height > LONGEST_SHEET:
            yield sheet
            sheet, filled = [], 0
        sheet.append(one)
        filled += height
    yield sheet
