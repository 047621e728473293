"""What changed among the first thirty, and whether it is more than the noise of past weeks."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.domain.answer import Origin
from analytics.domain.chart_specs import Moves
from analytics.domain.counts import Split
from analytics.domain.observations import Model, Ranking, TopList
from analytics.movement.usual_turnover import UsualTurnover
from analytics.questions.changes import ChangesCircumstances, changes

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")
NAMES = [f"lab/m{number}" for number in range(35)]


def top_list(names: list[str], days_ago: int = 0, *, tensorflow: tuple[str, ...] = ()) -> TopList:
    """Make a list; models are PyTorch's unless named as TensorFlow's."""
    models = tuple(Model(name, 1, tags=("tf",) if name in tensorflow else ("pytorch",)) for name in names)
    return TopList(Ranking(), NOW - dt.timedelta(days=days_ago), models, 35, complete=True, origin=ORIGIN)


def weeks(*turnovers: int) -> ChangesCircumstances:
    """Make circumstances in which so much changed in the weeks before; one number: so many weeks without change."""
    past = turnovers if len(turnovers) > 1 else (0,) * turnovers[0]
    return ChangesCircumstances(UsualTurnover(dt.timedelta(weeks=1), past))


def numbered(names: list[str]) -> tuple[Model, ...]:
    """Give models the Hub's numbers by their places."""
    return tuple(Model(name, 1, tags=("pytorch",), number=f"{place:024x}") for place, name in enumerate(names))


def test_who_entered_left_and_climbed_is_named_with_ranks() -> None:
    """One from outside the list, one out to rank 31, one up by five."""
    new = ["star/new", *NAMES[:10], NAMES[15], *NAMES[10:15], *NAMES[16:34]]

    answer = changes(top_list(new), top_list(NAMES, 7), weeks(0))

    assert "Entered: star/new at 1." in answer.detail
    assert "Left: lab/m29 from 30 (now 31)." in answer.detail
    assert "Climbed most: lab/m15 from 16 to 12." in answer.detail
    assert answer.title == "1 new in top 30: PyTorch still 30, TensorFlow 0"


@pytest.mark.parametrize(("pairs", "named"), [(2, 2), (3, 3), (4, 4), (6, 6), (7, 0)])
def test_who_climbed_as_much_as_the_last_named_is_named_too(pairs: int, named: int) -> None:
    """A cut through level models says that those named climbed most: all level are named, or where too many none."""
    new = [name for pair in range(15) for name in swap(pair, pairs)]

    answer = changes(top_list([*new, *NAMES[30:]]), top_list(NAMES, 7), weeks(0))

    told = [line for line in answer.detail if line.startswith("Climbed most")]
    assert sum(line.count(" from ") for line in told) == named


def swap(pair: int, pairs: int) -> list[str]:
    """Give two neighbours, the second before the first in so many pairs."""
    two = NAMES[2 * pair : 2 * pair + 2]
    return two[::-1] if pair < pairs else two


@pytest.mark.parametrize(
    ("entered", "said"),
    [(0, "0 of 30 are new"), (1, "1 of 30 is new"), (2, "2 of 30 are new")],
)
def test_none_one_and_two_are_said_as_people_say_them(entered: int, said: str) -> None:
    """With a model that changed sides it is news even if nobody entered; days have no leading zero."""
    new = [*(f"star/{number}" for number in range(entered)), *NAMES[: 34 - entered]]

    answer = changes(top_list(new, tensorflow=("lab/m3",)), top_list(NAMES, 18), weeks(0))

    assert answer.headline.startswith(f"{entered} new in the top 30 since 5 Nov 2026, PyTorch from 30 to 29")
    assert answer.noise.startswith(f"{said}, 1 counts differently; too few weeks are stored to say")
    assert not answer.quiet


def test_a_list_of_one_is_one_model() -> None:
    """And nothing is said of nobody."""
    answer = changes(top_list(NAMES[:1]), top_list(NAMES[:1], 7), weeks(0))

    assert answer.counted.startswith("Of 1 model: ")
    assert answer.further == ()


def test_what_a_change_is_told_by_is_stated_in_numbers() -> None:
    """So that a digest can be checked later, whatever the words are by then."""
    answer = changes(top_list(["star/new", *NAMES[:34]], tensorflow=("lab/m0",)), top_list(NAMES, 7), weeks(0))

    numbers = {"entered": 1, "PyTorch": 29, "PyTorch before": 30, "TensorFlow": 1, "TensorFlow before": 0}
    ranges = {"PyTorch proven": 29, "PyTorch at most": 29, "TensorFlow proven": 1, "TensorFlow at most": 1}
    assert answer.stated == numbers | ranges


