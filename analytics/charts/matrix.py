"""The form for one model or two: a row a framework, a column a model, the proof in each field."""

from typing import NamedTuple

from analytics.charts.canvas import Paper, clean
from analytics.charts.style import CAPITAL, FRAMEWORK_HUES, GREY, INK, PAPER, QUIET, SMALLEST, TINTS, Box, em
from analytics.charts.text_layout import fit
from analytics.domain.chart_specs import Cell, Held, Matrix

MOST_COLUMNS, MOST_ROWS = 2, 9
HEAD = 50
"""Room for the names of two models above their columns; one model stands in the subtitle."""
GAP = 8
TALLEST = 92
LABEL_SIZE, PROOF_SIZE = 14.0, SMALLEST
EDGE = 1.2
INSIDE = 16
"""Pixels between a field's edge and its words."""
NOTE = 40
"""Room for the line beneath the fields of two models."""


class Look(NamedTuple):
    """How a status is drawn: solid, diluted with a dashed edge, or hollow; and the word for it."""

    ground: str
    word: str


LOOKS = {
    Held.YES: Look("solid", "YES"),
    Held.THROUGH_KERAS: Look("diluted", "THROUGH KERAS 3"),
    Held.CONVERTS: Look("hollow", "CONVERTS"),
    Held.MAY_CONVERT: Look("hollow", "MAY CONVERT"),
    Held.ASSUMED: Look("diluted", "ASSUMED ?"),
    Held.DECLARED: Look("hollow", "TAG ONLY"),
    Held.INHERITED: Look("hollow", "BY CONVERSION"),
    Held.CONVERSION: Look("hollow", ""),
    Held.UNKNOWN: Look("hollow", "UNKNOWN"),
    Held.NO: Look("empty", "no"),
}


OLD_FILES = {Held.YES: "OLD FILES", Held.ASSUMED: "OLD FILES ?"}
"""The words in place of those where nothing still released loads the files: seen where there is no room for more."""


def size(chart: Matrix) -> int:
    """Count the fields; none are drawn where there are more rows or columns than can be read."""
    fits = len(chart.models) <= MOST_COLUMNS and len(chart.frameworks) <= MOST_ROWS
    return len(chart.models) * len(chart.frameworks) if fits else MOST_COLUMNS * MOST_ROWS + 1


def draw_matrix(paper: Paper, body: Box, chart: Matrix) -> None:
    """Draw the names at the left, a field for each model beside them."""
    head = HEAD if len(chart.models) > 1 else 0
    note = _note(chart) if head else ""
    if note:
        paper.write((body.x, body.bottom), note, SMALLEST, colour=QUIET)
        body = body._replace(height=body.height - NOTE)
    pitch = min(TALLEST, (body.height - head) / len(chart.frameworks))
    left = body.x + max(paper.width(name, LABEL_SIZE, bold=True) for name in chart.frameworks) + 2 * INSIDE
    width = (body.right - left - GAP * (len(chart.models) - 1)) / len(chart.models)
    top = body.y + (body.height - head - pitch * len(chart.frameworks)) / 2
    for column, name in enumerate(chart.models if head else ()):
        _head(paper, Box(left + column * (width + GAP), top, width, head), name)
    for row, (framework, cells) in enumerate(zip(chart.frameworks, chart.cells, strict=True)):
        y = top + head + row * pitch
        baseline = y + (pitch - GAP) / 2 + em(LABEL_SIZE) * CAPITAL / 2
        paper.write((body.x, baseline), framework, LABEL_SIZE, bold=True)
        for column, cell in enumerate(cells):
            _field(paper, Box(left + column * (width + GAP), y, width, pitch - GAP), framework, cell)


def _note(chart: Matrix) -> str:
    """Say once, beneath all fields, before what old files load: beside another column none has room for it."""
    limits = dict.fromkeys(cell.limit for row in chart.cells for cell in row if cell.limit)
    return f"old files load {', '.join(limits)}" if limits else ""


def _head(paper: Paper, box: Box, name: str) -> None:
    """Write a model's name above its column, without its account where both are too long: the subtitle has it."""

    def bold(words: str, size: float) -> float:
        return paper.width(words, size, bold=True)

    room = box.width - INSIDE
    whole = bold(clean(name, bold=True), SMALLEST) <= room
    words = fit(clean(name if whole else name.rpartition("/")[2], bold=True), ((1, 12.5), (1, SMALLEST)), room, bold)
    paper.write((box.x, box.y + HEAD * 0.6), words.lines[0], words.size, bold=True)


def _field(paper: Paper, box: Box, framework: str, cell: Cell) -> None:
    look, hue = LOOKS[cell.status], FRAMEWORK_HUES.get(framework, GREY)
    look = look._replace(word=OLD_FILES.get(cell.status, look.word)) if cell.limit else look
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    if look.ground == "solid":
        paper.fill(corners, hue, "field")
    if look.ground == "diluted":
        paper.fill(corners, TINTS[hue], "field")
    if look.ground in ("diluted", "hollow"):
        paper.line([*corners, corners[0]], hue, EDGE, "edge", dashed=look.ground == "diluted")
    _words(paper, box, look, cell)


def _words(paper: Paper, box: Box, look: Look, cell: Cell) -> None:
    """Write the status and beside it, where there is room, its proof: as much of it as can be said whole."""
    quiet = look.ground == "empty"
    colour = PAPER if look.ground == "solid" else QUIET if quiet else INK
    proof = clean(cell.words or cell.limit)
    two_lines = bool(proof and look.word) and box.height >= em(LABEL_SIZE) + em(PROOF_SIZE) + INSIDE
    first = box.middle[1] - (em(PROOF_SIZE) * 0.62 if two_lines else 0) + em(LABEL_SIZE) * CAPITAL / 2
    paper.write((box.x + INSIDE, first), look.word, LABEL_SIZE, bold=not quiet, colour=colour)
    beside = paper.width(look.word, LABEL_SIZE, bold=True) + INSIDE if look.word else 0
    start = INSIDE if two_lines else INSIDE + beside
    ways = [clean(", ".join(filter(None, way))) for way in ((cell.limit, cell.words), (cell.limit,), (cell.words,))]
    said = next((way for way in ways if paper.width(way, PROOF_SIZE) <= box.width - start - INSIDE), "")
    second = first + em(PROOF_SIZE) * 1.4 if two_lines else first
    paper.write((box.x + start, second), said, PROOF_SIZE, colour=colour)
