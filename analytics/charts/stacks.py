"""
Parts that make a whole, over time: a bar of 100 % a period, and at the right end the name and share of each part.

The parts look as they do on tiles and other bars (`marks`): at the end of a part what is assumed of it is hatched, what
is unknown dashed.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analytics.charts.canvas import Paper
from analytics.charts.legend import OF_THESE
from analytics.charts.marks import ground
from analytics.charts.style import CAPITAL, HUES, ORDER, SMALLEST, Box, em
from analytics.charts.text_layout import spread
from analytics.charts.timeline import PanelFrame
from analytics.domain.chart_specs import ASSUMED, UNKNOWN, Line, Panel
from analytics.domain.counts import Split
from analytics.domain.wording import share

SAMPLE_WIDTH, SAMPLE_HEIGHT = 40, 26
BESIDE, WORD_GAP = 14, 10
PITCH = 1.12
"""Of the names at the right end, in ems."""
FULLEST = 0.82
"""What a bar takes of the room of its period."""
SLIT = 2
THIN = 8
"""Pixels below which a hollow part has no room for its edge, and is filled."""


class StackPart(NamedTuple):
    """One piece of a bar: of which part, where it begins and ends as a share of the whole, and whether it is sure."""

    split: Split
    begin: float
    end: float
    assumed: bool = False


class Named(NamedTuple):
    """What is written at the right end: its mark, its words, and the height it wants as a share of the whole."""

    part: StackPart
    words: str


def inset(box: Box, panel: Panel) -> Box:
    """Give the room between the middles of the first and of the last bar."""
    slot = box.width / _periods(panel)
    return Box(box.x + slot / 2, box.y, box.width - slot, box.height)


def draw_stacks(paper: Paper, frame: PanelFrame, panel: Panel, width: float) -> None:
    """Draw a bar for each period that has any; `width` is that of all bars."""
    wide = width / _periods(panel) * FULLEST
    for period, _ in panel.lines[0].points:
        for part in _parts(panel, period):
            x, top = frame.point(period, part.end)
            _, bottom = frame.point(period, part.begin)
            _draw_part(paper, Box(x - wide / 2, top, wide, bottom - top), part, f"stack {period}")


def label_width(paper: Paper, panel: Panel) -> float:
    """Give the room that the names at the right end need."""
    words = max((paper.width(named.words, SMALLEST) for named in _names(panel)), default=0.0)
    return SAMPLE_WIDTH + WORD_GAP + words


def draw_labels(paper: Paper, frame: PanelFrame, panel: Panel, left: float) -> None:
    """Name each part where its last bar ends, and keep the names apart."""
    names = sorted(_names(panel), key=lambda named: -(named.part.begin + named.part.end))
    lift = em(SMALLEST) * CAPITAL / 2
    middles = [(named.part.begin + named.part.end) / 2 for named in names]
    wanted = [frame.point(frame.axis.first, middle)[1] + lift for middle in middles]
    heights = spread(wanted, em(SMALLEST) * PITCH, frame.box.y + 2 * lift, frame.box.bottom + lift)
    for height, named in zip(heights, names, strict=True):
        sample = Box(left, height - lift - SAMPLE_HEIGHT / 2, SAMPLE_WIDTH, SAMPLE_HEIGHT)
        ground(paper, sample, named.part.split, assumed=named.part.assumed, name="sample")
        paper.write((sample.right + WORD_GAP, height), named.words, SMALLEST)


def _draw_part(paper: Paper, box: Box, part: StackPart, name: str) -> None:
    slit = min(SLIT, box.height / 3)
    box = Box(box.x, box.y + slit / 2, box.width, box.height - slit)
    if (part.assumed or part.split is Split.NEITHER) and box.height < THIN:
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
        paper.fill(corners, HUES[part.split][0], name)
    else:
        ground(paper, box, part.split, assumed=part.assumed, name=name)


def _periods(panel: Panel) -> int:
    return max(1, len(panel.lines[0].points))


def _parts(panel: Panel, period: str) -> Iterator[StackPart]:
    """Give the pieces of one bar from its foot up, each as far as there is anything of it."""
    whole, unsure = _read(panel.lines, period), _read(panel.unsure, period)
    begin = 0.0
    for split in ORDER:
        pale = unsure.get(UNKNOWN if split is Split.NEITHER else f"{split.label}, {ASSUMED}", 0.0)
        end = begin + whole.get(split.label, 0.0)
        pieces = (StackPart(split, begin, end - pale), StackPart(split, end - pale, end, assumed=True))
        yield from (piece for piece in pieces if piece.end > piece.begin)
        begin = end


def _read(lines: Sequence[Line], period: str) -> dict[str, float]:
    return {line.name: dict(line.points).get(period) or 0.0 for line in lines}


def _names(panel: Panel) -> Iterator[Named]:
    """Name the parts of the last bar, a zero included; then what is assumed and unknown of them, where any is."""
    last = panel.lines[0].points[-1][0]
    whole, unsure = _read(panel.lines, last), _read(panel.unsure, last)
    begin = 0.0
    for split in ORDER:
        end = begin + whole[split.label]
        yield Named(StackPart(split, begin, end), f"{split.label} {share(whole[split.label], 1)}")
        begin = end
    for name, split, at in (
        (ASSUMED, Split.PYTORCH_ONLY, whole[Split.PYTORCH_ONLY.label]),
        (UNKNOWN, Split.NEITHER, 1.0),
    ):
        if unsure.get(name):
            yield Named(StackPart(split, at, at, assumed=True), f"{OF_THESE}{name} {share(unsure[name], 1)}")