def test_the_same_thirty_are_no_news_and_no_measure_is_needed() -> None:
    """However few weeks are stored."""
    answer = changes(top_list(NAMES), top_list(NAMES, 7), weeks(2))

    assert answer.quiet
    assert answer.headline == "The same 30 models lead as on 16 Nov 2026: PyTorch still 30, TensorFlow 0"
    assert answer.noise.endswith("(2 before it, 8 needed).")


@pytest.mark.parametrize(("entered", "quiet"), [(2, True), (3, False)])
def test_more_than_usual_is_said_to_be_so_and_no_more_too(entered: int, quiet: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Where at most two came in each of eight weeks, two are usual and three are not."""
    new = [*(f"star/{number}" for number in range(entered)), *NAMES[: 35 - entered]]

    answer = changes(top_list(new), top_list(NAMES, 7), weeks(1, 2, 1, 2, 1, 2, 1, 2))

    assert answer.quiet is quiet
    assert (", no more than usual: " in answer.headline) is quiet
    assert (", more than usual: " in answer.headline) is not quiet
    assert "3 or more would be unusual (the 93 % quantile of the changes of the 8 weeks before)" in answer.caveats[-1]


def test_until_when_is_said_of_a_sample_alone() -> None:
    """What is live reaches to today: since; a sample is over for long, and its picture says so, too."""
    lists = top_list(["star/new", *NAMES[:34]]), top_list(NAMES, 7)
    live, sample = (changes(*lists, replace(weeks(0), sample=of_sample)) for of_sample in (False, True))

    assert " since 16 Nov 2026" in live.headline
    assert live.scope.endswith(", since 16 Nov 2026")
    assert " from 16 to 23 Nov 2026" in sample.headline
    assert sample.scope.endswith(", from 16 to 23 Nov 2026")


def test_a_renamed_model_neither_entered_nor_left() -> None:
    """The Hub's number is the same; both names are told, in a sentence and in the table."""
    new = replace(top_list(["new/name", *NAMES[1:]]), models=numbered(["new/name", *NAMES[1:]]))
    old = replace(top_list(NAMES, 7), models=numbered(NAMES))

    answer = changes(new, old, weeks(0))

    assert answer.quiet
    assert answer.further == ("Renamed: lab/m0 is now new/name.",)
    assert answer.table
    assert dict(zip(answer.table.names, answer.table.rows[0], strict=True))["called"] == "lab/m0"


def test_all_the_picture_shows_is_in_the_answer() -> None:
    """Its counts of both days in the series, its ranks in the table."""
    answer = changes(top_list(["star/new", *NAMES[:34]], tensorflow=("lab/m3",)), top_list(NAMES, 7), weeks(0))

    assert isinstance(answer.chart, Moves)
    told = {series.name: [value for _, value in series.points] for series in answer.series}
    assert told == {split.label: [one.counts.of(split) for one in answer.chart.days] for split in Split}
    assert answer.table
    ranks = {
        (row[1], row[3] if row[2] != "entered" else None, row[0] if row[2] != "left" else None): row[4]
        for row in answer.table.rows
    }
    assert all(ranks[step.name, step.before, step.now] == step.split.label for step in answer.chart.steps)
    assert {step.name for step in answer.chart.steps if step.before is None} == {"star/new"}


def test_how_sure_both_counts_are_is_said_and_stated() -> None:
    """Assumed and unknown models make a range in the headline and in JSON; where all is proven, none."""
    sure = top_list(NAMES)
    unsure = (
        *(Model(f"a/{n}", 1, tags=("safetensors",)) for n in range(4)),
        *(Model(f"u/{n}", 1, tags=("x",)) for n in range(3)),
    )
    new = replace(sure, models=(*unsure, *sure.models[:23]))
    answer = changes(new, top_list(NAMES, 7), weeks(0))

    assert "PyTorch from 30 to 27 (23 to 30)" in answer.headline
    assert answer.headline.endswith("TensorFlow still 0 (0 to 3)")
    assert (answer.stated["PyTorch proven"], answer.stated["PyTorch at most"]) == (23, 30)
    assert "proven" not in changes(sure, top_list(NAMES, 7), weeks(0)).headline


def test_a_step_is_as_sure_as_its_model_is_in_the_list_it_is_drawn_of() -> None:
    """Who entered by today's verdict, who left by that of then; one that is proven is marked by neither."""
    assumed, gone = Model("a/new", 1, tags=("safetensors",)), Model("a/gone", 1, tags=("safetensors",))
    sure = top_list(NAMES)
    new, old = (replace(sure, models=(one, *sure.models[1:])) for one in (assumed, gone))
    answer = changes(new, old, weeks(0))

    assert isinstance(answer.chart, Moves)
    assert {step.name: step.unsure for step in answer.chart.steps} == {"a/new": True, "a/gone": True}
    proven = changes(top_list(["star/new", *NAMES[:29]]), top_list(NAMES, 7), weeks(0)).chart
    assert isinstance(proven, Moves)
    assert not any(step.unsure for step in proven.steps)
