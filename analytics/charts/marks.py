"""
What PyTorch only, both, TensorFlow only and neither look like: on tiles, on bars and in the legend the same.

Solid orange, a diagonal of both colours, solid blue, hollow grey. What is assumed is the same shape hatched, what is
unknown hollow with a dashed edge. A letter in the corner says it without colour: P above left, T below right.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analytics.charts.canvas import Paper, Point
from analytics.charts.style import CAPITAL, GREY, HUES, INK, MARKS, PAPER, PIXELS_PER_POINT, TINTS, Box, em
from analytics.domain.counts import Split

EDGE = 1.2
"""Width of an edge in points: 1 px at 360 px, the least that still shows."""
CORNER = 7
"""Pixels between a corner letter and the sides of its tile."""
STRIPES = 11
"""Pixels from one line of a hatch to the next: at 360 pixels still three apart."""
STRIPE = 1.4
"""Their width in points."""
CLEAR = 3
"""Pixels around what is written on a hatch."""
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
        if area.hue != GREY:
            hatch(paper, area.corners, area.hue, name)
        paper.line(area.edge, area.hue, EDGE, f"{name} edge", dashed=assumed)


def hatch(paper: Paper, corners: Sequence[Point], hue: str, name: str) -> None:
    """Draw lines that rise to the right within an area without dents, as one line with gaps."""
    sums = [x + y for x, y in corners]
    start = min(sums) - min(x for x, _ in corners) % STRIPES
    points: list[Point] = []
    for at in (start + STRIPES * number for number in range(1, int((max(sums) - start) / STRIPES) + 1)):
        ends = sorted(set(_crossings(corners, at)))
        points += [ends[0], ends[-1], (math.nan, math.nan)] if ends else []
    if points:
        paper.line(points, hue, STRIPE, f"{name} hatch")


def _crossings(corners: Sequence[Point], at: float) -> Iterator[Point]:
    """Give where the outline crosses the line x + y = at."""
    for (x, y), (other_x, other_y) in pairwise([*corners, corners[0]]):
        before, after = at - x - y, at - other_x - other_y
        if before * after <= 0 and before != after:
            part = before / (before - after)
            yield x + part * (other_x - x), y + part * (other_y - y)


def write_on(paper: Paper, box: Box, words: str, size: float, split: Split, *, assumed: bool = False) -> None:
    """Write digits or letters in the middle of a box on a ground; on a hatch a clear one is put beneath them."""
    if assumed and split is not Split.NEITHER:
        (x, y), ink = box.middle, em(size) * CAPITAL
        high = min(ink + 2 * CLEAR, max(ink + 2, box.height - 2 * EDGE * PIXELS_PER_POINT))
        wide = paper.width(words, size, bold=True) + 2 * CLEAR
        paper.clear(Box(x - wide / 2, y - high / 2, wide, high), _find_tint(split))
    paper.write_centred(box, words, size, bold=True, colour=ink_on(split, assumed=assumed))


def _find_tint(split: Split) -> str:
    """Choose the colour beneath words on a hatch: the diluted hue where there is one."""
    return PAPER if split is Split.BOTH else TINTS[HUES[split][0]]


def letters(paper: Paper, box: Box, split: Split, size: float, *, assumed: bool = False) -> None:
    """Write P above left and T below right; of a verdict without proof a question mark stands for its letters."""
    if assumed:
        write_on(paper, box, ASSUMED, size, split, assumed=assumed)
        return
    colour = ink_on(split)
    above = box.y + CORNER + em(size) * CAPITAL
    if "P" in MARKS[split]:
        paper.write((box.x + CORNER, above), "P", size, bold=True, colour=colour)
    if "T" in MARKS[split]:
        paper.write((box.right - CORNER, box.bottom - CORNER), "T", size, bold=True, colour=colour, align="right")


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
