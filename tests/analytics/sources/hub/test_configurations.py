"""The Hub's excerpt of a configuration, and the names in a header: what is not as agreed is unknown."""

import json
import random
from typing import Any

import pytest

from analytics.domain.observations import Configuration
from analytics.sources.hub.configurations import configuration_of, read_index, read_stems, stems_of
from analytics.sources.hub.items import header_size
from tests.loopback.hub_files import safetensors


def of(**config: Any) -> Configuration | None:
    """Reduce an item with this configuration."""
    return configuration_of({"config": config, "safetensors": {"parameters": {"BF16": 1, "I8": 2}}})


def test_the_excerpt_is_read() -> None:
    """Type, classes, quantisation, code of its own, adapter, types of numbers."""
    told = {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "quantization_config": {"quant_method": "awq"},
    }

    assert of(**told, auto_map={"AutoModel": "x"}) == Configuration(
        "llama", ("LlamaForCausalLM",), "awq", own_code=True, dtypes=("BF16", "I8")
    )
    assert configuration_of({"config": {}}) == Configuration()
    assert configuration_of({}) is None


@pytest.mark.parametrize("kind", [["llama"], 7, "a" * 10_000, "", "a\nb", "$(touch x)", {"a": 1}, None])
def test_a_type_that_is_none_is_unknown(kind: Any) -> None:
    """A list, a number, a very long text, and what could not stand in a line that people run."""
    found = of(model_type=kind, architectures=[kind, 3, None, "x; rm -rf ~", "BertModel"])

    assert found
    assert found.model_type is None
    assert found.architectures == ("BertModel",)


def test_the_names_of_many_tensors_are_few_stems() -> None:
    """A hundred thousand names begin alike, and what is kept is bounded whatever is sent."""
    assert stems_of(f"model.layers.{n}.weight" for n in range(100_000)) == ("model.layers",)
    assert len(stems_of(f"{n}.weight" for n in range(100_000))) == 400


def test_a_header_and_an_index_give_the_same() -> None:
    """A whole file, and the list of shards."""
    index = json.dumps({"weight_map": {"encoder.layer.0.attention.weight": "model-00001-of-00002.safetensors"}})

    assert read_stems(safetensors("pt")) == ("encoder.layer",)
    assert read_index(index.encode()) == ("encoder.layer",)


def test_no_damage_does_harm() -> None:
    """Cut short, of any bytes, deep or of another shape: nothing was read, and nothing fails."""
    chance, whole = random.Random(15), safetensors("pt", 20)  # noqa: S311 - a seed, no secret
    damaged = [whole[:length] for length in range(0, header_size(whole), 97)]
    damaged += [bytes(chance.randrange(256) for _ in range(300)) for _ in range(200)]
    damaged += [(10**6).to_bytes(8, "little") + b"[" * 10**6, (2).to_bytes(8, "little") + b"[]", b""]

    assert {read_stems(one) for one in damaged} <= {None, ()}
    assert {read_index(one) for one in [*damaged, b"[]", b'{"weight_map": 3}']} <= {None, ()}
