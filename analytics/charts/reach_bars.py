"""The form for reach: of each framework a bar for its files, under it one for what loads today and what converts."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from analytics.charts.canvas import Paper
from analytics.charts.marks import hatch
from analytics.charts.style import (
    CAPITAL,
    CONVERT_HUE,
    EXPORT_HUE,
    GREY,
    HAVE_HUE,
    INK,
    OLD_HUE,
    PAPER,
    QUIET,
    SMALLEST,
    TINTS,
    Box,
    em,
)
from analytics.domain.chart_specs import ReachBars
from analytics.domain.reach_counts import ReachCounts, Reached
from analytics.domain.wording import count

MOST_FRAMEWORKS = 4
NAME_SIZE, NUMBER_SIZE, LEGEND_SIZE = 13.0, 11.6, 11.6
HEAD = 34
"""Room for the line that says what the bars are shares of."""
GAP, BETWEEN, SLIT = 16, 5, 3
TALLEST = 128
AROUND = 7
EDGE = 1.0
LINES = (0.13, 0.87)
"""Where lines cross a part, of its height: clear of its number."""
SAMPLE = Box(0, 0, 40, 26)
LINE, ENTRY_GAP, WORD_GAP = 38, 26, 10


MEETING = (
    (PAPER, CONVERT_HUE), (PAPER, OLD_HUE), (PAPER, EXPORT_HUE), (OLD_HUE, INK), (EXPORT_HUE, INK),
    (TINTS[CONVERT_HUE], INK), (TINTS[CONVERT_HUE], CONVERT_HUE),
)  # fmt: skip
"""Colours that touch on this form alone: the other pictures do without them, and stay as small as they are."""


class ReachLook(NamedTuple):
    """
    How a part is drawn, and what it is called beneath the bars; hatched is what is not proven.

    `mark` tells what is not hatched from the solid parts where colours are not seen.
    """

    words: str
    hue: str
    ink: str = INK
    is_hatched: bool = False
    mark: Literal["", "lines", "frame"] = ""

    @property
    def is_crossed(self) -> bool:
        """Whether lines cross it, which a number on it would run into."""
        return self.is_hatched or self.mark == "lines"

    @property
    def ground(self) -> str:
        """The colour beneath lines and number."""
        return HATCHED[self.hue] if self.is_hatched else self.hue


class ReachPart(NamedTuple):
    """A part of a bar."""

    look: ReachLook
    models: int


HAVE = ReachLook("files, or loads today", HAVE_HUE, PAPER)
ASSUMED = ReachLook("assumed", HAVE_HUE, is_hatched=True)
OLD = ReachLook("old files", OLD_HUE, mark="lines")
CONVERTS = ReachLook("converts on load", CONVERT_HUE, PAPER)
LISTED = ReachLook("may convert", CONVERT_HUE, is_hatched=True)
EXPORTS = ReachLook("conversions only", EXPORT_HUE, mark="frame")
UNKNOWN = ReachLook("unknown", GREY, is_hatched=True)
NONE = ReachLook("none", PAPER)
LEGEND = (HAVE, ASSUMED, OLD, UNKNOWN, CONVERTS, LISTED, EXPORTS, NONE)

HATCHED: Mapping[str, str] = {HAVE_HUE: TINTS[HAVE_HUE], CONVERT_HUE: TINTS[CONVERT_HUE], GREY: PAPER}
"""The ground beneath the lines of a hatch."""


def size(chart: ReachBars) -> int:
    """Count the frameworks; none are drawn where one of them counts nothing."""
    return len(chart.frameworks) if all(one.total for one in chart.frameworks) else 0


def draw_reach_bars(paper: Paper, body: Box, chart: ReachBars) -> None:
    """Draw a pair of bars for each framework, and beneath them what the looks mean."""
    rows = _arrange(paper, body)
    room = Box(body.x, body.y, body.width, body.height - len(rows) * LINE - GAP)
    _draw_pairs(paper, room, chart)
    for number, row in enumerate(rows):
        top = body.bottom - (len(rows) - number) * LINE
        for x, look in row:
            _draw_entry(paper, x, top, look)


def _draw_pairs(paper: Paper, room: Box, chart: ReachBars) -> None:
    names = max(paper.width(one.framework, NAME_SIZE, bold=True) for one in chart.frameworks)
    kinds = max(paper.width(kind, SMALLEST) for kind in ("files", "loads"))
    numbers = max(paper.width(f"+{one.total:,}", NUMBER_SIZE, bold=True) for one in chart.frameworks)
    left, right = room.x + names + GAP + kinds + GAP / 2, room.right - numbers - GAP
    pitch = min(TALLEST, (room.height - HEAD) / len(chart.frameworks))
    top = room.y + (room.height - HEAD - pitch * len(chart.frameworks)) / 2
    total = f"each bar: {count(chart.frameworks[0].total, 'model')}; + converts on load"
    paper.write((left, top + HEAD - 10), total, SMALLEST, colour=QUIET)
    for number, one in enumerate(chart.frameworks):
        pair = Box(left, top + HEAD + number * pitch, right - left, pitch - GAP)
        baseline = pair.middle[1] + em(NAME_SIZE) * CAPITAL / 2
        paper.write((room.x, baseline), one.framework, NAME_SIZE, bold=True)
        _draw_pair(paper, pair, one)


def _draw_pair(paper: Paper, pair: Box, one: ReachCounts) -> None:
    height = (pair.height - BETWEEN) / 2
    converts = one.of(Reached.CONVERTS)
    more = f"+{converts:,}" if converts else ""  # beside the files, and never added to them
    bars = (("files", _name_files(one), f"{one.files:,}"), ("loads", _name_ways(one), more))
    for number, (kind, parts, told) in enumerate(bars):
        bar = Box(pair.x, pair.y + number * (height + BETWEEN), pair.width, height)
        baseline = bar.middle[1] + em(SMALLEST) * CAPITAL / 2
        paper.write((bar.x - GAP / 2, baseline), kind, SMALLEST, colour=QUIET, align="right")
        if told:
            paper.write((bar.right + GAP, baseline), told, NUMBER_SIZE, bold=True)
        _draw_bar(paper, bar, parts, f"{one.framework} {kind}")


def _name_files(one: ReachCounts) -> tuple[ReachPart, ...]:
    """Part the models by files: proven, assumed, unknown, none."""
    unknown = one.of(Reached.UNKNOWN)
    return (
        ReachPart(HAVE, one.files - one.assumed),
        ReachPart(ASSUMED, one.assumed),
        ReachPart(UNKNOWN, unknown),
        ReachPart(NONE, one.total - one.files - unknown),
    )


def _name_ways(one: ReachCounts) -> tuple[ReachPart, ...]:
    """Part the models by what loads them."""
    return (
        ReachPart(HAVE, one.loads - one.assumed_today),
        ReachPart(ASSUMED, one.assumed_today),
        ReachPart(CONVERTS, one.of(Reached.CONVERTS)),
        ReachPart(LISTED, one.of(Reached.LISTED)),
        ReachPart(OLD, one.of(Reached.OLD, Reached.OLD_CONVERTS)),
        ReachPart(EXPORTS, one.of(Reached.EXPORTS)),
        ReachPart(UNKNOWN, one.open),
        ReachPart(NONE, one.of(Reached.NONE)),
    )


def _draw_bar(paper: Paper, bar: Box, parts: Iterable[ReachPart], name: str) -> None:
    parts = [part for part in parts if part.models]
    total, x = sum(part.models for part in parts), bar.x
    for part in parts:
        width = part.models / total * bar.width
        slit = min(SLIT, width / 3)
        box = Box(x, bar.y, width - slit, bar.height)
        _paint(paper, box, part.look, f"{name} {part.look.words}")
        words, around = f"{part.models:,}", AROUND * (3 if part.look.is_crossed else 1)
        if part.look is not NONE and paper.width(words, NUMBER_SIZE, bold=True) + 2 * around <= box.width:
            _write_number(paper, box, words, part.look)
        x += width


def _write_number(paper: Paper, box: Box, words: str, look: ReachLook) -> None:
    """Write a number; where lines cross the part with a clear ground beneath it."""
    if look.is_crossed:
        half = paper.width(words, NUMBER_SIZE, bold=True) / 2 + AROUND / 2
        x, _ = box.middle
        paper.clear(Box(x - half, box.y + 2, 2 * half, box.height - 4), look.ground)
    paper.write_centred(box, words, NUMBER_SIZE, bold=True, colour=look.ink)


def _paint(paper: Paper, box: Box, look: ReachLook, name: str) -> None:
    """Fill a box solid, mark it, hatch it, or leave it hollow with an edge."""
    _fill(paper, box, look.ground, name)
    if look.is_hatched:
        hatch(paper, _corners(box), look.hue, name)
    if look.mark == "lines":
        _draw_lines(paper, box, name)
    if look.mark == "frame":
        _draw_frame(paper, box, name)
    if look.is_hatched or look is NONE:
        inner = Box(box.x + 1, box.y + 1, max(0, box.width - 2), box.height - 2)
        edge = GREY if look is NONE else look.hue
        paper.line([*_corners(inner), (inner.x, inner.y)], edge, EDGE, f"{name} edge")


def _draw_lines(paper: Paper, box: Box, name: str) -> None:
    """Draw a line above and one below the number, as narrow as the part may be."""
    for y in (box.y + box.height * part for part in LINES):
        paper.line([(box.x, y), (box.right, y)], INK, EDGE * 1.4, f"{name} lines")


def _draw_frame(paper: Paper, box: Box, name: str) -> None:
    """Draw an edge inside the part."""
    inner = Box(box.x + 1, box.y + 1, max(0, box.width - 2), box.height - 2)
    paper.line([*_corners(inner), (inner.x, inner.y)], INK, EDGE * 1.4, f"{name} frame")


def _fill(paper: Paper, box: Box, colour: str, name: str) -> None:
    paper.fill(_corners(box), colour, name)


def _corners(box: Box) -> list[tuple[float, float]]:
    return [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]


def _arrange(paper: Paper, body: Box) -> list[list[tuple[float, ReachLook]]]:
    """Put the samples of the looks side by side, as many in a line as there is room for."""
    rows: list[list[tuple[float, ReachLook]]] = [[]]
    x = body.x
    for look in LEGEND:
        width = SAMPLE.width + WORD_GAP + paper.width(look.words, LEGEND_SIZE)
        if x + width > body.right:
            rows.append([])
            x = body.x
        rows[-1].append((x, look))
        x += width + ENTRY_GAP
    return rows


def _draw_entry(paper: Paper, x: float, top: float, look: ReachLook) -> None:
    sample = Box(x, top + (LINE - SAMPLE.height) / 2, SAMPLE.width, SAMPLE.height)
    _paint(paper, sample, look, "sample")
    baseline = sample.middle[1] + em(LEGEND_SIZE) * CAPITAL / 2
    paper.write((sample.right + WORD_GAP, baseline), look.words, LEGEND_SIZE)
