"""What is asked of something that nobody counts here is handed back, though a count of something else is near."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        *("how many models aren't on the hub at all?", "wie viele Modelle sind nicht auf dem Hub?"),
        *("¿cuántos modelos no están en el hub?", "сколько моделей не на хабе?", "how many models have no files?"),
        "how many models have tensorflow as their library but no tensorflow files?",
        "how many models are tagged tensorflow but don't have files?",
        "what share of models has pytorch but no pytorch files?",
    ],
)
def test_a_no_is_never_passed_over(text: str) -> None:
    """What is not on the Hub, has no files, or lacks what it is said to have, is none of the totals."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how many models have no tensorflow on the hub?", "totals"),
        ("how many models are in neither", "totals"),
        ("how many models have pytorch but not tensorflow", "totals"),
    ],
)
def test_a_no_before_one_of_the_two_is_counted(text: str, words: str) -> None:
    """Totals tell who has one without the other."""
    assert understand(text, TODAY).words == understand(words, TODAY).words


@pytest.mark.parametrize(
    "text",
    [
        *("how many people use jax?", "how many people work on pytorch?", "how many of us use jax?"),
        *("how many colleagues use pytorch?", "wie viele Leute nutzen PyTorch?", "¿cuánta gente usa jax?"),
        *("what does my team use, pytorch or tensorflow?", "how many developers use pytorch?"),
        *("how many engineers use pytorch?", "сколько людей используют pytorch?", "多少人用pytorch"),
        *("how many of my colleagues work with tensorflow?", "what does our company use, pytorch or tensorflow"),
        *("what share of people use pytorch", "wie viele Kollegen nutzen PyTorch?"),
    ],
)
def test_people_are_not_counted(text: str) -> None:
    """Nobody here knows who uses what: the course of downloads is offered."""
    told = understand(text, TODAY)

    assert told.words is None
    assert {"share", "trend by downloads attributed"} & {*told.also}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("my colleagues ask how many models are in pytorch", "totals"),
        ("my team wants to know: how many tensorflow models are there", "totals"),
        ("how many models do people have in jax", "totals"),
    ],
)
def test_people_beside_a_question_are_not_what_is_counted(text: str, words: str) -> None:
    """Who asks, or who made the models, changes nothing."""
    assert understand(text, TODAY).words == understand(words, TODAY).words


@pytest.mark.parametrize(
    "text",
    [
        *("which of the top 10 has the fewest likes?", "least downloaded models in the top 100", "least liked models"),
        *("which has the fewest downloads in the top 30", "welches der top 10 hat die wenigsten likes"),
        *("¿cuál del top 10 tiene menos descargas?", "top 10 with the lowest downloads"),
    ],
)
def test_a_ranking_is_not_turned_round(text: str) -> None:
    """Its first places are no answer to who is last."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    "text",
    [
        *("how many pytorch models are there that also have at least one like?", "how many models have a like?"),
        *("how many models have at least one download?", "how many models have more than one download"),
        *("how many tensorflow models have at least 1 like", "top 10 in tensorflow with at least one like"),
        *("wie viele Modelle haben einen Like?", "¿cuántos modelos tienen al menos una descarga?"),
    ],
)
def test_a_count_of_likes_or_downloads_is_no_condition(text: str) -> None:
    """Models are not counted by how many likes or downloads they have."""
    assert understand(text, TODAY).words is None
