"""Small charts over time: what is drawn, where a line is broken, what is said, and that all of it can be read."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.transforms import Bbox

from analytics.charts import draw, style
from analytics.domain import quarters
from analytics.domain.chart_specs import Break, Line, Panel, Panels
from tests.analytics.charts.drawings import an_answer, areas, crowding, figure, said, size, words
from tests.analytics.charts.referee import find_collisions, find_small_letters

QUARTERS = quarters.span("2017Q4", "2025Q2")
LATER = quarters.span("2023Q1", "2026Q3")
MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]


def line(name: str, periods: list[str], *values: float | None) -> Line:
    """Make a line whose values repeat."""
    return Line(name, tuple((period, values[place % len(values)]) for place, period in enumerate(periods)))


ARCHIVE = Panel(
    "A. Archive",
    "share of its repositories, by paper date",
    (line("PyTorch", QUARTERS, 0.5, 0.6), line("TensorFlow", QUARTERS, 0.1, 0.05)),
    breaks=(Break("2021Q4", "2021Q4: the article read 60 % / 11 %, by repository date"),),
)
LIVE = Panel(
    "B. Live successor",
    "papers its catalogue associates, a count",
    (line("PyTorch", LATER, 1200, 1300), line("TensorFlow", LATER, 40)),
    percent=False,
)
MISSING = Panel(
    "C. The Hub alone",
    "share of arXiv papers that models cite",
    missing="it answered 404: Repository not found on 23 Nov 2026; try “frameworks collect census”",
)
TREND = Panel(
    "New models a quarter",
    "models",
    tuple(
        line(name, LATER, *map(float, range(n, 30 * n, n)))
        for name, n in (("PyTorch", 9000), ("neither", 7000), ("TensorFlow", 90))
    ),
    percent=False,
    breaks=(
        Break("2023Q4", "safetensors default"),
        Break("2024Q3", "Keras tags change"),
        Break("2026Q1", "transformers 5"),
    ),
)
DOWNLOADS = Panel(
    "Share of downloads", "30-day downloads = 100 %", (line("PyTorch", MONTHS, 0.9), line("TensorFlow", MONTHS, 0.2))
)
STACK = Panel(
    "New models",
    "each quarter's originals and fine-tunes = 100 %",
    tuple(
        line(name, LATER, *values)
        for name, *values in (
            ("PyTorch only", 0.5, 0.55, 0.62),
            ("TensorFlow only", 0.08, 0.03, 0.004),
            ("both", 0.2, 0.12, 0.016),
            ("neither", 0.22, 0.3, 0.36),
        )
    ),
    stacked=True,
    unsure=(
        line("PyTorch only, assumed", LATER, 0.1),
        line("assumed", LATER, 0.1),
        line("unknown", LATER, 0.05, 0.0),
    ),
)
HUB = Panel("C. The Hub alone", "share", (line("PyTorch", QUARTERS, 0.99), line("TensorFlow", QUARTERS, 0.98)))
FOUR_YEARS = quarters.span("2019Q4", "2023Q2")
SHORT = Panel(
    "C. The Hub alone",
    "share of arXiv papers that models cite",
    (line("PyTorch", FOUR_YEARS, 1.0), line("TensorFlow", FOUR_YEARS, 0.0)),
)
"""Its names stand beneath its measure, which is longer than the plot."""

ONE_QUARTER = Panel("A. Archive", "share", (line("PyTorch", ["2025Q2"], 0.5), line("TensorFlow", ["2025Q2"], 0.5)))
CHARTS = {
    "papers": (ARCHIVE, LIVE, MISSING),
    "all there": (ARCHIVE, LIVE, HUB),
    "a short one at the top": (ARCHIVE, LIVE, SHORT),
    "all missing": (MISSING, MISSING, MISSING),
    "counts and shares": (TREND, DOWNLOADS),
    "trend": (STACK,),
    "alone": (LIVE,),
    "one quarter": (ONE_QUARTER,),
}
ALL = pytest.mark.parametrize("panels", CHARTS.values(), ids=CHARTS)


def drawn(*panels: Panel, **changes: Any) -> Figure:
    """Draw panels under a title and a subtitle of two lines each."""
    changes = {"title": "In 2025Q2 PyTorch has 58 %, TensorFlow 3 % of papers", "definition": None} | changes
    return figure(an_answer(Panels(panels), **changes))


def lines(picture: Figure, name: str) -> list[Line2D]:
    """Give the drawn lines under one name."""
    return [line for line in picture.findobj(Line2D) if line.get_gid() == name]


@ALL
def test_all_words_can_be_read_at_360_pixels(panels: tuple[Panel, ...]) -> None:
    """Nothing is smaller than 10 points, runs off the picture or into other words."""
    picture = drawn(*panels, sample=True, title="Of all papers with code PyTorch has 58 %, TensorFlow 3 %")

    assert min(size(text) for text in words(picture)) >= style.SMALLEST
    for text in words(picture):
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= style.WIDTH
        assert box.y1 <= style.HEIGHT
    assert crowding(picture) < 9, "line boxes may touch, ink may not"


@ALL
def test_the_same_chart_gives_the_same_picture(panels: tuple[Panel, ...]) -> None:
    """Twice drawn, the same bytes."""
    answer = an_answer(Panels(panels), definition=None)

    assert draw(answer) == draw(answer)


def test_each_line_is_named_with_its_last_value() -> None:
    """In its own colour, at its end; TensorFlow is broken besides, for those who see no colour."""
    picture = drawn(ARCHIVE, LIVE)

    assert {"PyTorch 50 %", "TensorFlow 10 %", "PyTorch 1.2K", "TensorFlow 40"} <= set(said(picture))
    (pytorch, _), (tensorflow, _) = lines(picture, "line PyTorch"), lines(picture, "line TensorFlow")
    assert pytorch.get_linestyle() == "-"
    assert tensorflow.get_linestyle() != "-"


def test_shares_that_overlap_say_so() -> None:
    """90 and 20 % of one whole: what is in both counts twice; 90 and 10 % do not, nor do counts."""
    assert "30-day downloads = 100 %, both count twice" in said(drawn(DOWNLOADS))
    assert "both count twice" in DOWNLOADS.words
    assert not any("twice" in text for text in said(drawn(ARCHIVE, LIVE)))


def test_parts_of_a_whole_are_bars_of_one_height() -> None:
    """A bar a quarter, its parts as high as their shares, what is assumed and unknown pale at the end of its part."""
    picture = drawn(STACK)
    bar = {height(area): to_hex(area.get_facecolor()).upper() for area in areas(picture, "stack 2023Q1")}
    boxes = [extent(area) for area in areas(picture, "stack 2023Q1")]
    whole = max(box.y1 for box in boxes) - min(box.y0 for box in boxes)

    shares = [round(part / whole, 2) for part in bar]
    assert shares == pytest.approx([0.4, 0.1, 0.2, 0.08, 0.17, 0.05], abs=0.015)
    assert list(bar.values()) == ["#D55E00", "#FBE4D3", "#0072B2", "#0072B2", "#FFFFFF", "#FFFFFF"]
    assert find_collisions(picture) + find_small_letters(picture) == []


def test_each_part_is_named_with_its_newest_share_a_zero_included() -> None:
    """At its right end, and what is assumed and unknown says of what it is."""
    text = said(drawn(STACK))

    assert {"PyTorch only 62 %", "both 2 %", "TensorFlow only under 1 %", "neither 36 %"} <= set(text)
    assert {"of these assumed 10 %"} <= set(text)
    empty = replace(STACK, lines=tuple(line(one.name, LATER, 0.0, 1.0, None) for one in STACK.lines), unsure=())
    assert "both 0 %" in said(drawn(empty))


def test_a_quarter_of_nothing_has_no_bar() -> None:
    """Its place stays empty."""
    gap = replace(STACK, lines=tuple(line(one.name, LATER, 0.25, None) for one in STACK.lines), unsure=())
    picture = drawn(gap)

    assert areas(picture, f"stack {LATER[0]}")
    assert not areas(picture, f"stack {LATER[1]}")


def extent(area: Polygon) -> Bbox:
    """Give the room of an area."""
    return area.get_window_extent()


def height(area: Polygon) -> float:
    """Give how high an area is; the halves of one mark are equally high."""
    return float(round(extent(area).height, 1))


def test_a_gap_is_a_gap() -> None:
    """No reading in 2018 Q2, and 2018 Q4 not even listed: three pieces, the lone ones squares."""
    points = (("2018Q1", 0.4), ("2018Q2", None), ("2018Q3", 0.5), ("2019Q1", 0.6), ("2019Q2", 0.6))
    picture = drawn(Panel("A. Archive", "share", (Line("PyTorch", points),)))

    assert len(areas(picture, "reading PyTorch")) == 2
    assert [len(piece.get_xdata()) for piece in lines(picture, "line PyTorch")] == [2]


def test_a_missing_panel_says_why_and_draws_nothing() -> None:
    """No axis, no line, no zero: only its reason."""
    picture = drawn(MISSING)

    assert "Missing: it answered 404: Repository not found" in " ".join(said(picture))
    assert picture.findobj(Line2D) == []


def test_panels_of_the_same_quarters_stand_on_one_axis() -> None:
    """2025 Q2 is at the same place in both; the years are written once."""
    picture = drawn(ARCHIVE, LIVE)

    archive, live = lines(picture, "line PyTorch")
    at = LATER.index("2025Q2")
    assert archive.get_xdata()[-1] == pytest.approx(live.get_xdata()[at])
    assert [text for text in said(picture) if text.isdecimal() and text.startswith("20")] == [
        "2018",
        "2020",
        "2022",
        "2024",
        "2026",
    ]


def test_panels_of_other_periods_have_axes_of_their_own() -> None:
    """Months and quarters are not on one axis."""
    picture = drawn(TREND, DOWNLOADS)

    assert {"2023", "2026", "2025-01", "2026-12"} <= set(said(picture))


def test_what_breaks_is_marked_and_named_and_what_is_off_the_axis_is_not() -> None:
    """Three breaks, three marks; one of 2009 is of another time."""
    assert len(lines(drawn(TREND, DOWNLOADS), "break")) == 3
    assert {"safetensors default", "Keras tags change", "transformers 5"} <= set(said(drawn(TREND, DOWNLOADS)))
    early = Panel("A", "share", ARCHIVE.lines, breaks=(Break("2009Q1", "long ago"),))
    assert "long ago" not in said(drawn(early))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=1, max_size=40), st.booleans())
def test_any_values_can_be_drawn(values: list[float | None], percent: bool) -> None:  # noqa: FBT001 - drawn by the test
    """None at all, all gaps, zeros, millions: no error, and no line leaves its plot."""
    shares = [value if value is None or not percent else min(value, 1.0) for value in values]
    points = tuple(
        zip(
            quarters.span("2017Q1", quarters.quarter_of(quarters.number("2017Q1") + len(shares) - 1)),
            shares,
            strict=True,
        )
    )
    picture = drawn(Panel("A. Archive", "share", (Line("PyTorch", points),), percent=percent))

    top = min((min(rule.get_ydata()) for rule in lines(picture, "rule")), default=0.0)
    assert all(min(piece.get_ydata()) >= top - 0.5 for piece in lines(picture, "line PyTorch"))
