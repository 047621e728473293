"""
Renew the gallery: what is pinned of every message, form and preview, and with a browser the picture of each.

    python -m tests.gallery docs/gallery          # both
    python -m tests.gallery --blocks              # the blocks alone, without a browser

A sheet shows what one module makes as the playground's page does, by day on the left and by night on the right, at
360 pixels (a telephone) and at 700 (a window), each under its name and over what is heard of it.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.gallery.hanging import hang_everything
from tests.gallery.hung import Exhibit
from tests.gallery.photographs import WIDTHS, hang_on_wall, hang_sheets, open_browser, photograph
from tests.gallery.pins import choose_pictured, group, write_pins

HEIGHTS = """[...document.querySelectorAll('body > h2')].map((head, at, all) =>
  (all[at + 1]?.offsetTop ?? document.body.scrollHeight) - head.offsetTop)"""
"""How many pixels each takes with its name and what is heard of it."""


def main() -> None:
    """Write the pins, then the sheets."""
    parser = argparse.ArgumentParser(description="Renew the gallery of all that people see.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--blocks", action="store_true", help="only the pinned blocks")
    given = parser.parse_args()
    everything = list(hang_everything())
    write_pins(everything)
    sys.stdout.write(f"{len(everything)} exhibits pinned\n")
    if given.folder and not given.blocks:
        write_sheets(choose_pictured(everything), given.folder)


def write_sheets(everything: list[Exhibit], folder: Path) -> None:
    """Write every sheet at both widths; sheets of before go."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with open_browser() as browser:
        for name, hung in group(everything).items():
            for number, sheet in enumerate(_share_out(browser, hung), 1):
                for width in WIDTHS:
                    path = folder / f"{name}-{number}-{width}.png"
                    photograph(browser, sheet, width).save(path, optimize=True)
                    sys.stdout.write(f"{path} {path.stat().st_size // 1024} kB\n")


def _share_out(browser: Browser, hung: list[Exhibit]) -> list[list[Exhibit]]:
    with hang_on_wall(browser, hung, WIDTHS[0], "light") as page:
        return list(hang_sheets(hung, page.evaluate(HEIGHTS)))


if __name__ == "__main__":
    main()
