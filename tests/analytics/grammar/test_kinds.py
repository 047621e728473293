"""Kinds of words that were once taken for others: each with what it must not become."""

import datetime as dt

import pytest

from analytics.grammar import understand
from analytics.grammar.spelling import mend

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize("word", ["black", "coach", "season", "charge", "connection", "visit", "party"])
def test_a_word_rightly_spelt_is_no_slip(word: str) -> None:
    """One letter makes it a word of ours, or a family's: it is another word all the same."""
    assert mend(word) is None


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("diget", "digest"), ("chanel", "channel"), ("googel", "google"), ("pease", "please")],
)
def test_a_slip_is_mended_to_the_likeliest_word(slip: str, meant: str) -> None:
    """A letter left out before a letter exchanged; accounts that everybody knows are words too."""
    assert mend(slip) == meant


@pytest.mark.parametrize("text", ["is c in tensorflow", "is ip in tensorflow", "visit tensorflow", "vram of pytorch"])
def test_few_letters_or_other_talk_name_no_model(text: str) -> None:
    """A name of a letter or two is offered at most."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    "path",
    [
        "C:/nets/preset/stable-diffusion-2-base.",
        "D:\\\\nets\\\\LLM\\\\stable-diffusion-2-base.",
        "'/root/a b/ckpts/stable-diffusion-2-base'",
    ],
)
def test_a_pasted_path_names_its_last_folder(path: str) -> None:
    """With a drive, with backslashes, with spaces, in quotes."""
    pasted = f"OSError: Error no file named pytorch_model.bin, tf_model.h5 found in directory {path}"

    assert understand(pasted, TODAY).words == "load stabilityai/stable-diffusion-2-base"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("convert h5 to safetensors", "load in tensorflow"),
        ("the larger model zoo on hf, pytorch or tensorflow", "official"),
        ("top30 not by downloads but by likes", "top30 by likes"),
    ],
)
def test_what_may_be_several_things_is_offered(text: str, offered: str) -> None:
    """Nothing is answered, and the readings are at hand."""
    understood = understand(text, TODAY)

    assert understood.words is None
    assert offered in understood.also


def test_the_list_with_others_too_stands_beside_the_one_of_no_other() -> None:
    """`pytorch-only` may narrow the list or say that a model is in nothing else."""
    assert understand("top 20 pytorch-only models", TODAY).also == ("top20 in pytorch",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("changes between 2026-11-02 and 2026-11-16", "changes since 2026-11-02 until 2026-11-16"),
        ("changes from 16 november to 2 november", "changes since 2026-11-02 until 2026-11-16"),
        ("model zoo tensorflow", "official tensorflow"),
        ("<@U07FRMWRK> <@U0000BOT2>: top30", "top30"),
    ],
)
def test_what_is_said_in_several_words_is_read_whole(text: str, words: str) -> None:
    """Two days are a span, a zoo of models is no model, whoever is spoken to is no part of the question."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize("text", ["delete all digests of all channels", "turn the digest on off", "pause all digests"])
def test_a_setting_of_more_than_this_channel_is_explained_and_not_done(text: str) -> None:
    """Nor one that says two things at once."""
    assert understand(text, TODAY).words == "help digest"


def test_a_pasted_line_of_code_names_its_model() -> None:
    """`from_tf=True` says whence, so it is PyTorch that is wanted."""
    pasted = 'AutoModel.from_pretrained("bert-base-uncased", from_tf=True) fails'

    assert understand(pasted, TODAY).words == "load google-bert/bert-base-uncased in pytorch"
