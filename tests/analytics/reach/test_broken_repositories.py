"""
Repositories that are broken, closed or gone: no line that must fail is given, and the reason is said.

Headers of any stated length, indexes that name what is not there, a repository the Hub has disabled or moved.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from analytics.analyst import Analyst
from analytics.attribution import attribute
from analytics.domain.answer import Answer
from analytics.domain.requests import LoadModel
from analytics.reach.outcomes import Obstacle
from analytics.reach.single_repository import reach
from tests.analytics.reach.test_single_repository import DAY as LATER
from tests.analytics.reach.test_single_repository import ORIGIN, QWEN, Model, Repository
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import Item, model

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ONE, INDEX = "model.safetensors", "model.safetensors.index.json"
SHARDS = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
NAMES = ("model.embed_tokens.weight", "lm_head.weight")
SOUND = safetensors("pt", names=NAMES)
DAMAGED, INDEX_DAMAGED = "the header of model.safetensors is damaged", f"{INDEX} is damaged"
GONE = f"{INDEX} names files that are not there"


def file_of(length: int, header: bytes = b'{"a": 1}') -> bytes:
    """Make a file that states this length of its header."""
    return length.to_bytes(8, "little") + header


def tensor(*place: int, dtype: object = "F32", shape: object = (1,)) -> dict[str, object]:
    """Make an entry of a header."""
    return {"dtype": dtype, "shape": shape, "data_offsets": place}


def header_of(**entries: object) -> bytes:
    """Make a file of eight bytes of numbers whose header has these entries beside those of a sound one."""
    sound = {"__metadata__": {"format": "pt"}, NAMES[0]: tensor(0, 4), NAMES[1]: tensor(4, 8)}
    header = json.dumps(sound | {NAMES[1] if name == "head" else name: entry for name, entry in entries.items()})
    return file_of(len(header), header.encode()) + bytes(8)


def index_of(*files: object) -> bytes:
    """Make an index that puts the tensors into these files."""
    return json.dumps({"weight_map": dict(zip(NAMES, files, strict=True))}).encode()


def llama(name: str, files: tuple[str, ...] = (ONE,), **fields: object) -> Item:
    """Make a Llama that would load, if nothing were broken."""
    config = {"model_type": "llama", "architectures": ["LlamaForCausalLM"]}
    told = {"config": config, "library_name": "transformers", "tags": ["transformers", "safetensors"], "sha": "0" * 40}
    return model(name, siblings=["config.json", *files], **told | fields)


def ask(item: Item, contents: Mapping[str, bytes], home: Path, framework: str = "TensorFlow", name: str = "") -> Answer:
    """Ask how it is loaded."""
    held = {(item["id"], file): content for file, content in contents.items()}
    with LoopbackHub([item], contents=held, moved={"org/old": "org/m"}) as hub:
        analyst = Analyst(home, hub.endpoint, clock=lambda: DAY)
        answer = analyst.answer(LoadModel(name or item["id"], framework))
        analyst.close()
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (file_of(2**63), DAMAGED),
        (file_of(2**64 - 1), DAMAGED),
        (file_of(0, b""), DAMAGED),
        (file_of(200 * 2**20), DAMAGED),
        (file_of(500), DAMAGED),
        (b"\x01\x02", DAMAGED),
        (b"", DAMAGED),
        (file_of(5, b"<a>hi"), DAMAGED),
        (file_of(2, b"[]"), DAMAGED),
        (file_of(90_000, b"[" * 90_000), DAMAGED),
        (file_of(2, b"{}"), "no tensor's name begins with"),
    ],
    ids=[
        "2^63",
        "minus one",
        "zero",
        "200 MB",
        "cut off",
        "two bytes",
        "empty",
        "no JSON",
        "a list",
        "deep",
        "nothing",
    ],
)
def test_a_file_that_no_library_opens_does_not_convert(tmp_path: Path, content: bytes, why: str) -> None:
    """The reason is said, and there is no line to run."""
    answer = ask(llama("org/m"), {ONE: content}, tmp_path)

    assert why in " ".join(answer.further)
    assert not answer.commands


ODD_TYPES = {
    "phi3": ("Phi3ForCausalLM", "MLX"),
    "glm4": ("Glm4ForCausalLM", "MLX"),
    "electra": ("ElectraForMaskedLM", "TensorFlow"),
    "roformer": ("RoFormerForMaskedLM", "JAX"),
}
"""Types of which no tensor is known that a library asks for, with a class and a framework that it was proven for."""


def ask_type(model_type: str, content: bytes, home: Path) -> Answer:
    """Ask of a type whose header holds no name that decides."""
    architecture, framework = ODD_TYPES[model_type]
    item = llama("org/m", config={"model_type": model_type, "architectures": [architecture]})
    return ask(item, {ONE: content}, home, framework)


@pytest.mark.parametrize("model_type", ODD_TYPES)
@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", DAMAGED), (file_of(500), DAMAGED), (SOUND[:-1], DAMAGED), (file_of(2, b"{}"), "names no tensor")],
    ids=["empty", "cut off", "unlike its length", "nothing"],
)
def test_damage_is_of_the_file_and_not_of_the_type(tmp_path: Path, model_type: str, content: bytes, why: str) -> None:
    """A type that asks for no tensor by name has its header read all the same."""
    assert ask_type(model_type, SOUND, tmp_path / "sound").commands

    answer = ask_type(model_type, content, tmp_path / "broken")

    assert why in " ".join(answer.further)
    assert not answer.commands


def test_eight_bits_in_the_header_of_any_type_are_seen(tmp_path: Path) -> None:
    """The Hub told no types of numbers; the header does, and no line is given."""
    eight = header_of(head=tensor(4, 8, dtype="I8", shape=(4,)))

    assert not ask_type("phi3", eight, tmp_path).commands


def test_a_header_that_could_not_be_read_is_said_of_any_type(tmp_path: Path) -> None:
    """Where no tensor is asked for by name, whether the file is whole is not known all the same."""
    architecture, framework = ODD_TYPES["phi3"]
    item = llama("org/m", config={"model_type": "phi3", "architectures": [architecture]})
    answer = ask(item, {}, tmp_path, framework)

    assert "Its weights were not looked into either" in " ".join(answer.further)


@pytest.mark.parametrize(
    "entries",
    [
        {"head": tensor(0, 4)},
        {"head": tensor(8, 12)},
        {"head": tensor(8, 4)},
        {"head": tensor(-4, 0)},
        {"head": tensor(4, 8, 12)},
        {"head": tensor(4, 4004, shape=(1000,))},
        {"head": tensor(4, 8, shape=(2,))},
        {"head": tensor(4, 8, shape=7)},
        {"head": tensor(4, 8, dtype=32)},
        {"head": 1},
        {"head": {}},
        {"__metadata__": ["pt"]},
        {"__metadata__": {"format": 5}},
        {"note": float("nan")},
    ],
    ids=[
        *("overlapping", "a gap", "backwards", "negative", "three places", "beyond the file", "not its length"),
        *("a shape that is none", "a type that is none", "a number", "nothing", "metadata a list", "format a number"),
        "NaN",
    ],
)
def test_entries_that_safetensors_refuses_are_damage(tmp_path: Path, entries: dict[str, object]) -> None:
    """As tried with safetensors 0.8.0: none of these opens, though the names that are asked for are there."""
    assert ask(llama("org/m"), {ONE: header_of()}, tmp_path / "sound").commands

    answer = ask(llama("org/m"), {ONE: header_of(**entries)}, tmp_path / "broken")

    assert DAMAGED in " ".join(answer.further)
    assert not answer.commands


@pytest.mark.parametrize(
    ("dtype", "framework", "said"),
    [
        ("I8", "TensorFlow", "it loads eight-bit weights without an error and gives other numbers"),
        ("U8", "MLX", "Among its numbers are U8"),
        ("Q4_K", "JAX", "Among its numbers are Q4_K"),
        ("F64", "MLX", "does not read its numbers, which are F64"),
    ],
)
def test_the_types_of_numbers_are_those_of_the_header(tmp_path: Path, dtype: str, framework: str, said: str) -> None:
    """The Hub told none: eight bits, whose scale would be dropped without an error, are seen all the same."""
    bits = {"F64": 64}.get(dtype, 8)
    odd = tensor(4, 8 if bits == 8 else 12, dtype=dtype, shape=(32 // bits or 1,))

    answer = ask(llama("org/m"), {ONE: header_of(head=odd) + bytes(4 * (bits == 64))}, tmp_path, framework)

    assert said in " ".join(answer.further)
    assert not answer.commands


def test_a_format_in_a_header_that_was_read_for_its_names_counts(tmp_path: Path) -> None:
    """Files of transformers may be TensorFlow's all the same: what was read is not passed over."""
    answer = ask(llama("org/m"), {ONE: safetensors("tf", names=NAMES)}, tmp_path)

    assert "TensorFlow by safetensors header says tf" in " ".join(answer.further)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (index_of(SHARDS[0], "config.json"), f"{INDEX} names files that are no safetensors"),
        (index_of(SHARDS[0], "gone.safetensors"), GONE),
        (index_of(SHARDS[0], "../../etc/passwd"), GONE),
        (index_of(SHARDS[0], 7), INDEX_DAMAGED),
        (b"[1]", INDEX_DAMAGED),
        (b"<html>", INDEX_DAMAGED),
        (b"{}", INDEX_DAMAGED),
        (b'{"weight_map": {}}', INDEX_DAMAGED),
    ],
)
def test_an_index_that_leads_nowhere_is_said(tmp_path: Path, content: bytes, why: str) -> None:
    """Which file is wrong, and how."""
    answer = ask(llama("org/m", (INDEX, *SHARDS)), {INDEX: content}, tmp_path)

    assert why in " ".join(answer.further)
    assert not answer.commands


