"""The chart of official collections: words that can be read, and no mark that compares unlike units."""

import pytest
from matplotlib.figure import Figure

from analytics.charts import draw, style
from analytics.domain.chart_specs import Camp, Camps, Shelf
from tests.analytics.charts.drawings import an_answer, areas, crowding, figure, said, size, words


def camp(name: str, number: int) -> Camp:
    """Make a camp of so many collections with long names and notes."""
    shelves = [Shelf(f"Collection no. {n}", 1826 + n, "architectures", "active", 592) for n in range(number)]
    return Camp(name, tuple(shelves))


FULL = Camps((camp("PyTorch", 7), camp("TensorFlow", 2), camp("Keras, any backend", 2), camp("transformers", 1)))
ONE_SIDE = Camps((camp("PyTorch", 6), camp("Keras, any backend", 2)))
UNKNOWN = Camps((Camp("PyTorch", (Shelf("PyTorch Hub", None, "pages", "active"),)), camp("TensorFlow", 1)))
ALL = pytest.mark.parametrize("chart", [FULL, ONE_SIDE, UNKNOWN], ids=["full", "one side", "unknown"])


def drawn(chart: Camps) -> Figure:
    """Draw under the longest title."""
    return figure(an_answer(chart, title="5 of 6 PyTorch collections active; TensorFlow’s have moved", definition=None))


@ALL
def test_all_words_can_be_read_at_360_pixels(chart: Camps) -> None:
    """Nothing is smaller than 10 points, runs off the picture or into other words."""
    picture = drawn(chart)

    assert min(size(text) for text in words(picture)) >= style.SMALLEST
    boxes = [text.get_window_extent() for text in words(picture)]
    assert min(box.x0 for box in boxes) >= 0
    assert min(box.y0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= style.WIDTH
    assert max(box.y1 for box in boxes) <= style.HEIGHT
    assert crowding(picture) < 9, "line boxes may touch, ink may not"


def test_every_number_stands_with_its_unit_and_how_it_stands() -> None:
    """As words: no bar compares weights with pages."""
    picture = drawn(FULL)

    assert {"Collection no. 6", "1,832", "architectures", "active"} <= set(said(picture))
    heights = [
        round(rule.get_extents().height / len(one.shelves), 4)
        for rule, one in zip(areas(picture, "camp"), FULL.camps, strict=True)
    ]
    assert max(heights) - min(heights) < 1e-3, "no mark grows with a number"


def test_an_unknown_count_is_a_dash_and_not_a_nought() -> None:
    """In the picture and in its words."""
    assert "–" in said(drawn(UNKNOWN))
    assert "0" not in said(drawn(UNKNOWN))
    assert "PyTorch Hub without a count" in UNKNOWN.words


def test_camps_are_named_in_words_and_not_by_colour_alone() -> None:
    """Each heading carries its name."""
    assert {"PyTorch", "TensorFlow", "Keras, any", "backend", "transformers"} <= set(said(drawn(FULL)))


@ALL
def test_the_same_chart_gives_the_same_picture(chart: Camps) -> None:
    """Twice drawn, the same bytes."""
    answer = an_answer(chart, definition=None)

    assert draw(answer) == draw(answer)


def test_more_collections_than_can_be_read_are_refused() -> None:
    """Rather than drawn too small; what is there today fits."""
    with pytest.raises(ValueError, match=r"collections|draw"):
        drawn(Camps((camp("PyTorch", 14 + 1), camp("TensorFlow", 1))))
