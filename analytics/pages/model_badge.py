"""A badge for model cards: in which frameworks one model comes, as a small SVG. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.charts.style import BADGE_HUES, GREY, INK, PAPER, TINTS
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Cell, Held, Matrix
from analytics.pages.page_templates import fill

OWN = (Held.YES, Held.ASSUMED, Held.INHERITED)
LABEL, UNKNOWN, NONE = "frameworks", "unknown", "none"
HEIGHT, PAD, STRIPE = 20, 7, 4
"""Pixels: the size of most badges; a stripe bears the hue, so that words stand on a pale ground."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a badge."""

    text: str
    ground: str
    ink: str
    stripe: str = ""

    @property
    def text_width(self) -> float:
        """How wide its words are drawn: whatever the font, they are fitted into it."""
        return sum(WIDTHS.get(letter, CAPITAL if letter.isupper() else LETTER) for letter in self.text)

    @property
    def width(self) -> int:
        """How wide it is."""
        return round(self.text_width + 2 * PAD + (STRIPE if self.stripe else 0))


LETTER, CAPITAL = 6.6, 7.7
WIDTHS = dict.fromkeys("ijl.,'!|· ", 3.6) | dict.fromkeys("frt()-/1", 4.8) | dict.fromkeys("mwMW", 10.0)
"""Widths of letters of 11 px in the fonts of badges (Verdana, DejaVu Sans), near enough."""


def draw_badge(answer: Answer) -> str:
    """Draw the badge of one model's answer."""
    name = answer.chart.models[0] if isinstance(answer.chart, Matrix) else ""
    parts = list(_find_parts(answer))
    told = " · ".join(part.text for part in parts)
    note = f" {answer.freshness}." if answer.freshness else ""
    return _draw(f"{name}: {told}", f"Frameworks of {name}, {answer.day}: {told}. {answer.source_line}.{note}", parts)


def draw_refusal(text: str) -> str:
    """Draw a badge that says why there is none."""
    return _draw(f"{LABEL}: {text}", f"{LABEL}: {text}", [Segment(text, PAPER, INK, GREY)])


def _find_parts(answer: Answer) -> Iterator[Segment]:
    """Give a part for each framework it can be had in; else what it is converted to; else none, or that none shows."""
    chart = answer.chart
    assert isinstance(chart, Matrix)  # noqa: S101 - the answer for one model has this chart
    cells = {name: row[0] for name, row in zip(chart.frameworks, chart.cells, strict=True)}
    told = {name: text for name, cell in cells.items() if (text := _say(name, cell))}
    names = [name for name in told if name in BADGE_HUES] or list(told)
    for name in names:
        hue = BADGE_HUES.get(name, GREY)
        yield Segment(told[name], TINTS[hue], INK, hue)
    if not names:
        is_told = all(cell.status is Held.NO for cell in cells.values())
        yield Segment(NONE if is_told else UNKNOWN, PAPER, INK, GREY)


def _say(framework: str, cell: Cell) -> str:
    """Say that a model comes in a framework, and through what; nothing where it does not."""
    match cell.status:
        case Held.CONVERTS:
            return f"{framework} via {cell.through}"
        case Held.MAY_CONVERT:
            return f"{framework} perhaps via {cell.through}"
        case Held.THROUGH_KERAS:
            return f"{framework} via Keras 3"
        case Held.CONVERSION:
            return cell.words
        case held:
            return " ".join(filter(None, (framework, cell.limit))) if held in OWN else ""


def _draw(title: str, description: str, parts: list[Segment]) -> str:
    segments = [Segment(LABEL, INK, PAPER), *parts]
    left, placed = 0, []
    for segment in segments:
        placed.append((left, segment))
        left += segment.width
    sizes = {"width": left, "height": HEIGHT, "pad": PAD, "stripe": STRIPE, "edge": GREY}
    return fill("badge.svg", title=title, description=description, placed=placed, **sizes)
