"""A change is news from twice the usual spread on, not from the usual on."""

import datetime as dt

import pytest

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.questions.changes import ChangesCircumstances, Turnover, changes

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")
NAMES = [f"lab/m{number}" for number in range(35)]
PAST = (Turnover(0, 0), Turnover(2, 0)) * 2
"""One new model in the mean, give or take one: up to three are noise."""


def top_list(names: list[str], days_ago: int = 0) -> TopList:
    """Make a list of PyTorch's models."""
    models = tuple(Model(name, 1, tags=("pytorch",)) for name in names)
    return TopList(Ranking(), NOW - dt.timedelta(days=days_ago), models, 35, complete=True, origin=ORIGIN)


@pytest.mark.parametrize(("entered", "is_noise"), [(2, True), (3, True), (4, False)])
def test_two_standard_deviations_over_the_mean_are_noise(entered: int, is_noise: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Two and three new models are noise where none and two take turns, four are not."""
    new = [*(f"star/new{number}" for number in range(entered)), *NAMES[: 35 - entered]]

    answer = changes(top_list(new), top_list(NAMES, 7), ChangesCircumstances(past=PAST))

    assert answer.headline.startswith("No change beyond noise") is is_noise
