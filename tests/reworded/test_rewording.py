"""The other author leaves no sentence as it was, and there is something of everything to reword."""

from collections.abc import Callable
from typing import Any

import pytest

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import Totals
from analytics.errors import AnalyticsError
from tests.reworded.rewording import in_other_words, reworded
from tests.reworded.shapes import sentences
from tests.reworded.stock import REFUSED, request


def test_the_other_hand_leaves_no_sentence_as_it_was(answers: dict[str, Answer]) -> None:
    """Otherwise all of the above would prove nothing."""
    for answer in answers.values():
        other = reworded(answer, in_other_words(1))
        same = set(sentences(answer).values()) & set(sentences(other).values())

        assert same == set()
        assert len(sentences(other)) == len(sentences(answer))


def test_there_is_something_of_everything_to_reword(
    answers: dict[str, Answer], opened: Callable[[int | None], Analyst]
) -> None:
    """Counts, noise, what came since, twins, a panel that is missing, every kind of refusal."""
    assert all(answers[words].counted for words in ("top30", "changes", "totals", "official"))
    assert answers["changes"].noise
    assert answers["totals"].since_last
    assert {type(answer.chart).__name__ for answer in answers.values()} == {
        *("Tiles", "Bands", "Bars", "Moves", "Panels", "Camps", "Matrix")
    }
    refused = {type(refusal(opened(None), words)).__name__ for words in REFUSED}
    assert refused == {"NoSuchTask", "NoSuchAuthor", "NoSuchModel", "NothingStored", "NotCollected", "Unclear"}


def refusal(analyst: Analyst, words: str) -> Any:
    """Ask what cannot be answered; give what comes instead."""
    asked = request(words)
    if isinstance(asked, grammar.Unclear):
        return asked
    with pytest.raises(AnalyticsError) as refused:
        analyst.answer(asked)
    return refused.value


def test_totals_are_those_of_the_census(answers: dict[str, Answer]) -> None:
    """The stored cube answers, so that what came since is a number."""
    assert answers["totals"].request == Totals()
    assert "+1" in answers["totals"].since_last
