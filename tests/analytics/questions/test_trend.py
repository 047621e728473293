"""Trend from a cube and the sums of past weeks: no false peak, no bridge over a gap, nothing spliced."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain import quarters
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Panels
from analytics.domain.counts import Bracket, Counts
from analytics.domain.requests import Definition, Trend
from analytics.domain.table import ColumnRole
from analytics.questions.trend import trend
from analytics.ranking.downloads_by_month import Week
from tests.analytics.questions.test_totals import DAY, ORIGIN, read, row

QUARTERS = {"2022Q1": 900, "2022Q2": 20, "2026Q3": 1000, "2026Q4": 5}


def ask(rows: list[dict[str, object]], request: Trend | None = None, weeks: tuple[Week, ...] = ()) -> Answer:
    """Ask a cube of these rows."""
    return trend(request or Trend(), read(rows), weeks, DAY, (ORIGIN,), ())


def asked(weeks: tuple[tuple[int, int, int], ...] = ()) -> Answer:
    """Ask a cube of four quarters and these censuses, (year, month, share of PyTorch in percent)."""
    rows = [row("attributed", "pytorch_only", count, quarter=quarter) for quarter, count in QUARTERS.items()]
    known = [Week(dt.datetime(year, month, 7, tzinfo=dt.UTC), Counts(p, 0, 0, 100 - p)) for year, month, p in weeks]
    return ask([*rows, row("attributed", "tensorflow_only", 1, quarter="2026Q3")], weeks=tuple(known))


def cells(answer: Answer, label: str) -> dict[str, Any]:
    """Give one row of the table by the names of its columns."""
    assert answer.table
    return dict(zip(answer.table.names, next(one for one in answer.table.rows if one[0] == label), strict=True))


def test_what_is_older_than_the_hubs_times_is_no_peak_and_the_running_quarter_is_left_out() -> None:
    """The floor of March 2022 holds years: it stands in the table and not on the curve."""
    answer = asked()

    assert isinstance(answer.chart, Panels)
    assert [period for period, _ in answer.chart.panels[0].lines[0].points] == quarters.span("2022Q2", "2026Q3")
    assert answer.table
    assert [line[0] for line in answer.table.rows] == ["up to 2022Q1", *quarters.span("2022Q2", "2026Q3")]
    assert answer.title == "New in 2026Q3: PyTorch over 99 %, TensorFlow under 1 %"
    assert "2026Q4 is not over at 23 Nov 2026: it is left out, and nothing is compared with it." in answer.further


def test_what_is_dated_before_the_floor_stands_with_it() -> None:
    """In one row."""
    counts = {"2021Q4": 5, "2022Q1": 900, "2022Q2": 20}
    answer = ask([row("attributed", "pytorch_only", n, quarter=quarter) for quarter, n in counts.items()])

    assert answer.table
    assert [line[:2] for line in answer.table.rows] == [("up to 2022Q1", 905), ("2022Q2", 20)]


def test_what_is_not_a_whole_quarter_is_compared_with_nothing() -> None:
    """Neither 2022Q2 nor 2023Q1 with what is up to 2022Q1, which holds years."""
    assert cells(asked(), "2022Q2")["PyTorch quarter on quarter in %"] is None
    assert cells(asked(), "2023Q1")["PyTorch year on year in %"] is None
    assert cells(asked(), "2022Q3")["PyTorch quarter on quarter in %"] == -100.0


def test_a_quarter_in_which_nothing_was_made_is_a_zero() -> None:
    """The census knows every model there is: of a quarter between others it knows none."""
    assert cells(asked(), "2024Q1")["PyTorch"] == 0
    assert cells(asked(), "2024Q1")["PyTorch % of all"] is None


def test_a_month_without_a_census_is_a_gap() -> None:
    """Not a number between its neighbours'."""
    answer = asked(((2026, 7, 50), (2026, 9, 60)))

    assert answer.table
    assert [row[0] for row in answer.table.rows if "-" in str(row[0])] == ["2026-07", "2026-09"]
    assert any(
        "last census of 2026-09: PyTorch 60 %, TensorFlow 0 %. Month by month: “trend by downloads attributed”." in line
        for line in answer.further
    )


def test_one_census_is_no_course() -> None:
    """The answer says what is missing."""
    assert any("fewer than two months" in line for line in asked(((2026, 11, 50),)).further)


