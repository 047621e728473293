"""What is said not to be wanted is never what is answered: a no before a choice, or before another no."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    [
        "totals not declared",
        "trend not by downloads",
        "trend without task text-generation",
        "share without onnx",
        "share not in gguf",
        "what share of downloads is not tensorflow",
        "welcher Anteil der Downloads ist nicht GGUF",
        "доля скачиваний без gguf",
        "不是gguf的下载份额",
        "I don't hate quantized ones. top 30",
        "don't leave out quantized copies. top 30",
        "是否取消订阅",
        "totals since 2022 but not 2023",
        "totals since 2022, not since 2023",
        "nobody asked for the trend",
        *("nobody wants totals", "niemand will die totals", "nadie quiere los totals", "totals nobody wants"),
        *("not totals", "I'd rather not see totals", "no totals please", "totals are not wanted", "totals, no thanks"),
        "nobody wants papers",
        "least popular models in tensorflow",
        "which models in jax are the least downloaded",
    ],
)
def test_what_is_denied_is_not_chosen(text: str) -> None:
    """It is handed back: nothing is answered, and nothing changed."""
    assert understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("leave out quantized copies. top 30", "top30 originals"),
        ("top30 by likes, not downloads", "top30 by likes"),
        ("why isn't gguf counted as a framework", "why formats"),
        ("tensorflow是不是快死了", "trend attributed"),
        ("top 20, nothing but tensorflow", "top20 in tensorflow only"),
        ("top 10, but in tensorflow", "top10 in tensorflow"),
    ],
)
def test_a_no_that_a_reading_sees_to_is_read(text: str, words: str) -> None:
    """Copies that are left out, a measure that is replaced, a reason that is asked for, a Chinese question."""
    assert understand(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("load gpt2 without tensorflow", "load openai-community/gpt2"),
        ("formats gpt2 except onnx", "formats openai-community/gpt2"),
        ("share except tensorflow", "totals attributed"),
        ("top 30 that are not in tensorflow", "top30 in pytorch only"),
        ("top 30, tensorflow ausgenommen", "top30 in pytorch only"),
        ("tensorflow以外的模型", "top30 in pytorch only"),
        ("топ10 кроме jax", "top10"),
        ("leave tensorflow out. top 30", "top30"),
        ("everything but tensorflow please, top 20", "top20"),
        ("top 20, all but tensorflow", "top20"),
        ("top 20 of all frameworks but tensorflow", "top20"),
        ("todos menos los de tensorflow", "top30 in pytorch only"),
        ("all models other than tensorflow", "top30 in pytorch only"),
        ("top 20 bis auf tensorflow", "top20"),
        ("top 20 sauf tensorflow", "top20"),
    ],
)
def test_a_framework_that_is_left_out_is_never_the_one_that_is_asked_of(text: str, offered: str) -> None:
    """It is named, the nearest without it is offered, and nothing that is of it."""
    told = understand(text, TODAY)

    assert told.words is None
    assert offered in told.also
    assert not [words for words in told.also if "in tensorflow" in words or "in jax" in words or "onnx" in words]
    assert "leaves out" in told.problem


@pytest.mark.parametrize(
    "text",
    [
        *("who hates quantized ones? top 30", "my boss hates quantized copies. top 30", "he hates quants. top 30"),
        *("do you hate quantized ones? top 30", "does google hate quantized copies? top 30"),
        *("does anyone not like quantized copies? top 30", "he says to leave out quantized copies, top 30"),
    ],
)
def test_what_others_dislike_leaves_nothing_out(text: str) -> None:
    """Only who asks says by it what is not wanted; the list without copies is offered."""
    told = understand(text, TODAY)

    assert told.words is None
    assert any(words.startswith("top30 originals") for words in told.also)
    assert any(words.startswith("top30") and "originals" not in words for words in told.also)


@pytest.mark.parametrize("text", ["we really hate quantized copies, top 30", "top 30, I dislike quantized ones"])
def test_what_the_asker_dislikes_is_left_out(text: str) -> None:
    """Also with a word between."""
    assert understand(text, TODAY).words == "top30 originals"


@pytest.mark.parametrize(
    "text", ["nobody use it any more?", "nobody uses tensorflow?", "没人用tensorflow了吗", "nadie usa jax"]
)
def test_what_nobody_uses_is_offered_as_what_nobody_downloads(text: str) -> None:
    """Use is not counted: whose downloads there are is offered beside it."""
    told = understand(text, TODAY)

    assert told.words is None
    assert told.also[:3] == ("totals dead attributed", "share", "trend by downloads attributed")


def test_what_is_to_be_done_without_using_a_framework_is_not_done_in_it() -> None:
    """The verb between the no and the framework changes nothing."""
    assert understand("convert bert-base-uncased without using tensorflow", TODAY).words is None
