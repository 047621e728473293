"""When an alert has news: exactly at its threshold, back to normal once, and never by a reading that is missing."""

import datetime as dt
from fractions import Fraction

import pytest

from analytics.alerts.alert_replay import replay
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
    found = judge(rule, Observed(DAY, start), Observed(DAY, told), Observed(DAY + dt.timedelta(1), now))
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
    found = judge(SHARE, Observed(DAY, [70, 100]), Observed(DAY, told), Unobserved("no list is stored."))

    assert (found.state, found.is_news) == (AlertState.CANNOT_TELL, False)
    assert say(SHARE, found) == "Cannot tell: no list is stored."


IN_TEN, PYTORCH = "TensorFlow is in {} of the top 10", "PyTorch has {}.0 % ({} of the top 100)"
TOLD: list[tuple[Rule, tuple[Value, ...], list[tuple[str, str]]]] = [
    (
        Presence("TensorFlow", 10),
        ([2, 10], [0, 10], [0, 10], [3, 10], [0, 10]),
        [
            (f"{IN_TEN.format(0)} on 8 Aug 2026", f"{IN_TEN.format(2)} (7 Aug 2026)"),
            (f"Back to normal: {IN_TEN.format(3)} on 10 Aug 2026", f"{IN_TEN.format(0)} (8 Aug 2026)"),
            (f"{IN_TEN.format(0)} on 11 Aug 2026", f"{IN_TEN.format(3)} (10 Aug 2026)"),
        ],
    ),
    (
        SHARE,
        ([70, 100], [74, 100], [75, 100], [78, 100], [71, 100]),
        [
            (f"{PYTORCH.format(74, 74)} on 8 Aug 2026", f"{PYTORCH.format(70, 70)} (7 Aug 2026)"),
            (f"{PYTORCH.format(78, 78)} on 10 Aug 2026", f"{PYTORCH.format(74, 74)} (8 Aug 2026)"),
            (f"Back to normal: {PYTORCH.format(71, 71)} on 11 Aug 2026", f"{PYTORCH.format(78, 78)} (10 Aug 2026)"),
        ],
    ),
    (
        ModelChange("a/b"),
        (["PyTorch"], ["JAX"], ["PyTorch"]),
        [
            ("The model a/b comes in JAX on 8 Aug 2026", "the model a/b comes in PyTorch (7 Aug 2026)"),
            ("Back to normal: The model a/b comes in PyTorch on 9 Aug 2026", "the model a/b comes in JAX (8 Aug 2026)"),
        ],
    ),
]


def tell(rule: Rule, values: tuple[Value, ...]) -> list[str]:
    """Give what an alert says of one reading a day."""
    past = [Observed(DAY + dt.timedelta(number), value) for number, value in enumerate(values)]
    return [say(rule, judged) for judged in replay(rule, past)]


@pytest.mark.parametrize(("rule", "values", "news"), TOLD)
def test_what_it_was_is_what_was_last_told(rule: Rule, values: tuple[Value, ...], news: list[tuple[str, str]]) -> None:
    """Each message goes on from the one before, with its day; the first from the start."""
    told = [said.rstrip(".").split("; ")[:2] for said in tell(rule, values)]

    assert told == [[now, f"it was: {before}"] for now, before in news]


def test_a_share_that_moved_on_says_too_from_where_it_is_counted() -> None:
    """The points are those from its start."""
    first, second = tell(SHARE, ([70, 100], [74, 100], [78, 100]))

    assert "began" not in first
    assert second.endswith("; it began with: PyTorch has 70.0 % (70 of the top 100) (7 Aug 2026).")


def test_a_collection_goes_on_from_what_was_last_told() -> None:
    """Also back to normal."""
    assert tell(CollectionChange(), ({"Hub": "active"}, {"Hub": "frozen"}, {"Hub": "ended"}, {"Hub": "active"})) == [
        "Hub is frozen, it was active (7 Aug 2026 to 8 Aug 2026).",
        "Hub is ended, it was frozen (8 Aug 2026 to 9 Aug 2026).",
        "Back to normal: Hub is active, it was ended (9 Aug 2026 to 10 Aug 2026).",
    ]


def test_what_was_told_already_is_listed_with_what_it_began_with() -> None:
    """A list says how it stands: not that it was what it is."""
    start, now = Observed(DAY, [2, 10]), Observed(DAY + dt.timedelta(2), [0, 10])
    judged = judge(Presence("TensorFlow", 10), start, Observed(DAY + dt.timedelta(1), [0, 10]), now)

    assert say(Presence("TensorFlow", 10), judged).endswith("it was: TensorFlow is in 2 of the top 10 (7 Aug 2026).")
