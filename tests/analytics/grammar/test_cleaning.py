"""What was typed, made fit for a sentence."""

import pytest

from analytics.grammar.cleaning import short


@pytest.mark.parametrize(("word", "quoted"), [("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…")], ids=len)
def test_forty_letters_of_a_wrong_word_are_quoted(word: str, quoted: str) -> None:
    """Enough to know it again; a longer one ends in a sign that says so."""
    assert short(word) == quoted
