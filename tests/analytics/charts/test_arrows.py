"""The chart of changes: who entered, left and moved, the split of both days, words that can be read."""

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from analytics.charts import NothingToDraw, draw, style
from analytics.domain.chart_specs import Moves, SplitOfDay, Step
from analytics.domain.counts import Counts, Split
from tests.analytics.charts.drawings import an_answer, areas, crowding, figure, fills, is_inside, said, size, words

DAYS = (SplitOfDay("16 Nov 2026", Counts(18, 0, 9, 3)), SplitOfDay("23 Nov 2026", Counts(20, 1, 7, 2)))
LONG = "sentence-transformers/paraphrase-multilingual-mpnet-base-v2-with-a-name-as-long-as-the-Hub-allows-96x"
USUAL = Moves(
    DAYS,
    (
        Step("Comfy-Org/MiniMax-H3", None, 24, Split.PYTORCH_ONLY),
        Step(LONG, None, 1, Split.BOTH),
        Step("lab/gone", 30, None, Split.NEITHER),
        Step("lab/fell", 1, 30, Split.TENSORFLOW_ONLY),
        Step("lab/rose", 9, 8, Split.PYTORCH_ONLY),
    ),
    30,
)
NOTHING = Moves(DAYS, (), 30)
ONE = Moves(
    (SplitOfDay("1 Nov 2026", Counts(1)), SplitOfDay("8 Nov 2026", Counts(1))),
    (Step(LONG, None, 1, Split.PYTORCH_ONLY),),
    30,
)
ALL_NEW = Moves(
    (SplitOfDay("30 Sep 2026", Counts(1000, 1000, 1000, 1000)), SplitOfDay("27 Nov 2026", Counts(1000, 0, 0, 0))),
    (
        *(Step(LONG, None, rank, Split.BOTH) for rank in range(1, 31)),
        *(Step(LONG, rank, None, Split.PYTORCH_ONLY) for rank in range(1, 31)),
    ),
    30,
)
ALL = pytest.mark.parametrize("chart", [USUAL, NOTHING, ONE, ALL_NEW], ids=["usual", "nothing", "one", "all new"])


def drawn(chart: Moves) -> Figure:
    """Draw under the longest title."""
    return figure(an_answer(chart, title="30 new in the top 30, PyTorch down to 10, TensorFlow 10"))


@ALL
def test_all_words_can_be_read_and_none_runs_into_another(chart: Moves) -> None:
    """Nothing is smaller than 10 points, off the picture or over other words; not with the longest names."""
    picture = drawn(chart)

    assert min(size(text) for text in words(picture)) >= style.SMALLEST
    assert is_inside(picture)
    assert crowding(picture) < 9, "line boxes may touch, ink may not"


@ALL
def test_no_mark_runs_into_a_word(chart: Moves) -> None:
    """Arrows keep to their own room, between the names and what is said of them."""
    picture = drawn(chart)
    arrows = [one.get_window_extent() for one in picture.findobj(Polygon) if str(one.get_gid()).startswith("head")]
    arrows += [one.get_window_extent() for one in picture.findobj(Line2D) if str(one.get_gid()).startswith("way")]
    texts = [text.get_window_extent() for text in words(picture)]

    assert not [1 for arrow in arrows for text in texts if arrow.overlaps(text)]


def test_who_entered_left_and_moved_is_said_and_shown() -> None:
    """News first; an arrow a row, its head at the rank of now."""
    picture = drawn(USUAL)

    rows = [text for text in said(picture) if text.startswith(("NEW", "LEFT")) or "→" in text]
    assert rows[1:] == ["NEW 1", "NEW 24", "LEFT, was 30", "1 → 30", "9 → 8"]
    assert {"MiniMax-H3", "gone", "fell", "rose"} <= set(said(picture))
    heads = [str(one.get_gid()) for one in picture.findobj(Polygon) if str(one.get_gid()).startswith("head")]
    assert len(heads) == len(USUAL.steps)


def test_an_arrow_points_where_the_model_went() -> None:
    """To the left is up, to the right down or out."""
    picture = drawn(USUAL)

    def tip(name: str) -> float:
        (x, _), (base, _), *_ = areas(picture, f"head {name}")[0].get_xy()
        return float(x - base)

    assert tip("lab/rose") < 0
    assert tip("Comfy-Org/MiniMax-H3") < 0
    assert tip("lab/fell") > 0
    assert tip("lab/gone") > 0


def test_the_split_of_both_days_stands_in_figures() -> None:
    """Each part, then and now, under its mark; of now in bold."""
    picture = drawn(USUAL)

    assert {"16 Nov 2026", "23 Nov 2026", "PyTorch only", "TensorFlow only", "both", "neither"} <= set(said(picture))
    bold = {text.get_text() for text in words(picture) if "Bold" in str(text.get_fontproperties().get_file())}
    assert {"20", "1", "7", "2"} <= bold
    assert {"18", "9", "3"} <= set(said(picture)) - bold


def test_more_than_can_be_read_are_counted() -> None:
    """Sixty that entered and left: as many as there is room for, and how many more."""
    picture = drawn(ALL_NEW)

    shown = len([text for text in said(picture) if text.startswith(("NEW", "LEFT"))])
    assert f"and {60 - shown} others that entered, left or moved: in the table" in said(picture)
    assert shown >= 8
    of_each = [sum(text.startswith(word) for text in said(picture)) for word in ("NEW", "LEFT")]
    assert abs(of_each[0] - of_each[1]) <= 1, "neither hides the other"


def test_nothing_that_moved_is_said() -> None:
    """Not an empty half of a picture."""
    assert "No model entered, left or moved." in said(drawn(NOTHING))


def test_the_words_hold_every_number() -> None:
    """For who cannot see it."""
    assert "18" in USUAL.words
    assert "lab/gone left, was 30" in USUAL.words
    assert "lab/fell 1 to 30" in USUAL.words


def test_a_mark_without_proof_is_dashed_and_has_a_question_mark() -> None:
    """As the model's tile has it in `top30`: solid it would be proven."""
    chart = Moves(DAYS, (Step("lab/assumed", None, 24, Split.BOTH, unsure=True), *USUAL.steps[1:]), 30)

    assert "PT?" in said(drawn(chart))
    assert "PT?" not in said(drawn(USUAL))
    assert fills(drawn(chart), "mark") != fills(drawn(USUAL), "mark")


@ALL
def test_the_same_chart_gives_the_same_picture(chart: Moves) -> None:
    """Twice drawn, the same bytes."""
    assert draw(an_answer(chart)) == draw(an_answer(chart))


def test_counts_that_are_not_the_answer_s_are_refused() -> None:
    """The last day's are the answer's."""
    with pytest.raises(NothingToDraw, match="the chart shows"):
        figure(an_answer(USUAL, counts=Counts(30)))
