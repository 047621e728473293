"""The form for short lists: a numbered tile a model in rank order, ten a row, so that ranks can be counted off."""

from analytics.charts.canvas import Paper
from analytics.charts.marks import CORNER, divide, ground, ink_on, letters
from analytics.charts.style import ASCENT, CAPITAL, PIXELS_PER_POINT, SMALLEST, Box, em
from analytics.domain.chart_specs import Tile, Tiles
from analytics.domain.counts import Split

A_ROW = 10
"""Five rows at most (MOST_TILES): with a sixth the tiles get too low for a number and a letter to be read."""
GAP = 8
CLEAR = 4
"""Pixels at least between a number and a letter."""
LARGEST_SIDE = 190
"""A lone model gets a tile of this side, not one that fills the picture."""
TALLEST = 1.4
"""A tile's height by its width, at most: few rows use the room without turning into columns."""
LARGEST_NUMBER, LARGEST_LETTER = 36, 15


def draw_tiles(paper: Paper, body: Box, chart: Tiles) -> None:
    """Draw every model of the list, row by row, in the middle of the body's height."""
    tiles = sorted(chart.tiles, key=lambda tile: tile.rank)
    columns, rows = min(A_ROW, len(tiles)), -(-len(tiles) // A_ROW)
    width = min(LARGEST_SIDE, (body.width - (columns - 1) * GAP) / columns)
    height = min(LARGEST_SIDE, TALLEST * width, (body.height - (rows - 1) * GAP) / rows)
    size = number_size(paper, width, height, str(tiles[-1].rank))
    top = body.y + (body.height - rows * height - (rows - 1) * GAP) / 2
    for place, tile in enumerate(tiles):
        row, column = divmod(place, A_ROW)
        box = Box(body.x + column * (width + GAP), top + row * (height + GAP), width, height)
        _draw_tile(paper, box, tile, size)


def _draw_tile(paper: Paper, box: Box, tile: Tile, size: float) -> None:
    ground(paper, box, tile.split, assumed=tile.assumed, name=f"tile {tile.rank}")
    if tile.split is Split.BOTH:
        divide(paper, box)
    letters(paper, box, tile.split, letter_size(box.height), assumed=tile.assumed)
    colour = ink_on(tile.split, assumed=tile.assumed)
    paper.write_centred(box, str(tile.rank), size, bold=True, colour=colour)


def letter_size(height: float) -> float:
    """Let the letters grow with the tile, from the smallest type on."""
    return max(SMALLEST, min(LARGEST_LETTER, height * 0.1))


def number_size(paper: Paper, width: float, height: float, widest: str) -> float:
    """
    Find the type size for the numbers, so that they stay clear of the letters in the corners.

    Either between the letters or above and below them, whichever lets the numbers be larger.
    """
    letter = letter_size(height)
    a_point = paper.width(widest, LARGEST_NUMBER, bold=True) / LARGEST_NUMBER
    between = (width - 2 * (CORNER + paper.width("P", letter, bold=True) + CLEAR)) / a_point
    below = (height / 2 - CORNER - em(letter) * ASCENT - CLEAR) / (1 - ASCENT + CAPITAL / 2) / PIXELS_PER_POINT
    stacked = min(below, (width - 2 * CORNER) / a_point)
    return max(SMALLEST, min(LARGEST_NUMBER, max(between, stacked), height * 0.6 / PIXELS_PER_POINT))
