"""Alerts over ten real days of the most downloaded models say what a count by hand says, written otherwise."""

import csv
import datetime as dt
import gzip
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from analytics.alerts.alert_replay import replay
from analytics.alerts.alert_rules import AlertState, Presence, Rule, ShareMove
from analytics.analyst import Analyst
from analytics.answering.alert_evidence import AlertEvidence
from analytics.attribution import METHOD, attribute
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Top

FILE = Path(__file__).parents[2] / "data" / "top100_daily_2026-08.csv.gz"
NOW = dt.datetime(2026, 8, 17, tzinfo=dt.UTC)
ORIGIN = Origin("Hugging Face Hub", "daily lists", "https://huggingface.co/models", "2026-08-16")


def read_days() -> dict[str, list[Model]]:
    """Give the first hundred of each day."""
    days: dict[str, list[Model]] = defaultdict(list)
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days[row["day"]].append(Model(row["id"], int(row["downloads"]), library=row["library"] or None))
    return days


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Store the ten days."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)) as analyst:
        for name, models in read_days().items():
            moment = dt.datetime.fromisoformat(f"{name}T03:00:00+00:00")
            found = TopList(Ranking(), moment, tuple(models), 100, complete=False, origin=ORIGIN)
            analyst.context.top_lists.add(found, METHOD)
        yield analyst


def count_by_hand(framework: str, n: int) -> list[tuple[int, int]]:
    """Count day and models of a framework among the first n, straight from the file."""
    counts = []
    for name, models in sorted(read_days().items()):
        best = sorted(models, key=lambda model: (-(model.downloads_30d or 0), model.id))[:n]
        counts.append((int(name[-2:]), [framework in attribute(model).frameworks for model in best].count(True)))
    return counts


def find_by_hand(framework: str, n: int, least: float) -> list[tuple[int, bool, int, int]]:
    """Give the days with news, whether it fired, the number, and the number last told: by a walk over numbers."""
    (_, first), *rest = count_by_hand(framework, n)
    news, last, out = [], first, False
    for day, number in rest:
        far = abs(number - first) * 100 >= least * n
        if far != out or (far and abs(number - last) * 100 >= least * n):
            news, last, out = [*news, (day, far, number, last)], number, far
    return news


@pytest.mark.parametrize(
    ("framework", "n"), [("PyTorch", 100), ("TensorFlow", 100), ("PyTorch", 30), ("TensorFlow", 7)]
)
def test_each_day_is_observed_as_counted(analyst: Analyst, framework: str, n: int) -> None:
    """Of every stored day the models in a framework, and of how many."""
    past = AlertEvidence(analyst.context).list_past(ShareMove(framework, n, Fraction(1)))

    assert [(one.as_of.day, one.value[0]) for one in past] == count_by_hand(framework, n)
    assert {one.value[1] for one in past} == {n}


@pytest.mark.parametrize("n", [10, 30, 50, 100])
@pytest.mark.parametrize("points", [Fraction(1), Fraction(2), Fraction(3), Fraction("0.5"), Fraction(10)])
@pytest.mark.parametrize("framework", ["PyTorch", "TensorFlow"])
def test_what_would_have_fired_is_what_did(analyst: Analyst, framework: str, n: int, points: Fraction) -> None:
    """The same days, on each whether it fired or came back to normal, and what it was when it was last told."""
    rule = ShareMove(framework, n, points)
    news = replay(rule, AlertEvidence(analyst.context).list_past(rule))
    told = [
        (one.now.as_of.day, one.state is AlertState.FIRED, one.now.value[0], one.told.value[0])
        for one in news
        if one.now and one.told
    ]

    assert told == find_by_hand(framework, n, float(points))


def test_the_past_has_news_at_all(analyst: Analyst) -> None:
    """Ten days of real lists move PyTorch's share of the first hundred by a point."""
    rule = ShareMove("PyTorch", 100, Fraction(1))

    assert replay(rule, AlertEvidence(analyst.context).list_past(rule))


@pytest.mark.parametrize("rule", [ShareMove("PyTorch", 100, Fraction(3)), Presence("TensorFlow", 30)])
def test_a_reading_is_what_the_answer_counts(analyst: Analyst, rule: Rule) -> None:
    """The alert and `top` never give two numbers."""
    observed = AlertEvidence(analyst.context).list_past(rule)[-1]
    n, framework = observed.value[1], rule.words.partition(" ")[0].removesuffix("'s")
    counts = analyst.answer(Top(n), NOW).counts

    assert counts is not None
    assert observed.value[0] == (counts.pytorch if framework == "PyTorch" else counts.tensorflow)


@pytest.mark.usefixtures("analyst")
def test_an_old_list_is_no_list_of_now(tmp_path: Path) -> None:
    """Ten days on, nothing can be told."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW + dt.timedelta(days=10))) as later:
        observed = AlertEvidence(later.context).observe(Presence("TensorFlow", 30))

    assert "too old to speak of now" in str(observed)
