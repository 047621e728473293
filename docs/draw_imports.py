"""
Draw docs/architecture.png from the imports: `make architecture`, or `python docs/draw_imports.py --check`.

A room is a package of analytics/ and bot/, or a module that stands loose in them; a room stands above all that it
imports. An arrow that others imply is left out: what `app` reaches through `commands` needs none of its own. The
picture carries a fingerprint of the rooms and their imports, so that `--check` knows whether it is out of date.
"""

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import grimp
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path as Curve
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PICTURE = Path(__file__).parent / "architecture.png"
BANDS: Mapping[str, tuple[str, str, str]] = {
    "analytics": ("analytics/ knows models, has never heard of Slack", "#2a6f97", "#eaf3f8"),
    "bot": ("bot/ knows Slack and time, counts nothing", "#7a4d9c", "#f4eef8"),
}
"""The packages from the bottom up: what the band is called, and the colours of its boxes and of its ground."""

GUEST, GUEST_COLOUR = "playground", "#a85d00"
"""The stand-in for Slack; it has no band of its own and stands with the bot."""

INK, CIRCLE = "#555555", "#cc0000"
"""Arrows, and those that lead in a circle: there should be none."""

INWARD = 0.9
"""Everything is drawn a little to the middle, or the picture would grow wider at every turn."""

NOTE = "Arrows: imports, downwards; what others imply is left out. Drawn from the code by `make architecture`."

ROW, GAP, PER_LETTER, MARGIN, HEIGHT = 0.85, 0.35, 0.115, 0.45, 0.42
"""Measures in inches: between rows, between boxes, of a letter, around its name, of a box."""

Edge = tuple[str, str]
Places = dict[str, tuple[float, float]]


def room(module: str) -> str:
    """Name the room of a module: the package or loose module just inside its top-level package."""
    top, *inner = module.split(".")
    if top == GUEST:
        return module if module == f"{GUEST}.start" else GUEST
    return f"{top}.{inner[0]}" if inner else top


def imports() -> set[Edge]:
    """Read who imports whom, by rooms; the three packages' own empty modules are no rooms."""
    graph = grimp.build_graph(*BANDS, GUEST)
    found = {(room(a), room(b)) for a in graph.modules for b in graph.find_modules_directly_imported_by(a)}
    return {(a, b) for a, b in found if a != b and not {a, b} & set(BANDS)}


def reachable(edges: Iterable[Edge]) -> dict[str, set[str]]:
    """Tell for each room what it reaches, in however many steps."""
    onward: dict[str, set[str]] = defaultdict(set)
    for a, b in edges:
        onward[a].add(b)
    reached = {name: set(targets) for name, targets in onward.items()}
    for _ in reached:
        for targets in reached.values():
            targets.update(*(onward.get(target, ()) for target in tuple(targets)))
    return reached


def circles(edges: set[Edge]) -> set[Edge]:
    """Find the arrows that lead back to where they come from."""
    reached = reachable(edges)
    return {(a, b) for a, b in edges if a in reached.get(b, ())}


def telling(edges: set[Edge]) -> set[Edge]:
    """Leave out every arrow that others imply."""
    reached = reachable(edges)
    onward = {a: {b for x, b in edges if x == a} for a, _ in edges}
    return {(a, b) for a, b in edges if not any(b in reached.get(other, ()) for other in onward[a] - {b})}


def rows(names: Iterable[str], edges: set[Edge]) -> dict[str, int]:
    """Give each room a row above all that it imports, the bot's above all of analytics."""
    row: dict[str, int] = {}
    for band in BANDS:
        floor = max(row.values(), default=-1) + 1
        waiting = sorted(name for name in names if band_of(name) == band)
        while waiting:
            for name in [n for n in waiting if not any(a == n and b in waiting for a, b in edges)]:
                row[name] = max([floor, *(row[b] + 1 for a, b in edges if a == name)])
                waiting.remove(name)
    return row


def band_of(name: str) -> str:
    """Name the band a room stands in."""
    top = name.split(".", maxsplit=1)[0]
    return "bot" if top == GUEST else top


def with_bends(edges: set[Edge], row: dict[str, int]) -> list[list[str]]:
    """Give each arrow a bend in every row it crosses, so that it passes between the boxes."""
    lines = []
    for a, b in sorted(edges):
        bends = [f"{a}>{b}@{at}" for at in range(row[a] - 1, row[b], -1)]
        row.update({bend: row[a] - 1 - down for down, bend in enumerate(bends)})
        lines.append([a, *bends, b])
    return lines


def width(name: str) -> float:
    """Tell how much room a box needs; a bend needs hardly any."""
    return 0.1 if ">" in name else PER_LETTER * len(label(name)) + MARGIN


def label(name: str) -> str:
    """Name a room without its band; the playground keeps its name."""
    return name if name.startswith(GUEST) else name.partition(".")[2]


def arranged(row: Mapping[str, int], lines: Sequence[Sequence[str]]) -> Places:
    """Place boxes and bends so that lines are short and cross little: each moves towards its neighbours, in turn."""
    beside: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        for a, b in pairwise(line):
            beside[a].append(b)
            beside[b].append(a)
    levels = [sorted(name for name in row if row[name] == level) for level in range(max(row.values()) + 1)]
    x = {name: float(at) for level in levels for at, name in enumerate(level)}
    for _ in range(40):
        for level in [*levels, *reversed(levels)]:
            settle(level, x, beside)
    return {name: (x[name], row[name] * ROW) for name in row}


