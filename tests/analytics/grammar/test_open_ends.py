"""A question that ends with a word that takes another after it is handed back: no word is dropped."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("top30 in", "top30 in tensorflow"),
        ("top 30 in please", "top30"),
        ("show me the top30 in the", "top30"),
        ("totals in", "totals"),
        ("totals by", "totals attributed"),
        ("new in", "new"),
        ("papers of", "papers"),
        ("changes since", "changes"),
        ("load gpt2 in", "load openai-community/gpt2"),
        ("top30 from", "top30 author google"),
    ],
)
def test_a_word_with_nothing_behind_it_is_not_dropped(text: str, offered: str) -> None:
    """Nothing is answered, and what it may be goes on as a button."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also


@pytest.mark.parametrize(
    "text", ["what framework is whisper in", "top30 in tensorflow", "top30, please", "show me top30"]
)
def test_a_question_that_ends_so_by_its_grammar_is_answered(text: str) -> None:
    """A word at the end that belongs to one before it leaves nothing open."""
    assert understand(text, TODAY).words