def test_the_picture_has_the_parts_of_a_whole() -> None:
    """Each model in one of four parts, what is assumed or unknown of them beside; a quarter of nothing has no bar."""
    rows = [
        row("attributed", "pytorch_only", 50, quarter="2026Q1"),
        row("attributed", "pytorch_only", 20, quarter="2026Q3", assumed="PyTorch"),
        row("attributed", "both", 30, quarter="2026Q3"),
        row("attributed", "neither", 50, quarter="2026Q3", remark="unknown"),
    ]
    answer = ask(rows)

    assert isinstance(answer.chart, Panels)
    (panel,) = answer.chart.panels
    last = {line.name: line.points[-1][1] for line in (*panel.lines, *panel.unsure)}
    assert list(last.items())[:4] == [
        ("PyTorch only", 0.2),
        ("TensorFlow only", 0.0),
        ("both", 0.3),
        ("neither", 0.5),
    ]
    assert list(last.items())[4:] == [("PyTorch only, assumed", 0.2), ("assumed", 0.2), ("unknown", 0.5)]
    assert [line.points[1] for line in panel.lines] == [("2026Q2", None)] * 4
    assert (cells(answer, "2026Q3")["both"], cells(answer, "2026Q3")["PyTorch only, assumed"]) == (30, 20)
    assert ["2026Q3", 0.3] in next(one for one in answer.as_json()["series"] if one["name"] == "both, share")["points"]


def test_the_share_of_downloads_is_in_series_table_and_csv() -> None:
    """Whoever reads no picture has its numbers too."""
    answer = asked(((2026, 7, 50), (2026, 9, 60)))

    series = {one["name"]: one["points"] for one in answer.as_json()["series"]}
    assert series["PyTorch, share of downloads"] == [["2026-07", 0.5], ["2026-09", 0.6]]
    assert cells(answer, "2026-09")["PyTorch % of downloads"] == 60.0
    assert cells(answer, "2026-09")["PyTorch"] is None
    assert any(line.startswith("2026-09,") and ",60.0," in line for line in answer.as_csv().splitlines())


APART = [
    row("attributed", "pytorch_only", 60, quarter="2026Q3"),
    row("attributed", "tensorflow_only", 10, quarter="2026Q3", derivative="finetune"),
    row("attributed", "neither", 500, quarter="2026Q3", derivative="quantised", remark="conversion"),
    row("attributed", "neither", 30, quarter="2026Q3", remark="no-weights"),
    row("declared", "pytorch_only", 300, quarter="2026Q3", derivative=""),
    row("declared", "neither", 300, quarter="2026Q3", derivative=""),
]


@pytest.mark.parametrize(
    ("request_", "headline", "of"),
    [
        (
            Trend(),
            "In 2026Q3 PyTorch has 60 of 70 new originals and fine-tunes, TensorFlow 10",
            "Originals and fine-tu",
        ),
        (Trend(every=True), "In 2026Q3 PyTorch has 60 of 600 new repositories, TensorFlow 10", "Repositories by quart"),
        (
            Trend(Definition.DECLARED),
            "Of 600 repositories new in 2026Q3, 300 carry the tag pytorch, 0 the tag tf",
            "Repositories",
        ),
    ],
)
def test_finding_subtitle_and_alternative_text_say_what_is_counted(request_: Trend, headline: str, of: str) -> None:
    """Originals and fine-tunes by default, as totals does; every repository where that is asked for."""
    answer = ask(APART, request_)

    assert answer.headline == headline
    assert answer.scope.startswith(of)
    assert headline in answer.alt_text
    assert of in answer.alt_text
    assert any("old quarters are counted too low and growth too high" in doubt for doubt in answer.doubts)


def test_within_a_task_only_its_models_count() -> None:
    """And the sentence names it."""
    rows = [*APART, row("attributed", "both", 4, quarter="2026Q3", task="fill-mask")]

    headline = ask(rows, Trend(task="fill-mask")).headline

    assert headline == "In 2026Q3 PyTorch has 4 of 4 new fill-mask originals and fine-tunes, TensorFlow 4"


def test_how_sure_a_count_is_stands_in_finding_table_and_brackets() -> None:
    """Proven, with the assumed, at most: of the newest quarter in words, of each in the table."""
    rows = [
        row("attributed", "pytorch_only", 44, quarter="2026Q3"),
        row("attributed", "pytorch_only", 15, quarter="2026Q3", assumed="PyTorch"),
        row("attributed", "both", 1, quarter="2026Q3", assumed="TensorFlow"),
        row("attributed", "neither", 40, quarter="2026Q3", remark="unknown"),
    ]
    answer = ask(rows)

    assert answer.brackets == {"PyTorch": Bracket(45, 60, 100, 100), "TensorFlow": Bracket(0, 1, 41, 100)}
    assert "new originals and fine-tunes (45 % proven, at most 100 %), TensorFlow 1 (0 to 41 %)" in answer.headline
    assert (cells(answer, "2026Q3")["PyTorch proven"], cells(answer, "2026Q3")["TensorFlow at most"]) == (45, 41)
    assert len(answer.headline.split()) <= 25
    assert "Of the 40 in neither in 2026Q3, 40 show no framework at all: unknown." in answer.further


