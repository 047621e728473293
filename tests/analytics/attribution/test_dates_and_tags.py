"""The rule's dates on both their sides, and a tag that means two things."""

import pytest

from analytics.attribution import attribute
from analytics.domain.observations import Model


@pytest.mark.parametrize(
    ("born", "frameworks"), [("2023-11-27T23:59:59.000Z", ("TensorFlow",)), ("2023-11-28T00:00:00.000Z", ("Keras",))]
)
def test_an_h5_is_tensorflow_s_until_keras_3_was_released(born: str, frameworks: tuple[str, ...]) -> None:
    """28 November 2023: from then on Keras writes the same file whatever it runs on."""
    assert attribute(Model("org/name", files=("model.h5",), created_at=born)).frameworks == frameworks


@pytest.mark.parametrize(
    ("tags", "exports"), [(("transformers", "pytorch", "rust", "en"), ("Rust",)), (("transformers", "en", "rust"), ())]
)
def test_rust_is_an_export_in_the_hub_s_own_run_of_tags_and_a_language_beyond(
    tags: tuple[str, ...], exports: tuple[str, ...]
) -> None:
    """A model that writes Rust is not converted to it."""
    assert attribute(Model("org/name", tags=tags)).conversions == exports
