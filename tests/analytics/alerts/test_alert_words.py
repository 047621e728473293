"""What people say about alerts: understood whole, or refused in a sentence, or no alert."""

import re

import pytest

from analytics.alerts.alert_words import AlertAction, AlertWish, UnclearAlert, read, read_rule, understand
from analytics.catalogues.register import COLLECTIONS

SAID = {
    "tell us when TensorFlow enters or leaves the top 30": "TensorFlow enters or leaves the top 30",
    "let us know when tf drops out of the top 30": "TensorFlow leaves the top 30",
    "tell us when tf leaves the top 1": "TensorFlow leaves the top 1",
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

AS_PEOPLE_TYPE = {
    "tell us if tensorflow gets into the top 30": "alert when TensorFlow enters the top 30",
    "ping me when gpt2 gets tf weights": "alert when gpt2 gains TensorFlow",
    "let us know the moment a tensorflow model makes it into the top 10": "alert when TensorFlow enters the top 10",
    "warn when tensorflow disappears from the top 50": "alert when TensorFlow leaves the top 50",
    "Please notify the team whenever tf joins/leaves top-20.": "alert when TensorFlow enters or leaves the top 20",
    "i want to know when pytorch falls out of the top 5": "alert when PyTorch leaves the top 5",
    "give us a heads-up if distilgpt2 is ported to tensorflow": "alert when distilgpt2 gains TensorFlow",
    "say when tensorflow is back in the top 30": "alert when TensorFlow enters the top 30",
    "alerts": "alerts",
    "please stop alert 2": "alert off 2",
    "alert pause all": "alert pause all",
    "alert quiet 22:00-07:00 Europe/Berlin": "alert quiet 22:00-07:00 Europe/Berlin",
    "alert edit 1 when tf leaves the top 9": "alert edit 1 when TensorFlow leaves the top 9",
    "alert preview when tf leaves the top 9": "alert preview when TensorFlow leaves the top 9",
    "alert help": "alert help",
}


@pytest.mark.parametrize(("text", "words"), AS_PEOPLE_TYPE.items())
def test_the_terminal_tells_how_words_are_read(text: str, words: str) -> None:
    """Kind and canonical words, which are read as the same again."""
    assert understand(text) == understand(words) == {"words": words, "kind": "alert", "also": [], "note": ""}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("warn when pytorch drops below 80 %", "Of which models?"),
        ("ping me when tf is under 5%", "Of which models?"),
        ("alert when pytorch crosses 80 % of the top 30", "Above or below it?"),
        ("alert when tensorflow is in 5 of the top 30", "Above or below it?"),
    ],
)
def test_what_may_mean_two_things_asks_and_sets_nothing(text: str, asked: str) -> None:
    """Of which list, and on which side of the mark."""
    told = understand(text)

    assert told is not None
    assert (told["words"], told["kind"]) == (None, "unclear")
    assert asked in str(told["note"])


@pytest.mark.parametrize("wrong", ["0", "-1", "101", "abc", "1e9", "1000000000", "", "%", "٣"])
@pytest.mark.parametrize("where", ["by {} points", "{}"])
def test_a_threshold_that_cannot_be_is_a_sentence(wrong: str, where: str) -> None:
    """Of a share, and in the place of a whole clause; whatever stands there, nothing is set."""
    with pytest.raises(UnclearAlert) as refused:
        read(f"alert when PyTorch's share of the top 100 moves {where.format(wrong)}")

    assert re.search(r"[.?]$", str(refused.value))


@pytest.mark.parametrize("wrong", ["0", "-1", "1001", "abc", "1e9", "", "٣"])
def test_a_list_that_cannot_be_is_a_sentence(wrong: str) -> None:
    """Also where no number stands at all."""
    with pytest.raises(UnclearAlert) as refused:
        read(f"alert when TensorFlow enters the top {wrong}")

    assert re.search(r"[.?]$", str(refused.value))


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
    "text",
    [
        "tell me if tensorflow is in the top 30",
        "tell me if gpt2 has tf weights",
        "tell me when pytorch overtook tensorflow",
        "top30",
        "digest off",
        "tell us a joke",
        "is there an alert",
    ],
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
        ("stop all alerts", AlertAction.OFF, 0),
        ("please pause all our alerts here", AlertAction.PAUSE, 0),
        ("please stop alert 2", AlertAction.OFF, 2),
        ("delete alert 2", AlertAction.OFF, 2),
        ("cancel the alert #3 please", AlertAction.OFF, 3),
        ("turn off alert 1", AlertAction.OFF, 1),
        ("remove all alerts", AlertAction.OFF, 0),
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


@pytest.mark.parametrize(
    "text",
    [
        "show my alerts",
        "list alerts",
        "please show me all the alerts",
        "which alerts do we have",
        "what alerts are set here",
        "alerts?",
    ],
)
def test_the_list_of_alerts_is_asked_for_in_plain_words(text: str) -> None:
    """It only tells, so it needs no form."""
    assert read(text) == AlertWish(AlertAction.LIST)


@pytest.mark.parametrize(
    "text", ["show me alerts about jax", "list alerts when tensorflow leaves", "which alerts should we set"]
)
def test_a_list_of_some_alerts_is_none(text: str) -> None:
    """A word beside is not dropped."""
    assert read(text) is None
