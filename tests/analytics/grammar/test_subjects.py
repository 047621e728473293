"""What `it` stands for within one text: a model that is named beside the question; never anything else."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "I need google/vit-base-patch16-224 but my whole codebase is TF. does it come with tf weights?",
            "model google/vit-base-patch16-224 in tensorflow",
        ),
        (
            "We use openai/whisper-small in production. Is there an onnx version of it?",
            "model openai/whisper-small in onnx",
        ),
        ("BAAI/bge-m3. is it in tf?", "model BAAI/bge-m3 in tensorflow"),
    ],
)
def test_a_model_named_in_the_sentence_before_is_meant_by_it(text: str, words: str) -> None:
    """And the answer says so."""
    told = understand(text, TODAY)

    assert told.words == words


@pytest.mark.parametrize(
    "text",
    [
        "I compared google/gemma-2b and openai-community/gpt2 today. is it in zorp tf?",
        "We only use google/gemma-2b since 2024 blorp. is there a tf version of it?",
        "I like blorp. does it come in tf?",
    ],
)
def test_two_models_or_a_restriction_leave_it_open(text: str) -> None:
    """Then it is handed back."""
    assert understand(text, TODAY).words is None


def test_a_second_question_about_the_same_is_offered_with_its_subject() -> None:
    """`And why was it dropped` is of what the model was asked for in."""
    told = understand("is gpt2 in tensorflow? and why was it dropped", TODAY)

    assert told.words is None
    assert told.also == ("model openai-community/gpt2 in tensorflow", "why transformers5")
    assert "One question" in told.problem


def test_a_place_in_a_list_is_no_model_of_that_name() -> None:
    """Where no list stands there, it is asked for."""
    told = understand("is the second one in tensorflow?", TODAY)

    assert told.words is None
    assert not [words for words in told.also if "second" in words]
    assert told.problem.startswith("Which model is meant?")
