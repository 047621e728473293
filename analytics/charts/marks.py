"""
What PyTorch only, both, TensorFlow only and neither look like: on tiles, on bars and in the legend the same.

Solid orange, a diagonal of both colours, solid blue, hollow grey. A verdict without proof is the same shape diluted
and with a dashed edge. A letter in the corner says it without colour: P above left, T below right.
"""

from typing import NamedTuple

from analytics.charts.canvas import Paper, Point
from analytics.charts.style import CAPITAL, HUES, INK, MARKS, PAPER, PIXELS_PER_POINT, TINTS, Box, em
from analytics.domain.counts import Split

EDGE = 1.2
"""Width of an edge in points: 1 px at 360 px, the least that still shows."""
CORNER = 7
"""Pixels between a corner letter and the sides of its tile."""
ASSUMED = "?"


class _Area(NamedTuple):
    """A field of one colour: its corners, the part of its outline that is also the tile's, its hue."""

    corners: tuple[Point, ...]
    edge: tuple[Point, ...]
    hue: str


def ground(paper: Paper, box: Box, split: Split, *, assumed: bool = False, name: str = "part") -> None:
    """Paint the ground of a tile, of a part of a bar or of a sample in the legend."""
    hollow = assumed or split is Split.NEITHER
    areas = _areas(_within(box) if hollow else box, split)
    for area in areas:
        paper.fill(area.corners, TINTS[area.hue] if hollow else area.hue, name)
    for area in areas if hollow else ():
        paper.line(area.edge, area.hue, EDGE, f"{name} edge", dashed=assumed)


def letters(paper: Paper, box: Box, split: Split, size: float, *, assumed: bool = False) -> None:
    """Write P above left, T below right and, for a verdict without proof, a question mark above right."""
    colour = ink_on(split, assumed=assumed)
    above = box.y + CORNER + em(size) * CAPITAL
    if "P" in MARKS[split]:
        paper.write((box.x + CORNER, above), "P", size, bold=True, colour=colour)
    if "T" in MARKS[split]:
        paper.write((box.right - CORNER, box.bottom - CORNER), "T", size, bold=True, colour=colour, align="right")
    if assumed:
        paper.write((box.right - CORNER, above), ASSUMED, size, bold=True, colour=colour, align="right")


def ink_on(split: Split, *, assumed: bool = False) -> str:
    """Choose the colour of digits and letters on a ground: white is for large bold type only (3.9:1 on the orange)."""
    return INK if assumed or split is Split.NEITHER else PAPER


def _areas(box: Box, split: Split) -> tuple[_Area, ...]:
    above_left, above_right = (box.x, box.y), (box.right, box.y)
    below_left, below_right = (box.x, box.bottom), (box.right, box.bottom)
    first, *second = HUES[split]
    if not second:
        corners = (above_left, above_right, below_right, below_left)
        return (_Area(corners, (*corners, above_left), first),)
    upper, lower = (below_left, above_left, above_right), (above_right, below_right, below_left)
    return _Area(upper, upper, first), _Area(lower, lower, second[0])


def _within(box: Box) -> Box:
    """Shrink a box by half an edge, so that edged tiles come out no larger than the others."""
    half = min(EDGE * PIXELS_PER_POINT, box.width) / 2
    return Box(box.x + half, box.y + half, box.width - 2 * half, box.height - 2 * half)
