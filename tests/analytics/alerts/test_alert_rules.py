"""When an alert has news: exactly at its threshold, back to normal once, and never by a reading that is missing."""

import datetime as dt
from fractions import Fraction

import pytest

from analytics.alerts.alert_rules import (
    AlertState,
    CollectionChange,
    Crossing,
    ModelChange,
    Observed,
    Presence,
    Rule,
    ShareMove,
    Unobserved,
    Value,
    judge,
)
from analytics.alerts.alert_sentences import say

DAY = dt.datetime(2026, 8, 7, tzinfo=dt.UTC)
SHARE = ShareMove("PyTorch", 100, Fraction(3))


def judged(rule: Rule, start: Value, told: Value, now: Value) -> tuple[AlertState, bool]:
    """Judge three values."""
    found = judge(rule, Observed(DAY, start), told, Observed(DAY + dt.timedelta(1), now))
    return found.state, found.is_news


@pytest.mark.parametrize(
    ("told", "now", "expected"),
    [
        (70, 72, (AlertState.NORMAL, False)),
        (70, 73, (AlertState.FIRED, True)),
        (70, 67, (AlertState.FIRED, True)),
        (73, 75, (AlertState.FIRED, False)),
        (73, 76, (AlertState.FIRED, True)),
        (73, 72, (AlertState.NORMAL, True)),
        (72, 71, (AlertState.NORMAL, False)),
    ],
)
def test_a_share_has_news_at_its_threshold(told: int, now: int, expected: tuple[AlertState, bool]) -> None:
    """From a start of 70: at 3 points, again 3 points on, and back to normal once."""
    assert judged(SHARE, [70, 100], [told, 100], [now, 100]) == expected


def test_a_threshold_is_met_exactly() -> None:
    """A third of a list and a point: no float decides."""
    assert judged(ShareMove("PyTorch", 300, Fraction(1)), [99, 300], [99, 300], [102, 300])[0] is AlertState.FIRED


@pytest.mark.parametrize(
    ("crossing", "start", "told", "now", "expected"),
    [
        (Crossing.EITHER, 4, 4, 0, (AlertState.FIRED, True)),
        (Crossing.EITHER, 4, 0, 2, (AlertState.NORMAL, True)),
        (Crossing.EITHER, 4, 4, 1, (AlertState.NORMAL, False)),
        (Crossing.ENTERS, 4, 4, 3, (AlertState.FIRED, False)),
        (Crossing.ENTERS, 4, 0, 3, (AlertState.FIRED, True)),
        (Crossing.LEAVES, 4, 4, 0, (AlertState.FIRED, True)),
    ],
)
def test_a_framework_is_in_or_out(
    crossing: Crossing, start: int, told: int, now: int, expected: tuple[AlertState, bool]
) -> None:
    """How many models there are moves nothing."""
    rule = Presence("TensorFlow", 30, crossing)

    assert judged(rule, [start, 30], [told, 30], [now, 30]) == expected


def test_a_model_has_news_at_each_change() -> None:
    """And gaining one framework is no news of another."""
    rule = ModelChange("a/b")
    assert judged(rule, ["PyTorch"], ["PyTorch"], ["JAX", "PyTorch"]) == (AlertState.FIRED, True)
    assert judged(rule, ["PyTorch"], ["JAX", "PyTorch"], ["JAX"]) == (AlertState.FIRED, True)
    assert judged(rule, ["PyTorch"], ["JAX"], ["PyTorch"]) == (AlertState.NORMAL, True)
    gains = ModelChange("a/b", "TensorFlow")
    assert judged(gains, ["PyTorch"], ["PyTorch"], ["JAX"]) == (AlertState.NORMAL, False)
    assert judged(gains, ["PyTorch"], ["PyTorch"], ["TensorFlow"]) == (AlertState.FIRED, True)


def test_a_collection_that_could_not_be_counted_is_no_change() -> None:
    """Only one that was known before and stands otherwise is."""
    rule = CollectionChange()
    assert judged(
        rule, {"A": "active", "B": "active"}, {"A": "active", "B": "active"}, {"B": "active", "C": "new"}
    ) == (
        AlertState.NORMAL,
        False,
    )
    assert judged(rule, {"A": "active"}, {"A": "active"}, {"A": "ended"}) == (AlertState.FIRED, True)


@pytest.mark.parametrize("told", [[70, 100], [80, 100]])
def test_a_missing_reading_is_never_normal(told: Value) -> None:
    """Nor is it news, whatever was told before."""
    found = judge(SHARE, Observed(DAY, [70, 100]), told, Unobserved("no list is stored."))

    assert (found.state, found.is_news) == (AlertState.CANNOT_TELL, False)
    assert say(SHARE, found) == "Cannot tell: no list is stored."
