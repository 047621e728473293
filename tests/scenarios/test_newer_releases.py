"""A library has a newer release than the one that was loaded: what it converts is only listed, in Slack and as JSON."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.server import Playground
from tests.analytics.at_the_terminal import settings, type_words
from tests.analytics.collect.test_package_index import keras, rest
from tests.analytics.collect.test_reach_types import KERAS
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import Item, model
from tests.loopback.simple_index import SimpleIndex

Start = Callable[..., Playground]


def of_type(name: str, model_type: str, architecture: str) -> Item:
    """Make a decoder of some type."""
    return model(
        name,
        library_name="transformers",
        pipeline_tag="text-generation",
        tags=["transformers", "safetensors", model_type, "text-generation"],
        siblings=["config.json", "model.safetensors"],
        config={"model_type": model_type, "architectures": [architecture]},
        safetensors={"parameters": {"BF16": 1_000}, "total": 1_000},
        downloads=7,
    )


HELD = [of_type("org/llama", "llama", "LlamaForCausalLM"), of_type("org/new", "brand_new", "BrandNewForCausalLM")]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read a newer KerasHub from an index, through the terminal."""
    home = tmp_path_factory.mktemp("newer")
    with SimpleIndex() as index:
        for made in [keras("0.32.0"), keras("0.33.0", [*KERAS, "brand_new"]), *rest()]:
            index.publish(made)
        done = type_words(settings("http://127.0.0.1:9", home) | index.settings, ["collect", "reach"])
    assert "0.33.0 not yet: its types are only listed" in " ".join(done.stdout.split()), done.stderr
    return home


def tell(hub: LoopbackHub, home: Path, words: str) -> dict[str, Any]:
    """Ask at the terminal, as JSON."""
    told: dict[str, Any] = json.loads(type_words(settings(hub.endpoint, home), [*words.split(), "--json"]).stdout)
    return told


def test_a_newer_release_is_only_listed_as_json(collected: Path, tmp_path: Path) -> None:
    """Proven before, listed after, with a line that installs what was loaded; a new type is listed."""
    with LoopbackHub(HELD) as hub:
        before = tell(hub, tmp_path, "load org/llama in tensorflow")
        after = tell(hub, collected, "load org/llama in tensorflow")
        new = tell(hub, collected, "load org/new in tensorflow")

    assert "tried by us for this type" in " ".join(before["detail"])
    assert "KerasHub 0.33 lists its type for TensorFlow; we loaded it with KerasHub 0.32" in " ".join(after["detail"])
    assert "keras-hub==0.32.0" in after["commands"][0]
    assert "KerasHub 0.33 lists its type for TensorFlow; we have not seen this form of it load" in " ".join(
        new["detail"]
    )
    assert "Loaded by" not in " ".join(after["detail"] + new["detail"])
    assert "keras-hub==0.33.0" in new["commands"][0]


def test_lists_count_it_as_may_convert(collected: Path, tmp_path: Path) -> None:
    """By tags alone, too."""
    with LoopbackHub(HELD) as hub:
        before, after = (tell(hub, home, "top2 reach")["reach"]["TensorFlow"] for home in (tmp_path, collected))

    assert (before["converts_on_load"], before["may_convert"]) == (1, 0)
    assert (after["converts_on_load"], after["may_convert"]) == (0, 2)


def test_a_newer_release_is_only_listed_in_slack(start: Start, collected: Path, tmp_path: Path) -> None:
    """The same, with its lines to run."""
    shutil.copytree(collected, tmp_path, dirs_exist_ok=True)
    with LoopbackHub(HELD) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks load org/llama in tensorflow")
        message = playground.wait_for_message("org/llama")

    shown = str(message.blocks)
    assert "KerasHub 0.33" in shown + message.text
    assert "keras-hub==0.32.0" in shown
