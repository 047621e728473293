"""What people say about alerts: understood whole, or refused in a sentence, or no alert."""

import pytest

from analytics.catalogues.register import COLLECTIONS
from bot.alerting.alert_words import AlertAction, UnclearAlert, read, read_rule

SAID = {
    "tell us when TensorFlow enters or leaves the top 30": "TensorFlow enters or leaves the top 30",
    "let us know when tf drops out of the top 30": "TensorFlow leaves the top 30",
    "alert when PyTorch's share of the top 100 moves by 3 points": "PyTorch's share of the top 100 moves by 3 points",
    "notify me if pytorch’s share of top100 changes by 0.5 pp": "PyTorch's share of the top 100 moves by 0.5 points",
    "alert when tf's share of all models moves by 1 point": "TensorFlow's share of all models moves by 1 point",
    "tell us when the files of model google/gemma-2b change framework or it gains TensorFlow": (
        "google/gemma-2b changes framework"
    ),
    "warn us once google/gemma-2b gains tensorflow": "google/gemma-2b gains TensorFlow",
    "tell us when an official collection changes state": "an official collection changes state",
    "alert when pytorch hub changes state": "PyTorch Hub changes state",
}


@pytest.mark.parametrize(("text", "words"), SAID.items())
def test_a_condition_is_understood_whole(text: str, words: str) -> None:
    """Typed or in a sentence; its canonical words are read as the same again."""
    wish = read(text)

    assert wish is not None
    assert wish.rule is not None
    assert (wish.action, wish.rule.words) == (AlertAction.WHEN, words)
    assert read_rule(wish.rule.words) == wish.rule


@pytest.mark.parametrize("name", [one.full_name for one in COLLECTIONS])
def test_every_collection_is_known_by_its_name(name: str) -> None:
    """And its canonical words are read as the same again."""
    rule = read_rule(f"{name} changes state")

    assert read_rule(rule.words) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("alert when PyTorch's share of the top 100 moves by 0 points", "more than 0"),
        ("alert when PyTorch's share of the top 100 moves by -1 points", "“-1”"),
        ("tell us when PyTorch's share of the top 100 moves by 101 points", "“101”"),
        ("alert when PyTorch's share of the top 100 moves by nan points", "“nan”"),
        ("alert when PyTorch's share of the top 100 moves by 1e1 points", "“1e1”"),
        ("alert when PyTorch's share of the top 100 moves by ² points", "“²”"),
        ("alert when TensorFlow enters the top 0", "1 to 1,000"),
        ("alert when TensorFlow enters the top 1001", "1 to 1,000"),
        ("alert when TensorFlow enters the top -1", "1 to 1,000"),
        ("alert when Caffe enters the top 30", "“Caffe” is neither"),
        ("alert when PyTorch Hubb changes state", "Did you mean PyTorch Hub?"),
        ("alert when a//b changes framework", "no name of a model"),
        ("alert when pigs fly", "no such condition"),
        ("alert off nine", "“nine” is none"),
        ("alert off -1", "“-1” is none"),
        ("alert off ٣", "is none"),
        ("alert gibberish", "I understand “when”"),
        (f"alert when {'x' * 400} changes framework", "at most 300"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(text: str, said: str) -> None:
    """It names what is wrong."""
    with pytest.raises(UnclearAlert) as refused:
        read(text)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    "text", ["tell me when pytorch overtook tensorflow", "top30", "digest off", "tell us a joke", "is there an alert"]
)
def test_what_speaks_of_no_alert_is_left_to_others(text: str) -> None:
    """A question that begins alike stays a question."""
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "action", "number"),
    [
        ("alerts", AlertAction.LIST, None),
        ("alert list", AlertAction.LIST, None),
        ("alert", AlertAction.FORM, None),
        ("alert off 2", AlertAction.OFF, 2),
        ("alert off all", AlertAction.OFF, 0),
        ("please stop alert 2", AlertAction.OFF, 2),
        ("alert pause #3", AlertAction.PAUSE, 3),
        ("alert resume 3", AlertAction.RESUME, 3),
        ("alert edit 1 when an official collection changes state", AlertAction.WHEN, 1),
        ("alert preview when TensorFlow leaves the top 30", AlertAction.PREVIEW, None),
        ("alert quiet 22:00-07:00 Europe/Berlin", AlertAction.QUIET, None),
    ],
)
def test_settings_are_one_word_and_a_number(text: str, action: AlertAction, number: int | None) -> None:
    """Nothing of it is guessed."""
    wish = read(text)

    assert wish is not None
    assert (wish.action, wish.number) == (action, number)
