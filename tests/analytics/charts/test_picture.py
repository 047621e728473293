"""What holds the artists is no figure of matplotlib's, and nobody sees it."""

from typing import Any

import numpy as np

from analytics.charts import lay_out
from analytics.charts.canvas import Paper
from analytics.charts.sheet import Sheet
from analytics.charts.style import BLUE, DPI, HEIGHT, ORANGE, WIDTH
from analytics.domain.answer import Answer
from tests.analytics.charts.drawings import ALL, figure, frame


def drawn(picture: Any) -> np.ndarray:
    """Draw on a sheet of its own; give every pixel."""
    sheet = Sheet(WIDTH, HEIGHT, DPI)
    picture.draw(sheet)
    return np.array(sheet.buffer_rgba())


@ALL
def test_a_picture_is_what_a_figure_would_be(answer: Answer) -> None:
    """The same artists on matplotlib's own figure come out the same, to the last pixel."""
    assert (drawn(lay_out(answer)) == drawn(figure(answer))).all()


def test_words_stand_on_what_is_painted_after_them() -> None:
    """Areas, lines and words lie over one another as they do on matplotlib's own figure, whichever came first."""
    own, matplotlibs = drawn(_paint_over().picture), drawn(frame(_paint_over().picture))

    assert (own == matplotlibs).all()
    assert own[380:400, 100:200, :3].min() == 0, "the word is seen"


def _paint_over() -> Paper:
    paper = Paper()
    paper.write((100, 400), "word", 18, colour="#000000")
    paper.line([(50, 390), (300, 390)], ORANGE, 3, "rule")
    paper.fill([(50, 300), (300, 300), (300, 450), (50, 450)], BLUE, "mark")
    return paper
