"""Trend from a cube and the sums of past weeks: no false peak, no bridge over a gap, nothing spliced."""

import datetime as dt

import pandas as pd

from analytics.census.cube import DIMENSIONS, MEASURES
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Panels
from analytics.domain.counts import Counts
from analytics.domain.requests import Trend
from analytics.questions.trend import Week, trend
from tests.analytics.questions.test_totals import DAY, ORIGIN, row

QUARTERS = {"2022Q1": 900, "2022Q2": 20, "2026Q3": 1000, "2026Q4": 5}


def asked(weeks: tuple[tuple[int, int, int], ...] = ()) -> Answer:
    """Ask a cube of four quarters and these censuses, (year, month, share of PyTorch in percent)."""
    rows = [row("attributed", "pytorch_only", count, quarter=quarter) for quarter, count in QUARTERS.items()]
    cube = pd.DataFrame([*rows, row("attributed", "tensorflow_only", 1, quarter="2026Q3")], columns=COLUMNS)
    known = [Week(dt.datetime(year, month, 7, tzinfo=dt.UTC), Counts(p, 0, 0, 100 - p)) for year, month, p in weeks]
    return trend(Trend(), cube, known, DAY, (ORIGIN,), ())


COLUMNS = [*DIMENSIONS, *MEASURES]


def test_what_is_older_than_the_hubs_times_is_no_peak_and_the_running_quarter_is_left_out() -> None:
    """The floor of March 2022 holds years: it stands in the table and not on the curve."""
    answer = asked()

    assert isinstance(answer.chart, Panels)
    assert [period for period, _ in answer.chart.panels[0].lines[0].points] == ["2022Q2", "2026Q3"]
    assert answer.table
    assert [line[0] for line in answer.table.rows] == ["up to 2022Q1", "2022Q2", "2026Q3"]
    assert answer.title == "New in 2026Q3: PyTorch over 99 %, TensorFlow under 1 %"


def test_a_month_without_a_census_is_a_gap() -> None:
    """Not a straight line between its neighbours."""
    answer = asked(((2026, 7, 50), (2026, 9, 60)))

    assert isinstance(answer.chart, Panels)
    assert answer.chart.panels[1].lines[0].points == (("2026-07", 0.5), ("2026-08", None), ("2026-09", 0.6))


def test_one_census_is_no_line() -> None:
    """The panel says what is missing."""
    answer = asked(((2026, 11, 50),))

    assert isinstance(answer.chart, Panels)
    assert "fewer than two" in answer.chart.panels[1].missing
