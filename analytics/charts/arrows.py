"""
The form for changes: the split of two days in figures, then a row each for who entered, left and moved, with its arrow.

An arrow goes from the rank of then to the rank of now; who enters comes in from beyond the last rank, who leaves goes
out there. As many rows are drawn as can be read, news first; how many more moved is said.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analytics.charts.canvas import Paper, clean
from analytics.charts.legend import OF_THESE
from analytics.charts.marks import ASSUMED as UNPROVEN
from analytics.charts.marks import ground, write_on
from analytics.charts.style import CAPITAL, INK, MARKS, ORDER, QUIET, RULE, SMALLEST, Box, em
from analytics.charts.text_layout import fit
from analytics.domain.chart_specs import ASSUMED, UNKNOWN, Moves, SplitOfDay, Step
from analytics.domain.counts import Split
from analytics.domain.wording import count

MOST_DAYS = 2
SPLITS = 132
"""Height of the figures of both days: a line of marks, a line a day, and air; what is unsure has one line more."""
LINE = 38
NUMBER, NAME = 12.5, 12.0
SAMPLE_WIDTH, SAMPLE_HEIGHT, SAMPLE_GAP = 26, 26, 10
"""Of the small samples beside the names of the parts, which say what letters would."""
SCALE = 36
"""Height of the line of ranks above the arrows."""
ROW, TALLEST = 36, 48
MARK_WIDTH, MARK_HEIGHT = 56, 32
GAP = 12
NAMES = 430
"""Pixels for names; a longer one is cut, the table has it whole."""
SHAFT, HEAD = 2.2, 9
TICKS = (1, 10, 20, 30)
BEYOND = 4
"""Ranks behind the last one at which what is not among them stands."""


class RankAxis(NamedTuple):
    """Where ranks stand: the first at the left, beyond the last one at the right."""

    left: float
    right: float
    last: int

    def place(self, rank: int | None) -> float:
        """Give the place of a rank; None is beyond the last."""
        beyond = self.last + BEYOND
        at = beyond if rank is None else rank
        return self.left + (at - 1) / (beyond - 1) * (self.right - self.left)


def size(chart: Moves) -> int:
    """Count the days; without models there is nothing to draw."""
    return len(chart.days) if all(one.counts.total for one in chart.days) else 0


def draw_moves(paper: Paper, body: Box, chart: Moves) -> None:
    """Draw the figures, then the arrows in the room that is left."""
    _draw_splits(paper, body, chart.days)
    head = SPLITS + LINE * any(one.unsure.total for one in chart.days)
    steps, rows = chart.in_order, Box(body.x, body.y + head, body.width, body.height - head)
    if not steps:
        paper.write((rows.x, rows.middle[1]), "No model entered, left or moved.", NUMBER)
        return
    fitting = int((rows.height - SCALE) / ROW)
    shown = steps if len(steps) <= fitting else _choose(steps, fitting - 1)
    bottom = _draw_ways(paper, rows, shown, chart.last, lines=min(fitting, len(steps)))
    if more := len(steps) - len(shown):
        words = f"and {count(more, 'other')} that entered, left or moved: in the table"
        paper.write((rows.x, bottom + em(SMALLEST)), words, SMALLEST, colour=QUIET)


def _choose(steps: Sequence[Step], most: int) -> Sequence[Step]:
    """Choose from the front, but of those that entered and of those that left at least half of the rows each."""
    entered = [step for step in steps if step.before is None]
    rest = steps[len(entered) :]
    left = sum(step.now is None for step in rest)
    first = entered[: max((most + 1) // 2, most - left)]
    return (*first, *rest)[:most]


# ------------------------------------------------------------------------------------------------------------- splits


def _draw_splits(paper: Paper, box: Box, days: Sequence[SplitOfDay]) -> None:
    """Write both days' counts beneath the marks of their parts, and beneath these what is unsure of them."""
    x = box.x + max(paper.width(one.day, NUMBER) for one in days) + 2 * GAP
    widths = {split: SAMPLE_WIDTH + SAMPLE_GAP + paper.width(split.label, SMALLEST) for split in ORDER}
    apart = (box.right - x - sum(widths.values())) / (len(ORDER) - 1)
    for place, one in enumerate(days):
        paper.write((box.x, _baseline(box, place + 1)), one.day, NUMBER, bold=place == len(days) - 1)
    for split in ORDER:
        _draw_split(paper, Box(x, box.y, widths[split], box.height), split, days)
        x += widths[split] + apart
    x = box.x
    for name, split, numbers in _list_unsure(days):
        x = _draw_unsure(paper, Box(x, box.y + LINE * (len(days) + 1), 0, LINE), split, f"{name} {numbers}") + 3 * GAP


