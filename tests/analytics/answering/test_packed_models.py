"""A repository that holds a program alone (`.pt2`, `.mar`, `.pte`): what is said is true, no lines that would fail."""

from pathlib import Path

import pytest

from analytics.domain.requests import LoadModel
from tests.analytics.answering.test_answer_models import ModelDoor, serving
from tests.loopback.hub_items import model

PROGRAMS = ("model.pt2", "model.mar", "model.torchscript", "model.ptl", "model.pte")


@pytest.mark.parametrize("file", PROGRAMS)
def test_a_program_converts_into_nothing_and_no_lines_say_otherwise(tmp_path: Path, file: str) -> None:
    """Nobody needs its configuration to know: the libraries look for safetensors, and their lines are left out."""
    only = model("lab/only", library_name=None, tags=[], siblings=["README.md", file])
    with serving([only], {}) as hub:
        door = ModelDoor(hub, tmp_path)
        asked, load = door.ask("lab/only", "TensorFlow"), door.analyst.answer(LoadModel("lab/only", "TensorFlow"))
        door.analyst.close()

    assert asked.headline == load.headline == "No: lab/only is not in TensorFlow"
    assert (asked.commands, load.commands) == ((), ())
    said = " ".join(load.detail)
    assert "configuration was not read" not in said
    assert ("model.safetensors is looked for" in said) == (file != "model.pte")


def test_what_would_load_wrong_numbers_is_given_no_general_lines(tmp_path: Path) -> None:
    """Eight-bit weights: the general way into TensorFlow would run into them, so it is not offered."""
    quantised = {"quantization_config": {"quant_method": "gptq"}}
    config = {"model_type": "llama", "architectures": ["LlamaForCausalLM"], **quantised}
    files = ["config.json", "model.safetensors"]
    eight = model("lab/gptq", library_name="transformers", tags=["safetensors"], siblings=files, config=config)
    with serving([eight], {}) as hub:
        door = ModelDoor(hub, tmp_path)
        told = [door.analyst.answer(LoadModel("lab/gptq", name)) for name in ("TensorFlow", "JAX", "Keras")]
        door.analyst.close()

    assert [one.commands for one in told] == [(), (), ()]
