"""What a repository names as its base, and what names it: nothing that is none, or that nobody can have, is told."""

from pathlib import Path

import pytest

from tests.analytics.at_the_terminal import settings, type_words
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import Item, model

LLAMA = {"model_type": "llama", "architectures": ["LlamaForCausalLM"]}
TAGS = ["transformers", "safetensors"]


def base(name: str = "lab/base", **fields: object) -> Item:
    """Make a model of PyTorch with nothing else in it."""
    told = {"library_name": "transformers", "config": LLAMA, "tags": TAGS}
    return model(name, siblings=["config.json", "model.safetensors"], **told | fields)


def exported(name: str, of: str, **fields: object) -> Item:
    """Make an export that names a base."""
    return model(name, library_name="gguf", tags=["gguf", f"base_model:{of}"], siblings=["m.gguf"], **fields)


def type_at(home: Path, words: str, *items: Item) -> str:
    """Type words at the terminal, before a Hub of these models."""
    with LoopbackHub(items) as hub:
        typed = type_words(settings(hub.endpoint, home), words.split())
    assert typed.returncode == 0, typed.stderr
    return " ".join(typed.stdout.split())


def test_a_model_is_not_made_from_itself(tmp_path: Path) -> None:
    """It names itself, as forks of templates do; in another case of letters too."""
    said = type_at(tmp_path, "model lab/odd", base("lab/odd", tags=[*TAGS, "base_model:Lab/Odd"]))

    assert "fine-tune of lab/odd" not in said.casefold()
    assert "a fine-tune of a model it does not name" in said


@pytest.mark.parametrize("named", ["", "../x", "a/b/c", "lab/base lab/other", "x" * 200])
def test_a_base_that_is_no_id_is_none(tmp_path: Path, named: str) -> None:
    """A path, two names, nothing at all: no sentence has it, and nobody is asked for it."""
    said = type_at(tmp_path, "model lab/copy in pytorch", exported("lab/copy", named))

    assert "conversion only: GGUF." in said
    assert "a quantised copy of a model it does not name" in said


def test_what_the_hub_has_disabled_is_nobody_s_nearest(tmp_path: Path) -> None:
    """Neither a child nor a base: no file of it is served."""
    child = exported("lab/closed-GGUF", "lab/base", disabled=True, downloads=9)

    assert "No twin of lab/base was found in GGUF" in type_at(tmp_path, "model lab/base in gguf", base(), child)
    copy = exported("lab/copy", "lab/gone")
    said = type_at(tmp_path, "model lab/copy in pytorch", copy, base("lab/gone", disabled=True))
    assert "No twin of lab/copy was found in PyTorch" in said


def test_the_nearest_is_said_to_be_gated(tmp_path: Path) -> None:
    """Among a thousand children the most downloaded, whose files not everybody has."""
    children = [exported(f"lab/c{n}-GGUF", "lab/base", downloads=2000 - n, gated="manual") for n in range(1000)]

    said = type_at(tmp_path, "model lab/base in gguf", base(), *children)

    assert "Nearest in GGUF: lab/c0-GGUF" in said
    assert "It is gated (manual): its files only with access." in said


@pytest.mark.parametrize(
    ("made", "said"), [("yesterday", "unknown"), ("2025-01-01T00:00:00.000Z", "Probably, through")]
)
def test_a_creation_that_is_no_day_makes_nothing_young(tmp_path: Path, made: str, said: str) -> None:
    """Whose an .h5 is follows from it, as an assumption, which is no Yes; a census reads such a day as unknown too."""
    item = model("lab/old", tags=[], siblings=["model.h5"], createdAt="2025-01-01") | {"createdAt": made}

    answer = type_at(tmp_path, "model lab/old in tensorflow", item)

    assert said in answer
    assert not answer.startswith("Yes")


@pytest.mark.parametrize("other", ["lab/base", "Lab/BASE"])
def test_one_model_named_twice_is_said(tmp_path: Path, other: str) -> None:
    """It stands beside itself, and nobody takes it for two."""
    assert "Both names are of one model, lab/base" in type_at(tmp_path, f"compare lab/base {other}", base())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            ["config.json", "model.safetensors"],
            "Nothing shows TensorFlow in lab/base; whether it converts on load is not",
        ),
        (["model.safetensors"], "No: lab/base is not in TensorFlow"),
    ],
    ids=["there", "not there"],
)
def test_a_configuration_that_was_not_told_is_no_no(tmp_path: Path, files: list[str], said: str) -> None:
    """It decides what converts; without one, which every library asks for, nothing does."""
    item = base(config=None) | {"siblings": [{"rfilename": name} for name in files]}

    assert type_at(tmp_path, "model lab/base in tensorflow", item).startswith(said)
