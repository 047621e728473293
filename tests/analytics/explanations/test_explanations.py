"""What `why` explains: three sentences, a day, a source; and the general ways into frameworks and formats."""

import re

import pytest

from analytics.domain.requests import Why
from analytics.explanations import explanations, ways
from analytics.grammar import parse
from analytics.grammar.lexicon import values
from analytics.questions.why import why


@pytest.mark.parametrize("topic", explanations())
def test_each_topic_is_told_with_day_and_source(topic: str) -> None:
    """Nothing is claimed without who says so and from when on it holds."""
    answer = why(Why(topic), explanations()[topic])

    assert len(answer.detail) == 3
    assert all(re.search(r"[.]$", sentence) for sentence in answer.detail)
    assert answer.origins[0].address.startswith("https://")
    assert answer.as_of.date() == explanations()[topic].day
    assert parse(f"why {topic}") == Why(topic)


def test_there_is_a_way_into_everything_that_can_be_named() -> None:
    """Whatever framework or format the grammar knows, PaddlePaddle apart, of which no way is known here."""
    named = {*values("framework").values(), *values("format").values()}

    assert named - set(ways()) == {"PaddlePaddle"}


def test_every_way_begins_with_what_it_does() -> None:
    """The finding stands above the lines: short enough for a phone, and another for each."""
    findings = [way.finding for way in ways().values()]

    assert len(set(findings)) == len(findings)
    assert max(map(len, findings)) <= 80
