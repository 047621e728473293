"""
A referee we did not write: whether labels, marks or lines collide, by the extents that matplotlib gives its artists.

Nothing of our own layout is asked. `find_collisions` measures one picture:

* no text over another, off the picture or half in and half out of a mark
* no line through a text
* no mark half over another

`find_cut` finds what is not said to its end, `find_small_letters` what a telephone shows too small.
"""

import functools
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

from analytics.domain.chart_specs import Chart, as_json

FORGIVEN = 0.6
"""Pixels of 1200: what rounding to the grid of a picture may add."""
PHONE, WIDTH = 298, 1200
PIXELS_PER_POINT = 200 / 72
CUT = "…"
LEAST = 8.0
"""Pixels of a telephone: no letter is smaller."""


class Room(NamedTuple):
    """A rectangle as plain numbers: a box of matplotlib's works out each edge anew, for every pair that is compared."""

    x0: float
    y0: float
    x1: float
    y1: float


class Drawn(NamedTuple):
    """One artist: what it is called, its place in the order of drawing, the room it takes in pixels, and its ink."""

    name: str
    order: int
    artist: Artist
    box: Room
    ink: Room


def find_collisions(figure: Figure) -> list[str]:
    """Say of each pair that collides what it is."""
    FigureCanvasAgg(figure)
    found = [
        _measure(artist, order)
        for order, artist in enumerate(figure.findobj())
        if isinstance(artist, Text | Line2D | Polygon) and not (isinstance(artist, Text) and not artist.get_text())
    ]
    texts, lines, marks = ([one for one in found if isinstance(one.artist, kind)] for kind in (Text, Line2D, Polygon))
    return [*_off(texts), *_overwritten(texts), *_crossed(texts, lines, marks), *_cut(texts, marks), *_overlaid(marks)]


def _measure(artist: Text | Line2D | Polygon, order: int) -> Drawn:
    box = Room(*map(float, artist.get_window_extent().extents))
    if isinstance(artist, Text):
        return Drawn(artist.get_text(), order, artist, box, _ink(artist, box))
    return Drawn(str(artist.get_gid()), order, artist, box, box)


def _ink(text: Text, box: Room) -> Room:
    """Give the room of the letters alone, without what a line keeps free above and beneath them."""
    size = text.get_fontsize() * PIXELS_PER_POINT
    low, high = _reach(text.get_text(), size, text.get_fontproperties())
    _, baseline = text.get_transform().transform(text.get_position())
    return Room(box.x0, float(baseline) + low, box.x1, float(baseline) + high)


@functools.cache
def _reach(words: str, size: float, font: FontProperties) -> tuple[float, float]:
    """Give how far the ink of some words goes beneath and above their baseline; many pictures have the same."""
    path = TextPath((0, 0), words, size=size, prop=font).get_extents()
    return float(path.y0), float(path.y1)


def _over(one: Room, other: Room) -> bool:
    wide, high = min(one.x1, other.x1) - max(one.x0, other.x0), min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > FORGIVEN and high > FORGIVEN


def _within(inner: Room, outer: Room) -> bool:
    return (
        outer.x0 - FORGIVEN <= inner.x0
        and inner.x1 <= outer.x1 + FORGIVEN
        and outer.y0 - FORGIVEN <= inner.y0
        and inner.y1 <= outer.y1 + FORGIVEN
    )


def _off(texts: list[Drawn]) -> Iterator[str]:
    sheet = Room(0, 0, 1200, 800)
    yield from (f"“{text.name}” leaves the picture" for text in texts if not _within(text.box, sheet))


def _overwritten(texts: list[Drawn]) -> Iterator[str]:
    yield from (
        f"“{one.name}” over “{other.name}”" for one, other in combinations(texts, 2) if _over(one.ink, other.ink)
    )


def _crossed(texts: list[Drawn], lines: list[Drawn], marks: list[Drawn]) -> Iterator[str]:
    """Find lines through texts, but for those that a mark between the two covers."""
    for line in lines:
        assert isinstance(line.artist, Line2D)
        path = line.artist.get_transform().transform_path(line.artist.get_path())
        near = Room(line.box.x0 - 2, line.box.y0 - 2, line.box.x1 + 2, line.box.y1 + 2)
        for text in texts:
            if _over(text.ink, near) and path.intersects_bbox(Bbox.from_extents(*text.ink), filled=False):
                between = [mark for mark in marks if line.order < mark.order < text.order]
                if not any(_within(text.ink, mark.box) for mark in between):
                    yield f"line {line.name} through “{text.name}”"


def _cut(texts: list[Drawn], marks: list[Drawn]) -> Iterator[str]:
    for text, mark in product(texts, marks):
        if _over(text.ink, mark.box) and not _within(text.ink, mark.box):
            yield f"“{text.name}” half on {mark.name}"


def _overlaid(marks: list[Drawn]) -> Iterator[str]:
    """Find marks half over one another; two triangles of a mark have one box, clear grounds of words may be one."""
    for one, other in combinations(marks, 2):
        if one.name == other.name == "clear":
            continue
        if _over(one.box, other.box) and not (_within(one.box, other.box) or _within(other.box, one.box)):
            yield f"{one.name} half over {other.name}"


def find_cut(figure: Figure, chart: Chart) -> list[str]:
    """Give the texts that were cut short; but for names of models, which come from outside and may be of any length."""
    cut = [text.get_text() for text in figure.findobj(Text) if CUT in text.get_text()]
    names = [word for name in _names(as_json(chart)) for word in (name, name.rpartition("/")[2])]
    return [
        f"“{words}” is cut"
        for words in cut
        if not any(name.startswith(words.partition(CUT)[0].rstrip()) for name in names)
    ]


def _names(told: object) -> Iterator[str]:
    """Give what a chart calls models by."""
    if isinstance(told, dict):
        yield from (told[key] for key in ("name",) if isinstance(told.get(key), str))
        yield from told.get("models", ())
        yield from (name for value in told.values() for name in _names(value))
    elif isinstance(told, list | tuple):
        yield from (name for value in told for name in _names(value))


def find_small_letters(figure: Figure) -> list[str]:
    """Give the texts of less than eight pixels on a telephone."""
    scale = PIXELS_PER_POINT * PHONE / WIDTH
    sizes = {text.get_text(): text.get_fontsize() * scale for text in figure.findobj(Text) if text.get_text().strip()}
    return [f"“{words}” {size:.1f} px" for words, size in sizes.items() if size < LEAST]
