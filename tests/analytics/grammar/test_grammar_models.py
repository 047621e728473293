"""Names of models come as ids, old bare names, addresses and Slack's links; what cannot be one is not asked about."""

import datetime as dt

import pytest

from analytics.domain.requests import Compare, Definition, Official, OneModel, Papers, Request, Totals, Trend
from analytics.grammar import Unclear, parse, understand

WHISPER = OneModel("openai/whisper-large-v3")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("model openai/whisper-large-v3", WHISPER),
        ("openai/whisper-large-v3", WHISPER),
        ("model <https://huggingface.co/openai/whisper-large-v3|huggingface.co/openai/wh…>", WHISPER),
        ("https://huggingface.co/openai/whisper-large-v3/blob/main/config.json", WHISPER),
        ("model hf.co/openai/whisper-large-v3/tree/refs%2Fpr%2F1?x=1#readme", WHISPER),
        ("MODEL `bert-base-uncased`", OneModel("bert-base-uncased")),
        ("model https://huggingface.co/gpt2", OneModel("gpt2")),
        ("is gpt2 available in TensorFlow?", OneModel("gpt2", "TensorFlow")),
        ("model gpt2 in tf", OneModel("gpt2", "TensorFlow")),
        ("model gpt2 torch", OneModel("gpt2", "PyTorch")),
        ("compare gpt2 and google/t5-small", Compare("gpt2", "google/t5-small")),
        ("compare gpt2 vs <https://huggingface.co/google/t5-small>", Compare("gpt2", "google/t5-small")),
        ("totals", Totals()),
        ("totals since 2022", Totals(Definition.DECLARED, since="2022")),
        ("totals attributed since 2022", Totals(Definition.ATTRIBUTED, since="2022")),
        ("totals task fill mask declared since 2022", Totals(Definition.DECLARED, "fill-mask", "2022")),
        ("trend declared", Trend(Definition.DECLARED)),
        ("trend originals", Trend()),
        ("trend all", Trend(every=True)),
        ("trend all declared", Trend(Definition.DECLARED)),
        ("trend task text generation all", Trend(task="text-generation", every=True)),
        ("totals all", Totals(every=True)),
        ("totals originals", Totals()),
        ("totals all task fill-mask", Totals(task="fill-mask", every=True)),
        ("totals all since 2022", Totals(Definition.DECLARED, since="2022")),
        ("papers", Papers()),
        ("papers q4 2021 official", Papers("2021Q4", official=True)),
        ("papers 2020 official", Papers("2020", official=True)),
        ("papers 2021-Q4 per paper", Papers("2021Q4", per="paper")),
        ("official tf", Official("tensorflow")),
    ],
)
def test_is_forgiving(typed: str, meant: Request) -> None:
    """However a name or a question is spelled, the same is meant, and its canonical words mean the same again."""
    assert parse(typed) == meant
    assert parse(meant.words) == meant


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("model", "none was given"),
        ("model a/b/c", "more than one slash"),
        ("model ../..", "cannot be the name"),
        ("model 😀", "cannot be the name"),
        ("model <!channel>", "cannot be the name"),
        ("model a--b", "two dots or dashes"),
        ("model " + "x" * 97, "longer than 96"),
        ("model " + "x" * 300, "306 characters"),
        ("model two words", "a name has no spaces"),
        ("model gpt2 in tensorflw", "a framework or format is one of"),
        ("model https://huggingface.co/datasets/squad", "address of a dataset"),
        ("compare gpt2", "the names of two models"),
        ("totals since 1999", "a year whose readings are known"),
        ("why", "Name one of them"),
        ("totals task 😀", "cannot be one"),
        ("trend sideways", "“sideways”"),
        ("trend all originals", "Name the one that is meant"),
        ("trend originals declared", "“originals” does not go with it"),
        ("totals originals since 2022", "“originals” does not go with it"),
        ("totals all reach", "“all” does not go with it"),
        ("totals by library task fill-mask", "“task fill-mask” does not go with it"),
        ("top30 in tensorflow declared", "“declared” does not go with it"),
        ("trend task", "none was given"),
        ("trend task fill-mas", "is no task of the Hub"),
        ("papers 2021Q5", "a quarter is written 2021Q4"),
        ("official caffe", "takes pytorch or tensorflow"),
    ],
)
def test_what_cannot_be_meant_is_named(typed: str, problem: str) -> None:
    """A sentence says what is wrong, and a question that works is offered."""
    unclear = parse(typed)

    assert isinstance(unclear, Unclear)
    assert problem in unclear.problem
    assert not isinstance(parse(unclear.suggestions[0]), Unclear)


@pytest.mark.parametrize(
    "typed", ["totals by library task fill-mask", "total models by library for fill-mask", "totals by library declared"]
)
def test_no_sentence_asks_what_its_own_canonical_words_are_refused_for(typed: str) -> None:
    """What nobody can count ended in “something unexpected”: it is refused in words, and what is offered works."""
    understood = understand(typed, dt.date(2026, 11, 27))

    assert understood.request is None
    assert "does not go with it" in understood.problem
    assert understood.also
    assert all(understand(words, dt.date(2026, 11, 27)).request for words in understood.also)


def test_a_near_framework_is_offered_for_the_same_model() -> None:
    """The suggestion keeps the name that was typed."""
    unclear = parse("model x/y in tensorflw")

    assert isinstance(unclear, Unclear)
    assert unclear.suggestions[0] == "model x/y in tensorflow"