def test_a_task_of_which_nothing_new_came_says_since_when() -> None:
    """The newest quarter that is told is not taken for the newest there is."""
    answer = ask([row("attributed", "pytorch_only", 4, quarter="2026Q1", task="fill-mask")], Trend(task="fill-mask"))

    assert answer.headline.startswith("In 2026Q1 ")
    assert "None of these was created after 2026Q1, up to 2026Q3." in answer.further


def test_columns_for_programs_are_shown_to_nobody() -> None:
    """A phone shows a few columns; JSON and CSV have them all."""
    table = asked().table

    assert table
    assert {table.columns[at].role for at in table.shown}.isdisjoint({ColumnRole.PROGRAM})
    assert "PyTorch proven" in table.as_csv().splitlines()[0]


# ----------------------------------------------------------------------------- the sentences, recomputed from the rows

A_ROW = st.builds(
    lambda quarter, split, models, derivative, assumed: row(
        "attributed", split, models, quarter=quarter, derivative=derivative, assumed=assumed
    ),
    st.sampled_from(["", "2021Q4", *quarters.span("2022Q1", "2023Q2"), "2026Q2", "2026Q3", "2026Q4"]),
    st.sampled_from(["pytorch_only", "tensorflow_only", "both", "neither"]),
    st.integers(1, 2000),
    st.sampled_from(["original", "finetune", "quantised", "adapter"]),
    st.sampled_from(["", "PyTorch", "TensorFlow", "both"]),
)
IN = {"PyTorch": ("pytorch_only", "both"), "TensorFlow": ("tensorflow_only", "both"), "all": None}
SPANS = {"Year on year": 4, "Quarter on quarter": 1}


def recount(rows: list[dict[str, Any]], request: Trend) -> Counter[tuple[str, str]]:
    """Count (quarter, framework) row by row, without pandas and our code; what is older than the floor is of it."""
    found: Counter[tuple[str, str]] = Counter()
    for one in rows:
        if (request.every or one["derivative"] in ("original", "finetune")) and "" < one["quarter"] < "2026Q4":
            for name, splits in IN.items():
                found[max(one["quarter"], "2022Q1"), name] += (
                    one["models"] if splits is None or one["split"] in splits else 0
                )
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(A_ROW, min_size=1, max_size=12), st.booleans())
def test_growth_is_told_as_the_rows_have_it_and_of_whole_quarters_alone(rows: list[Any], every: bool) -> None:  # noqa: FBT001 - drawn
    """Each number of each sentence of growth, and every cell of it; never from or to what is not a whole quarter."""
    request = Trend(every=every)
    counted = recount(rows, request)
    if not sum(counted.values()):
        with pytest.raises(ValueError, match="no whole quarter"):
            ask(rows, request)
        return
    answer, last = ask(rows, request), max(quarter for quarter, _ in counted)

    n, of, least = (counted[last, name] for name in ("PyTorch", "all", "TensorFlow"))
    assert f"PyTorch has {n:,} of {of:,} new {'repositor' if every else 'original'}" in answer.headline
    assert f", TensorFlow {least:,}" in answer.headline
    told = [line for line in answer.further if line.startswith(tuple(SPANS))]
    expected = [
        f"{words}, {last} against {then}: "
        + ", ".join(
            f"{name} … ({counted[then, name]:,} to {counted[last, name]:,})" for name in IN if counted[then, name]
        )
        + "."
        for words, span in SPANS.items()
        if (then := quarters.quarter_of(quarters.number(last) - span)) > "2022Q1" and counted[then, "all"]
    ]
    assert [without_percent(line) for line in told] == expected


def without_percent(line: str) -> str:
    """Leave out by how many percent it grew, which stands before the numbers it is made of."""
    head, _, rest = line.partition(": ")
    parts = [f"{part.split(' ')[0]} … ({part.partition('(')[2]}" for part in rest.split(", ") if "(" in part]
    return f"{head}: {', '.join(parts)}"


@settings(max_examples=60, deadline=None)
@given(st.lists(A_ROW, min_size=1, max_size=12))
def test_the_table_s_growth_is_that_of_its_own_counts(rows: list[Any]) -> None:
    """Empty where a quarter before is missing, not whole, or had none."""
    counted = recount(rows, Trend())
    if not sum(counted.values()):
        return
    table = ask(rows).table
    assert table
    whole = [dict(zip(table.names, one, strict=True)) for one in table.rows if one[0] != "up to 2022Q1"]
    by_quarter = {one["quarter"]: one for one in whole}
    for one in whole:
        for words, span in SPANS.items():
            then = by_quarter.get(quarters.quarter_of(quarters.number(one["quarter"]) - span), {"PyTorch": 0})[
                "PyTorch"
            ]
            grown = round(100 * (one["PyTorch"] - then) / then, 1) if then else None
            assert one[f"PyTorch {words.casefold()} in %"] == grown
