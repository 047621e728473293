"""A mark fires beyond it, once, and is back to normal on its other side."""

import datetime as dt
from fractions import Fraction

import pytest

from analytics.alerts.alert_replay import replay
from analytics.alerts.alert_rules import AlertState, Observed, Rule
from analytics.alerts.alert_sentences import say
from analytics.alerts.mark_rules import CountMark, ShareMark, Side, may_be_crossed

DAY = dt.datetime(2026, 8, 7, 9, tzinfo=dt.UTC)
BELOW = ShareMark("PyTorch", 100, Side.FEWER, Fraction(80))
MORE = CountMark("TensorFlow", 30, Side.MORE, 5)
FIRED, NORMAL = AlertState.FIRED, AlertState.NORMAL


def news(rule: Rule, counts: list[int], of: int) -> list[tuple[int, AlertState]]:
    """Judge a reading a day; give on which days there was news, and what."""
    past = [Observed(DAY + dt.timedelta(at), [number, of]) for at, number in enumerate(counts)]
    return [((judged.now.as_of - DAY).days, judged.state) for judged in replay(rule, past) if judged.now]


@pytest.mark.parametrize(
    ("rule", "counts", "of", "told"),
    [
        (BELOW, [81, 80, 79, 78, 79, 80, 90], 100, [(2, FIRED), (5, NORMAL)]),
        (BELOW, [70, 60, 90, 70], 100, [(2, NORMAL), (3, FIRED)]),
        (MORE, [5, 6, 9, 5, 6], 30, [(1, FIRED), (3, NORMAL), (4, FIRED)]),
        (CountMark("TensorFlow", 30, Side.AT_LEAST, 5), [4, 5, 6, 4], 30, [(1, FIRED), (3, NORMAL)]),
        (
            ShareMark("PyTorch", None, Side.AT_MOST, Fraction(1, 3) * 100),
            [334, 333, 334],
            999,
            [(1, FIRED), (2, NORMAL)],
        ),
        (ShareMark("PyTorch", None, Side.MORE, Fraction(50)), [50, 50, 51], 100, [(2, FIRED)]),
    ],
)
def test_it_is_told_at_the_crossing_and_back(
    rule: Rule, counts: list[int], of: int, told: list[tuple[int, AlertState]]
) -> None:
    """Once each; a value on the mark itself is exactly on one side, and moving on beyond it is no news."""
    assert news(rule, counts, of) == told


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("mark", range(-1, 32))
def test_a_mark_that_is_kept_can_be_crossed_both_ways(side: Side, mark: int) -> None:
    """Counted over every number that there can be."""
    rule = CountMark("TensorFlow", 30, side, mark)
    fires = {rule.fires([0, 30], [number, 30]) for number in range(31)}

    assert may_be_crossed(side, mark, 30) == (len(fires) == 2)


def test_the_sentence_says_now_and_before() -> None:
    """With numbers, of how many, and days."""
    past = [Observed(DAY, [81, 100]), Observed(DAY + dt.timedelta(1), [79, 100])]
    (judged,) = replay(BELOW, past)

    assert say(BELOW, judged) == (
        "PyTorch has 79.0 % (79 of the top 100) on 8 Aug 2026; "
        "it was: PyTorch has 81.0 % (81 of the top 100) (7 Aug 2026)."
    )
