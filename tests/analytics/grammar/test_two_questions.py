"""Of several questions in one sentence none is dropped: each is offered, and one alone is answered."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("top30 and totals", ("top30", "totals attributed")),
        ("totals, trend", ("totals attributed", "trend attributed")),
        ("top30 then papers", ("top30", "papers per pair")),
        ("share & trend", ("share", "trend attributed")),
        ("totals; papers; trend", ("totals attributed", "papers per pair", "trend attributed")),
        ("top 10 by likes and top 10 by downloads", ("top10 by likes", "top10")),
        (
            "is gpt2 in tensorflow? And how many models are there?",
            ("model openai-community/gpt2 in tensorflow", "totals attributed"),
        ),
        ("cuántos modelos hay en tensorflow y qué ha cambiado", ("totals attributed", "changes")),
        ("top30 und totals", ("top30", "totals attributed")),
        ("totals и trend", ("totals attributed", "trend attributed")),
        ("top30和论文", ("top30", "papers per pair")),
        ("status and totals", ("status", "totals attributed")),
        ("top 30 or totals", ("top30", "totals attributed")),
        ("papers oder totals", ("papers per pair", "totals attributed")),
        ("totals/trend", ("totals attributed", "trend attributed")),
        ("trend / papers", ("trend attributed", "papers per pair")),
        ("tell me 1) who has more models 2) who has more papers", ("totals attributed", "papers per pair")),
        ("1. top 30 2. totals 3. papers", ("top30", "totals attributed", "papers per pair")),
        ("(a) totals (b) papers", ("totals attributed", "papers per pair")),
        (
            "what's new in tensorflow and is gpt2 in tensorflow",
            ("new in tensorflow", "model openai-community/gpt2 in tensorflow"),
        ),
    ],
)
def test_both_are_offered_and_neither_is_answered_alone(text: str, offered: tuple[str, ...]) -> None:
    """It is said that one question is answered at a time."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also == offered
    assert told.problem.startswith("One question is answered at a time")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pytorch and tensorflow totals", "totals"),
        ("model gpt2 and model bert-base-uncased", "compare gpt2 bert-base-uncased"),
        ("how many models are in pytorch and how many in tensorflow", "totals"),
        ("number of object-detection models, pytorch vs tensorflow", "totals task object-detection"),
        ("top 25 models, ranked by likes", "top25 by likes"),
        ("torch hub and tf hub", "official"),
        ("history of pytorch and tensorflow share", "trend"),
        ("hi and how many models are in tensorflow", "totals"),
        ("are there more models in pytorch or in tensorflow", "totals"),
        ("how many models are in pytorch/tensorflow", "totals"),
        ("which models are in tensorflow 2.", "top30 in tensorflow"),
    ],
)
def test_what_has_an_and_in_it_may_be_one_question(text: str, words: str) -> None:
    """Names that are joined, what is told beside a list, two models side by side."""
    assert understand(text, TODAY).words == understand(words, TODAY).words is not None


@pytest.mark.parametrize("text", ["totals, also who wins by downloads", "totals; who is ahead by downloads"])
def test_a_second_question_does_not_choose_the_measure_of_the_first(text: str) -> None:
    """What begins another question is none of the first, though both can be read as one."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also == ("totals attributed", "totals by downloads attributed")


@pytest.mark.parametrize(
    "text",
    ["top 10 in pytorch and top 10 in tensorflow side by side", "compare top 10 in pytorch to top 10 in tensorflow"],
)
def test_two_lists_side_by_side_are_offered_one_at_a_time(text: str) -> None:
    """The list of all is neither of them."""
    told = understand(text, TODAY)

    assert told.words is None
    assert {"top10 in pytorch", "top10 in tensorflow"} <= {*told.also}
