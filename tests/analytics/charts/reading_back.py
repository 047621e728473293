"""Numbers read back from a drawn picture: its words, the points of its lines, the widths of its bars."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Moves, Panels
from analytics.domain.wording import in_percent, share
from tests.analytics.charts.drawings import words

A_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?[KM]?")
NAMES = ("transformers 5", "Keras 3", "= 100 %", "under 1 %", "over 99 %")
"""What is no number of anything, though a figure is in it; the last two only bound a share."""


def list_words(drawn: Figure, answer: Answer) -> list[str]:
    """Give the words that are drawn, but for head and foot, which are sentences of the answer, and for scales."""
    sentences = f"{answer.title} {answer.subtitle} {answer.foot} {answer.freshness}"
    found = (text for text in words(drawn) if not _is_scale(text, answer))
    said = (text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in found)
    return [each for each in said if A_NUMBER.fullmatch(each) or not _is_of(sentences, each, answer)]


def _is_of(sentences: str, words: str, answer: Answer) -> bool:
    """Tell whether words are a line of head or foot; the last of a long subtitle is cut before its day."""
    return words.rstrip("-") in sentences or words.endswith(f"· {answer.day}")


def _is_scale(text: Text, answer: Answer) -> bool:
    """Tell what an axis is written with: values beside it, years and ranks along it."""
    along = {"right", "center"} if isinstance(answer.chart, Panels) else {"center"}
    return isinstance(answer.chart, Panels | Moves) and text.get_horizontalalignment() in along


def list_numbers(texts: Sequence[str]) -> set[str]:
    """Give every number in some words, as it is written."""
    for name in NAMES:
        texts = [text.replace(name, "") for text in texts]
    return {found for text in texts for found in A_NUMBER.findall(text)}


def list_told(answer: Answer) -> set[str]:
    """Give every number of series and table in all the ways that a picture writes one."""
    told = answer.as_json()
    table = told["table"] or {"columns": [], "rows": []}
    cells = [*table["columns"], *(cell for row in table["rows"] for cell in row)]
    points = [part for one in told["series"] for point in one["points"] for part in point]
    numbers = [float(one) for one in (*cells, *points) if isinstance(one, int | float)]
    texts = [one for one in (*cells, *points, *(one["name"] for one in told["series"])) if isinstance(one, str)]
    return list_numbers(texts) | {written for number in numbers for written in _write(number)}


def _write(number: float) -> Iterator[str]:
    yield f"{number:,.0f}"
    yield f"{number:.1f}"
    yield from (f"{number / 1000:,.0f}K", f"{number / 1000:.1f}K")
    if 0 <= number <= 1:
        yield from A_NUMBER.findall(f"{share(number, 1)} {in_percent(100 * number)}")


def read_lines(drawn: Figure) -> Iterator[tuple[str, float, float]]:
    """Give the value of each point of each line, by the line's name, and how exactly it can be read."""
    every = [line for line in drawn.findobj(Line2D) if line.get_gid()]
    floors, tops = (sorted(float(one.get_ydata()[0]) for one in every if one.get_gid() == name) for name in ENDS)
    panels = list(zip(tops, floors, strict=True))
    for line in every:
        if str(line.get_gid()).startswith("line "):
            heights = [float(y) for y in line.get_ydata()]
            top, floor = next(ends for ends in panels if ends[0] - 1 <= min(heights) and max(heights) <= ends[1] + 1)
            most = _read_scale(drawn, top)
            found = (most * (floor - y) / (floor - top) for y in heights)
            yield from ((str(line.get_gid())[len("line ") :], value, most / 250) for value in found)


def read_stacks(drawn: Figure) -> Iterator[tuple[str, float]]:
    """Give the height of each piece of each bar of a period, as a part of the plot."""
    every = [line for line in drawn.findobj(Line2D) if line.get_gid() in ENDS]
    floor, top = (next(float(one.get_ydata()[0]) for one in every if one.get_gid() == name) for name in ENDS)
    for area in drawn.findobj(Polygon):
        name, _, period = str(area.get_gid()).partition(" ")
        if name == "stack":
            ys = [float(y) for _, y in area.get_xy()]
            yield period, (max(ys) - min(ys)) / (floor - top)


def _read_scale(drawn: Figure, height: float) -> float:
    """Read the value that is written beside the upper edge of a plot."""
    beside = [text for text in words(drawn) if text.get_horizontalalignment() == "right"]
    said = min(beside, key=lambda text: abs(text.get_position()[1] - height)).get_text().replace(",", "")
    number = float(said.replace("\N{NO-BREAK SPACE}", " ").rstrip(" %K"))
    return number / 100 if said.endswith("%") else number * 1000 if said.endswith("K") else number


ENDS = ("axis", "rule")
"""The lines at the foot and at the upper edge of a plot."""


def read_bars(drawn: Figure) -> Mapping[str, list[float]]:
    """Give the widths of the parts of every bar, by its key, as parts of the bar."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for area in drawn.findobj(Polygon):
        name, _, key = str(area.get_gid()).partition(" ")
        if name in ("band", "unsure"):
            xs = [float(x) for x, _ in area.get_xy()]
            found[key].append((min(xs), max(xs)))
    return {key: list(_widths(sorted(set(parts)))) for key, parts in found.items()}


def _widths(parts: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Give each part's width with half of the slits around it."""
    ends = [parts[0][0], *((one[1] + other[0]) / 2 for one, other in pairwise(parts)), parts[-1][1]]
    yield from ((right - left) / (ends[-1] - ends[0]) for left, right in pairwise(ends))
