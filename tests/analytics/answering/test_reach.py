"""`model X in F` where the repository holds no files of F: what converts on load, through the door and over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.domain.requests import OneModel
from tests.analytics.answering.test_answer_models import BERT, SHA, ModelDoor, serving
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import model

QWEN = model(
    "Qwen/Qwen3-0.6B",
    library_name="transformers",
    tags=["transformers", "safetensors", "qwen3", "text-generation"],
    siblings=["config.json", "model.safetensors"],
    config={"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]},
    safetensors={"parameters": {"BF16": 751_632_384}, "total": 751_632_384},
    sha=SHA,
)
AWQ = model(
    "Qwen/Qwen3-0.6B-AWQ",
    library_name="transformers",
    tags=["transformers", "safetensors", "base_model:quantized:Qwen/Qwen3-0.6B"],
    siblings=["config.json", "model.safetensors"],
    config=QWEN["config"] | {"quantization_config": {"quant_method": "awq"}},
)
ONNX = model(
    "onnx-community/Qwen3-0.6B-ONNX",
    library_name="transformers.js",
    tags=["onnx", "base_model:Qwen/Qwen3-0.6B", "base_model:quantized:Qwen/Qwen3-0.6B"],
    siblings=["onnx/model.onnx"],
)
HEADER = safetensors("pt", names=["model.embed_tokens.weight", "lm_head.weight"])


@pytest.fixture
def door(tmp_path: Path) -> Iterator[ModelDoor]:
    """Open the door on a Hub of these few."""
    with serving([BERT, QWEN, AWQ, ONNX], {("Qwen/Qwen3-0.6B", "model.safetensors"): HEADER}) as hub:
        door = ModelDoor(hub, tmp_path)
        yield door
        door.analyst.close()


def test_no_files_but_it_loads_and_the_lines_are_there(door: ModelDoor) -> None:
    """The first line says that there are no files, then through what it loads; the class is the concrete one."""
    answer = door.ask("Qwen/Qwen3-0.6B", "TensorFlow")

    assert answer.headline == "No TensorFlow files in Qwen/Qwen3-0.6B; it converts on load"
    assert answer.detail[0].startswith("Loads in TensorFlow through KerasHub 0.32, whole model")
    assert "k.models.Qwen3CausalLM.from_preset" in answer.commands[1]
    assert answer.as_json()["commands"] == list(answer.commands)


def test_it_is_no_file_and_counts_as_none(door: ModelDoor) -> None:
    """What converts is shown beside the frameworks it has files of, and is in no count."""
    answer = door.ask("Qwen/Qwen3-0.6B")

    assert door.rows("Qwen/Qwen3-0.6B")["TensorFlow"] == "converts on load"
    assert answer.frameworks["TensorFlow"] == 0
    assert answer.commands == ()


def test_the_header_is_read_once_and_remembered(door: ModelDoor) -> None:
    """A second question is answered from the reading, with the same promise."""
    first = door.ask("Qwen/Qwen3-0.6B", "TensorFlow")
    again = door.ask("Qwen/Qwen3-0.6B", "TensorFlow")

    assert again.detail[0] == first.detail[0]
    assert len(door.hub.asked(f"/Qwen/Qwen3-0.6B/resolve/{SHA}/model.safetensors")) == 1


def test_without_the_tensor_it_asks_for_nothing_is_promised(tmp_path: Path) -> None:
    """The header is what decides: other names in it, and KerasHub would refuse."""
    with serving([QWEN], {("Qwen/Qwen3-0.6B", "model.safetensors"): safetensors("pt")}) as hub:
        door = ModelDoor(hub, tmp_path)
        answer = door.ask("Qwen/Qwen3-0.6B", "TensorFlow")
        door.analyst.close()

    assert answer.headline == "No: Qwen/Qwen3-0.6B is not in TensorFlow"
    assert any("no tensor's name begins with model.embed_tokens" in line for line in answer.detail)


def test_a_quantised_copy_points_at_its_base(door: ModelDoor) -> None:
    """Whether its weights convert was not tried with this type, which is no No; those it was made from may."""
    answer = door.ask("Qwen/Qwen3-0.6B-AWQ", "TensorFlow")

    assert answer.headline.endswith("whether it converts on load is not known")
    assert "such were not tried with this type" in answer.detail[0]
    assert "Its base model Qwen/Qwen3-0.6B may" in answer.detail[0]
    assert answer.commands == ()


def test_files_that_nothing_loads_any_more_are_said_first(door: ModelDoor) -> None:
    """TensorFlow's files of transformers: the version that still loads them, before all else."""
    answer = door.ask("google-bert/bert-base-uncased", "TensorFlow")

    assert answer.headline.endswith("TensorFlow files (tf_model.h5), which only transformers before 5 loads")
    assert "4.57.6 is the last version" in answer.detail[0]
    assert "from_pt" not in answer.commands[1]


def test_a_format_is_found_in_the_nearest_repository(door: ModelDoor) -> None:
    """ONNX is asked for: not in this repository, but in one that names it as its base."""
    answer = door.ask("Qwen/Qwen3-0.6B", "ONNX")

    assert answer.headline == "No: Qwen/Qwen3-0.6B is not in ONNX"
    assert any("onnx-community/Qwen3-0.6B-ONNX" in line for line in answer.detail)
    assert door.ask("google-bert/bert-base-uncased", "ONNX").headline.startswith("Yes, as a conversion")


def test_the_words_of_a_format_ask_for_it_again() -> None:
    """The canonical words of a format with a space are one word."""
    from analytics.grammar import parse

    asked = OneModel("org/m", "Core ML")
    assert parse(asked.words) == asked
