"""Whether one model can be had in a framework: by files, through Keras 3, by conversion, not at all, or unknown."""

import datetime as dt

import pytest

from analytics.attribution import attribute
from analytics.availability.known_model import Known, choose_frameworks, evidence, loads, status
from analytics.domain.answer import Origin
from analytics.domain.chart_specs import Held
from analytics.domain.observations import Model, Repository, Twin

DAY = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "model", "https://hub/api/models/org/m", "2026-11-23")


def know(*files: str, library: str | None = None, private: bool = False) -> Known:
    """Make what is known of a repository of these files."""
    model = Model("org/m", library=library, files=files)
    return Known(Repository(model, model.id, DAY, ORIGIN, private=private), attribute(model), DAY)


@pytest.mark.parametrize(
    ("files", "library", "framework", "held"),
    [
        (("pytorch_model.bin",), "transformers", "PyTorch", Held.YES),
        (("pytorch_model.bin",), "transformers", "TensorFlow", Held.NO),
        (("model.weights.h5", "config.json", "metadata.json"), "keras-hub", "Keras", Held.YES),
        (("model.weights.h5", "config.json", "metadata.json"), "keras-hub", "JAX", Held.THROUGH_KERAS),
        (("m.gguf",), None, "GGUF", Held.CONVERSION),
        (("notes.txt",), None, "PyTorch", Held.NO),
    ],
)
def test_each_way_to_have_it_is_told_apart(
    files: tuple[str, ...], library: str | None, framework: str, held: Held
) -> None:
    """What its files are, what runs on them, what was made of it."""
    assert status(know(*files, library=library), framework) is held


def test_what_is_had_through_keras_has_its_evidence_and_its_loader() -> None:
    """The files are Keras's; another backend loads the same."""
    known = know("model.weights.h5", "config.json", "metadata.json", library="keras-hub")

    assert evidence(known, "JAX") == evidence(known, "Keras") is not None
    assert loads(known, "JAX") == "Keras 3, on this backend"
    assert loads(known, "MLX") is None


def test_a_rare_framework_is_shown_only_where_a_model_has_it() -> None:
    """The usual ones always."""
    plain, rare = know("pytorch_model.bin"), know("model.pdparams")

    assert choose_frameworks([plain]) == ("PyTorch", "TensorFlow", "JAX", "Keras", "MLX")
    assert set(choose_frameworks([plain, rare])) - set(choose_frameworks([plain])) == {"PaddlePaddle"}


@pytest.mark.parametrize(("own", "base", "twin"), [(True, False, False), (False, True, False), (False, False, True)])
def test_one_private_part_makes_all_of_it_private(own: bool, base: bool, twin: bool) -> None:  # noqa: FBT001 - parameters
    """The model, what it was made of, or its twin: any of them is known only through the Hub token."""
    known = know("pytorch_model.bin", private=own)
    other = Twin("org/t", "TensorFlow", "it has the same name", "tf_model.h5", private=twin)
    whole = Known(known.repository, known.verdict, DAY, base_is_private=base, twins={"TensorFlow": other, "JAX": None})

    assert whole.private
    assert not know("pytorch_model.bin").private
