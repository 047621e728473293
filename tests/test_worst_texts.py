"""What is called a freeze, and what is not: told by a clock that the reader itself moves."""

import pytest

from tests.worst_texts import FROZEN, LENGTH, freezes, worst_texts

MORE, LESS = 1.02 * FROZEN, 0.98 * FROZEN


@pytest.mark.parametrize(
    ("power", "seconds", "freezes_all"),
    [(0, MORE, True), (1, MORE, True), (2, MORE, True), (9, 1e9, True), (0, LESS, False), (1, LESS, False)],
)
def test_a_freeze_is_seen_however_it_grows_with_the_text(power: int, seconds: float, *, freezes_all: bool) -> None:
    """At once, in proportion, quadratic or worse, by little; what is slow by its length alone is none."""
    told = 0.0

    def read(text: str) -> None:
        nonlocal told
        told += seconds * (len(text) / LENGTH) ** power

    found = freezes(read, lambda: told)

    assert found.keys() == ({text[:40] for text in worst_texts()} if freezes_all else set())