@pytest.mark.parametrize(
    ("files", "contents"),
    [
        ((ONE,), {ONE: SOUND}),
        ((INDEX, *SHARDS), {INDEX: index_of(*SHARDS)}),
        ((INDEX, *SHARDS), {INDEX: index_of(SHARDS[0], "x" * 3_000_000)}),
        ((ONE,), {}),
    ],
    ids=["sound", "a sound index", "an index too long to be read", "not there any more"],
)
def test_what_is_not_known_to_be_broken_is_not_called_so(
    tmp_path: Path, files: tuple[str, ...], contents: Mapping[str, bytes]
) -> None:
    """What was read and is sound, and what was not read, keep their lines."""
    assert ask(llama("org/m", files), contents, tmp_path).commands


@pytest.mark.parametrize("framework", ["TensorFlow", "PyTorch", "MLX"])
def test_what_the_hub_has_disabled_loads_in_nothing(tmp_path: Path, framework: str) -> None:
    """It is still described, and serves no file."""
    answer = ask(llama("org/m", disabled=True), {ONE: SOUND}, tmp_path, framework)

    assert "serves no file of it" in " ".join((*answer.further, *answer.doubts))
    assert not answer.commands
    assert "Loaded by" not in " ".join(answer.further)


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ({"gated": "auto"}, "org/m", "its files only with access"),
        ({"gated": "manual"}, "org/m", "its files only with access"),
        ({}, "org/old", "org/old is now called org/m"),
        ({}, "Org/M", "The Hub spells it org/m"),
    ],
)
def test_what_is_closed_or_moved_is_said(tmp_path: Path, fields: Mapping[str, str], name: str, said: str) -> None:
    """Beside lines that name the repository as it is called now."""
    answer = ask(llama("org/m", **fields), {ONE: SOUND}, tmp_path, name=name)

    assert said in " ".join(answer.doubts)
    assert all("org/m" in line or "pip" in line for line in answer.commands)


def test_ten_thousand_shards_are_looked_at_once() -> None:
    """Not each for each: half a minute of the processor; of a list that was cut short no shard is called missing."""
    for kept, obstacle in ((9_999, None), (9, Obstacle.NO_SUCH_FILE)):
        shards = tuple(f"model-{number:05}-of-10000.safetensors" for number in range(1, kept + 1))
        model = Model("org/m", library="transformers", files=("config.json", INDEX, *shards))
        repository = Repository(model, model.id, LATER, ORIGIN, configuration=replace(QWEN, stems=None))
        began = process_time()

        assert reach(repository, attribute(model), "TensorFlow").obstacle is obstacle
        assert process_time() - began < 1
