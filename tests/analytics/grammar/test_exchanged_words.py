"""Two neighbouring words that stand exchanged are read in their order, where that joins what belongs together."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("top 10 speech task recognition", "top10 task automatic-speech-recognition"),
        ("changes 1 since november", "changes since 2026-11-01"),
        ("author top10 google", "top10 author google"),
    ],
)
def test_exchanged_words_are_read_in_their_order(text: str, words: str) -> None:
    """And it is said that they were."""
    told = understand(text, TODAY)

    assert told.words == words
    assert "in the other order" in told.note
    assert told.differs


@pytest.mark.parametrize(
    "text", ["models faster than whisper", "jax 3 models", "totals excluding tensorflow", "top 30 by value"]
)
def test_another_order_is_no_slip_where_it_tells_something_else(text: str) -> None:
    """What is refused as it stands stays refused."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize("text", ["digest all stop", "digest off this for week only"])
def test_no_setting_is_changed_by_words_in_another_order(text: str) -> None:
    """A setting is changed only by words understood whole."""
    assert understand(text, TODAY).words in (None, "help digest")
