"""The form for long lists: a bar of 100 % for each run of ranks, with the counts on it and its total beside it."""

from collections.abc import Sequence
from typing import NamedTuple

from analytics.charts.canvas import Paper
from analytics.charts.marks import ASSUMED, ground, write_on
from analytics.charts.style import CAPITAL, MARKS, ORDER, PIXELS_PER_POINT, QUIET, SMALLEST, Box, em
from analytics.domain.chart_specs import Band, Bands, Bar, Bars
from analytics.domain.counts import Counts, Split
from analytics.domain.wording import share

MOST_BANDS = 10
"""With more, the labels of the bars would run into one another beneath a long title."""
HEAD = 32
"""Room for the line above the bars that says what they are shares of."""
GAP = 18
"""Between the labels at either side and the bars, and at most between two bars."""
TALLEST = 64
LARGEST_LABEL = 14
AROUND, WITHIN_EDGE = 6, 12
"""
A count stands on its part only with this much room at either side, more where the part has an edge.

The totals beneath name what is left out.
"""
CLOSEST = 0.11
"""What is left white of a row at least; of more than this the lowest rows would have no room for digits."""
SLIT = 3
"""White between the parts of a bar."""


class Row(NamedTuple):
    """One bar with what stands at its left and at its right, and on its parts; `key` names it."""

    key: str
    name: str
    counts: Counts
    total: str
    percent: bool = False
    unsure: Counts = Counts()

    def say(self, split: Split, *, unsure: bool) -> str:
        """Write how many of a part are unsure, or are not: a count, or a share of all where the bars tell shares."""
        number = self.unsure.of(split) if unsure else self.counts.of(split) - self.unsure.of(split)
        return share(number, self.counts.total) if self.percent else f"{number:,}"


class Heads(NamedTuple):
    """The small words above names, bars and totals."""

    names: str
    shares: str
    totals: str


RANKS = Heads("ranks", "each bar = 100 %", "models")
GROUPS = Heads("", "each bar: {} = 100 %", "count")


def draw_bands(paper: Paper, body: Box, chart: Bands) -> None:
    """Draw all runs of ranks below one another."""
    _draw(paper, body, [_ranks(band) for band in chart.bands], RANKS)


def draw_bars(paper: Paper, body: Box, chart: Bars) -> None:
    """Draw all groups below one another."""
    _draw(paper, body, [_group(bar, place) for place, bar in enumerate(chart.bars)], _name_whole(chart))


def _name_whole(chart: Bars) -> Heads:
    return GROUPS._replace(shares=GROUPS.shares.format(chart.of))


def _ranks(band: Band) -> Row:
    return Row(
        f"{band.first:,}", f"{band.first:,}–{band.last:,}", band.counts, f"{band.counts.total:,}", unsure=band.unsure
    )


def _group(bar: Bar, place: int) -> Row:
    return Row(f"{place}", bar.label, bar.counts, bar.note or f"{bar.counts.total:,}", bar.percent, bar.unsure)


def _draw(paper: Paper, body: Box, rows: Sequence[Row], heads: Heads) -> None:
    """Draw bars below one another, each as long as the next, whatever the number of models in it."""
    pitch = min(TALLEST + GAP, (body.height - HEAD) / len(rows))
    size = max(SMALLEST, min(LARGEST_LABEL, pitch * 0.42 / PIXELS_PER_POINT))
    left = body.x + max(paper.width(words, size) for words in [*(row.name for row in rows), heads.names]) + GAP
    right = body.right - max(paper.width(words, size) for words in [*(row.total for row in rows), heads.totals]) - GAP
    top = body.y + (body.height - HEAD - pitch * len(rows)) / 2
    _draw_head(paper, top + HEAD, left, right, heads)
    for place, row in enumerate(rows):
        box = Box(left, top + HEAD + place * pitch, right - left, pitch)
        baseline = box.middle[1] + em(size) * CAPITAL / 2
        paper.write((left - GAP, baseline), row.name, size, align="right")
        paper.write((right + GAP, baseline), row.total, size)
        _draw_bar(paper, _inset(box), row, size)


def _draw_head(paper: Paper, bottom: float, left: float, right: float, heads: Heads) -> None:
    baseline = bottom - 10
    paper.write((left - GAP, baseline), heads.names, SMALLEST, colour=QUIET, align="right")
    paper.write((left, baseline), heads.shares, SMALLEST, colour=QUIET)
    paper.write((right + GAP, baseline), heads.totals, SMALLEST, colour=QUIET)


def _inset(row: Box) -> Box:
    gap = min(GAP, row.height * CLOSEST)
    return Box(row.x, row.y + gap / 2, row.width, row.height - gap)


def _draw_bar(paper: Paper, bar: Box, band: Row, size: float) -> None:
    x = bar.x
    for split in ORDER:
        share = band.counts.of(split) / band.counts.total
        if share:
            part = Box(x, bar.y, share * bar.width, bar.height)
            _draw_part(paper, part, split, band, size)
            x = part.right


def _draw_part(paper: Paper, part: Box, split: Split, band: Row, size: float) -> None:
    """
    Paint a part, what is unsure of it at its right end, and put on each as much of "PT 17" as there is room for.

    What is proven and what is not each bear their own number: the sum on one of them would be read as its own.
    """
    slit = min(SLIT, part.width / 3)
    painted = Box(part.x + slit / 2, part.y, part.width - slit, part.height)
    unsure = band.unsure.of(split) / band.counts.of(split) * painted.width
    sure = Box(painted.x, painted.y, painted.width - unsure, painted.height)
    rest = Box(sure.right, painted.y, unsure, painted.height)
    for box, assumed in ((sure, False), (rest, True)):
        if box.width > 0:
            ground(paper, box, split, assumed=assumed, name=f"{'unsure' if assumed else 'band'} {band.key}")
            _write_count(paper, box, split, band, size, assumed=assumed)


def _write_count(paper: Paper, box: Box, split: Split, band: Row, size: float, *, assumed: bool) -> None:
    """Put the count of a part on it where there is room."""
    count, mark = band.say(split, unsure=assumed), MARKS[split] + (ASSUMED if assumed else "")
    tries = [(f"{mark} {count}".strip(), size), (count, size), (count, SMALLEST)]
    around = WITHIN_EDGE if assumed or split is Split.NEITHER else AROUND
    fitting = (one for one in tries if paper.width(*one, bold=True) + 2 * around <= box.width)
    if found := next(fitting, None):
        write_on(paper, box, *found, split, assumed=assumed)
