"""Tags that the Hub sets, and the same tags by an author: in which order they stand tells them apart."""

import pytest

from analytics.attribution import attribute
from analytics.domain.observations import Model


def test_gguf_copies_whose_author_wrote_pytorch_are_conversions() -> None:
    """The Hub writes `pytorch` before `gguf`; these stood in the list of September 2024 and counted as proven."""
    copy = attribute(Model("KoboldAI/Mistral-7B-Erebus-v3-GGUF", tags=("gguf", "pytorch", "mistral", "finetuned")))

    assert (copy.frameworks, copy.remark) == ((), "conversion only: GGUF")


@pytest.mark.parametrize("tags", [("onnx", "tf"), ("safetensors", "jax"), ("transformers", "tensorboard", "pytorch")])
def test_a_framework_behind_the_tag_of_a_format_is_an_author_s_word(tags: tuple[str, ...]) -> None:
    """No framework is proven by it."""
    assert not any(finding.status == "yes" for finding in attribute(Model("o/n", tags=tags)).findings if finding.counts)


def test_a_model_that_writes_rust_is_no_conversion_whatever_stands_before() -> None:
    """`rust` is the Hub's behind another tag of its run only."""
    assert attribute(Model("o/n", tags=("code", "rust", "python"))).conversions == ()


@pytest.mark.parametrize("tags", [("keras-hub", "jax", "pytorch", "tf"), ("keras", "pytorch", "jax"), ("keras", "jax")])
def test_what_keras_3_runs_on_does_not_hide_keras_where_files_are_not_told(tags: tuple[str, ...]) -> None:
    """The author's honest tags stand right behind the library, as the Hub's would."""
    assert attribute(Model("o/n", tags=tags, library=tags[0], created_at="2025-01-01")).frameworks == ("Keras",)
