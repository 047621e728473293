"""Where a list is cut through level models it says how many places are arbitrary: how many, as far as is known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ranking.ties import say_ties

VALUES = st.lists(st.integers(0, 4), min_size=1, max_size=40).map(lambda values: sorted(values, reverse=True))


@given(VALUES, st.integers(1, 40))
def test_of_a_whole_ranking_both_numbers_are_told(values: list[int], n: int) -> None:
    """Recounted from the values: places on this side of the cut, level models on both; else nothing."""
    shown, left = values[:n], values[n:]
    said = say_ties("trending", values, n, complete=True)

    assert bool(said) == (bool(left) and left[0] == shown[-1])
    if said:
        places = shown.count(shown[-1])
        told = [int(number) for number in re.findall(r"\d+", said)]
        assert told == [*([places] if places > 1 else []), values.count(shown[-1]), shown[-1]]


@given(VALUES, st.integers(1, 40))
def test_of_a_list_that_goes_on_no_number_is_made_up(values: list[int], n: int) -> None:
    """Level to its end, it says that the Hub was not asked for all; a lone last model is no sign of a tie."""
    shown = values[:n]
    places, level = shown.count(shown[-1]), values.count(shown[-1])
    said = say_ties("likes", values, n, complete=False)
    is_open = values[-1] == shown[-1]

    assert ("the Hub was not asked for all of them" in said) == (is_open and max(places, level) > 1)
    assert (f"at least {level} models" in said) == (is_open and level > places)


@pytest.mark.parametrize(
    ("values", "n", "said"),
    [
        ([5.0, *[0.0] * 2000], 137, "The last 136 places are arbitrary: at least 2,000 models tie on the Hub's"),
        ([9, *[0] * 136], 137, "The last 136 places are arbitrary: an unknown number of models tie on"),
        ([2, 1, 1], 2, "The last place is arbitrary: at least 2 models tie on the Hub's trending score (1)"),
        ([2, None], 2, ""),
        ([], 2, ""),
    ],
)
def test_it_says_how_far_is_known(values: list[float | None], n: int, said: str) -> None:
    """One place or many, and nothing of what has no measure."""
    assert say_ties("trending", values, n, complete=False).startswith(said)
    assert bool(say_ties("trending", values, n, complete=False)) == bool(said)
