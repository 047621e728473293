"""Every word of a picture can be read: nothing overlaps, nothing is cut, whatever names and titles bring along."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.answer import Answer
from tests.analytics.charts.drawings import (
    ALL,
    LONG_SCOPE,
    THIRTY,
    crowding,
    figure,
    is_inside,
    is_on_a_tile,
    said,
    size,
    words,
)
from tests.analytics.charts.referee import find_collisions, find_small_letters


class TestLegibility:
    """Every word can be read, whatever names and titles bring along."""

    @ALL
    def test_nothing_overlaps_or_is_cut(self, answer: Answer) -> None:
        """No text touches another or an edge, none has less than 8 px on a telephone, with long lines or short."""
        for scope in (answer.scope, LONG_SCOPE):
            drawn = figure(replace(answer, scope=scope))

            assert find_collisions(drawn) + find_small_letters(drawn) == []
            assert is_inside(drawn)

    @given(title=st.text("abcdefg hij KLM $^_{}\\ 0123456789,.-", min_size=5, max_size=200))
    @settings(max_examples=40, deadline=None)
    def test_titles_of_any_length_fit(self, title: str) -> None:
        """A title takes two lines at most, of 15 points or more, stays on the picture and loses nothing but its end."""
        drawn = figure(replace(THIRTY, title=title))
        lines = [text for text in words(drawn) if size(text) >= 15 and not is_on_a_tile(text)]

        shown, given = ("".join(text.split()) for text in ("".join(line.get_text() for line in lines), title))

        assert len(lines) <= 2
        assert shown == given or (shown.endswith("…") and given.startswith(shown[:-1]))
        assert is_inside(drawn)
        assert crowding(drawn) <= 0

    @given(odd=st.text(st.characters(), max_size=80))
    @settings(max_examples=30, deadline=None)
    def test_odd_characters_do_no_harm(self, odd: str) -> None:
        """Whatever a name or a title is made of, it is drawn, without a warning; towering accents may graze a line."""
        drawn = figure(replace(THIRTY, title=f"a {odd}", scope=f"{odd} b"))
        drawn.canvas.draw()

        assert is_inside(drawn)
        assert crowding(drawn) <= 20

    def test_what_the_font_lacks_is_shown_as_a_box(self) -> None:
        """Chinese and emoji become □, line breaks spaces; what steers direction or hangs on a letter goes."""
        drawn = figure(replace(THIRTY, title="模型 🤗\n$x$ by e\u0301ric\u202e z\u0336\x00a"))

        assert said(drawn)[0] == "□□ □ $x$ by éric z a"

    def test_dollars_are_dollars(self) -> None:
        """Text between dollar signs is not read as a formula."""
        title = next(
            text for text in words(figure(replace(THIRTY, title="a $\\frac{1}{2}$ b"))) if "$" in text.get_text()
        )

        assert title.get_text() == "a $\\frac{1}{2}$ b"
        assert title.get_parse_math() is False

    def test_a_long_title_shrinks_before_it_is_cut(self) -> None:
        """Eighty letters are set smaller and stay whole; two hundred end in an ellipsis."""
        eighty = "PyTorch is available in twenty-eight of the top thirty models, TensorFlow in nine"
        whole, cut = (figure(replace(THIRTY, title=title)) for title in (eighty, "many models " * 17))

        assert " ".join(said(whole)[:2]) == eighty
        assert 15 <= size(words(whole)[0]) < 18
        assert said(cut)[1].endswith("…")

    @pytest.mark.parametrize(
        ("title", "lines"),
        [
            ("PyTorch in 93 of the top 100, TensorFlow in 19", ["PyTorch in 93 of the top 100,", "TensorFlow in 19"]),
            ("The top model is in both PyTorch and TensorFlow", ["The top model is in both", "PyTorch and TensorFlow"]),
            ("Thirty models of automatic-speech-recognition", ["Thirty models of automatic-speech-", "recognition"]),
        ],
        ids=["at a comma", "evenly", "at a hyphen"],
    )
    def test_a_title_breaks_where_one_pauses(self, title: str, lines: list[str]) -> None:
        """Two lines of a title part at a comma, or else are about equally long: none ends in a lonely word."""
        assert said(figure(replace(THIRTY, title=title)))[:2] == lines

    def test_a_long_subtitle_keeps_its_date(self) -> None:
        """When the scope is too long it is cut, and the day still stands at the end."""
        drawn = figure(replace(THIRTY, scope="author " + "x" * 300))

        assert " ".join(said(drawn)[2:5]).endswith("x… · 22 Aug 2026")

    def test_a_task_may_break_at_its_hyphens(self) -> None:
        """A long subtitle is broken where a task has a hyphen, so that nothing of it is lost."""
        drawn = figure(replace(THIRTY, scope=LONG_SCOPE))

        assert f"{said(drawn)[2]}{said(drawn)[3]}" == f"{LONG_SCOPE} · 22 Aug 2026"

    def test_small_print_takes_two_lines_before_it_is_cut(self) -> None:
        """Who says so and by which rule stand at the foot, whole."""
        producers = [f"A source of facts called {number}" for number in range(4)]
        answer = replace(THIRTY, origins=tuple(replace(THIRTY.origins[0], producer=name) for name in producers))
        lines = said(figure(answer))
        first = next(at for at, line in enumerate(lines) if line.startswith("Source: "))

        assert f"{lines[first]} {lines[first + 1]}" == answer.foot
