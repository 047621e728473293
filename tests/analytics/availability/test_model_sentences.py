"""What is said of one model: each framework with how sure it is, and whoever is none of those compared by its name."""

import datetime as dt

import pytest

from analytics.attribution import attribute
from analytics.availability.known_model import Known
from analytics.availability.model_sentences import evidence_of, is_in
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Repository

DAY = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "model", "https://hub/api/models/org/m", "2026-11-23")


def know(*files: str, library: str | None = None) -> Known:
    """Make what is known of a repository of these files, made when there was Keras 3."""
    model = Model("org/m", library=library, files=files, created_at="2025-06-01T00:00:00.000Z")
    return Known(Repository(model, model.id, DAY, ORIGIN), attribute(model), DAY)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("model.safetensors",), "org/m is in PyTorch (assumed)"),
        (("model.h5",), "org/m is in Keras (assumed)"),
        (("model.msgpack",), "org/m is in JAX (assumed)"),
        (("model.safetensors", "tf_model.h5"), "org/m is in PyTorch (assumed) and TensorFlow"),
        (("pytorch_model.bin", "tf_model.h5"), "org/m is in PyTorch and TensorFlow"),
    ],
)
def test_what_is_assumed_is_called_so_of_each_framework(files: tuple[str, ...], said: str) -> None:
    """Of Keras and JAX too, and not of the one beside it that is proven."""
    assert is_in(know(*files)) == said


def test_evidence_that_is_assumed_is_no_by() -> None:
    """“PyTorch by assumed: safetensors” is no sentence."""
    assert evidence_of(know("model.safetensors")) == "Evidence: PyTorch, assumed: safetensors, no library named."


def test_a_framework_without_a_name_here_is_called_another() -> None:
    """“Is in Other” names nothing."""
    known = know("model.joblib", library="sklearn")

    assert is_in(known) == "org/m is in another framework"
    assert "Other" not in evidence_of(known)
