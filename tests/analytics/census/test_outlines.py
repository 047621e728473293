"""Rows are numbered alike where their numbers are the same, and an outline is met once, whoever meets it."""

import numpy as np

from analytics.census.fingerprints import MetOutlines
from analytics.census.outlines import number_alike


def test_rows_of_the_same_number_are_of_one_kind_and_others_are_not() -> None:
    """Of 5,000 rows with 3,000 numbers, two are of one kind exactly if their numbers are the same."""
    draw = np.random.default_rng(15)
    numbers = draw.choice(draw.integers(0, 2**64, 3_000, dtype=np.uint64), 5_000)

    kinds, one = number_alike(numbers)

    assert (numbers[one][kinds] == numbers).all()
    assert len(set(one.tolist())) == len(one) == len(set(numbers.tolist())) == kinds.max() + 1


def test_no_rows_are_of_no_kind() -> None:
    """An empty lot has no kinds."""
    kinds, one = number_alike(np.zeros(0, np.uint64))

    assert (len(kinds), len(one)) == (0, 0)


def test_an_outline_is_fresh_once() -> None:
    """Of an outline that comes twice in a lot and in two lots, one row is fresh, and every other outline's."""
    met = MetOutlines()

    first = met.find_fresh(np.array([7, 5, 7], np.uint64))
    second = met.find_fresh(np.array([5, 9, 7], np.uint64))

    assert (sorted(first.tolist()), second.tolist()) == ([0, 1], [1])
