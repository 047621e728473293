"""The sheet remembers how words look, and they look as matplotlib renders them."""

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from analytics.charts.canvas import Paper
from analytics.charts.sheet import Sheet
from analytics.charts.style import DPI, HEIGHT, INK, ORANGE, PAPER, WIDTH

BLANK = 255


def written(on: RendererAgg, words: str = "Wjgf Ålesund, 30", colour: str = INK) -> np.ndarray:
    """Write a line on a sheet at whole pixels; give the picture in shades of grey."""
    paper = Paper()
    paper.write((100, 400), words, 18, colour=colour)
    on.clear()
    paper.picture.draw(on)
    return np.array(on.buffer_rgba())[..., :3].mean(axis=2)


def test_words_stand_where_matplotlib_has_them() -> None:
    """A stamped line has the ink of one that matplotlib writes, upright and in its place, the first time and again."""
    sheet, own = Sheet(WIDTH, HEIGHT, DPI), written(RendererAgg(WIDTH, HEIGHT, DPI))

    for _ in range(2):
        assert np.abs(written(sheet) - own).max() < 12
    assert own.min() < 60, "it was written"


def test_a_stamp_has_the_colour_it_is_asked_for() -> None:
    """The same words in another colour are no copy of the first, and white on white is nothing."""
    sheet = Sheet(WIDTH, HEIGHT, DPI)

    dark, orange, white = (written(sheet, "P", colour) for colour in (INK, ORANGE, PAPER))

    assert dark.min() < orange.min() < BLANK
    assert white.min() == BLANK


def test_a_line_is_remembered_at_a_byte_a_pixel() -> None:
    """What is kept of a line is its ink alone, and no look at a larger picture, which would be kept with it."""
    sheet = Sheet(WIDTH, HEIGHT, DPI)

    ink, _ = sheet.cut_stamp("openai-community/gpt2", FontProperties(size=18))

    assert ink.base is None
    assert ink.nbytes == ink.shape[0] * ink.shape[1]
