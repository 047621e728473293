"""Canonical words mean the same with courtesy around them: no word that chooses something is taken for courtesy."""

import datetime as dt

import pytest

from analytics.grammar import understand
from analytics.grammar.strict import EXAMPLES

TODAY = dt.date(2026, 11, 26)
QUALIFIED = (
    *("totals all", "trend all", "trend all by downloads", "totals reach", "totals dead task translation"),
    *("papers hub", "papers archive", "papers successor", "papers overlap", "papers archive per repository"),
)
"""Words of which one means nothing here outside of them, or is courtesy elsewhere."""


@pytest.mark.parametrize("words", [*(words for words, _ in EXAMPLES), *QUALIFIED])
def test_courtesy_around_canonical_words_changes_nothing(words: str) -> None:
    """Before, behind and around; in capitals of none."""
    meant = understand(words, TODAY).words
    polite = ("please {}", "{} pls 🙏", "show me {}", "hi, {}", "{} please, thanks!", "can you give me {}?", "the {}")

    assert [text for text in polite if understand(text.format(words), TODAY).words != meant] == []


def test_a_day_and_csv_stay() -> None:
    """What is to be told of when, and in which form, is read with courtesy behind it."""
    told = understand("please totals all on 2026-11-20 as csv, thanks", TODAY)

    assert told.words == "totals all attributed on 2026-11-20 as csv"


@pytest.mark.parametrize("text", ["if totals all", "not totals all", "did anything leave the top 30?"])
def test_what_says_something_is_no_courtesy(text: str) -> None:
    """A condition, a no, a verb of ours before canonical words."""
    assert understand(text, TODAY).words not in ("totals all attributed", "top30")
