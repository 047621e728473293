"""Tags that the Hub sets, and the same tags by an author: in which order they stand tells them apart."""

import pytest

from analytics.attribution import Tier, attribute
from analytics.domain.observations import Model


def test_gguf_copies_whose_author_wrote_pytorch_are_conversions() -> None:
    """The Hub writes `pytorch` before `gguf`; these stood in the list of September 2024 and counted as proven."""
    copy = attribute(Model("KoboldAI/Mistral-7B-Erebus-v3-GGUF", tags=("gguf", "pytorch", "mistral", "finetuned")))

    assert (copy.frameworks, copy.remark) == ((), "conversion only: GGUF")


@pytest.mark.parametrize("tags", [("onnx", "tf"), ("safetensors", "jax"), ("transformers", "tensorboard", "pytorch")])
def test_a_framework_behind_the_tag_of_a_format_is_an_author_s_word(tags: tuple[str, ...]) -> None:
    """No framework is proven by it."""
    assert not any(finding.status == "yes" for finding in attribute(Model("o/n", tags=tags)).findings if finding.counts)


@pytest.mark.parametrize("tags", [("sentiment", "pytorch"), ("en", "tf"), ("Torch", "tf"), ("torch", "jax")])
def test_behind_a_first_tag_that_is_no_library_all_are_an_author_s(tags: tuple[str, ...]) -> None:
    """The Hub writes the library first, or what the files are; where that library is named, the run begins with it."""
    assert attribute(Model("o/n", tags=tags)).tier is Tier.DECLARED
    assert attribute(Model("o/n", tags=tags, library="transformers")).tier is not Tier.TAGS_FOR_FILES
    assert attribute(Model("o/n", tags=tags, library=tags[0])).tier is Tier.TAGS_FOR_FILES


def test_an_export_behind_an_author_s_first_tag_is_not_known_to_be_all() -> None:
    """Behind a library that the table does not know, and that is named, it is."""
    assert attribute(Model("o/n", tags=("mistral", "gguf"))).tier is Tier.UNKNOWN
    assert attribute(Model("o/n", tags=("my-lib", "gguf"), library="my-lib")).tier is Tier.CONVERSION
    assert attribute(Model("o/n", tags=("ggml", "gguf"))).tier is Tier.CONVERSION


@pytest.mark.parametrize("first", ["RAGatouille", "LLaVA", "Stable Diffusion", "Open_CLIP"])
def test_a_library_in_the_first_place_is_known_however_it_is_spelt(first: str) -> None:
    """The Hub writes there what the author wrote; further on such words are the author's."""
    assert attribute(Model("o/n", tags=(first, "safetensors"))).tier is Tier.LIBRARY
    assert attribute(Model("o/n", tags=("safetensors", first))).tier is Tier.ASSUMED


@pytest.mark.parametrize(("tag", "kind"), [("AWQ", "quantised"), ("GPTQ", "quantised"), ("MergeKit", "merge")])
def test_a_tool_is_known_in_any_case(tag: str, kind: str) -> None:
    """abhinavkulkarni/codellama-CodeLlama-7b-Python-hf-w4-g128-awq says so in capitals."""
    model = Model("o/n", tags=("transformers", "pytorch", "llama", tag))

    assert attribute(model).derivative == kind
    assert attribute(Model("o/n", tags=("transformers", "safetensors", "MLX"))).frameworks == ("MLX",)


def test_a_model_that_writes_rust_is_no_conversion_whatever_stands_before() -> None:
    """`rust` is the Hub's behind another tag of its run only."""
    assert attribute(Model("o/n", tags=("code", "rust", "python"))).conversions == ()


@pytest.mark.parametrize("tags", [("keras-hub", "jax", "pytorch", "tf"), ("keras", "pytorch", "jax"), ("keras", "jax")])
def test_what_keras_3_runs_on_does_not_hide_keras_where_files_are_not_told(tags: tuple[str, ...]) -> None:
    """The author's honest tags stand right behind the library, as the Hub's would."""
    assert attribute(Model("o/n", tags=tags, library=tags[0], created_at="2025-01-01")).frameworks == ("Keras",)
