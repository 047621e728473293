"""What holds the artists is no figure of matplotlib's, and nobody sees it."""

from typing import Any

import numpy as np

from analytics.charts import lay_out
from analytics.charts.sheet import Sheet
from analytics.charts.style import DPI, HEIGHT, WIDTH
from analytics.domain.answer import Answer
from tests.analytics.charts.drawings import ALL, figure


def drawn(picture: Any) -> np.ndarray:
    """Draw on a sheet of its own; give every pixel."""
    sheet = Sheet(WIDTH, HEIGHT, DPI)
    picture.draw(sheet)
    return np.array(sheet.buffer_rgba())


@ALL
def test_a_picture_is_what_a_figure_would_be(answer: Answer) -> None:
    """The same artists on matplotlib's own figure come out the same, to the last pixel."""
    assert (drawn(lay_out(answer)) == drawn(figure(answer))).all()
