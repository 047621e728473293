"""The form for long lists: a bar of 100 % for each run of ranks, with the counts on it and its total beside it."""

from analytics.charts.marks import ground, ink_on
from analytics.charts.paper import Paper
from analytics.charts.style import CAPITAL, MARKS, ORDER, PIXELS_PER_POINT, QUIET, SMALLEST, Box, em
from analytics.counts import Split
from analytics.forms import Band, Bands

MOST_BANDS = 10
"""With more, the labels of the bars would run into one another beneath a long title."""
HEAD = 32
"""Room for the line above the bars that says what they are shares of."""
GAP = 18
"""Between the labels at either side and the bars, and at most between two bars."""
TALLEST = 64
LARGEST_LABEL = 14
AROUND = 6
"""A count stands on its part only with this much room at either side; the totals beneath name what is left out."""
SLIT = 3
"""White between the parts of a bar."""


def draw_bands(paper: Paper, body: Box, chart: Bands) -> None:
    """Draw all bars below one another, each as long as the next, whatever the number of models in it."""
    pitch = min(TALLEST + GAP, (body.height - HEAD) / len(chart.bands))
    size = max(SMALLEST, min(LARGEST_LABEL, pitch * 0.42 / PIXELS_PER_POINT))
    names = [f"{band.first:,}–{band.last:,}" for band in chart.bands]
    totals = [f"{band.counts.total:,}" for band in chart.bands]
    left = body.x + max(paper.width(words, size) for words in [*names, RANKS]) + GAP
    right = body.right - max(paper.width(words, size) for words in [*totals, MODELS]) - GAP
    top = body.y + (body.height - HEAD - pitch * len(chart.bands)) / 2
    _draw_head(paper, top + HEAD, left, right)
    for place, (band, name, total) in enumerate(zip(chart.bands, names, totals, strict=True)):
        row = Box(left, top + HEAD + place * pitch, right - left, pitch)
        baseline = row.middle[1] + em(size) * CAPITAL / 2
        paper.write((left - GAP, baseline), name, size, align="right")
        paper.write((right + GAP, baseline), total, size)
        _draw_bar(paper, _inset(row), band, size)


RANKS, SHARES, MODELS = "ranks", "each bar: all models of its ranks = 100 %", "models"


def _draw_head(paper: Paper, bottom: float, left: float, right: float) -> None:
    baseline = bottom - 10
    paper.write((left - GAP, baseline), RANKS, SMALLEST, colour=QUIET, align="right")
    paper.write((left, baseline), SHARES, SMALLEST, colour=QUIET)
    paper.write((right + GAP, baseline), MODELS, SMALLEST, colour=QUIET)


def _inset(row: Box) -> Box:
    gap = min(GAP, row.height * 0.2)
    return Box(row.x, row.y + gap / 2, row.width, row.height - gap)


def _draw_bar(paper: Paper, bar: Box, band: Band, size: float) -> None:
    x = bar.x
    for split in ORDER:
        share = band.counts.of(split) / band.counts.total
        if share:
            part = Box(x, bar.y, share * bar.width, bar.height)
            _draw_part(paper, part, split, band, size)
            x = part.right


def _draw_part(paper: Paper, part: Box, split: Split, band: Band, size: float) -> None:
    """Paint a part and put on it as much of "PT 17" as there is room for."""
    slit = min(SLIT, part.width / 3)
    painted = Box(part.x + slit / 2, part.y, part.width - slit, part.height)
    ground(paper, painted, split, name=f"band {band.first}")
    count = f"{band.counts.of(split):,}"
    labels = [f"{MARKS[split]} {count}".strip(), count]
    fitting = [words for words in labels if paper.width(words, size, bold=True) + 2 * AROUND <= painted.width]
    if fitting:
        paper.write_centred(painted, fitting[0], size, bold=True, colour=ink_on(split))
