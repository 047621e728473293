"""
The form for developments: one to three small charts over time, each with its own title, measure and scale.

Panels over the same kind of period stand on one time axis, so that they can be compared quarter by quarter without
being joined. Where there is no reading a line is broken, and a lone reading is a square. Parts that make a whole are
bars (`stacks`).
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analytics.charts import stacks, timeline
from analytics.charts.canvas import Align, Paper, clean
from analytics.charts.style import CAPITAL, DESCENT, FRAMEWORK_HUES, INK, QUIET, RULE, SMALLEST, TINTS, Box, em
from analytics.charts.text_layout import Block, fit, spread
from analytics.charts.timeline import Axis, PanelFrame
from analytics.domain.chart_specs import AT_MOST, PROVEN, Break, Line, Panel, Panels
from analytics.domain.wording import share

MOST_PANELS = 3
TITLE_SIZE, LABEL_SIZE, MISSING_SIZE = 12.5, 12.0, 11.6
TITLE, TICKS, STRIP, GAP = 46, 42, 40, 12
"""Heights: of a panel's title, of the periods beneath a plot, of one line of notes above it, and between panels."""
BESIDE = 12
TITLE_GAP = 16
THIN, MARKER = 0.8, 11
THOUSAND, TEN_THOUSAND = 1_000, 10_000


class Pen(NamedTuple):
    """How a line is drawn: colour, width in points, and a second mark beside the colour."""

    colour: str
    width: float = 1.6
    dashed: bool = False


PENS = {
    "PyTorch": Pen(FRAMEWORK_HUES["PyTorch"], 2.4),
    "TensorFlow": Pen(FRAMEWORK_HUES["TensorFlow"], 2.4, dashed=True),
    "unknown": Pen(QUIET, dashed=True),
}
OTHER = Pen(INK)


def draw_panels(paper: Paper, body: Box, chart: Panels) -> None:
    """Draw the panels below one another; those with a plot share the height that titles and notes leave."""
    axes = timeline.axes(chart.panels)
    shared = len({id(axis) for axis in axes if axis}) == 1
    drawn = [place for place, axis in enumerate(axes) if axis]
    left = body.x + max(paper.width(_value(panel, _top(panel)), SMALLEST) for panel in chart.panels) + BESIDE
    right = body.right - max(_label_width(paper, panel) for panel in chart.panels) - BESIDE
    notes = [
        _notes(paper, panel, axis, Box(left, 0, right - left, 0))
        for panel, axis in zip(chart.panels, axes, strict=True)
    ]
    fixed = [_draw_fixed(paper, body, panel, len(rows)) for panel, rows in zip(chart.panels, notes, strict=True)]
    ticked = [bool(axis) and (not shared or place == drawn[-1]) for place, axis in enumerate(axes)]
    free = body.height - sum(fixed) - TICKS * sum(ticked) - GAP * (len(fixed) - 1)
    y = body.y
    for place, (panel, axis) in enumerate(zip(chart.panels, axes, strict=True)):
        _title(paper, Box(body.x, y, body.width, TITLE), panel)
        if axis:
            plot = Box(left, y + fixed[place], right - left, free / len(drawn))
            _plot(paper, PanelFrame(plot, axis, _top(panel)), panel, notes[place], ticked=ticked[place])
            y = plot.bottom + TICKS * ticked[place] + GAP
        else:
            head = TITLE if _is_beside(paper, body, panel) else TITLE + STRIP
            _missing(paper, Box(body.x, y + head, body.width, fixed[place] - head), panel)
            y += fixed[place] + GAP


def _label_width(paper: Paper, panel: Panel) -> float:
    if panel.stacked:
        return stacks.label_width(paper, panel)
    return max((paper.width(words, LABEL_SIZE, bold=True) for _, words in _ends(panel)), default=0.0)


def _draw_fixed(paper: Paper, body: Box, panel: Panel, notes: int) -> float:
    head = TITLE if _is_beside(paper, body, panel) else TITLE + STRIP
    return head + (len(_why(paper, body, panel).lines) * em(MISSING_SIZE) * 1.3 if panel.missing else STRIP * notes)


def _is_beside(paper: Paper, box: Box, panel: Panel) -> bool:
    """Tell whether a measure has room beside its title; else it has a line of its own."""
    title = paper.width(clean(panel.title, bold=True), TITLE_SIZE, bold=True)
    return title + TITLE_GAP + paper.width(clean(panel.told_measure), SMALLEST) <= box.width


def _title(paper: Paper, box: Box, panel: Panel) -> None:
    baseline = box.y + em(TITLE_SIZE) * (CAPITAL + 0.15)
    title = clean(panel.title, bold=True)
    paper.write((box.x, baseline), title, TITLE_SIZE, bold=True)
    is_beside = _is_beside(paper, box, panel)
    start = box.x + (paper.width(title, TITLE_SIZE, bold=True) + TITLE_GAP if is_beside else 0)
    measure = fit(clean(panel.told_measure), ((1, SMALLEST),), box.right - start, paper.width)
    if measure.lines:
        paper.write((start, baseline + (0 if is_beside else STRIP)), measure.lines[0], SMALLEST, colour=QUIET)


