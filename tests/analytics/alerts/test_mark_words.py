"""Marks in people's words: which side, of which list; what can never be crossed is refused."""

import pytest

from analytics.alerts.alert_words import UnclearAlert, find_rule, understand

SAID = {
    "tell us when PyTorch drops below 80 % of the top 100": "PyTorch's share of the top 100 is below 80 %",
    "tell us when TensorFlow is in more than 5 of the top 30": "TensorFlow is in more than 5 of the top 30",
    "tell us if tensorflow's share of the top 100 rises above 10 percent": (
        "TensorFlow's share of the top 100 is above 10 %"
    ),
    "alert when pytorch falls to 70 % of the top 30": "PyTorch's share of the top 30 is at most 70 %",
    "alert when tf reaches 10.5 % of the top 50": "TensorFlow's share of the top 50 is at least 10.5 %",
    "let us know when the share of TensorFlow of all models falls under 5 %": (
        "TensorFlow's share of all models is below 5 %"
    ),
    "alert when tf's share of the hub exceeds 10%": "TensorFlow's share of all models is above 10 %",
    "tell us when pytorch is above 95% in the top 30 models": "PyTorch's share of the top 30 is above 95 %",
    "tell us when more than 5 of the top 30 are tensorflow": "TensorFlow is in more than 5 of the top 30",
    "ping us when there are fewer than 3 tf models in the top 30": "TensorFlow is in fewer than 3 of the top 30",
    "alert when the number of tf models in the top 30 drops below 4": "TensorFlow is in fewer than 4 of the top 30",
    "tell us when tensorflow has at least 4 models in the top 30": "TensorFlow is in at least 4 of the top 30",
    "alert when TensorFlow is in at most 2 of the top 30": "TensorFlow is in at most 2 of the top 30",
}


@pytest.mark.parametrize(("text", "words"), SAID.items())
def test_a_mark_is_understood_whole(text: str, words: str) -> None:
    """And its canonical words are read as the same again."""
    told = understand(text)

    assert told is not None
    assert told["words"] == f"alert when {words}"
    rule = find_rule(words)
    assert rule is not None
    assert rule.words == words


@pytest.mark.parametrize(
    ("side", "instead"),
    [("more than 2.5", "at least 3"), ("at least 2.5", "at least 3"), ("fewer than 2.5", "at most 2")],
)
def test_a_mark_between_two_numbers_is_told_as_a_whole_one(side: str, instead: str) -> None:
    """It is neither always nor never so, which the refusal said."""
    with pytest.raises(UnclearAlert, match=f"write “{instead}”"):
        find_rule(f"TensorFlow is in {side} of the top 10")


@pytest.mark.parametrize(
    "condition",
    [
        *(f"PyTorch's share of the top 100 is below {mark} %" for mark in ("0", "-1", "101")),
        *(f"PyTorch's share of the top 100 is above {mark} %" for mark in ("100", "101", "-5")),
        *(f"TensorFlow is in more than {mark} of the top 30" for mark in ("30", "31", "-1")),
        *(f"TensorFlow is in {side} of the top 30" for side in ("fewer than 0", "at least 0", "at most 30")),
    ],
)
def test_what_is_so_always_or_never_is_refused(condition: str) -> None:
    """In a sentence."""
    with pytest.raises(UnclearAlert, match=r"is so always or never\. Nothing was set\."):
        find_rule(condition)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        *(
            (f"PyTorch's share of the top 100 is below {mark} %", "is no number of percent")
            for mark in ("abc", "٣", "1e9")
        ),
        ("TensorFlow is in more than 2.5 of the top 30", "lies between two numbers; write “at least 3”"),
        ("TensorFlow is in fewer than 40.5 of the top 30", "such as “fewer than 29 of the top 30”"),
        ("TensorFlow is in more than 5 of the top 2000", "."),
        ("jax is in more than 5 of the top 30", "."),
    ],
)
def test_what_is_no_mark_is_refused_for_what_it_is(condition: str, said: str) -> None:
    """Two models and a half can be crossed, and cannot be counted: that it is never so would be untrue."""
    with pytest.raises(UnclearAlert) as refused:
        find_rule(condition)

    assert said in str(refused.value)
    assert "always or never" not in str(refused.value)
