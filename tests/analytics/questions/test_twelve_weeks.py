"""The twelve weeks beside the change: counted from lists, gaps left open, and said how many there are."""

import datetime as dt
from collections.abc import Collection

from analytics.charts import draw
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Panels
from analytics.domain.observations import Model, Ranking, TopList
from analytics.questions.twelve_weeks import WeekRead, say_too_few, tell_weeks

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
ORIGIN = Origin("Hugging Face Hub", "listing", "https://huggingface.co/api/models", "2026-11-23T08:00:00Z")


def weeks(missing: Collection[int] = ()) -> list[WeekRead]:
    """Make twelve weeks: each brings two models more, and TensorFlow loses one in four."""
    return [WeekRead(_end(at).date(), None if at in missing else _list(at)) for at in range(13)]


def _end(at: int) -> dt.datetime:
    return NOW - dt.timedelta(weeks=12 - at)


def _list(at: int) -> TopList:
    tags = [("pytorch", "tf") if place < 6 - at // 4 else ("pytorch",) for place in range(30)]
    models = tuple(Model(f"lab/m{place + 2 * at}", 1000 - place, tags=tags[place]) for place in range(30))
    return TopList(Ranking(), _end(at), models, 1000, complete=True, origin=ORIGIN)


def told(missing: Collection[int] = ()) -> Answer:
    """Give the answer of weeks of which some are missing."""
    answer = tell_weeks(weeks(missing), stale=False)
    assert answer
    return answer


def test_both_counts_and_the_new_ones_are_told_from_end_to_end() -> None:
    """The finding and the title; every number is in the series too."""
    answer = told()

    assert answer.headline == "In the top 30 since 31 Aug 2026: PyTorch still 30, TensorFlow 6 to 3; 2 new a week"
    assert answer.title == "12 weeks: PyTorch still 30, TensorFlow 6 to 3"
    assert [(line.name, len(line.points)) for line in answer.lines] == [
        ("PyTorch", 13),
        ("TensorFlow", 13),
        ("new", 12),
    ]
    assert "week by week" in answer.scope


def test_a_week_without_a_list_is_a_gap_and_counted() -> None:
    """Neither it nor the week after it knows who entered."""
    answer = told({0, 1, 5})
    assert isinstance(answer.chart, Panels)
    frameworks, new = answer.chart.panels

    assert "10 of 13 weekly lists stored" in answer.scope
    assert answer.title.startswith("10 weeks: ")
    assert [at for at, (_, value) in enumerate(frameworks.lines[0].points) if value is None] == [0, 1, 5]
    assert [at for at, (_, value) in enumerate(new.lines[0].points) if value is None] == [0, 1, 2, 5, 6]


def test_two_readings_are_no_course() -> None:
    """It is said that the picture comes, and with how many."""
    few = weeks(range(11))

    assert tell_weeks(few, stale=False) is None
    assert say_too_few(few) == "Twelve weeks: 2 weekly lists of them are stored; their picture begins with 3."


def test_it_can_be_drawn_with_few_and_with_all_and_read_by_ear() -> None:
    """A picture in each case; the days in its words are written as any day is."""
    for missing in ((), {0, 1, 5}, range(10)):
        assert draw(told(missing)).startswith(b"\x89PNG")
    assert "PyTorch 31 Aug 2026 30, 23 Nov 2026 30" in told().alt_text
