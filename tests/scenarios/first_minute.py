"""
Pictures of the first minute, cold: without a network, and with one for which a loopback Hub stands.

    .venv/bin/python -m tests.scenarios.first_minute FOLDER

Every step is taken at 360 and 1,280 px, light and dark, and named by when it was seen: `alone-1280-dark-1-top30.png`.
Nothing is asserted: look at them.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bot.app import Bot
from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import clock_of, live_by_its_clock
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.playground.test_page import CHROMIUM, OPTIONS
from tests.scenarios.conftest import OUT_OF_REACH, connected

PATIENCE = 120.0
STEPS = (
    ("top30", "/frameworks top30"),
    ("help", "/frameworks help"),
    ("tagline", "/frameworks PyTorch or TensorFlow, who has more pre-trained models?"),
    ("model", "/frameworks model bert-base-uncased in tensorflow"),
    ("papers", "/frameworks papers"),
    ("slip", "/frameworks tpo30"),
    ("status", "/frameworks status"),
    ("digest", "/frameworks digest on mon 09:00 UTC"),
)
"""What a newcomer types, one after the other; the empty page comes before, the first digest after."""
APART = 5200
"""Milliseconds between two questions: what comes closer together the page takes for one answer."""
SIZES = (360, 1280)
SCHEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Take them all."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"lab{place % 7}/model-{place}" for place in range(40)]
    listed = [model(name, downloads=90_000 - 900 * place, tags=["pytorch"]) for place, name in enumerate(names)]
    with sync_playwright() as played, played.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS]) as browser:
        _live_through(browser, folder, "alone", OUT_OF_REACH)
        with LoopbackHub([*listed, model("google-bert/bert-base-uncased", downloads=95_000, tags=["tf"])]) as hub:
            _live_through(browser, folder, "with-hub", hub.endpoint)


def _live_through(browser: Browser, folder: Path, name: str, hub: str) -> None:
    """Live through the minute once, and look at each step in every way."""
    with (
        tempfile.TemporaryDirectory() as home,
        Playground(processing_seconds=0.0) as playground,
        connected(playground, Path(home), hub, clock_of(playground), Pace(playground.advance, playground.now)) as bot,
        _look(browser, playground) as pages,
    ):
        live_by_its_clock(playground, bot)
        _photograph(pages, folder, name, 0, "empty")
        for place, (step, words) in enumerate(STEPS, 1):
            next(iter(pages.values())).wait_for_timeout(APART)
            playground.command(words)
            playground.settled(PATIENCE)
            _photograph(pages, folder, name, place, step)
        _move_on(playground, bot)
        _photograph(pages, folder, name, len(STEPS) + 1, "first-digest")


def _move_on(playground: Playground, bot: Bot) -> None:
    """Move the clock to the channel's digest; collecting would ask hosts that no stand-in plays here."""
    playground.on_moved = bot.scheduler.digest
    due = bot.scheduler.next_digest(playground.channel("general").id)
    if due:
        playground.advance(due.timestamp() + 1 - playground.now())
    playground.settled(PATIENCE)


@contextmanager
def _look(browser: Browser, playground: Playground) -> Iterator[dict[str, Page]]:
    """Open the page in every size and scheme."""
    pages = {}
    for width in SIZES:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                timezone_id="Europe/Berlin",
                locale="en-GB",
            )
            pages[f"{width}-{scheme}"] = page = context.new_page()
            page.goto(playground.url)
            page.get_by_role("heading", level=2).wait_for()
    yield pages
    for page in pages.values():
        page.context.close()


def _photograph(pages: dict[str, Page], folder: Path, name: str, place: int, step: str) -> None:
    for look, page in pages.items():
        page.wait_for_timeout(400)  # pictures load and the page follows
        page.screenshot(path=folder / f"{name}-{look}-{place}-{step}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
