"""The census counts how frameworks are reached as the rules do model by model, and keeps it small."""

import datetime as dt
import json
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from analytics.attribution import Derivative, Tier, attribute
from analytics.census import cube, schema
from analytics.domain.reach_counts import LETTERS, Reached
from analytics.reach.conversion_tables import TIMM, read_shipped_listings
from analytics.reach.many_repositories import FRAMEWORKS, spell_reach
from analytics.reach.tag_rule import LIBRARIES, NEVER, QUANTISED
from analytics.sources.hub.items import model_of
from tests.analytics.attribution.test_sql import FILES

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
TYPES = sorted(name for name in read_shipped_listings().model_types if not name.startswith(TIMM))
SAID = [*sorted(NEVER), *QUANTISED]
ODD = [
    "Llama",
    "tf",
    "jax",
    "pytorch",
    "keras",
    "gguf",
    "quar\u212a",
    "Safetensors",
    "base_model:quantized:o/b",
    "mergekit",
    *("Transformers", "Timm", "sentence transformers", "Sentence_Transformers"),
]
TASKS = ["text-generation", "fill-mask", "image-classification", "feature-extraction", None, ""]
IDS = ["o/m", "timm/resnet50.a1_in1k", "o/mobilenetv5_base", "timm/mobilenetv3", "o/x.resnet", "resnet18", "o/RESNET"]
LIBRARY = [None, "", "timm", "mlx", "keras", "diffusers", *sorted(LIBRARIES), *sorted(LIBRARIES)]
SPELT = [
    "Transformers",
    "Sentence_Transformers",
    "sentence transformers",
    "TIMM",
    "Sentence.Transformers",
    "trans-formers",
    "generic",
]
OWN = (Derivative.ORIGINAL, Derivative.FINETUNE)
SAMPLE_ALONE = next(letter for letter, status in LETTERS.items() if status is Reached.UNTOLD)
"""A census is read with all tags, so that none is missing."""


def row(name: str, **columns: Any) -> dict[str, Any]:
    """Make a repository as a snapshot tells it."""
    plain = {"createdAt": "2024-01-01T00:00:00.000Z", "downloads": 1, "library_name": None, "pipeline_tag": None}
    return plain | {"id": name, "tags": None, "siblings": None} | columns


def draw(chance: random.Random) -> dict[str, Any]:
    """Draw a repository that a rule by tags may have something to say of."""
    library = chance.choice([*LIBRARY, *SPELT])
    first = [library] if library else chance.choice([[], ["timm"], ["transformers"], ["timm", "transformers"]])
    types = chance.choices(TYPES[:30], k=chance.choice([0, 1, 1, 1, 2]))
    said = chance.choices([*SAID, *map(str.upper, SAID), *ODD, *ODD], k=chance.choice([0, 0, 1, 2]))
    tags = [*first, *chance.choice([["safetensors"], ["safetensors"], ["tf", "safetensors"], []]), *types, *said]
    files = chance.choice([None, None, chance.choices(FILES.split(), k=2), ["tf_model.h5", "model.safetensors"], []])
    told = chance.choice([tags, tags, tags, tags, None])
    return row(chance.choice(IDS), tags=told, siblings=files, library_name=library, pipeline_tag=chance.choice(TASKS))


def counted(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Bring rows of a snapshot to the common shape and count them."""
    kinds = {"tags": pa.list_(pa.string()), "siblings": pa.list_(pa.string())}
    columns = {name: pa.array([one[name] for one in rows], kinds.get(name)) for name in rows[0]}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder, "cache.parquet")
        schema.write(pa.table(columns).to_reader(), cache)
        return cube.count(cache, NOW)


def one_by_one(rows: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """Judge each by itself, in Python."""
    found: Counter[tuple[str, str]] = Counter()
    for one in rows:
        files = one["siblings"]
        model = model_of(one | {"siblings": None if files is None else [{"rfilename": name} for name in files]})
        assert model
        verdict = attribute(model)
        if verdict.derivative in OWN and verdict.tier is not Tier.NO_WEIGHTS:
            letters = "".join(spell_reach(model, verdict, name, read_shipped_listings()) for name in FRAMEWORKS)
            found[model.task or "(none)", letters] += 1
    return found


@pytest.mark.parametrize("seed", [15, 2026])
def test_counts_as_the_rules_do_whatever_repositories_there_may_be(seed: int) -> None:
    """The reduction in SQL loses nothing that the rule by tags or the verdict looks at, and each status is met."""
    chance = random.Random(seed)  # noqa: S311 - a seed, no secret
    rows = [draw(chance) for _ in range(3_000)]
    ours = Counter({(task, letters): models for task, letters, models in counted(rows)["reach"]["rows"]})

    assert ours == one_by_one(rows)
    assert {letters[1].upper() for _, letters in ours} == set(LETTERS) - {SAMPLE_ALONE}


def test_it_stays_small() -> None:
    """Whatever people do, the dimension is some thousand rows; rare tasks are folded as in the cube."""
    kinds = ("llama", "bert", "vit", "none", "t5")
    rows = [
        row(f"{kind}/{n}", tags=["transformers", "safetensors", kind], pipeline_tag=f"task-{n}")
        for n in range(60)
        for kind in kinds
    ]
    face = counted(rows)["reach"]

    assert len({one[0] for one in face["rows"]}) == 40 + 1
    assert sum(one[2] for one in face["rows"]) == len(rows)
    assert len(json.dumps(face)) < 100_000
