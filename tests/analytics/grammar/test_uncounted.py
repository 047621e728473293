"""What is asked of something that nobody counts here is handed back, though a count of something else is near."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        *("how many models aren't on the hub at all?", "wie viele Modelle sind nicht auf dem Hub?"),
        *("¿cuántos modelos no están en el hub?", "сколько моделей не на хабе?", "how many models have no files?"),
        "how many models have tensorflow as their library but no tensorflow files?",
        "how many models are tagged tensorflow but don't have files?",
        "what share of models has pytorch but no pytorch files?",
    ],
)
def test_a_no_is_never_passed_over(text: str) -> None:
    """What is not on the Hub, has no files, or lacks what it is said to have, is none of the totals."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how many models have no tensorflow on the hub?", "totals"),
        ("how many models are in neither", "totals"),
        ("how many models have pytorch but not tensorflow", "totals"),
    ],
)
def test_a_no_before_one_of_the_two_is_counted(text: str, words: str) -> None:
    """Totals tell who has one without the other."""
    assert understand(text, TODAY).words == understand(words, TODAY).words
