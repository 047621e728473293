"""
The form for official collections: a heading a camp, two lines a collection.

Numbers stand as words, each with its unit beneath: a bar would compare weights with pages. Camps stand in their order,
in two halves as equal as they can be.
"""

from analytics.charts.canvas import Paper, clean
from analytics.charts.style import BLUE, CAPITAL, GREY, INK, ORANGE, PAPER, QUIET, SMALLEST, Box, em
from analytics.charts.text_layout import fit
from analytics.domain.chart_specs import Camp, Camps, Shelf

MOST_ROWS = 9
"""Of one half: headings and collections, as many as can be read."""
HEADING = 0.68
"""Height of a heading, in rows."""
TALLEST = 84
BETWEEN = 44
"""Between the halves."""
GAP = 8
NAMES = ((1, 12), (1, 11.5), (1, 11), (1, SMALLEST))
HEADINGS = ((1, 11), (1, SMALLEST))
NUMBER = 12.5
NOTES = ((1, SMALLEST),)
INSIDE = 12
RULE = 4
FIRST, SECOND = 0.45, 0.88
"""Where the two lines of a collection stand, in heights of its row."""
UNKNOWN = "–"

Tries = tuple[tuple[int, float], ...]

HUES = {"PyTorch": ORANGE, "TensorFlow": BLUE}
"""Everything else is grey: a third colour would say nothing the heading does not."""


def size(chart: Camps) -> int:
    """Count the collections; none are drawn where they do not fit."""
    halves = _halves(chart)
    fits = all(sum(1 + len(camp.shelves) for camp in half) <= MOST_ROWS for half in halves)
    return sum(len(camp.shelves) for camp in chart.camps) if fits else 2 * MOST_ROWS + 1


def draw_camps(paper: Paper, body: Box, chart: Camps) -> None:
    """Draw both halves with rows of one height."""
    halves = _halves(chart)
    most = max(_rows(half) for half in halves)
    pitch = min(TALLEST, (body.height - GAP) / most)
    width = (body.width - BETWEEN * (len(halves) - 1)) / len(halves)
    for place, half in enumerate(halves):
        _half(paper, Box(body.x + place * (width + BETWEEN), body.y, width, body.height), half, pitch)


def _halves(chart: Camps) -> tuple[tuple[Camp, ...], ...]:
    camps = chart.camps
    cut = min(range(1, max(2, len(camps))), key=lambda at: max(_rows(camps[:at]), _rows(camps[at:])))
    return tuple(half for half in (camps[:cut], camps[cut:]) if half)


def _rows(half: tuple[Camp, ...]) -> float:
    return sum(HEADING + len(camp.shelves) for camp in half)


def _half(paper: Paper, box: Box, half: tuple[Camp, ...], pitch: float) -> None:
    y = box.y
    for camp in half:
        _heading(paper, Box(box.x, y, box.width, HEADING * pitch), camp.name)
        y += HEADING * pitch
        for shelf in camp.shelves:
            _shelf(paper, Box(box.x, y, box.width, pitch), shelf, HUES.get(camp.name, GREY))
            y += pitch


def _heading(paper: Paper, box: Box, name: str) -> None:
    """Write a camp's name on its colour."""
    ground = Box(box.x, box.y + GAP / 2, box.width, box.height - GAP)
    corners = [(ground.x, ground.y), (ground.right, ground.y), (ground.right, ground.bottom), (ground.x, ground.bottom)]
    paper.fill(corners, HUES.get(name, GREY), "camp")
    words = fit(clean(name, bold=True), HEADINGS, box.width - 2 * INSIDE, paper.width)
    baseline = ground.middle[1] + em(words.size) * CAPITAL / 2
    paper.write((box.x + INSIDE, baseline), words.lines[0], words.size, bold=True, colour=PAPER)


def _shelf(paper: Paper, box: Box, shelf: Shelf, hue: str) -> None:
    """Write name and number on one line; beneath how it stands, what it was, and the unit; the camp's colour beside."""
    top, bottom = box.y + GAP / 2, box.bottom - GAP / 2
    paper.fill([(box.x, top), (box.x + RULE, top), (box.x + RULE, bottom), (box.x, bottom)], hue, "rule")
    number = UNKNOWN if shelf.count is None else f"{shelf.count:,}"
    then = f"2022: {shelf.then:,}" if shelf.then is not None else ""
    _line(paper, box, FIRST, (shelf.name, NAMES), (number, NUMBER, INK))
    _line(paper, box, SECOND, (" · ".join(filter(None, [shelf.note, then])), NOTES), (shelf.unit, SMALLEST, QUIET))


def _line(paper: Paper, box: Box, height: float, left: tuple[str, Tries], right: tuple[str, float, str]) -> None:
    """Write what stands at the left as far as what stands at the right leaves room."""
    words, size, colour = right
    bold = size == NUMBER
    baseline = box.y + height * box.height
    paper.write((box.right, baseline), words, size, bold=bold, colour=colour, align="right")
    room = box.width - INSIDE * 2 - paper.width(words, size, bold=bold)
    beside = fit(clean(left[0]), left[1], room, paper.width)
    paper.write((box.x + INSIDE, baseline), next(iter(beside.lines), ""), beside.size, colour=colour)
