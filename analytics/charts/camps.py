"""
The form for official collections: a line a collection, in columns: whose it is, its name, how it stands, its count.

Numbers stand as words, each with its unit beside it: a bar would compare weights with pages. What each was in 2022
stands in the table.
"""

from typing import NamedTuple

from analytics.charts.canvas import Align, Paper, clean
from analytics.charts.style import CAPITAL, FRAMEWORK_HUES, GREY, INK, LEADING, QUIET, SMALLEST, Box, em
from analytics.charts.text_layout import fit
from analytics.domain.chart_specs import Camp, Camps, Shelf

MOST_ROWS = 14
"""Collections: as many lines as can be read."""
TALLEST = 64
GAP, BETWEEN = 12, 8
"""Pixels between columns, and between camps."""
RULE = 8
NAME, NUMBER = 12.5, 13.0
UNKNOWN = "–"


class Columns(NamedTuple):
    """Where the columns stand: camps, names and states begin, numbers end, units begin; and the size of names."""

    camps: float
    names: float
    states: float
    numbers: float
    units: float
    size: float


def size(chart: Camps) -> int:
    """Count the collections; none are drawn where they do not fit."""
    rows = sum(max(_lines(camp), len(camp.shelves)) for camp in chart.camps)
    return rows if rows <= MOST_ROWS and rows else MOST_ROWS + 1 if rows else 0


def _lines(camp: Camp) -> int:
    """Count the lines that the name of a camp may take."""
    return min(2, len(camp.shelves))


def draw_camps(paper: Paper, body: Box, chart: Camps) -> None:
    """Draw camp after camp, all of their lines of one height."""
    rows = sum(len(camp.shelves) for camp in chart.camps)
    pitch = min(TALLEST, (body.height - BETWEEN * (len(chart.camps) - 1)) / rows)
    columns = _arrange(paper, body, chart.camps)
    y = body.y
    for camp in chart.camps:
        box = Box(body.x, y, body.width, pitch * len(camp.shelves))
        _draw_camp(paper, box, camp, columns)
        y = box.bottom + BETWEEN


def _arrange(paper: Paper, body: Box, camps: tuple[Camp, ...]) -> Columns:
    """Give each column the room of its longest words, and what is left to the names."""
    shelves = [shelf for camp in camps for shelf in camp.shelves]
    units = body.right - max(paper.width(clean(shelf.unit), SMALLEST) for shelf in shelves)
    numbers = units - GAP / 2
    digits = max(paper.width(_number(shelf), NUMBER, bold=True) for shelf in shelves)
    states = numbers - digits - GAP - max(paper.width(clean(shelf.note), SMALLEST) for shelf in shelves)
    left = body.x + RULE + GAP / 2
    names = left + max(paper.width(word, SMALLEST) for camp in camps for word in _shortest(camp).split()) + GAP
    longest = max((clean(shelf.name) for shelf in shelves), key=lambda name: paper.width(name, NAME))
    tries = ((1, NAME), (1, 12), (1, SMALLEST))
    return Columns(left, names, states, numbers, units, fit(longest, tries, states - names - GAP, paper.width).size)


def _draw_camp(paper: Paper, box: Box, camp: Camp, columns: Columns) -> None:
    """Draw the camp's rule and name, then its collections."""
    hue = FRAMEWORK_HUES.get(camp.name, GREY)
    paper.fill([(box.x, box.y), (box.x + RULE, box.y), (box.x + RULE, box.bottom), (box.x, box.bottom)], hue, "camp")
    pitch = box.height / len(camp.shelves)
    words = fit(_shortest(camp), ((_lines(camp), SMALLEST),), columns.names - columns.camps - GAP / 2, paper.width)
    for number, line in enumerate(words.lines):
        first = box.y + pitch / 2 + em(words.size) * CAPITAL / 2
        baseline = first + number * max(em(words.size) * LEADING, min(pitch, em(words.size) * 1.4))
        paper.write((columns.camps, baseline), line, words.size)
    for number, shelf in enumerate(camp.shelves):
        _draw_shelf(paper, box.y + (number + 0.5) * pitch, shelf, columns)


def _shortest(camp: Camp) -> str:
    """Leave out what a name has in brackets: the colour of the rule and the table say it, too."""
    return clean(camp.name.partition(" (")[0])


def _draw_shelf(paper: Paper, middle: float, shelf: Shelf, columns: Columns) -> None:
    """Write name, state, number and unit on one line."""

    def write(
        x: float, words: str, size: float, colour: str = INK, *, bold: bool = False, align: Align = "left"
    ) -> None:
        paper.write((x, middle + em(size) * CAPITAL / 2), words, size, bold=bold, colour=colour, align=align)

    room = columns.states - columns.names - GAP
    write(columns.names, fit(clean(shelf.name), ((1, columns.size),), room, paper.width).lines[0], columns.size)
    write(columns.states, clean(shelf.note), SMALLEST, QUIET)
    write(columns.numbers, _number(shelf), NUMBER, bold=True, align="right")
    write(columns.units, clean(shelf.unit), SMALLEST, QUIET)


def _number(shelf: Shelf) -> str:
    return UNKNOWN if shelf.count is None else f"{shelf.count:,}"
