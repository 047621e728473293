"""Whatever people type under an answer is about that answer; what cannot be is said, with what can."""

import pytest

from playground.server import Playground
from playground.state import PostedMessage


def ask(playground: Playground, first: str, words: str) -> list[PostedMessage]:
    """Have a question answered in the channel, then mention the bot in its thread; give all that came of that."""
    playground.command(f"/frameworks {first}")
    playground.settled()
    root = playground.bot_messages()[0]
    before = len(playground.bot_messages()), len(playground.ephemerals())
    playground.mention(words, thread_ts=root.ts)
    playground.settled()
    return [*playground.bot_messages()[before[0] :], *playground.ephemerals()[before[1] :]]


ASKED = [
    ("top30", "what about jax", "top30 in jax attributed"),
    ("top30", "and tensorflow?", "top30 in tensorflow attributed"),
    ("top30", "as a picture", "top30 attributed"),
    ("totals", "show me the chart", "totals attributed"),
    ("totals", "as a table", "totals attributed"),
    ("top30", "more", "top50 attributed"),
    ("top10 by likes", "show me more please", "top30 by likes attributed"),
    ("top30", "shorter", "top10 attributed"),
    ("top30", "again", "top30 attributed"),
    ("totals", "and now?", "totals attributed"),
    ("model openai/whisper-large-v3", "and v2?", "model openai/whisper-large-v2"),
    ("model google-bert/bert-base-uncased", "and cased?", "model google-bert/bert-base-cased"),
    ("model google-bert/bert-base-uncased", "how to use it in keras", "load google-bert/bert-base-uncased in keras"),
]
"""What goes on to an answer, and its words in the small print."""


@pytest.mark.parametrize(("first", "words", "understood"), ASKED)
def test_it_is_answered_in_the_thread(playground: Playground, first: str, words: str, understood: str) -> None:
    """With what was understood under it."""
    said = str([(one.text, one.blocks) for one in ask(playground, first, words)])

    assert f"/frameworks {understood}`" in said


TOLD = [
    ("top30", "in percent?", "In percent of 30 models: PyTorch 93.3 % (28) and TensorFlow 30.0 % (9)"),
    ("top10 task text-generation", "what share is jax", "Also in other frameworks: JAX 20.0 % (2)"),
    ("totals", "as percentages", "In percent of 8,130 models: PyTorch 97.5 % (7,928)"),
    ("papers", "in %", "counts no parts of one whole"),
    ("top30 in jax", "why so few?", "How this was counted: Only 23 of the stored top 120 models are in JAX"),
    ("top30", "source?", "How this was counted: PyTorch is in 28"),
    ("top30", "how old is this?", "How this was counted: PyTorch is in 28"),
    ("top30", "are you sure?", "How this was counted: PyTorch is in 28"),
    ("top30", "weekly please", "A digest comes every week or month"),
    ("top30", "make it weekly", "A digest comes every week or month"),
    ("top30", "cool", "You are welcome."),
    ("top30", "only proven ones", "A list cannot be cut down to what is proven"),
    ("top30 in tensorflow", "just the proven ones please", "A list cannot be cut down to what is proven"),
    (
        "model google-bert/bert-base-uncased",
        "how many downloads?",
        "https://huggingface.co/google-bert/bert-base-uncased",
    ),
    ("model google-bert/bert-base-uncased", "license?", "All else stands on"),
    ("model openai/whisper-large-v3", "and the small one?", "Nothing is stored for the model openai/whisper-small"),
    ("model google-bert/bert-base-uncased in jax", "the large one", "for the model google-bert/bert-large-uncased"),
]
"""What is told to the asker alone."""


@pytest.mark.parametrize(("first", "words", "part"), TOLD)
def test_it_is_told_of_that_answer(playground: Playground, first: str, words: str, part: str) -> None:
    """To the one who asks."""
    (told,) = ask(playground, first, words)

    assert part in f"{told.text} {told.blocks}"
    assert told.visible_to


@pytest.mark.parametrize("words", ["the full list", "which ones?", "list them", "all of them"])
def test_the_rows_come_as_a_file(playground: Playground, words: str) -> None:
    """All of them, of that answer."""
    ask(playground, "top30 by likes", words)

    assert [one.name.split("-attributed")[0] for one in playground.files() if one.name.endswith(".csv")] == [
        "top30-by-likes"
    ]


CANNOT = ["in german", "for blorp", "who is winning?", "only the fast ones", "without the chinese ones"]


@pytest.mark.parametrize("words", CANNOT)
def test_what_cannot_be_is_said_with_what_can(playground: Playground, words: str) -> None:
    """Nothing is answered in its place."""
    (told,) = ask(playground, "totals", words)

    assert told.visible_to
    assert "PyTorch is in" not in told.text
    assert told.elements(), "a next step"


@pytest.mark.parametrize("words", ["in percent?", "source?", "more", "again", "weekly please", "how old is this?"])
def test_alone_it_is_about_nothing(playground: Playground, words: str) -> None:
    """Where nothing was answered before, such words are read as any others."""
    playground.mention(words)
    playground.settled()

    assert "How this was counted" not in str([one.text for one in playground.ephemerals()])
