"""The counts beneath either form, which are its legend too: a sample of each mark, its name and its number."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from analytics.charts.canvas import Paper
from analytics.charts.marks import ground, letters
from analytics.charts.style import CAPITAL, LEFT, LEGEND_SIZES, RIGHT, SMALLEST, Box, em
from analytics.domain.counts import Counts, Split

SAMPLE_WIDTH, SAMPLE_HEIGHT = 64, 38
"""Of the small sample tile, in pixels: just room for a P and a T."""
SAMPLE_GAP, WORD_GAP, ENTRY_GAP = 10, 8, 24
LINE = 46
NAME: Callable[[Split], str] = attrgetter("label")
OF_THESE, OR_SHORT = "of these ", "incl. "
"""What the assumed and the unknown are parts of, as long as there is room; they add nothing to the others."""


class LegendEntry(NamedTuple):
    """One mark, its name and its number."""

    split: Split
    label: str
    number: str
    assumed: bool = False


class Legend(NamedTuple):
    """Entries with the place of each, all in one type size; where they end to the right, and how high they are."""

    places: Sequence[tuple[float, float, LegendEntry]]
    size: float
    right: float
    height: float


def arrange_legend(
    paper: Paper, counts: Counts, unsure: Counts, *, told: bool = True, name: Callable[[Split], str] = NAME
) -> Legend:
    """
    Place the counts in two lines as large as they fit: what is in one framework alone, then both and neither.

    A zero is a count like any other. The assumed and the unknown are no parts of their own, so they come last and say
    of what they are; where numbers of many digits leave them no room there, in a third line. `told`: whether the
    numbers are written; beneath bars of different wholes the marks alone are. `name` names the parts.
    """
    tries = (
        _arrange(paper, _list_entries(counts, unsure, of, name, told=told), size, of_two=of_two)
        for of_two in (False, True)
        for of in ((OF_THESE, OR_SHORT, "") if told else ("",))
        for size in LEGEND_SIZES
    )
    legend = next(tries)
    while legend.right > RIGHT and (other := next(tries, None)):
        legend = other
    return legend


def draw_legend(paper: Paper, legend: Legend, top: float) -> None:
    """Write every entry, the first line below `top`."""
    for x, y, entry in legend.places:
        _draw_entry(paper, entry, x, top + y, legend.size)


def _list_entries(
    counts: Counts, unsure: Counts, of: str, name: Callable[[Split], str], *, told: bool
) -> list[list[LegendEntry]]:
    """Give the entries in columns of two, the last of what is unsure."""

    def write(number: int) -> str:
        return f"{number:,}" if told else ""

    pytorch, tensorflow, both, neither = (LegendEntry(split, name(split), write(counts.of(split))) for split in Split)
    rest = []
    if assumed := unsure.total - unsure.neither:
        rest.append(LegendEntry(Split.PYTORCH_ONLY, f"{of}assumed", write(assumed), assumed=True))
    if unsure.neither:
        rest.append(LegendEntry(Split.NEITHER, f"{of}unknown", write(unsure.neither), assumed=True))
    return [[pytorch, both], [tensorflow, neither], rest]


def _arrange(paper: Paper, columns: list[list[LegendEntry]], size: float, *, of_two: bool) -> Legend:
    """Set the columns beside one another; `of_two`: what is unsure beneath the two others."""
    if of_two:
        first, second, rest = columns
        columns = [[*first, *rest[:1]], [*second, *rest[1:]]]
    places, x, right = [], float(LEFT), float(LEFT)
    for column in filter(None, columns):
        places += [(x, _row(entry, column) * LINE, entry) for entry in column]
        right = x + max(_width(paper, entry, size) for entry in column)
        x = right + ENTRY_GAP
    return Legend(places, size, right, max(y for _, y, _ in places) + LINE)


def _row(entry: LegendEntry, column: list[LegendEntry]) -> int:
    """Give the line of an entry; an unknown that has a column alone stands beside neither, of which it is."""
    return 1 if entry.assumed and entry.split is Split.NEITHER and len(column) == 1 else column.index(entry)


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
