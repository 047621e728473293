"""
A sheet of every chart: each at 700, 360 and 298 pixels, on a light page and on a dark one, to be looked at by a person.

    python -m tests.analytics.charts.contact_sheet FOLDER [WORLD ...]

700 is a message on a wide screen, 360 one in a window, 298 what is left of a picture in the list of a telephone.
"""

import argparse
import sys
from pathlib import Path

from PIL import Image

from analytics.charts import draw
from analytics.domain.answer import Answer
from tests.analytics.charts.drawings import opened
from tests.analytics.charts.gallery import WORLDS, hang_all

WIDTHS = (700, 360, 298)
PAGES = ("#FFFFFF", "#1A1D21")
"""The ground of Slack's messages by day and by night."""
MARGIN = 16


def lay_out(answer: Answer) -> Image.Image:
    """Put one picture on both pages at every width."""
    whole = opened(draw(answer)).convert("RGB")
    pictures = [whole.resize((wide, round(whole.height * wide / whole.width)), Image.LANCZOS) for wide in WIDTHS]
    narrow = sum(picture.width for picture in pictures[1:]) + MARGIN
    width = max(pictures[0].width, narrow) + 2 * MARGIN
    height = pictures[0].height + pictures[1].height + 3 * MARGIN
    sheet = Image.new("RGB", (width * len(PAGES), height))
    for place, page in enumerate(PAGES):
        left = place * width
        sheet.paste(Image.new("RGB", (width, height), page), (left, 0))
        sheet.paste(pictures[0], (left + MARGIN, MARGIN))
        below = pictures[0].height + 2 * MARGIN
        sheet.paste(pictures[1], (left + MARGIN, below))
        sheet.paste(pictures[2], (left + 2 * MARGIN + pictures[1].width, below))
    return sheet


def main() -> None:
    """Write a file for every picture of every world, named by both."""
    parser = argparse.ArgumentParser(description="Draw a sheet of every chart.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("worlds", nargs="*", help=f"of {', '.join(WORLDS)}; all, if none is named")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for world, words, answer in hang_all(given.worlds or WORLDS):
        name = f"{world}, {words}".replace("/", "-")
        lay_out(answer).save(given.folder / f"{name}.png")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
