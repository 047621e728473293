"""Numbers of several words are one number."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("top thirty-five", "top35"),
        ("top forty two models", "top42"),
        ("top one hundred fifty", "top150"),
        ("top two hundred and five", "top205"),
        ("top two dozen", "top24"),
        ("top 2 dozen", "top24"),
        ("top fünfunddreißig", "top35"),
        ("top treinta y cinco", "top35"),
        ("топ тридцать пять", "top35"),
        ("前三十五个模型", "top35"),
        ("changes in the last thirty-one days", "changes since 2026-10-26"),
    ],
)
def test_a_number_of_several_words_is_read_whole(text: str, words: str) -> None:
    """In five languages, with a hyphen, a space, or an `and`."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize("text", ["top ten twenty", "top thirty forty models", "top five two"])
def test_two_numbers_are_not_added(text: str) -> None:
    """What is no one number is handed back."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    "text",
    [
        *("wow jax has like what, three models?", "does jax have 3 models?", "jax has like five models"),
        *("are there even 10 tensorflow models?", "we have 30 models in tensorflow at work", "у jax 3 модели?"),
        *("my 3 favourite models are all in jax", "jax有三个模型吗", "hay 3 modelos en jax?", "google has 3 models"),
        *("keras has about 20 models", "there are 3 models I need in tf", "only 5 tensorflow models exist"),
        *("do 10 models have flax weights", "are 5 models in jax?"),
    ],
)
def test_a_number_that_is_told_is_no_length_of_a_list(text: str) -> None:
    """How many there are is offered, and no list of that many."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "totals attributed" in told.also
    assert not [also for also in told.also if also.startswith("top") and not also.startswith("top30")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can I have 10 tensorflow models", "top10 in tensorflow"),
        ("which 10 models have tensorflow", "top10 in tensorflow"),
        ("do you have the 10 most downloaded tensorflow models", "top10 in tensorflow"),
        ("give me five models in jax", "top5 in jax"),
    ],
)
def test_a_number_that_is_wished_is_the_length(text: str, words: str) -> None:
    """Also beside a verb of having."""
    assert understand(text, TODAY).words == understand(words, TODAY).words


@pytest.mark.parametrize(
    "text",
    [
        *("top 30% of tensorflow", "top 1% models", "the top 5 percent", "top 10 percent of tensorflow models"),
        *("5% most downloaded models", "die besten 10 Prozent der Modelle", "los 10 por ciento mejores", "前10%的模型"),
    ],
)
def test_a_part_of_all_is_no_list(text: str) -> None:
    """It is neither the counts of all nor a list of as many models."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "no part of all" in told.problem


@pytest.mark.parametrize("text", ["what percent of the top 30 is tensorflow", "percent of top 30 tf"])
def test_a_part_of_a_list_is_asked_still(text: str) -> None:
    """How much of the first 30 is in a framework."""
    assert understand(text, TODAY).words == "top30"