# ------------------------------------------------------------------------------------------------------------ missing


def _why(paper: Paper, box: Box, panel: Panel) -> Block:
    words = clean(f"Missing: {panel.missing}")
    return fit(words, ((1, MISSING_SIZE), (2, MISSING_SIZE), (3, SMALLEST)), box.width, paper.width)


def _missing(paper: Paper, box: Box, panel: Panel) -> None:
    words = _why(paper, box, panel)
    for number, line in enumerate(words.lines):
        paper.write((box.x, box.y + em(words.size) * (0.9 + number * 1.25)), line, words.size, colour=QUIET)


# --------------------------------------------------------------------------------------------------------------- plot


def _plot(paper: Paper, frame: PanelFrame, panel: Panel, notes: Sequence[Sequence["Note"]], *, ticked: bool) -> None:
    """Draw scale, years and lines; the rules go from the panel's first period to its last, not to the axis's."""
    whole = frame.box
    frame = frame._replace(box=stacks.inset(whole, panel)) if panel.stacked else frame
    left, right = (whole.x, whole.right) if panel.stacked else _extent(frame, panel)
    for value in (0.0, frame.top):
        y = frame.point(frame.axis.first, value)[1]
        paper.line([(left, y), (right, y)], RULE if value else QUIET, THIN, "rule" if value else "axis")
        baseline = y + em(SMALLEST) * CAPITAL * (1 if value else 0.35)
        paper.write((left - BESIDE, baseline), _value(panel, value), SMALLEST, colour=QUIET, align="right")
    for x, words in _ticks(paper, frame, whole):
        if frame.axis.years and left < x < right and not panel.stacked:
            paper.line([(x, frame.box.y), (x, frame.box.bottom)], RULE, THIN / 2, "year")
        if ticked:
            paper.write((x, frame.box.bottom + em(SMALLEST) * 1.05), words, SMALLEST, colour=QUIET, align="center")
    if panel.stacked:
        stacks.draw_stacks(paper, frame, panel, whole.width)
        stacks.draw_labels(paper, frame, panel, whole.right + BESIDE)
        return
    for line in panel.lines:
        _draw_range(paper, frame, panel, line)
    _breaks(paper, frame, notes)
    for line in panel.lines:
        _line(paper, frame, line)
    _labels(paper, frame, panel)


def _extent(frame: PanelFrame, panel: Panel) -> tuple[float, float]:
    """Give where the panel's own periods begin and end; a lone one gets a short rule."""
    xs = [frame.point(period, 0)[0] for line in panel.lines for period, _ in line.points]
    return min(xs) - (MARKER if len(set(xs)) == 1 else 0), max(xs) + (MARKER if len(set(xs)) == 1 else 0)


def _ticks(paper: Paper, frame: PanelFrame, whole: Box) -> list[tuple[float, str]]:
    """Choose as many ticks as there is room for; the first and the last period stay within the whole plot."""
    box = frame.box
    ticks = [(box.x + place * box.width, words) for place, words in frame.axis.ticks]
    if frame.axis.years:
        wide = max(paper.width(words, SMALLEST) for _, words in ticks) + 16
        apart = ticks[1][0] - ticks[0][0]
        return ticks[:: max(1, math.ceil(wide / apart))]
    halves = [paper.width(words, SMALLEST) / 2 for _, words in ticks]
    return [
        (min(max(x, whole.x + half), whole.right - half), words) for (x, words), half in zip(ticks, halves, strict=True)
    ]


def _draw_range(paper: Paper, frame: PanelFrame, panel: Panel, line: Line) -> None:
    """Draw, pale and with a dashed edge like all that is unsure, what lies between both ends of a line."""
    ends = {one.name: dict(one.points) for one in panel.unsure}
    low, high = (ends.get(f"{line.name} {end}", {}) for end in (PROVEN, AT_MOST))
    colour = PENS.get(line.name, OTHER).colour
    for run in frame.axis.runs(line.points):
        sides = [[frame.point(period, end.get(period) or 0.0) for period, _ in run] for end in (low, high)]
        if low and high and len(run) > 1 and sides[0] != sides[1]:
            paper.fill([*sides[0], *reversed(sides[1])], TINTS.get(colour, RULE), f"range {line.name}")
            for side in sides:
                paper.line(side, colour, THIN, f"end of {line.name}", dashed=True)


