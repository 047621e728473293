"""A list and `model X` say the same of a repository that was just read; the rest goes by tags, and says so."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Held, Matrix
from analytics.domain.requests import LoadModel, OneModel, Top
from tests.analytics.reach.test_broken_repositories import NAMES, ONE, SOUND, file_of, header_of, tensor
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import Item, model

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
LLAMA = {"model_type": "llama", "architectures": ["LlamaForCausalLM"]}
EIGHT_BITS = {"quantization_config": {"quant_method": "bitsandbytes", "load_in_8bit": True}}


def llama(
    name: str, *, config: dict[str, object] | None = None, files: tuple[str, ...] = (ONE,), **more: object
) -> Item:
    """Make a Llama whose tags promise that it converts."""
    told = {"library_name": "transformers", "tags": ["transformers", "safetensors", "llama"], "sha": "0" * 40}
    item = told | {"pipeline_tag": "text-generation", "config": LLAMA | (config or {})} | more
    return model(f"org/{name}", siblings=["config.json", *files], **item)


KINDS: dict[str, tuple[Item, bytes]] = {
    "sound": (llama("sound"), SOUND),
    "damaged header": (llama("damaged"), file_of(2**63)),
    "8 bits, untagged": (llama("bits", config=EIGHT_BITS), SOUND),
    "I8 in its numbers": (llama("i8", safetensors={"parameters": {"I8": 9, "F16": 9}, "total": 18}), SOUND),
    "no head": (llama("headless"), safetensors("pt", names=NAMES[:0])),
    "a classifier": (llama("judge", config={"architectures": ["LlamaForSequenceClassification"]}), SOUND),
    "ropes of transformers 5": (llama("ropes", config={"transformers_version": "5.0.0"}), SOUND),
    "disabled": (llama("disabled", disabled=True), SOUND),
    "disabled, files of TensorFlow": (llama("tf", files=(ONE, "tf_model.h5"), disabled=True), SOUND),
    "gated": (llama("gated", gated="manual"), SOUND),
    "code of its own, untagged": (llama("code", config={"auto_map": {"AutoModel": "m.M"}}), SOUND),
    "an adapter, untagged": (llama("lora", files=("adapter_config.json", ONE)), SOUND),
    "only .pt": (llama("pt", files=("weights.pt",), tags=["transformers", "safetensors", "llama"]), SOUND),
    "a header that overlaps": (llama("overlap"), header_of(head=tensor(0, 4))),
    "I8 in its header alone": (llama("i8-header"), header_of(head=tensor(4, 8, dtype="I8", shape=(4,)))),
    "a library in capitals": (llama("loud", library_name="TRANSFORMERS"), SOUND),
    "a library with a space": (llama("spaced", library_name="Sentence Transformers"), SOUND),
    "a library nobody knows": (llama("handmade", library_name="my-lib"), SOUND),
    "no library, its tag in capitals": (
        llama("tagged", library_name=None, tags=["Transformers", "safetensors", "llama"]),
        SOUND,
    ),
    "written by TensorFlow": (llama("by-tf"), safetensors("tf", names=NAMES)),
    "written by MLX": (llama("by-mlx"), safetensors("mlx", names=NAMES)),
    "numbers of 64 bits": (llama("f64", safetensors={"parameters": {"F64": 9}, "total": 9}), SOUND),
    "written by Flax": (llama("flax"), safetensors("flax", names=NAMES)),
    "two types in its tags": (llama("two", tags=["transformers", "safetensors", "llama", "bert"]), SOUND),
    "a task that its class does not serve": (llama("task", pipeline_tag="fill-mask"), SOUND),
    "a class in no list": (llama("none", config={"architectures": []}), SOUND),
    "a type in capitals": (llama("caps", config={"model_type": "LLAMA"}), SOUND),
    "shards numbered from nought": (llama("nought", files=("model-00000-of-00001.safetensors",)), SOUND),
    "a library that is a list": (llama("lists", library_name=["transformers"]), SOUND),
    "files of Keras 3": (
        llama("keras", files=("model.keras",), library_name="keras", tags=["keras"], config=None),
        SOUND,
    ),
    "a folder": (llama("folder", files=("sub/model.safetensors",)), SOUND),
}


@dataclass
class AskedHub:
    """An analyst over a Hub that holds every kind, and what each is called."""

    analyst: Analyst
    names: dict[str, str] = field(default_factory=dict)

    def ask(self, request: Top | OneModel | LoadModel) -> Answer:
        """Ask through the front door."""
        return self.analyst.answer(request)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[AskedHub]:
    """Serve all kinds, and describe none of them yet."""
    contents = {(item["id"], ONE): content for item, content in KINDS.values()}
    items = [item | {"downloads": 1000 - place} for place, (item, _) in enumerate(KINDS.values())]
    with LoopbackHub(items, contents=contents) as hub:
        analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
        yield AskedHub(analyst, {kind: item["id"] for kind, (item, _) in KINDS.items()})
        analyst.close()


def is_promised(answer: Answer, framework: str) -> bool:
    """Tell whether `model X` says that it can be had in a framework."""
    assert isinstance(answer.chart, Matrix)
    (cell,) = answer.chart.cells[answer.chart.frameworks.index(framework)]
    is_closed = any("serves no file" in doubt for doubt in answer.doubts)
    return cell.status in (Held.YES, Held.ASSUMED, Held.CONVERTS, Held.THROUGH_KERAS) and not is_closed


@pytest.mark.parametrize("framework", ["TensorFlow", "JAX", "MLX"])
def test_what_was_read_of_a_model_is_what_its_list_says(asked: AskedHub, framework: str) -> None:
    """Of every kind: damaged, quantised, disabled, gated, of its own code, an adapter, not there."""
    promised = {name for name in asked.names.values() if is_promised(asked.ask(OneModel(name, framework)), framework)}

    listed = asked.ask(Top(n=30, framework=framework, loadable=True))
    reach = asked.ask(Top(n=30, reach=True))

    assert set(listed.table.list_models() if listed.table else ()) == promised
    (one,) = (each for each in reach.reach if each.framework == framework)
    assert one.loads + one.of("converts on load", "old files", "old files that convert") == len(promised)


def test_what_nobody_read_goes_by_tags_and_says_so(asked: AskedHub) -> None:
    """Nothing of it was checked; after one was read, how many were is said."""
    before = asked.ask(Top(n=30, framework="TensorFlow", loadable=True))
    asked.ask(OneModel(asked.names["sound"], "TensorFlow"))
    after = asked.ask(Top(n=30, framework="TensorFlow", loadable=True))

    assert "by tags, not checked, so at most so many" in " ".join(before.further)
    assert "1 as its repository was read" in " ".join(after.further)
    assert "by tags, not checked, so at most so many" in " ".join(after.further)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["sound"], "Of 1 model the repository was read by itself, and decides; its tags say the same."),
        (["sound", "8 bits, untagged"], "Of 2 models the repository was read by itself, and decides; the tags say "),
    ],
)
def test_where_both_rules_are_known_they_are_compared(asked: AskedHub, kinds: list[str], said: str) -> None:
    """A list says of how many of its models that were read the tags promise something else."""
    for kind in kinds:
        asked.ask(OneModel(asked.names[kind], "TensorFlow"))

    (compared,) = (doubt for doubt in asked.ask(Top(n=30, reach=True)).doubts if "was read by itself" in doubt)

    assert said in compared
    assert ("otherwise of 1" in compared) == ("8 bits, untagged" in kinds)


def test_the_receipt_gives_the_same_again(asked: AskedHub) -> None:
    """What was read after the list is part of what is asked again."""
    asked.ask(OneModel(asked.names["damaged header"], "TensorFlow"))
    answer = asked.ask(Top(n=30, framework="TensorFlow", loadable=True))
    moment = dt.datetime.fromisoformat(answer.reproduce.rpartition(" ")[2])

    again = asked.analyst.answer(Top(n=30, framework="TensorFlow", loadable=True), as_of=moment)

    assert again.table == answer.table
