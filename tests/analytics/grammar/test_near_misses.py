"""What is nearly a question is handed back with what it was meant to be, and the word that is to blame is named."""

import datetime as dt

import pytest

from analytics.grammar import EXAMPLES, understand

TODAY = dt.date(2026, 11, 26)
SHORTEST = 5
"""Letters from which on one exchange leaves a word that can be known again."""


def slips(words: str) -> list[str]:
    """Give a question with two letters exchanged in each of its words, names and figures apart."""
    said = words.split()
    places = [
        at for at, word in enumerate(said) if len(word) >= SHORTEST and word.isalpha() and said[at - 1] != "author"
    ]
    return [" ".join([*said[:at], _with_slip(said[at]), *said[at + 1 :]]) for at in places]


def _with_slip(word: str) -> str:
    return word[:-3] + word[-2] + word[-3] + word[-1]


@pytest.mark.parametrize(
    ("slip", "words"), [pytest.param(slip, words, id=slip) for words, _ in EXAMPLES for slip in slips(words)]
)
def test_a_slip_in_any_word_is_mended_or_asked_back(slip: str, words: str) -> None:
    """The question that was meant is understood, or is the first of what is offered."""
    told, meant = understand(slip, TODAY), understand(words, TODAY)

    assert meant.words is not None
    assert meant.words in (told.words, *(understand(also, TODAY).words for also in told.also[:1]))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("why keras", "why keras3"),
        ("new in pytorhc", "new in pytorch"),
        ("new for tensorflw", "new in tensorflow"),
        ("what is new in tensorflow", "new in tensorflow"),
        ("compare a b", "compare google-bert/bert-base-uncased openai-community/gpt2"),
        ("compare frobnit opt-1.3", "compare google-bert/bert-base-uncased openai-community/gpt2"),
        ("formats", "formats openai-community/gpt2"),
        ("formats", "share"),
        ("load", "load openai-community/gpt2 in tensorflow"),
        ("reach", "top30 reach"),
        ("declared", "top30 declared"),
        ("only proven ones", "top30 declared"),
        ("top30 only proven", "why method"),
    ],
)
def test_what_falls_short_of_a_question_offers_one(text: str, offered: str) -> None:
    """Candidates for unknown names, names of topics, a whole question for a word that says nothing alone."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("compare foo bar", "“foo” and “bar” are the names of no models"),
        ("compare frobnit gpt2", "“frobnit” is the name of no model"),
        ("what pytorch", "no question that they make"),
        ("what models does zorblax have", "“zorblax”"),
        ("I don't like gated models. top 10", "“gated”"),
        ("changes since tomorrow", "“tomorrow” has not come yet"),
        ("new since tomorrow", "“tomorrow” has not come yet"),
        ("only proven ones", "cannot be cut down to what is proven"),
    ],
)
def test_the_word_that_was_not_understood_is_named(text: str, blamed: str) -> None:
    """And never another one, which is understood."""
    told = understand(text, TODAY)

    assert told.words is None
    assert blamed in told.problem


@pytest.mark.parametrize("text", ["compare prices of cars", "can you sing", "cancel", "why is the sky blue"])
def test_what_only_begins_like_a_question_is_still_declined(text: str) -> None:
    """A first word of ours makes no question of other talk."""
    assert understand(text, TODAY).kind == "decline"


@pytest.mark.parametrize(
    ("text", "parted", "offered"),
    [
        ("can'tiloadgpt2intensorflow", "can't i load gpt 2 in tensorflow", "load openai-community/gpt2 in tensorflow"),
        ("howmanymodelsareintensorflow", "how many models are in tensorflow", "totals attributed"),
        ("CannotimportnameTFBertModelfromtransformers", "cannot import name", "why transformers5"),
        ("top30intensorflow", "top 30 in tensorflow", "top30 in tensorflow"),
    ],
)
def test_words_that_were_run_together_are_named_as_one(text: str, parted: str, offered: str) -> None:
    """What they would mean apart is offered, and not answered."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also[0] == offered
    assert told.problem.startswith(f"“{text[:30]}")
    assert parted in told.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trend per month", "by quarter, not by month"),
        ("monthly new models, tensorflow vs pytorch", "by quarter, not by month"),
        ("trend by year", "by quarter, not by year"),
        ("how many pytorch models in 2022", "by the Hub's tags"),
    ],
)
def test_what_is_told_otherwise_than_asked_is_said_beside_it(text: str, said: str) -> None:
    """A trend is by quarter, and then and now go by the tags; who asks for just that is told nothing more."""
    assert said in understand(text, TODAY).note
    assert not understand("trend by quarter", TODAY).note
    assert "tags" not in understand("how many pytorch models by the tags in 2022", TODAY).note


@pytest.mark.parametrize(
    "text",
    ["is tensorflow not dead", "is tensorflow faster", "is pytorch faster than tensorflow", "models from 2026-03"],
)
def test_where_no_model_was_named_nothing_is_said_of_a_name(text: str) -> None:
    """A framework and a preposition are no names of models, so what follows them does not follow one."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "after a model's name" not in told.problem
    assert "after a model's name" in understand("model gpt2 zzqxv", TODAY).problem