def settle(level: list[str], x: dict[str, float], beside: Mapping[str, Sequence[str]]) -> None:
    """Order a row by where the neighbours of each stand, and move each there as far as there is room."""
    wanted = {name: INWARD * sum(x[other] for other in beside[name]) / len(beside[name]) for name in level}
    level.sort(key=lambda name: (wanted[name], name))
    left, right = dict(wanted), dict(wanted)
    for before, name in pairwise(level):
        left[name] = max(left[name], left[before] + apart(before, name))
    for name, after in reversed(list(pairwise(level))):
        right[name] = min(right[name], right[after] - apart(name, after))
    x.update({name: (left[name] + right[name]) / 2 for name in level})


def apart(a: str, b: str) -> float:
    """Tell how far the middles of two neighbours must be from each other."""
    return (width(a) + width(b)) / 2 + GAP


@dataclass(frozen=True, slots=True)
class DrawingPlan:
    """Where everything stands: boxes and bends by name, the lines through them, the arrows that lead back."""

    places: Places
    lines: list[list[str]]
    back: set[Edge]

    @property
    def names(self) -> list[str]:
        """The rooms, without bends."""
        return sorted(name for name in self.places if ">" not in name)

    @property
    def sides(self) -> tuple[float, float]:
        """How far boxes reach to the left and to the right."""
        edges = [(x - width(name) / 2, x + width(name) / 2) for name, (x, _) in self.places.items()]
        return min(left for left, _ in edges) - GAP, max(right for _, right in edges) + GAP

    @property
    def top(self) -> float:
        """How high the highest row stands."""
        return max(y for _, y in self.places.values())


def plan(edges: set[Edge]) -> DrawingPlan:
    """Choose rows and places; what leads in a circle has no say in it."""
    back = circles(edges)
    onward = edges - back
    row = rows({name for edge in edges for name in edge}, onward)
    lines = with_bends(telling(onward), row)
    return DrawingPlan(arranged(row, lines), lines, back)


def draw(drawn: DrawingPlan) -> Figure:
    """Draw bands, arrows and boxes, in this order."""
    left, right = drawn.sides
    figure = Figure(figsize=(right - left, drawn.top + 1.1), dpi=110)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(left, right), ylim=(-0.65, drawn.top + 0.45))
    axes.axis("off")
    for band in BANDS:
        draw_band(axes, band, drawn)
    for line in drawn.lines:
        axes.add_patch(arrow([drawn.places[name] for name in line], INK))
    for a, b in sorted(drawn.back):
        axes.add_patch(arrow([drawn.places[a], drawn.places[b]], CIRCLE))
    for name in drawn.names:
        draw_box(axes, name, drawn.places[name])
    axes.text(left + 0.1, -0.55, NOTE, fontsize=9, color=INK)
    return figure


def draw_band(axes: Axes, band: str, drawn: DrawingPlan) -> None:
    """Draw the ground that the rooms of one package stand on, with what they know."""
    said, colour, ground = BANDS[band]
    heights = [drawn.places[name][1] for name in drawn.names if band_of(name) == band]
    bottom, top = min(heights) - ROW / 2, max(heights) + ROW / 2
    left, right = drawn.sides
    axes.add_patch(Rectangle((left, bottom + 0.03), right - left, top - bottom - 0.06, color=ground, lw=0))
    axes.text(left + 0.1, top - 0.12, said, color=colour, fontsize=11, va="top", style="italic")


def draw_box(axes: Axes, name: str, place: tuple[float, float]) -> None:
    """Draw a room with its name."""
    x, y = place
    colour = GUEST_COLOUR if name.startswith(GUEST) else BANDS[band_of(name)][1]
    corner, size = (x - width(name) / 2 + 0.12, y - HEIGHT / 2 + 0.06), (width(name) - 0.24, HEIGHT - 0.12)
    axes.add_patch(FancyBboxPatch(corner, *size, "round,pad=0.06", fc="white", ec=colour, lw=1.6, zorder=3))
    axes.text(x, y, label(name), ha="center", va="center", fontsize=11, color=colour, zorder=4, weight="bold")


def arrow(points: Sequence[tuple[float, float]], colour: str) -> FancyArrowPatch:
    """Lead a smooth line through its bends, upright where it leaves and where it arrives."""
    (x, y), *between, (to_x, to_y) = points
    stops = [(x, y - HEIGHT / 2), *between, (to_x, to_y + HEIGHT / 2)]
    vertices, codes = [stops[0]], [Curve.MOVETO]
    for (x0, y0), (x1, y1) in pairwise(stops):
        vertices += [(x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2), (x1, y1)]
        codes += [Curve.CURVE4] * 3
    return FancyArrowPatch(path=Curve(vertices, codes), arrowstyle="-|>", mutation_scale=10, color=colour, fill=False)


def save(figure: Figure, mark: str) -> None:
    """Write the picture in few colours, the same bytes every time, with a mark of what it shows."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    text = PngInfo()
    text.add_text("Description", mark)
    picture.quantize(48, dither=Image.Dither.NONE).save(PICTURE, optimize=True, pnginfo=text)


def fingerprint(edges: Iterable[Edge]) -> str:
    """Tell pictures apart by what they show."""
    return hashlib.sha256(repr(sorted(edges)).encode()).hexdigest()[:16]


def main() -> int:
    """Draw the picture, or say whether the one there is shows the imports as they are."""
    parser = argparse.ArgumentParser(description="Draw docs/architecture.png from the imports.")
    parser.add_argument("--check", action="store_true", help="draw nothing; fail if the picture is out of date")
    edges = imports()
    if not parser.parse_args().check:
        save(draw(plan(edges)), fingerprint(edges))
        return 0
    with Image.open(PICTURE) as picture:
        current = picture.info.get("Description") == fingerprint(edges)
    if not current:
        sys.stderr.write("docs/architecture.png is out of date: run make architecture, and look at it.\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
