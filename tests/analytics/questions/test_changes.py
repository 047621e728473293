"""What changed among the first thirty, and whether it is more than the noise of past weeks."""

import datetime as dt

import pytest

from analytics.domain.answer import Origin
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
