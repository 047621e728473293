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


@pytest.mark.parametrize(
    "text",
    [
        *("how do I save a pytorch model?", "how do I export a pytorch model?", "how do I share a tensorflow model"),
        *("how can I make a keras model?", "how do I build a keras model", "how to write a pytorch model"),
        *("how can i convert a pytorch model", "convert my tensorflow model"),
        *("cómo exportar un modelo de keras", "wie exportiere ich ein pytorch modell", "how do we create a jax model"),
    ],
)
def test_what_is_done_with_a_model_is_not_loading_it(text: str) -> None:
    """Saving, sharing and making models are no questions of ours."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("how do I load a pytorch model", "load in pytorch"),
        ("how do I export a model to onnx", "load in onnx"),
        ("how do I save gpt2 as tensorflow", "load openai-community/gpt2 in tensorflow"),
        ("how can I find tensorflow models", "top30 in tensorflow"),
        ("can tensorflow models be used in pytorch?", "load in pytorch"),
    ],
)
def test_loading_and_finding_are_read_as_before(text: str, words: str) -> None:
    """What is said to come out, and who looks for models."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("how many tensorflow models could run in pytorch?", "totals reach attributed"),
        ("how many pytorch models can be used in tensorflow?", "load in tensorflow"),
        ("how many tensorflow models work in jax", "totals reach attributed"),
        ("how many models are actually used?", "totals dead attributed"),
        ("how many models are used", "totals dead attributed"),
        ("how many tensorflow models are really used?", "totals dead attributed"),
        ("does bert in tensorflow give the same results as in pytorch?", "model google-bert/bert-base-uncased"),
        ("does gpt2 have the same outputs in jax and pytorch", "model openai-community/gpt2"),
    ],
)
def test_what_models_can_do_is_not_what_they_come_in(text: str, offered: str) -> None:
    """Whether they run elsewhere, are used, or give the same is handed back with what is near."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also


@pytest.mark.parametrize(
    "text",
    [
        *("pytorch or tensorflow at google?", "what does google use, pytorch or tensorflow?"),
        *("google: pytorch or tensorflow?", "does google have more pytorch or tensorflow models"),
        *("most downloaded pytorch version", "which pytorch version is most downloaded", "top tensorflow versions"),
    ],
)
def test_neither_an_account_nor_a_version_is_passed_over(text: str) -> None:
    """An account beside both frameworks stands for neither of them, and versions of frameworks are not counted."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("google's tensorflow vs facebook's pytorch", "totals"),
        ("Google TensorFlow vs Meta PyTorch", "totals"),
        ("most downloaded models with a tensorflow version", "top30 in tensorflow"),
    ],
)
def test_a_company_may_be_said_beside_its_framework(text: str, words: str) -> None:
    """And a version may be of a model."""
    assert understand(text, TODAY).words == understand(words, TODAY).words


@pytest.mark.parametrize(
    "text",
    [
        *("which models are on both kaggle and the hub?", "who has more models, kaggle or the hub?"),
        *("most downloaded model on kaggle", "how many pytorch models are on kaggle?", "top 10 on kaggle"),
        *("most liked models on tf hub", "what is more popular, kaggle or hugging face"),
    ],
)
def test_another_hub_is_not_counted(text: str) -> None:
    """Its collection is known, by its state alone."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "official tensorflow" in told.also


@pytest.mark.parametrize("text", ["what is on kaggle", "kaggle models", "how many models does tf hub have"])
def test_the_collection_itself_can_be_asked_for(text: str) -> None:
    """What TensorFlow's own collection holds."""
    assert understand(text, TODAY).words == "official tensorflow"


@pytest.mark.parametrize(
    "text",
    [
        *("which model is in all frameworks?", "which model has the most frameworks?"),
        *("which pytorch models are also in tensorflow", "what models does pytorch share with tensorflow"),
        *("which models are in both pytorch and tensorflow?", "welches modell gibt es in pytorch und tensorflow"),
    ],
)
def test_which_model_it_is_totals_do_not_tell(text: str) -> None:
    """They tell how many; that is offered."""
    told = understand(text, TODAY)

    assert told.words is None
    assert "totals attributed" in told.also


@pytest.mark.parametrize(
    ("text", "words", "offered"),
    [
        ("is jax growing", "trend", "top30 in jax"),
        ("trend in jax", "trend", "top30 in jax"),
        ("is keras dead?", "trend", "top30 in keras"),
        ("trend by downloads in mlx", "trend by downloads", "top30 in mlx"),
        ("totals dead jax", "totals dead", "top30 in jax"),
        ("totals by library in jax", "totals by library", "top30 in jax"),
        ("totals since 2022 jax", "totals since 2022", "top30 in jax"),
        ("how many models use jax for translation", "totals task translation", "top30 in jax task translation"),
        ("papers in mlx", "papers", "top30 in mlx"),
        ("top30 tensorflow or jax", "top30", "top30 in jax"),
        ("how many models are only in jax", "totals", "top30 in jax only"),
    ],
)
def test_a_framework_that_is_not_told_apart_is_answered_for(text: str, words: str, offered: str) -> None:
    """Beside what is answered it is named in a note, and its list is offered."""
    told = understand(text, TODAY)

    assert told.words == understand(words, TODAY).words
    assert offered.split()[2].casefold() in told.note.casefold()
    assert offered in told.also


@pytest.mark.parametrize("text", ["is pytorch growing", "top30 in jax", "papers in jax", "share in jax"])
def test_a_framework_that_is_told_apart_is_not_excused(text: str) -> None:
    """What is answered needs no note."""
    assert not understand(text, TODAY).note


def test_a_list_is_offered_as_it_was_asked_for() -> None:
    """Its number and its measure go with the framework."""
    assert "top10 in jax by likes" in understand("top 10 by likes, tensorflow or jax", TODAY).also
