"""Messages of libraries, pasted as they are: the repository that one names is found, and nothing else is a model."""

import datetime as dt

import pytest

from analytics.grammar import Intent, understand

TODAY = dt.date(2026, 11, 26)
URL = "https://huggingface.co"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "ValueError: Unrecognized model in foo/bar. Should have a `model_type` key in its config.json",
            "model foo/bar",
        ),
        (f"RepositoryNotFoundError: 401. Repository Not Found for url: {URL}/api/models/foo/bar.", "model foo/bar"),
        (f"GatedRepoError: 403. Cannot access gated repo for url {URL}/a/b/resolve/main/config.json.", "model a/b"),
        ("FileNotFoundError: `hf://foo/bar` doesn't have a file named `tokenizer.json`", "load foo/bar"),
        (
            "Some weights were not initialized from the model checkpoint at bert-base-uncased: ['classifier.bias']",
            "model google-bert/bert-base-uncased",
        ),
    ],
)
def test_the_repository_that_a_message_names_is_asked_about(message: str, words: str) -> None:
    """Whatever files and tensors stand beside it."""
    assert understand(message, TODAY).words == words


@pytest.mark.parametrize(
    ("message", "offered"),
    [
        ("SafetensorError: File does not contain tensor pooler.dense.weight", ("why safetensors",)),
        ("safetensors_rust.SafetensorError: Error while deserializing header: HeaderTooLarge", ("why safetensors",)),
        ("huggingface_hub.errors.LocalEntryNotFoundError: we cannot find the requested files in the cache.", ()),
        ("HFValidationError: Repo id must be in the form 'namespace/repo_name': '/home/me/model'.", ()),
        ("KeyError: 'bert.embeddings.word_embeddings.weight'", ()),
        ("TypeError: Could not locate class 'BertBackbone'. Use `@keras.saving.register()`", ("why keras3",)),
        ("ValueError: Layer 'dense' expected 2 variables, but received 0. Expected: ['kernel', 'bias']", ()),
        ("ValueError: `keras_hub.models.Backbone` has no preset 'bert_tiny_uncased'", ("why keras3",)),
        ("OSError: SavedModel file does not exist at: dir/{saved_model.pbtxt|saved_model.pb}", ()),
        ("RuntimeError: Error(s) in loading state_dict: size mismatch for classifier.weight: torch.Size([2])", ()),
    ],
)
def test_a_tensor_a_file_or_a_module_is_no_model(message: str, offered: tuple[str, ...]) -> None:
    """Nothing is looked up by its name, and nothing offered; what explains the message may be."""
    told = understand(message, TODAY)

    assert (told.kind, told.words, told.also) == (Intent.UNCLEAR, None, offered)
    assert "names no model" in told.problem


def test_a_slip_in_a_message_offers_the_loading_that_it_is_about() -> None:
    """Its sentence is not the library's any more, its model and file are."""
    told = understand("OSError: foo/bar does not appear to have a file nmaed tf_model.h5", TODAY)

    assert (told.words, *told.also)[:1] == ("model foo/bar",)
    assert "load foo/bar in tensorflow" in told.also
