"""What of a message is the id or the address of a model, and what only looks so."""

import datetime as dt

import pytest

from analytics.grammar import find_models, find_other_links, read_link, understand

TODAY = dt.date(2026, 11, 26)
WHISPER = "openai/whisper-large-v3"


@pytest.mark.parametrize(
    "written",
    [
        WHISPER,
        f"we use `{WHISPER}` now",
        f"({WHISPER}), or not?",
        f"<https://huggingface.co/{WHISPER}|a label>",
        f"https://hf.co/{WHISPER}/tree/main?a=1#b.",
        f"huggingface.co/{WHISPER}",
        f"{WHISPER}; {WHISPER.upper()}",
    ],
)
def test_ids_and_addresses_are_found_once(written: str) -> None:
    """Whatever stands around them."""
    assert find_models(written) == (WHISPER,)


@pytest.mark.parametrize(
    "written",
    [
        "he/she and/or 24/7 input/output w/o km/h CPU/GPU TensorFlow/Keras state-of-the-art top30",
        "src/main.py docs/read-me.md https://github.com/openai/whisper <#C1|openai/whisper>",
        "https://huggingface.co/blog/bert-101 https://huggingface.co/openai https://huggingface.co/models?a=b/c-1",
        f"https://huggingface.co/{'a' * 10_000}/b-1",
        f"https://huggingface.co/{'a-' * 5_000}",
        "",
    ],
)
def test_what_only_looks_like_an_id_is_none(written: str) -> None:
    """Other words with a slash, paths, pages of the Hub that are no model's, links of ten thousand characters."""
    assert find_models(written) == ()


def test_an_old_name_stands_for_its_model() -> None:
    """As a word and in an address; only a name that is known, and whole."""
    assert find_models("gpt2 and bert-base-uncased") == ("openai-community/gpt2", "google-bert/bert-base-uncased")
    assert read_link("https://huggingface.co/gpt2/tree/main") == "openai-community/gpt2"
    assert find_models("bert whisper gpt") == ()


def test_links_to_what_is_no_model_are_named_by_kind() -> None:
    """Each kind once."""
    written = "<https://huggingface.co/datasets/a/b> <https://hf.co/spaces/c/d> https://hf.co/datasets/e/f"

    assert (find_models(written), find_other_links(written)) == ((), ("a dataset", "a Space"))


@pytest.mark.parametrize("unit", ["a/b-1 ", "<", "a-", "https://hf.co/", "-"])
def test_a_message_of_forty_thousand_characters_is_read(unit: str) -> None:
    """In a moment: no pattern looks at the same letters again and again."""
    assert len(find_models(unit * (40_000 // len(unit)))) <= 1


@pytest.mark.parametrize("text", ["does llama 3 have tf weights?", "is llama3 in tf", "is llama 3 in onnx"])
def test_a_family_known_by_its_short_name_is_said_to_be_taken_for_one_of_it(text: str) -> None:
    """Names of the lexicon are families as well: which was taken is said, and others are offered."""
    told = understand(text, TODAY)

    assert "was taken for meta-llama/Meta-Llama-3-8B-Instruct" in told.note
    assert any("Llama-3" in words and "Meta-Llama-3-8B-Instruct" not in words for words in told.also)


@pytest.mark.parametrize(
    ("text", "model"), [("phi 3", "microsoft/Phi-3-mini-4k-instruct"), ("qwen 3", "Qwen/Qwen3-0.6B")]
)
def test_a_version_is_not_taken_for_a_later_one(text: str, model: str) -> None:
    """Phi 3 is not Phi 3.5, where there is a 3."""
    assert understand(f"is {text} in tensorflow", TODAY).words == f"model {model} in tensorflow"
