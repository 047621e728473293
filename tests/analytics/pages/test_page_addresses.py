"""Each question has one address, and each address its question."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import grammar
from analytics.domain.requests import Compare, Formats, LoadModel, OneModel, Request
from analytics.grammar import Unclear
from analytics.pages.page_addresses import address_of, read_address

PART = st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9._-]{0,8}[A-Za-z0-9_])?", fullmatch=True).filter(
    lambda part: ".." not in part and "--" not in part and not part.endswith(".git")
)
ID = st.tuples(PART, PART).map("/".join)
FRAMEWORK = st.sampled_from([None, "TensorFlow", "ONNX", "Core ML"])


@pytest.mark.parametrize("words", [words for words, _ in grammar.EXAMPLES])
def test_every_example_has_an_address_that_asks_it(words: str) -> None:
    """And it is made of the words themselves."""
    asked = grammar.parse(words)

    assert not isinstance(asked, Unclear)
    assert read_address(address_of(asked)) == asked


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("top30 attributed", "/top30"),
        ("top 50 by likes declared", "/top50/by/likes/declared"),
        ("papers 2021Q4", "/papers/2021Q4"),
        ("model google-bert/bert-base-uncased", "/model/google-bert/bert-base-uncased"),
        ("model a/b in coreml", "/model/a/b/in/coreml"),
        ("compare a/b c/d", "/compare/a/b...c/d"),
        ("load in onnx", "/load/in/onnx"),
    ],
)
def test_an_address_is_short_and_reads_as_the_words(words: str, address: str) -> None:
    """What goes without saying is left out; two ids are parted by what is in none."""
    asked = grammar.understand(words, dt.date(2026, 11, 27)).request

    assert asked is not None
    assert address_of(asked) == address


@given(ID, ID, FRAMEWORK)
def test_every_id_of_the_hub_goes_there_and_back(first: str, second: str, framework: str | None) -> None:
    """Whatever letters it has, and however it ends: an underscore at an edge, which the grammar takes for a mark."""
    asked: list[Request] = [OneModel(first, framework), Compare(first, second), Formats(first)]

    assert [read_address(address_of(one)) for one in asked] == asked


def test_an_account_called_in_is_an_account() -> None:
    """Only behind a name `in` asks for a framework; how models are loaded at all comes before one of that account."""
    assert read_address("/model/in/onnx") == OneModel("in/onnx")
    assert read_address("/load/in/onnx") == LoadModel(None, "ONNX")
