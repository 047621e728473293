"""The counts beneath either form, which are its legend too: a sample of each mark, its name and its number."""

from collections.abc import Sequence
from typing import NamedTuple

from analytics.charts.canvas import Paper
from analytics.charts.marks import ground, letters
from analytics.charts.style import CAPITAL, LEFT, LEGEND_SIZES, RIGHT, SMALLEST, Box, em
from analytics.domain.counts import Counts, Split

SAMPLE_WIDTH, SAMPLE_HEIGHT = 64, 38
"""Of the small sample tile, in pixels: just room for a P and a T."""
SAMPLE_GAP, WORD_GAP, ENTRY_GAP = 10, 8, 24
LINE = 46
HEIGHT = 2 * LINE
OF_THESE = "of these "
"""What the assumed and the unknown are parts of; left out where large numbers leave no room for it."""


class LegendEntry(NamedTuple):
    """One mark, its name and its number."""

    split: Split
    label: str
    number: str
    assumed: bool = False


class Legend(NamedTuple):
    """Entries with the place of each, all in one type size."""

    places: Sequence[tuple[float, float, LegendEntry]]
    size: float
    right: float


def draw_legend(paper: Paper, counts: Counts, unsure: Counts, top: float, *, told: bool = True) -> None:
    """
    Write the counts in two lines as large as they fit: what is in one framework alone, then both and neither.

    A zero is a count like any other. The assumed and the unknown are no parts of their own, so they come last and say
    of what they are. `told`: whether the numbers are written; beneath bars of different wholes the marks alone are.
    """
    tries = [
        _arrange(paper, counts, unsure, size, of, told=told)
        for of in (OF_THESE if told else "", "")
        for size in LEGEND_SIZES
    ]
    legend = next((legend for legend in tries if legend.right <= RIGHT), tries[-1])
    for x, y, entry in legend.places:
        _draw_entry(paper, entry, x, top + y, legend.size)


def _arrange(paper: Paper, counts: Counts, unsure: Counts, size: float, of: str, *, told: bool) -> Legend:
    def write(number: int) -> str:
        return f"{number:,}" if told else ""

    pytorch, tensorflow, both, neither = (LegendEntry(split, split.label, write(counts.of(split))) for split in Split)
    second = LEFT + max(_width(paper, entry, size) for entry in (pytorch, both)) + ENTRY_GAP
    third = second + max(_width(paper, entry, size) for entry in (tensorflow, neither)) + ENTRY_GAP
    places = [(LEFT, 0, pytorch), (second, 0, tensorflow), (LEFT, LINE, both), (second, LINE, neither)]
    if assumed := unsure.total - unsure.neither:
        places.append((third, 0, LegendEntry(Split.PYTORCH_ONLY, f"{of}assumed", write(assumed), assumed=True)))
    if unsure.neither:
        places.append((third, LINE, LegendEntry(Split.NEITHER, f"{of}unknown", write(unsure.neither), assumed=True)))
    return Legend(places, size, max(x + _width(paper, entry, size) for x, _, entry in places))


def _width(paper: Paper, entry: LegendEntry, size: float) -> float:
    words = paper.width(entry.label, size) + WORD_GAP + paper.width(entry.number, size, bold=True)
    return SAMPLE_WIDTH + SAMPLE_GAP + words


def _draw_entry(paper: Paper, entry: LegendEntry, x: float, top: float, size: float) -> None:
    sample = Box(x, top + (LINE - SAMPLE_HEIGHT) / 2, SAMPLE_WIDTH, SAMPLE_HEIGHT)
    ground(paper, sample, entry.split, assumed=entry.assumed, name="sample")
    letters(paper, sample, entry.split, SMALLEST, assumed=entry.assumed)
    words, baseline = sample.right + SAMPLE_GAP, sample.middle[1] + em(size) * CAPITAL / 2
    paper.write((words, baseline), entry.label, size)
    paper.write((words + paper.width(entry.label, size) + WORD_GAP, baseline), entry.number, size, bold=True)
