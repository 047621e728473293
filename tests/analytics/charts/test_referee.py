"""No two labels, marks or lines of any picture collide, none is too small for a telephone; the referee sees it."""

from pathlib import Path

import pytest

from analytics.charts.canvas import Paper
from analytics.charts.style import Box, em
from analytics.domain.chart_specs import Cell, Held, Matrix
from tests.analytics.charts.drawings import figure, frame
from tests.analytics.charts.gallery import WORLDS, hang
from tests.analytics.charts.referee import find_collisions, find_cut, find_small_letters


@pytest.mark.parametrize("world", WORLDS)
def test_nothing_collides_and_every_letter_can_be_read(world: str, tmp_path: Path) -> None:
    """Of every question that is offered, over what is embedded, stored, real and extreme; 8 px at 298 px at least."""
    drawn = {words: (figure(answer), answer.chart) for words, answer in hang(world, tmp_path)}
    found = {
        words: find_collisions(one) + find_small_letters(one) + (find_cut(one, chart) if chart else [])
        for words, (one, chart) in drawn.items()
    }

    assert len(drawn) > 15
    assert {words: those for words, those in found.items() if those} == {}


def _paper(*, words: str = "", at: tuple[float, float] = (100, 100)) -> Paper:
    """Make a sheet with one mark, one line and one text, which keep apart; and with other words, if given."""
    paper = Paper()
    paper.fill([(300, 300), (400, 300), (400, 400), (300, 400)], "#000000", "mark")
    paper.line([(300, 200), (600, 200)], "#000000", 1, "rule")
    paper.write((600, 600), "a label", 12)
    if words:
        paper.write(at, words, 12)
    return paper


def test_the_referee_finds_nothing_where_all_keep_apart() -> None:
    """Not even words on a mark."""
    assert find_collisions(frame(_paper(words="on", at=(320, 360)).picture)) == []


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ((620, 610), "“a label” over “another”"),
        ((350, 350), "“another” half on mark"),
        ((350, 210), "line rule through “another”"),
        ((1150, 100), "“another” leaves the picture"),
    ],
)
def test_the_referee_sees_a_label_that_collides(at: tuple[float, float], said: str) -> None:
    """With a label, a mark, a line, the edge."""
    assert find_collisions(frame(_paper(words="another", at=at).picture)) == [said]


def test_the_referee_sees_marks_that_collide_and_forgives_a_line_that_is_covered() -> None:
    """Half over one another is a collision, a cleared ground beneath a word is none."""
    paper = _paper()
    paper.fill([(350, 350), (450, 350), (450, 450), (350, 450)], "#000000", "other")
    assert find_collisions(frame(paper.picture)) == ["mark half over other"]

    paper, ground = _paper(), Box(340, 180, 120, 60)
    corners = [(ground.x, ground.y), (ground.right, ground.y), (ground.right, ground.bottom), (ground.x, ground.bottom)]
    paper.fill(corners, "#FFFFFF", "clear")
    paper.write((350, 200 + em(12) / 3), "word", 12)
    assert find_collisions(frame(paper.picture)) == []


def test_the_referee_sees_words_that_are_cut_and_forgives_names() -> None:
    """The name of a model is somebody else's and may be of any length; our own words have to fit."""
    paper, chart = Paper(), Matrix(("org/a-long-name",), ("JAX",), ((Cell(Held.YES, "only before transformers 5"),),))
    paper.write((100, 100), "a-long…", 12)
    paper.write((100, 300), "only b…", 12)

    assert find_cut(frame(paper.picture), chart) == ["“only b…” is cut"]


def test_the_referee_sees_letters_that_are_too_small() -> None:
    """11.5 points are 7.9 pixels of a telephone."""
    paper = Paper()
    paper.write((100, 100), "small", 11.5)
    paper.write((100, 300), "not", 11.6)

    assert find_small_letters(frame(paper.picture)) == ["“small” 7.9 px"]
