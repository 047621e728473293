"""A claim is read word by word: what is understood is said again in one form, and what is not is named."""

from contextlib import suppress

import pytest

from analytics.claims import NotCheckable, read_claim
from analytics.grammar import LONGEST
from tests.worst_texts import FROZEN, seconds_of, worst_texts

READ = {
    "85 % of models are PyTorch-only": "85 % of all models are in PyTorch only",
    "85% of the models on Hugging Face are only available in PyTorch.": "85 % of all models are in PyTorch only",
    "Only 8 % of models are in TensorFlow": "8 % of all models are in TensorFlow",
    "In March 2022, 85 percent of models were PyTorch only": "85 % of all models are in PyTorch only in March 2022",
    "at least 28 of the top 30 models are in pt": "at least 28 of the top 30 models are in PyTorch",
    "fewer than 20 of the 30 most downloaded models are in TF": "less than 20 of the top 30 models are in TensorFlow",
    "all of the top 30 models are in PyTorch": "at least 100 % of the top 30 models are in PyTorch",
    "TensorFlow has fewer models than PyTorch": "Of all models, PyTorch has more than TensorFlow",
    "PyTorch has 10x more models than TensorFlow": "Of all models, PyTorch has at least 10 times as many as TensorFlow",
    "half of TensorFlow models are also in PyTorch": "50 % of all models in TensorFlow are also in PyTorch",
    "9 out of 10 models are in PyTorch today": "90 % of all models are in PyTorch today",
    "most text-generation models are in PyTorch": "more than 50 % of all text-generation models are in PyTorch",
    "about 16 % of models are in both PyTorch and TensorFlow": (
        "about 16 % of all models are in both PyTorch and TensorFlow"
    ),
    "85 % of tagged models are PyTorch only": "85 % of all tagged models are in PyTorch only (declared)",
    "by files, 97 % of models are in PyTorch": "97 % of all models are in PyTorch (attributed)",
    "1,000 or more models are in JAX": "at least 1,000 of all models are in JAX",
}

REFUSED = {
    "PyTorch is faster than TensorFlow": "“faster”",
    "85 % of models are not in PyTorch": "“not”",
    "60 % of papers use PyTorch": "“papers”",
    "in 2020, 50 % of models were in PyTorch": "2020",
    "80 % of models are JAX only": "JAX",
    "85-90 % of models are in PyTorch": "Two numbers",
    "92 % of models are only in PyTorch or TensorFlow": "1 framework",
    "PyTorch models": "No share",
    "120 % of models are in PyTorch": "More than all",
    "5 out of 0 models are in PyTorch": "share of none",
    "all of the top 5000 models are in PyTorch": "1,000",
    "by tags and by files 85 % of models are in PyTorch": "two ways to count",
    "": "No share",
    "85 % " * 1000: "characters",
}


@pytest.mark.parametrize(("typed", "understood"), READ.items())
def test_a_claim_is_understood(typed: str, understood: str) -> None:
    """Whatever form it has, it is one claim in canonical words."""
    assert read_claim(typed).words == understood


@pytest.mark.parametrize(("typed", "named"), REFUSED.items())
def test_what_cannot_be_checked_is_named(typed: str, named: str) -> None:
    """Nothing is judged but what was claimed: a word that is not understood ends it, and is said."""
    with pytest.raises(NotCheckable, match=named) as refused:
        read_claim(typed)

    assert all(read_claim(one) for one in refused.value.tries)


@pytest.mark.parametrize("typed", [*READ.values(), "85 % of all models are in PyTorch only"])
def test_canonical_words_mean_the_same_again(typed: str) -> None:
    """What was understood can be claimed again."""
    assert read_claim(typed).words == typed


REPEATED = (
    "9 ",
    "9 of ",
    "at least ",
    "more than 9 ",
    "a third ",
    "top 1 ",
    "tagged ",
    "by ",
    "only ",
    "ten times ",
    "<",
)


def test_no_text_takes_long() -> None:
    """The worst texts known, and our own words over and over, are read or refused within what is bearable."""
    for text in (*worst_texts(LONGEST), *worst_texts(), *(unit * (LONGEST // len(unit)) for unit in REPEATED)):
        assert seconds_of(lambda: read_or_refuse(text)) < FROZEN, text[:80]  # noqa: B023 - called at once


def read_or_refuse(text: str) -> None:
    """Read a claim, whatever comes of it."""
    with suppress(NotCheckable):
        read_claim(text)
