"""What changed among the first thirty, and whether it is more than the noise of past weeks."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.domain.answer import Origin
from analytics.domain.chart_specs import Tiles
from analytics.domain.observations import Model, Ranking, TopList
from analytics.questions.changes import ChangesCircumstances, Turnover, changes, turnover

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")
NAMES = [f"lab/m{number}" for number in range(35)]


def top_list(names: list[str], days_ago: int = 0, *, tensorflow: tuple[str, ...] = ()) -> TopList:
    """Make a list; models are PyTorch's unless named as TensorFlow's."""
    models = tuple(Model(name, 1, tags=("tf",) if name in tensorflow else ("pytorch",)) for name in names)
    return TopList(Ranking(), NOW - dt.timedelta(days=days_ago), models, 35, complete=True, origin=ORIGIN)


def test_who_entered_left_and_climbed_is_named_with_ranks() -> None:
    """One from outside the list, one out to rank 31, one up by five."""
    new = ["star/new", *NAMES[:10], NAMES[15], *NAMES[10:15], *NAMES[16:34]]

    answer = changes(top_list(new), top_list(NAMES, 7), ChangesCircumstances())

    assert "Entered: star/new at 1." in answer.detail
    assert "Left: lab/m29 from 30 (now 31)." in answer.detail
    assert "Climbed most: lab/m15 from 16 to 12." in answer.detail
    assert answer.title == "1 new in the top 30, PyTorch still 30, TensorFlow 0"


@pytest.mark.parametrize(
    ("entered", "said"),
    [(0, "0 of the top 30 are new"), (1, "1 of the top 30 is new"), (2, "2 of the top 30 are new")],
)
def test_none_one_and_two_are_said_as_people_say_them(entered: int, said: str) -> None:
    """With a model that changed sides it is news even if nobody entered; days have no leading zero."""
    new = [*(f"star/{number}" for number in range(entered)), *NAMES[: 34 - entered]]
    past = (Turnover(0, 0),) * entered

    answer = changes(top_list(new, tensorflow=("lab/m3",)), top_list(NAMES, 18), ChangesCircumstances(past=past))

    assert answer.headline.startswith(f"{said} since 5 Nov 2026")
    stored = "1 earlier week stored" if entered == 1 else f"{entered} earlier weeks stored"
    assert answer.noise.startswith(f"No measure of noise yet ({stored}, 4 needed): {entered} entered")


def test_a_list_of_one_is_one_model() -> None:
    """And nothing is said of nobody."""
    answer = changes(top_list(NAMES[:1]), top_list(NAMES[:1], 7), ChangesCircumstances())

    assert answer.counted.startswith("Of 1 model: ")
    assert answer.further == ()


def test_what_a_change_is_told_by_is_stated_in_numbers() -> None:
    """So that a digest can be checked later, whatever the words are by then."""
    answer = changes(
        top_list(["star/new", *NAMES[:34]], tensorflow=("lab/m0",)), top_list(NAMES, 7), ChangesCircumstances()
    )

    numbers = {"entered": 1, "PyTorch": 29, "PyTorch before": 30, "TensorFlow": 1, "TensorFlow before": 0}
    ranges = {"PyTorch proven": 29, "PyTorch at most": 29, "TensorFlow proven": 1, "TensorFlow at most": 1}
    assert answer.stated == numbers | ranges


def test_the_split_s_move_is_measured_over_both_frameworks() -> None:
    """Two models change sides: both counts move by two."""
    new = top_list(NAMES, tensorflow=("lab/m1", "lab/m2"))

    assert turnover(new, top_list(NAMES, 7)) == Turnover(entered=0, moved=4)


@pytest.mark.parametrize(
    ("past", "quiet"),
    [
        ([], False),
        ([Turnover(1, 0)] * 3, False),
        ([Turnover(1, 0), Turnover(2, 0), Turnover(1, 0), Turnover(2, 0)], True),
        ([Turnover(0, 0)] * 4, False),
    ],
)
def test_a_change_matters_when_it_exceeds_the_spread_of_past_weeks(past: list[Turnover], quiet: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """One entry: news where weeks were still or too few are known, noise where one or two came every week."""
    new = top_list(["star/new", *NAMES[:34]])

    answer = changes(new, top_list(NAMES, 7), ChangesCircumstances(past=tuple(past)))

    assert answer.quiet is quiet
    assert answer.headline.startswith("No change beyond noise") is quiet
    assert "1 entered and the counts moved by 0" in answer.caveats[-1]


def test_how_sure_both_counts_are_is_said_drawn_and_stated() -> None:
    """Assumed and unknown models make a range in the headline, in JSON and in the tiles; where all is proven, none."""
    sure = top_list(NAMES)
    unsure = (
        *(Model(f"a/{n}", 1, tags=("safetensors",)) for n in range(4)),
        *(Model(f"u/{n}", 1, tags=("x",)) for n in range(3)),
    )
    new = replace(sure, models=(*unsure, *sure.models[:23]))
    answer = changes(new, top_list(NAMES, 7), ChangesCircumstances())

    assert "PyTorch from 30 to 27 (23 proven, at most 30)" in answer.headline
    assert answer.headline.endswith("TensorFlow from 0 to 0 (0 proven, at most 3)")
    assert (answer.stated["PyTorch proven"], answer.stated["PyTorch at most"]) == (23, 30)
    assert isinstance(answer.chart, Tiles)
    assert [tile.assumed for tile in answer.chart.tiles] == [True] * 7 + [False] * 23
    assert "proven" not in changes(sure, top_list(NAMES, 7), ChangesCircumstances()).headline
