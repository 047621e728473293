"""
The sheet to draw on: matplotlib without pyplot, and without anything a machine's own settings could change.

Every artist gets its font file, colour and width by argument, so a matplotlibrc has no say and no global state is
touched: pictures may be drawn in many threads at once, and come out the same in each. This is the only module that
knows matplotlib; the layout beside it counts in pixels from the top left.
"""

import functools
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from analytics.charts.picture import Picture
from analytics.charts.style import CAPITAL, HEIGHT, INK, Box, em

Point = tuple[float, float]
Align = Literal["left", "center", "right"]

MISSING = "□"
"""Stands for a character the bundled font cannot draw, most of CJK and emoji: the reader sees that something was."""

MEASURED_AT = 100
"""Points at which letters are measured; what they need at other sizes is in proportion."""
AT_LEAST = 1.007
"""Letters on the grid of a picture are up to this much wider."""

OVER_LINES = 2.5
"""Between matplotlib's own orders of lines (2) and of words (3)."""
DASHES = (0, (3.2, 2.2))


class Paper:
    """One empty white picture and the few things that can be put on it."""

    def __init__(self) -> None:
        self.picture = Picture()
        self._pixels = Affine2D().scale(1, -1).translate(0, HEIGHT)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """Measure in pixels how wide these words will be, before they are drawn: by their letters, not by a layout."""
        advances = sum(_advance(letter, bold=bold) for letter in words)
        pairs = sum(_kern(left, right, bold=bold) for left, right in pairwise(words))
        return (advances + pairs) * em(size) * AT_LEAST

    def write(
        self, at: Point, words: str, size: float, *, bold: bool = False, colour: str = INK, align: Align = "left"
    ) -> None:
        """Put one line of text with its baseline at this point."""
        text = Text(
            *at,
            words,
            color=colour,
            fontproperties=_font(size, bold=bold),
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
            usetex=False,
            antialiased=True,
        )
        self._add(text, "words")

    def write_centred(self, box: Box, words: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        """Put digits or capitals in the middle of a box, by their ink."""
        x, y = box.middle
        self.write((x, y + em(size) * CAPITAL / 2), words, size, bold=bold, colour=colour, align="center")

    def fill(self, corners: Sequence[Point], colour: str, name: str) -> None:
        """Fill an area and leave its edge alone."""
        self._add(
            Polygon(corners, closed=True, facecolor=colour, edgecolor="none", linewidth=0, antialiased=True), name
        )

    def clear(self, box: Box, colour: str) -> None:
        """Put a clear ground over the lines of a hatch and beneath the words that follow."""
        left, top, right, foot = box.x, box.y, box.right, box.bottom
        ground = Polygon(
            [(left, top), (right, top), (right, foot), (left, foot)], closed=True, facecolor=colour, edgecolor="none",
            linewidth=0, antialiased=True, zorder=OVER_LINES,
        )  # fmt: skip
        self._add(ground, "clear")

    def line(
        self, points: Sequence[Point], colour: str, points_wide: float, name: str, *, dashed: bool = False
    ) -> None:
        """Draw a line through these points."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(
            xs, ys, color=colour, linewidth=points_wide, linestyle=DASHES if dashed else "-", marker="None",
            antialiased=True, solid_capstyle="butt", solid_joinstyle="miter", dash_capstyle="butt",
            dash_joinstyle="miter",
        )  # fmt: skip
        self._add(line, name)

    def _add(self, artist: Artist, name: str) -> None:
        """Hang an artist on the sheet under a name by which a test can ask for it."""
        artist.set_transform(self._pixels)
        artist.set_gid(name)
        self.picture.artists.append(artist)


def clean(words: str, *, bold: bool = False) -> str:
    """
    Make a text from outside fit for one line of print.

    White space and control characters become single spaces. Marks that hang on another character, or only steer the
    direction and joining of others, are dropped: some of them reach into the lines above and below. What the font
    lacks becomes MISSING, since matplotlib would warn about it and draw a box of its own.
    """
    letters = (_letter(letter, _list_glyphs(bold=bold)) for letter in unicodedata.normalize("NFC", words))
    return " ".join("".join(letters).split())


def _letter(letter: str, known: frozenset[int]) -> str:
    category = unicodedata.category(letter)
    if letter.isspace() or category == "Cc":
        return " "
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return letter if ord(letter) in known else MISSING


FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def _file(*, bold: bool) -> Path:
    return Path(mpl.get_data_path(), "fonts", "ttf", FONTS[bold])


def find_unusable_fonts(folder: Path | None = None) -> tuple[str, ...]:
    """Give the font files that cannot be read, of those every picture is written with."""
    folder = folder or _file(bold=False).parent
    return tuple(name for name in FONTS if not _is_usable(folder / name))


def _is_usable(file: Path) -> bool:
    try:
        return ord("A") in get_font(str(file)).get_charmap()
    except (OSError, RuntimeError, ValueError):
        return False


@functools.cache
def _list_glyphs(*, bold: bool) -> frozenset[int]:
    return frozenset(get_font(str(_file(bold=bold))).get_charmap())


@functools.cache
def _advance(letter: str, *, bold: bool) -> float:
    """Give how far a letter moves the pen, in ems."""
    font = _open_to_measure(bold=bold)
    return font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / MEASURED_AT


@functools.cache
def _kern(left: str, right: str, *, bold: bool) -> float:
    """Give by how much a pair of letters stands closer, in ems."""
    font = _open_to_measure(bold=bold)
    first, second = (font.get_char_index(ord(letter)) for letter in (left, right))
    return float(font.get_kerning(first, second, Kerning.UNFITTED)) / 64 / MEASURED_AT


def _open_to_measure(*, bold: bool) -> FT2Font:
    font = get_font(str(_file(bold=bold)))
    font.set_size(MEASURED_AT, 72)
    return font


@functools.cache
def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", fname=_file(bold=bold), size=size)
