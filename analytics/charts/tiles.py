"""
The form for short lists: ten rows of numbered tiles in rank order, and beside the first ten the names of the models.

Ranks run down, then to the right. A tile has its number in the middle, P at its left, T at its right, and a question
mark there where there is no proof, so that it is read without colour.
"""

from collections.abc import Sequence
from typing import NamedTuple

from analytics.charts.canvas import Paper, clean
from analytics.charts.marks import ASSUMED, ground, write_on
from analytics.charts.style import CAPITAL, INK, MARKS, PIXELS_PER_POINT, SMALLEST, Box, em
from analytics.charts.text_layout import fit
from analytics.domain.chart_specs import Tile, Tiles

A_COLUMN = 10
"""Rows; of longer lists than this the first column alone has names."""
GAP, BETWEEN = 7, 10
"""Pixels beneath a tile, and between columns."""
INSIDE, CLEAR = 8, 3
"""Pixels from a letter to the edge of its tile, and at least to the number."""
WIDEST = 165
TALLEST = 76
NAMES = 360
"""Pixels that names have at least."""
BESIDE = 14
NAME_TRIES = ((1, 13), (1, 12.5), (1, 12), (1, SMALLEST))
LARGEST_NUMBER, LARGEST_LETTER = 20, 15
"""In points."""


class TileSizes(NamedTuple):
    """Width and height of every tile, what letters take at its sides, and the type of numbers and letters."""

    width: float
    height: float
    left: float
    right: float
    number: float
    letter: float


def draw_tiles(paper: Paper, body: Box, chart: Tiles) -> None:
    """Draw every model of the list, column by column, and the names of the first."""
    tiles = sorted(chart.tiles, key=lambda tile: tile.rank)
    columns, rows = -(-len(tiles) // A_COLUMN), min(A_COLUMN, len(tiles))
    pitch = min(TALLEST, (body.height + GAP) / rows)
    sizes = _measure(paper, body, columns, pitch - GAP, tiles)
    top = body.y + (body.height + GAP - rows * pitch) / 2
    names = body.width - columns * (sizes.width + BETWEEN) + BETWEEN
    for place, tile in enumerate(tiles):
        column, row = divmod(place, A_COLUMN)
        x = body.x + column * (sizes.width + BETWEEN) + (names if column else 0)
        box = Box(x, top + row * pitch, sizes.width, sizes.height)
        _draw_tile(paper, box, tile, sizes)
        if not column:
            _write_name(paper, Box(box.right + BESIDE, box.y, names - BESIDE, box.height), tile.name)


def _measure(paper: Paper, body: Box, columns: int, height: float, tiles: Sequence[Tile]) -> TileSizes:
    """Choose the sizes: as wide as the names leave room for, in type as large as does not run into one another."""
    width = min(WIDEST, (body.width - NAMES) / columns - BETWEEN)
    letter = max(SMALLEST, min(LARGEST_LETTER, height * 0.3))
    sides = zip(*map(_letters, tiles), strict=True)
    left, right = (INSIDE + max(paper.width(words, letter, bold=True) for words in side) for side in sides)
    widest = max(paper.width(f"{tile.rank}", LARGEST_NUMBER, bold=True) for tile in tiles) / LARGEST_NUMBER
    room = (width - left - right - 2 * CLEAR) / widest
    number = max(SMALLEST, min(LARGEST_NUMBER, room, height * 0.66 / PIXELS_PER_POINT))
    return TileSizes(width, height, left, right, number, letter)


def _letters(tile: Tile) -> tuple[str, str]:
    """Give what stands at the left and at the right of the number: P, and T with the doubt."""
    left, right = (letter if letter in MARKS[tile.split] else "" for letter in "PT")
    return left, f"{right}{ASSUMED if tile.assumed else ''}"


def _draw_tile(paper: Paper, box: Box, tile: Tile, sizes: TileSizes) -> None:
    ground(paper, box, tile.split, assumed=tile.assumed, name=f"tile {tile.rank}")
    between = Box(box.x + sizes.left, box.y, box.width - sizes.left - sizes.right, box.height)
    write_on(paper, between, f"{tile.rank}", sizes.number, tile.split, assumed=tile.assumed)
    left, right = _letters(tile)
    for words, side in ((left, box.x + INSIDE), (right, box.right - INSIDE)):
        if words:
            wide = paper.width(words, sizes.letter, bold=True)
            place = Box(side if side < box.middle[0] else side - wide, box.y, wide, box.height)
            write_on(paper, place, words, sizes.letter, tile.split, assumed=tile.assumed)


def _write_name(paper: Paper, box: Box, name: str) -> None:
    """Write what the model is called; whose it is stands in the table, in full."""
    words = fit(clean(name.rpartition("/")[2]), NAME_TRIES, box.width, paper.width)
    if words.lines:
        paper.write((box.x, box.middle[1] + em(words.size) * CAPITAL / 2), words.lines[0], words.size, colour=INK)
