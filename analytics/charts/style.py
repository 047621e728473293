"""
The look of every picture and badge: sizes, colours and type, each with its reason.

Slack shows a picture in a message about 360 px wide, and 298 px wide in the list of a telephone, where a point here is
0.69 px: SMALLEST is the size that has 8 px there. Change anything in this folder that changes the ink, and raise STYLE.
"""

from collections.abc import Mapping
from typing import NamedTuple

from analytics.domain.counts import Split

STYLE = 7
"""The version of the look. Part of every fingerprint, so a picture kept from before a change is not shown after it."""

WIDTH, HEIGHT = 1200, 800
DPI = 200
PIXELS_PER_POINT = DPI / 72
PADDING = 36
"""Room at the edges; clients round the corners of pictures."""
LEFT, RIGHT = PADDING, WIDTH - PADDING

PAPER = "#FFFFFF"
"""Opaque: dark words on a transparent picture vanish in Slack's dark mode."""
INK = "#1D1C1D"
QUIET = "#595959"
"""For the source line: 7:1 on white, yet it stands back."""
GREY = "#767676"
WARNING = "#F0E442"
"""The ground of the sample and stale strip; INK on it exceeds 12:1, and no share of the split looks like it."""

ORANGE, BLUE = "#D55E00", "#0072B2"
GREEN, PURPLE, AMBER = "#009E73", "#CC79A7", "#E69F00"
"""Further colours of the same palette (Okabe and Ito), for what is no part of the split."""
HUES: Mapping[Split, tuple[str, ...]] = {
    Split.PYTORCH_ONLY: (ORANGE,),
    Split.TENSORFLOW_ONLY: (BLUE,),
    Split.BOTH: (ORANGE, BLUE),
    Split.NEITHER: (GREY,),
}
"""
PyTorch's and TensorFlow's colour stay apart for every kind of colour vision (their brand colours do not).

What is in both wears both, and needs no third colour to learn; what is in neither stays hollow.
"""
RULE = "#C9C9C9"
"""Of lines that only help the eye along."""
FRAMEWORK_HUES: Mapping[str, str] = {"PyTorch": ORANGE, "TensorFlow": BLUE}
"""By name, where a framework is a row or a line; all others are ink or grey, as a third colour says nothing."""
BADGE_HUES: Mapping[str, str] = {**FRAMEWORK_HUES, "JAX": GREEN}
"""Of the frameworks that a badge tells of first, each in a field of its own, with its name in it."""
CHARCOAL = "#404040"
HAVE_HUE, CONVERT_HUE, OLD_HUE, EXPORT_HUE = CHARCOAL, GREEN, PURPLE, AMBER
"""Of how a framework is reached, whichever it is: none of them is a framework's own colour."""
TINTS: Mapping[str, str] = {ORANGE: "#FBE4D3", BLUE: "#D6E8F4", GREY: PAPER, GREEN: "#D5F0E7", CHARCOAL: "#DCDCDC"}
"""The same hues diluted, for verdicts without proof; INK on each exceeds 13:1."""

MARKS: Mapping[Split, str] = {
    Split.PYTORCH_ONLY: "P",
    Split.TENSORFLOW_ONLY: "T",
    Split.BOTH: "PT",
    Split.NEITHER: "",
}
"""The second mark, for readers and printers that see no colour: in shades of grey, orange and blue look alike."""
ORDER = (Split.PYTORCH_ONLY, Split.BOTH, Split.TENSORFLOW_ONLY, Split.NEITHER)
"""The parts of a bar, from the left: what both share lies between them."""

TITLE_TRIES = ((2, 18), (2, 17), (2, 16), (2, 15))
SUBTITLE_TRIES = ((1, 12.5), (1, 12), (1, 11.6), (2, 11.6), (3, 11.6))
SOURCE_TRIES = ((1, 11.6), (2, 11.6))
"""What is tried in turn, as (most lines, size in points): a title would rather be large, the small print short."""
LEGEND_SIZES = (13, 12.5, 12, 11.6)
WARNING_SIZE = 12
SMALLEST = 11.6
LEADING = 1.17
"""Distance of lines in ems; the font's tallest capitals with accents need 1.16."""

CAPITAL = 0.729
"""Height of a capital or a digit of DejaVu Sans in ems, for centring by ink instead of by line."""
ASCENT, DESCENT = 0.76, 0.24
"""What a line takes above and below its baseline, in ems."""


class Box(NamedTuple):
    """A rectangle in pixels from the top left, as one reads."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends to the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


def em(size: float) -> float:
    """Turn a type size in points into pixels."""
    return size * PIXELS_PER_POINT