def _list_unsure(days: Sequence[SplitOfDay]) -> Iterator[tuple[str, Split, str]]:
    """Give the assumed and the unknown of these, then and now; nothing of what there was on neither day."""
    assumed, unknown = [one.assumed for one in days], [one.unsure.neither for one in days]
    for name, split, counted in ((ASSUMED, Split.PYTORCH_ONLY, assumed), (UNKNOWN, Split.NEITHER, unknown)):
        if any(counted):
            yield f"{OF_THESE}{name}", split, " → ".join(f"{number:,}" for number in counted)


def _draw_unsure(paper: Paper, box: Box, split: Split, words: str) -> float:
    """Draw the mark of what is unsure, and write how many that are; give where it ends."""
    left = _draw_sample(paper, box, split, unsure=True)
    paper.write((left, box.middle[1] + em(SMALLEST) * CAPITAL / 2), words, SMALLEST)
    return left + paper.width(words, SMALLEST)


def _draw_sample(paper: Paper, box: Box, split: Split, *, unsure: bool = False) -> float:
    """Draw the small mark of a part in a line, and give where its words begin."""
    sample = Box(box.x, box.y + (LINE - SAMPLE_HEIGHT) / 2, SAMPLE_WIDTH, SAMPLE_HEIGHT)
    ground(paper, sample, split, assumed=unsure, name="sample")
    return sample.right + SAMPLE_GAP


def _draw_split(paper: Paper, box: Box, split: Split, days: Sequence[SplitOfDay]) -> None:
    left = _draw_sample(paper, box, split)
    paper.write((left, box.y + LINE / 2 + em(SMALLEST) * CAPITAL / 2), split.label, SMALLEST)
    for place, one in enumerate(days):
        number, last = f"{one.counts.of(split):,}", place == len(days) - 1
        paper.write((left, _baseline(box, place + 1)), number, NUMBER, bold=last)


def _baseline(box: Box, line: int) -> float:
    return box.y + LINE * line + (LINE + em(NUMBER) * CAPITAL) / 2


# --------------------------------------------------------------------------------------------------------------- ways


def _draw_ways(paper: Paper, rows: Box, steps: Sequence[Step], last: int, *, lines: int) -> float:
    """Draw the line of ranks and a row a model, as high as so many lines may be; give where they end."""
    said = [_say(step) for step in steps]
    right = rows.right - max(paper.width(words, NAME, bold=True) for words in said) - GAP
    axis = RankAxis(rows.x + MARK_WIDTH + NAMES + 3 * GAP, right - HEAD, last)
    pitch = min(TALLEST, (rows.height - SCALE) / lines)
    ways = Box(rows.x, rows.y + SCALE, rows.width, pitch * len(steps))
    _draw_scale(paper, axis, ways)
    for place, (step, words) in enumerate(zip(steps, said, strict=True)):
        row = Box(ways.x, ways.y + place * pitch, ways.width, pitch)
        _draw_row(paper, row, axis, step)
        paper.write((right + GAP, row.middle[1] + em(NAME) * CAPITAL / 2), words, NAME, bold=True)
    return ways.bottom


def _draw_scale(paper: Paper, axis: RankAxis, box: Box) -> None:
    for rank in (tick for tick in TICKS if tick <= axis.last):
        x = axis.place(rank)
        paper.line([(x, box.y), (x, box.bottom)], RULE, 0.8, "rank")
        paper.write((x, box.y - 8), f"{rank}", SMALLEST, colour=QUIET, align="center")
    paper.write((box.x, box.y - 8), "rank, then → now", SMALLEST, colour=QUIET)


def _draw_row(paper: Paper, row: Box, axis: RankAxis, step: Step) -> None:
    mark = Box(row.x, row.middle[1] - MARK_HEIGHT / 2, MARK_WIDTH, MARK_HEIGHT)
    ground(paper, mark, step.split, assumed=step.unsure, name="mark")
    letters = f"{MARKS[step.split]}{UNPROVEN if step.unsure else ''}"
    write_on(paper, mark, letters, SMALLEST, step.split, assumed=step.unsure)
    name = fit(clean(step.name.rpartition("/")[2]), ((1, NAME), (1, SMALLEST)), NAMES, paper.width)
    paper.write((mark.right + GAP, row.middle[1] + em(name.size) * CAPITAL / 2), name.lines[0], name.size)
    _draw_arrow(paper, row.middle[1], axis.place(step.before), axis.place(step.now), step)


def _draw_arrow(paper: Paper, y: float, start: float, end: float, step: Step) -> None:
    """Draw the shaft, dashed where one end lies outside, and the head at the rank of now."""
    way = 1 if end > start else -1
    outside = step.before is None or step.now is None
    tip = end + way * HEAD / 2
    base = tip - way * 2 * HEAD
    if abs(tip - start) > 2 * HEAD:
        paper.line([(start, y), (base, y)], INK, SHAFT, f"way {step.name}", dashed=outside)
    paper.fill([(tip, y), (base, y - HEAD), (base, y + HEAD)], INK, f"head {step.name}")


def _say(step: Step) -> str:
    if step.before is None:
        return f"NEW {step.now}"
    return f"LEFT, was {step.before}" if step.now is None else f"{step.before} → {step.now}"