def _line(paper: Paper, frame: PanelFrame, line: Line) -> None:
    pen = PENS.get(line.name, OTHER)
    for run in frame.axis.runs(line.points):
        points = [frame.point(period, value) for period, value in run]
        if len(points) > 1:
            paper.line(points, pen.colour, pen.width, f"line {line.name}", dashed=pen.dashed)
        else:
            (x, y), half = points[0], MARKER / 2
            square = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
            paper.fill(square, pen.colour, f"reading {line.name}")


def _labels(paper: Paper, frame: PanelFrame, panel: Panel) -> None:
    """Name each line where it ends, and keep the names apart and beneath the panel's own title."""
    ends = [(frame.point(*_last(line)), line, words) for line, words in _ends(panel)]
    ends.sort(key=lambda end: end[0][1])
    wanted = [y + em(LABEL_SIZE) * CAPITAL / 2 for (_, y), _, _ in ends]
    heights = spread(wanted, em(LABEL_SIZE) * 1.15, frame.box.y + em(LABEL_SIZE) * CAPITAL, frame.box.bottom)
    x = max((at for (at, _), _, _ in ends), default=0.0) + BESIDE
    for height, (_, line, words) in zip(heights, ends, strict=True):
        colour = PENS.get(line.name, OTHER).colour
        paper.write((x, height), words, LABEL_SIZE, bold=True, colour=colour)


def _ends(panel: Panel) -> Iterator[tuple[Line, str]]:
    for line in panel.lines:
        if any(value is not None for _, value in line.points):
            yield line, f"{line.name} {_value(panel, _last(line)[1])}"


def _last(line: Line) -> tuple[str, float]:
    return next((period, value) for period, value in reversed(line.points) if value is not None)


# -------------------------------------------------------------------------------------------------------------- notes


class Note(NamedTuple):
    """The words of a break: where they begin and end, and the place of the mark."""

    mark: Break
    left: float
    right: float


def _notes(paper: Paper, panel: Panel, axis: Axis | None, box: Box) -> list[list[Note]]:
    """Place the words of the breaks in as few lines as they need, none over another and none off the plot."""
    held = [mark for mark in panel.breaks if axis and axis.holds(mark.at)]
    marks = [box.x + axis.place(mark.at) * box.width for mark in held] if axis else []
    rows: list[list[Note]] = []
    for x, mark in zip(marks, held, strict=True):
        note = _note(paper, box, mark, x, [other for other in marks if other != x])
        row = next((row for row in rows if all(_apart(note, other) for other in row)), None)
        if row is None:
            rows.append(row := [])
        row.append(note)
    return rows


def _note(paper: Paper, box: Box, mark: Break, x: float, others: Sequence[float]) -> Note:
    """Put the words over their mark, or beside it where the line of another mark would cross them."""
    width = paper.width(clean(mark.words), SMALLEST)
    tries = [max(box.x, min(left, box.right - width)) for left in (x - width / 2, x - 4, x - width + 4)]
    free = [left for left in tries if not any(left - 4 < other < left + width + 4 for other in others)]
    left = next(iter(free), tries[0])
    return Note(mark, left, left + width)


def _apart(one: Note, other: Note) -> bool:
    return one.left > other.right + BESIDE or one.right < other.left - BESIDE


def _breaks(paper: Paper, frame: PanelFrame, notes: Sequence[Sequence[Note]]) -> None:
    align: Align = "left"
    for number, row in enumerate(notes):
        baseline = frame.box.y - STRIP * (len(notes) - 1 - number) - 12
        for note in row:
            x = frame.box.x + frame.axis.place(note.mark.at) * frame.box.width
            lower = [other for row in notes[number + 1 :] for other in row]
            crosses = any(other.left - 2 < x < other.right + 2 for other in lower)
            top = frame.box.y if crosses else baseline + em(SMALLEST) * DESCENT
            paper.line([(x, top), (x, frame.box.bottom)], QUIET, THIN * 1.5, "break", dashed=True)
            paper.write((note.left, baseline), clean(note.mark.words), SMALLEST, colour=QUIET, align=align)


# ------------------------------------------------------------------------------------------------------------- values


def _top(panel: Panel) -> float:
    """Give the value at the upper edge: the next round one above the highest; of parts all of it."""
    if panel.stacked:
        return 1.0
    drawn = (*panel.lines, *panel.unsure)
    highest = max((value for line in drawn for _, value in line.points if value is not None), default=0.0)
    if panel.percent:
        return next((step for step in (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if highest <= step), highest)
    power = 1.0
    while power * 10 < highest:
        power *= 10
    return next(power * step for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if highest <= power * step)


def _value(panel: Panel, value: float) -> str:
    if panel.percent:
        return share(value, 1)
    return _short(value)


def _short(value: float) -> str:
    """Write a number in as few letters as a bar has room for: 950, 1.2K, 12K."""
    if value < THOUSAND:
        return f"{value:,.0f}"
    return f"{value / THOUSAND:,.0f}K" if value >= TEN_THOUSAND else f"{value / THOUSAND:.1f}K"
