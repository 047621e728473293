"""The share of downloads by month: every number said and drawn is recomputed from the censuses it is of."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bars, Panels
from analytics.domain.counts import Counts
from analytics.domain.requests import Definition, Trend
from analytics.errors import NotCollected
from analytics.questions.trend_downloads import SurenessOfNewest, downloads_of_lists, trend_downloads
from analytics.ranking.downloads_by_month import Week
from tests.analytics.charts.drawings import figure
from tests.analytics.charts.gallery import NOWHERE, a_list, generated
from tests.analytics.charts.referee import find_collisions, find_small_letters
from tests.analytics.questions.test_short_and_tagged import words
from tests.analytics.questions.test_totals import DAY, ORIGIN

PARTS = ("PyTorch only", "TensorFlow only", "both", "neither")
FOUR = st.tuples(*[st.integers(0, 10**9)] * 4)
WEEKS = st.lists(st.tuples(st.integers(0, 800), FOUR), min_size=2, max_size=9, unique_by=lambda one: one[0])
REQUESTS = st.sampled_from(
    [
        Trend(downloads=True),
        Trend(Definition.DECLARED, "text-generation", downloads=True),
        Trend(every=True, downloads=True),
    ]
)


def stored(drawn: list[tuple[int, tuple[int, ...]]]) -> list[Week]:
    """Make censuses of days before today, oldest first."""
    return [Week(DAY - dt.timedelta(days=back), Counts(*four)) for back, four in sorted(drawn, reverse=True)]


def last_of_months(weeks: list[Week]) -> dict[str, list[int]]:
    """Keep each month's last census with a download, as one would by hand."""
    found: dict[str, list[int]] = {}
    for week in weeks:
        four = [
            week.downloads.pytorch_only,
            week.downloads.tensorflow_only,
            week.downloads.both,
            week.downloads.neither,
        ]
        if sum(four):
            found[f"{week.as_of.year}-{week.as_of.month:02}"] = four
    return found


def ask(weeks: list[Week], request: Trend | None = None) -> Answer:
    """Ask of these censuses."""
    return trend_downloads(request or Trend(downloads=True), weeks, SurenessOfNewest(), DAY, (ORIGIN,), ())


@settings(max_examples=150, deadline=None)
@given(WEEKS, REQUESTS)
def test_every_number_is_that_of_the_month_s_last_census(
    drawn: list[tuple[int, tuple[int, ...]]], request: Trend
) -> None:
    """Series, table, picture and finding; a finding has at most 25 words, a title ten."""
    weeks = stored(drawn)
    months = last_of_months(weeks)
    if len(months) < 2:
        with pytest.raises(ValueError, match="no course"):
            ask(weeks, request)
        return
    answer = ask(weeks, request)

    series = {one["name"]: dict(one["points"]) for one in answer.as_json()["series"]}
    assert series == {
        f"{name}, share": {at: pytest.approx(four[place] / sum(four)) for at, four in months.items()}
        for place, name in enumerate(PARTS)
    }
    assert answer.table
    assert [(row[0], row[5], list(row[6:10])) for row in answer.table.rows] == [
        (at, sum(four), four) for at, four in months.items()
    ]
    told = [int(one) for one in re.findall(r"(?<!under )(?<!over )\b(\d+) %", answer.headline)]
    assert all(any(abs(n - 100 * part / sum(four)) < 1 for four in months.values() for part in four) for n in told)
    assert (words(answer.headline) <= 25, words(answer.title) <= 10) == (True, True), (answer.headline, answer.title)


def test_the_finding_names_both_ends_and_what_is_shared_out() -> None:
    """Shares that add up to 100, of what is counted, with the months they are of."""
    answer = ask(stored([(0, (61, 2, 30, 7)), (300, (50, 10, 35, 5))]))

    assert answer.headline == (
        "PyTorch-only from 50 % to 61 % of downloads of originals and fine-tunes, TensorFlow-only from 10 % to 2 %, "
        "Jan 2026 to Nov 2026"
    )
    assert answer.title == "Downloads: PyTorch-only 50 %, then 61 %; TensorFlow-only 10 %, then 2 %"
    assert answer.headline in answer.alt_text


def test_a_month_without_a_census_has_no_bar_and_is_named() -> None:
    """Nor a number between its neighbours'."""
    answer = ask(stored([(0, (6, 2, 1, 1)), (62, (5, 3, 1, 1))]))

    assert isinstance(answer.chart, Panels)
    assert answer.chart.panels[0].lines[0].points == (("2026-09", 0.5), ("2026-10", None), ("2026-11", 0.6))
    assert "Without a census: 1 month (2026-10), left open in the picture." in answer.further


def test_months_go_on_over_the_turn_of_a_year() -> None:
    """After December comes January."""
    answer = ask(stored([(0, (6, 2, 1, 1)), (365, (5, 3, 1, 1))]))

    ten = [f"2026-{month:02}" for month in range(1, 11)]
    assert isinstance(answer.chart, Panels)
    drawn = [month for month, _ in answer.chart.panels[0].lines[0].points]
    assert drawn == ["2025-11", "2025-12", *ten, "2026-11"]
    assert any(line.startswith("Without a census: 11 months (2025-12, 2026-01, ") for line in answer.further)


def test_of_two_months_each_name_stands_beneath_its_bar() -> None:
    """They lay over one another."""
    picture = figure(ask(stored([(0, (10**6, 1, 0, 1)), (31, (10**6, 1, 0, 1))])))

    assert find_collisions(picture) + find_small_letters(picture) == []


def test_two_lists_stand_side_by_side_as_what_they_are() -> None:
    """Each with its own downloads, which are those of its first thirty."""
    old = a_list(generated(40, tags=("pytorch",), files=("pytorch_model.bin",)), DAY - dt.timedelta(days=700))
    models = (
        *generated(1, tags=("tf",), files=("tf_model.h5",)),
        *generated(60, "other/{}", library="transformers")[1:],
    )
    lists = (old, a_list(models))

    answer = downloads_of_lists(Trend(downloads=True), lists, (ORIGIN,), ())

    assert isinstance(answer.chart, Bars)
    assert [bar.counts.total for bar in answer.chart.bars] == [
        sum(model.downloads_30d or 0 for model in one.models[:30]) for one in lists
    ]
    assert answer.chart.bars[0].counts.pytorch_only == answer.chart.bars[0].counts.total
    assert answer.chart.bars[1].counts.tensorflow_only == 10**9
    assert answer.headline.startswith("PyTorch-only from 100 % to ")
    assert answer.sample


def test_a_task_is_refused_without_a_census_and_says_why(tmp_path: Path) -> None:
    """The embedded lists are too short to be split."""
    analyst = Analyst(tmp_path, NOWHERE, seconds=0.2, clock=lambda: DAY)
    with pytest.raises(NotCollected, match="too short"):
        analyst.answer(Trend(task="fill-mask", downloads=True))
    assert analyst.answer(Trend(downloads=True)).sample
    analyst.close()
