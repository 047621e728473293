"""The picture of reach: two bars a framework, what is assumed hatched, every word legible and on the sheet."""

import itertools

import pytest
from matplotlib.lines import Line2D

from analytics.charts import NothingToDraw, draw
from analytics.domain.chart_specs import ReachBars
from analytics.domain.reach_counts import LETTERS, ReachCounts, Reached, count_letters
from tests.analytics.charts.drawings import an_answer, areas, crowding, figure, fills, is_inside, said, size, words


def counts(framework: str, scale: int = 1, **found: int) -> ReachCounts:
    """Count a framework: by the names of the statuses, and `assumed`."""
    assumed = found.pop("assumed", 0)
    return ReachCounts(framework, {Reached[name]: n * scale for name, n in found.items()}, assumed * scale)


def bars(scale: int = 1) -> ReachBars:
    """Make the four frameworks, of thirty models or as many times that."""
    return ReachBars(
        (
            counts("PyTorch", scale, TODAY=28, EXPORTS=1, NONE=1, assumed=4),
            counts(
                "TensorFlow", scale, TODAY=1, KERAS=1, OLD=4, OLD_CONVERTS=3, CONVERTS=9, LISTED=3, UNKNOWN=1, NONE=8
            ),
            counts("JAX", scale, OLD=2, CONVERTS=9, LISTED=2, EXPORTS=4, NONE=13),
            counts("MLX", scale, NONE=30),
        )
    )


LARGE = pytest.mark.parametrize("scale", [1, 33, 70_000], ids=["30", "1,000", "2 million"])


@LARGE
def test_every_word_is_on_the_sheet_and_legible(scale: int) -> None:
    """At 360 pixels too: nothing smaller than 10 points, nothing over another word, nothing off the edge."""
    drawn = figure(an_answer(bars(scale)))

    assert is_inside(drawn)
    assert min(map(size, words(drawn))) >= 10
    assert crowding(drawn) < 3
    assert len(draw(an_answer(bars(scale)))) < 100_000


def test_each_framework_has_a_bar_for_its_files_and_one_for_what_loads() -> None:
    """What converts is green and stands beneath the files, in a bar of its own."""
    drawn = figure(an_answer(bars()))

    assert fills(drawn, "TensorFlow files files, or loads today") == ["#404040"], "no framework's colour"
    assert fills(drawn, "TensorFlow loads converts on load") == ["#009E73"]
    assert areas(drawn, "TensorFlow files converts on load") == []
    assert {"+9", "8", "0"} <= set(said(drawn))


def test_what_is_assumed_or_only_listed_is_hatched() -> None:
    """Seen without colour too: lines across the part, which proven parts have none of."""
    drawn = figure(an_answer(bars()))
    hatched = {line.get_gid() for line in drawn.findobj(Line2D) if str(line.get_gid()).endswith(" hatch")}

    assert {"PyTorch files assumed hatch", "TensorFlow loads may convert hatch"} <= hatched
    assert not any("converts on load" in name or "loads today" in name for name in hatched)


def test_files_that_nobody_knows_are_drawn_as_unknown() -> None:
    """In the bar of the files too, not as none; and what is not known of loading is one part with one number."""
    chart = ReachBars((counts("TensorFlow", 1, TODAY=9, UNTOLD=13, UNKNOWN=7, NONE=1),))
    drawn = figure(an_answer(chart))

    assert {"9", "7", "20"} <= set(said(drawn))
    assert [len(areas(drawn, f"TensorFlow {bar} unknown")) for bar in ("files", "loads")] == [1, 1]


def test_a_bar_of_nothing_is_not_drawn() -> None:
    """An empty picture is never an answer."""
    with pytest.raises(NothingToDraw):
        figure(an_answer(ReachBars((ReachCounts("TensorFlow"),))))


def test_the_words_of_the_chart_hold_every_number() -> None:
    """For those who cannot see it; within Slack's limit for alternative texts, even of the whole Hub."""
    told = bars(70_000).words

    for one, status in itertools.product(bars(70_000).frameworks, set(LETTERS.values()) - {Reached.UNKNOWN}):
        assert not one.of(status) or f"{status} {one.of(status):,}" in told
    for one in bars(70_000).frameworks:  # the unknown are what is at most more
        assert not one.of(Reached.UNKNOWN) or f"at most {one.files + one.of(Reached.UNKNOWN):,}" in told
    assert not an_answer(bars(70_000), reach=bars(70_000).frameworks).alt_text.endswith("…")


def test_no_two_kinds_of_parts_differ_by_colour_alone() -> None:
    """Old files are crossed by lines, what was only converted is a frame; what converts on load is solid."""
    drawn = figure(an_answer(bars()))
    lined = {line.get_gid() for line in drawn.findobj(Line2D) if str(line.get_gid()).endswith(" lines")}
    framed = {line.get_gid() for line in drawn.findobj(Line2D) if str(line.get_gid()).endswith(" frame")}

    assert {"TensorFlow loads old files lines", "JAX loads old files lines"} <= lined
    assert {"PyTorch loads conversions only frame", "JAX loads conversions only frame"} <= framed
    assert not any("converts on load" in str(name) for name in lined | framed)
    assert fills(drawn, "JAX loads conversions only") != fills(drawn, "JAX loads old files")


def test_what_is_assumed_of_the_files_is_no_surer_where_it_loads() -> None:
    """The 27 proven and one assumed of the upper bar are no 28 proven in the lower one."""
    one = count_letters("PyTorch", [("T", 27), ("t", 1), ("N", 2)], ())
    drawn = figure(an_answer(ReachBars((one,))))

    assert said(drawn).count("27") == 2
    assert "28" in said(drawn), "counted beside the bar"
    assert areas(drawn, "PyTorch loads assumed")
