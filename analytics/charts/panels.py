"""The form for developments: one to three small charts over time, each with its own title, measure and scale."""

from collections.abc import Mapping, Sequence

from analytics.charts.lettering import fit
from analytics.charts.paper import Align, Paper, Point, clean
from analytics.charts.style import BLUE, CAPITAL, GREY, INK, ORANGE, QUIET, SMALLEST, Box, em
from analytics.forms import Line, Panel, Panels

MOST_PANELS = 3
GAP = 34
TITLE_SIZE, LABEL_SIZE, MEASURE_SIZE = 12.5, 11.0, 10.0
THICK, THIN = 2.4, 0.8
LABELS = 240
"""Room at the right for the names of the lines, which stand where the lines end."""
HUES: Mapping[str, str] = {"PyTorch": ORANGE, "TensorFlow": BLUE}
DASHED = ("TensorFlow",)
"""A second mark beside the colour: TensorFlow's line is broken."""
APART = 1.25
"""Ems that two names at the end of lines keep from one another."""


def draw_panels(paper: Paper, body: Box, chart: Panels) -> None:
    """Draw the panels below one another, each across the whole width."""
    height = (body.height - GAP * (len(chart.panels) - 1)) / len(chart.panels)
    for place, panel in enumerate(chart.panels):
        _panel(paper, Box(body.x, body.y + place * (height + GAP), body.width, height), panel)


def _panel(paper: Paper, box: Box, panel: Panel) -> None:
    baseline = box.y + em(TITLE_SIZE) * CAPITAL
    title = clean(panel.title, bold=True)
    paper.write((box.x, baseline), title, TITLE_SIZE, bold=True)
    start = box.x + paper.width(title, TITLE_SIZE, bold=True) + 16
    measure = fit(clean(panel.measure), ((1, MEASURE_SIZE),), box.right - start, paper.width)
    paper.write((start, baseline), measure.lines[0], MEASURE_SIZE, colour=QUIET)
    plot = Box(box.x, baseline + 14, box.width - LABELS, box.bottom - baseline - 14 - em(SMALLEST) * 1.5)
    if panel.missing:
        words = fit(clean(f"Missing: {panel.missing}"), ((2, LABEL_SIZE), (3, SMALLEST)), box.width, paper.width)
        for number, line in enumerate(words.lines):
            paper.write((plot.x, plot.y + em(words.size) * (1.4 + number * 1.3)), line, words.size, colour=QUIET)
        return
    _axes(paper, plot, panel)
    _lines(paper, plot, panel)


def _periods(panel: Panel) -> list[str]:
    return sorted({period for line in panel.lines for period, _ in line.points}, key=_order)


def _order(period: str) -> str:
    """Put "up to 2022Q1" before the quarters it stands before."""
    return period.removeprefix("up to ")


def _top(panel: Panel) -> float:
    """Give the value at the upper edge: the highest, or 100 % where it comes near."""
    highest = max((value for line in panel.lines for _, value in line.points if value is not None), default=0.0)
    return max(highest * 1.05, 0.02 if panel.percent else 1.0)


def _axes(paper: Paper, plot: Box, panel: Panel) -> None:
    """Draw the base line, the highest value as a rule, the first and last period, and where something breaks."""
    periods, top = _periods(panel), _top(panel)
    paper.line([(plot.x, plot.bottom), (plot.right, plot.bottom)], GREY, THIN, "axis")
    highest = top / 1.05
    y = plot.bottom - highest / top * plot.height
    paper.line([(plot.x, y), (plot.right, y)], "#D0D0D0", THIN, "rule")
    paper.write(
        (plot.x, y + em(SMALLEST)), f"{highest:.0%}" if panel.percent else f"{highest:,.0f}", SMALLEST, colour=QUIET
    )
    below = plot.bottom + em(SMALLEST) * 1.2
    paper.write((plot.x, below), clean(periods[0]), SMALLEST, colour=QUIET)
    if len(periods) > 1:
        paper.write((plot.right, below), clean(periods[-1]), SMALLEST, colour=QUIET, align="right")
    for number, mark in enumerate(mark for mark in panel.breaks if mark.at in periods):
        x = _x(plot, periods, mark.at)
        paper.line([(x, plot.y), (x, plot.bottom)], GREY, THIN, "break", dashed=True)
        align: Align = "right" if x > plot.x + plot.width * 0.3 else "left"
        at = plot.y + em(SMALLEST) * (2.2 + 1.15 * number)
        paper.write((x - 5 if align == "right" else x + 5, at), clean(mark.words), SMALLEST, colour=QUIET, align=align)


def _x(plot: Box, periods: Sequence[str], period: str) -> float:
    return plot.x + (plot.width * periods.index(period) / max(1, len(periods) - 1))


def _lines(paper: Paper, plot: Box, panel: Panel) -> None:
    periods, top = _periods(panel), _top(panel)
    ends: list[tuple[float, Line, str]] = []
    for line in panel.lines:
        colour = HUES.get(line.name, INK)
        runs = _runs(line, plot, periods, top)
        for run in runs:
            if len(run) == 1:
                run = [run[0], (run[0][0] + 6, run[0][1])]  # noqa: PLW2901 - a lone reading shows as a dot
            paper.line(run, colour, THICK, f"line {line.name}", dashed=line.name in DASHED)
        last = next((value for _, value in reversed(line.points) if value is not None), None)
        if last is not None and runs:
            told = f"{last:.0%}" if panel.percent else _short(last)
            ends.append((runs[-1][-1][1], line, f"{line.name} {told}"))
    lowest = plot.y
    for y, line, words in sorted(ends, key=lambda end: end[0]):
        at = max(y, lowest + em(LABEL_SIZE) * CAPITAL)
        lowest = at + em(LABEL_SIZE) * (APART - CAPITAL)
        size = fit(words, ((1, LABEL_SIZE), (1, SMALLEST)), LABELS - 10, paper.width)
        paper.write((plot.right + 10, at), size.lines[0], size.size, bold=False, colour=HUES.get(line.name, INK))


def _runs(line: Line, plot: Box, periods: Sequence[str], top: float) -> list[list[Point]]:
    """Part a line at its gaps: a period without a reading is not bridged."""
    values = dict(line.points)
    runs: list[list[Point]] = [[]]
    for period in periods:
        value = values.get(period)
        if value is None:
            runs.append([])
        else:
            runs[-1].append((_x(plot, periods, period), plot.bottom - value / top * plot.height))
    return [run for run in runs if run]


def _short(value: float) -> str:
    return f"{value / 1000:,.0f}K" if value >= 10_000 else f"{value:,.0f}"  # noqa: PLR2004 - five digits
