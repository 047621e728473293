"""Files that are damaged, and rows that nobody foresaw: refused in words or unknown, and the last reading stays."""

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.analyst import Analyst
from analytics.census import checks, cube, lists, schema
from analytics.domain.observations import Ranking
from analytics.domain.requests import Definition, Totals
from analytics.errors import Changed
from tests.analytics.census.hubs import items, parquet, serving

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MODELS = items(300)


def damage(content: bytes, seed: int) -> bytes:
    """Flip bits, write rubbish over a place, or leave a piece out; the same for the same seed."""
    chance, spoilt = random.Random(seed), bytearray(content)  # noqa: S311 - a test's
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(spoilt))
        length = chance.choice((0, 20, 500))
        spoilt[at : at + length] = chance.randbytes(length) if length == 20 else b""
        if not length:
            spoilt[at] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_damaged_the_next_source_or_the_last_census_answers(tmp_path: Path, seed: int) -> None:
    """One damaged file of several: it is read as far as it is sound, or refused in a sentence."""
    content = parquet(MODELS, lambda table: table.drop_columns(["cardData"]))
    with serving(MODELS, daily=damage(content, seed), weekly={"2026-11-18": content}) as hub:
        door = Analyst(tmp_path, hub.endpoint, clock=lambda: DAY)
        sentences = door.collect("census")
        answer = door.answer(Totals(Definition.DECLARED))

    assert all(one.startswith("Not from the daily snapshot: ") for one in sentences[:-1])
    assert answer.counts
    assert answer.counts.total >= 0.94 * len(MODELS)


@pytest.mark.parametrize(
    "read",
    [checks.plainly, lambda cache: cube.count(cache, DAY), lambda cache: lists.first(cache, Ranking("alltime"), 9)],
    ids=["checks", "cube", "lists"],
)
def test_a_census_damaged_on_this_disk_is_an_error_of_the_disk(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    """Never one of DuckDB's or Arrow's own, which nobody up the stack knows."""
    sound, cache = tmp_path / "sound.parquet", tmp_path / "damaged.parquet"
    schema.write(pq.read_table(pa.BufferReader(parquet(MODELS))).to_reader(), sound)
    refused = 0
    for seed in range(25):
        cache.write_bytes(damage(sound.read_bytes(), seed))
        try:
            read(cache)
        except OSError:
            refused += 1

    assert refused > 5


def collected(tmp_path: Path, **columns: Any) -> list[dict[str, Any]]:
    """Bring rows of a snapshot to the common shape."""
    rows = len(next(iter(columns.values())))
    usual = {"id": [f"o/{n}" for n in range(rows)], "createdAt": ["2024-01-01"] * rows, "downloads": [1] * rows}
    table = pa.table(usual | {"tags": [["x"]] * rows} | columns)
    schema.write(table.to_reader(), tmp_path / "new.parquet")
    return pq.read_table(tmp_path / "new.parquet").to_pylist()


def test_texts_too_long_are_none(tmp_path: Path) -> None:
    """A tag, a task, a library of 10,000 characters say nothing; what stands beside them counts."""
    long = "x" * 10_000
    (row,) = collected(tmp_path, tags=[[long, "pytorch", long]], library_name=[long], pipeline_tag=[long])

    assert (row["tags"], row["library_name"], row["task"]) == (["pytorch"], None, None)


def test_a_base_too_long_beside_its_relation_is_none(tmp_path: Path) -> None:
    """In a snapshot as in a list: what is made of both is a tag, and no longer than one."""
    models = [{"id": f"org/{'x' * 900}"}, {"id": "org/b"}]
    (row,) = collected(tmp_path, tags=[[]], baseModels=[{"relation": "r" * 200, "models": models}])

    assert row["tags"] == [f"base_model:{'r' * 200}:org/b"]


def test_a_licence_without_a_name_is_none(tmp_path: Path) -> None:
    """The first that has a name counts; a row without one is of no licence, not of an empty one."""
    tags = [["license:"], ["license:", "license:mit"], ["license:mit"], []]
    table = pa.table({"id": list("abcd"), "tags": pa.array(tags, pa.list_(pa.string()))}).to_pylist()
    schema.gather([pa.Table.from_pylist(table, schema.schema())], tmp_path / "rows.parquet")

    counted = cube.count(tmp_path / "rows.parquet", DAY)["licences"]

    place, models = (counted["columns"].index(name) for name in ("licence", "models"))
    assert sorted((row[place], row[models]) for row in counted["rows"]) == [("(none)", 2), ("mit", 2)]


def test_lists_with_nothing_in_them_are_lists(tmp_path: Path) -> None:
    """NULL among tags and files: a tag is left out, a file is there and may be anything."""
    named = pa.array([[{"rfilename": "model.pt"}, None, {"rfilename": None}], None, []])
    rows = collected(tmp_path, tags=[["pytorch", None], None, []], siblings=named)

    assert [row["tags"] for row in rows] == [["pytorch"], None, []]
    assert [row["files"] for row in rows] == [["model.pt", *["(a name that cannot be read)"] * 2], None, []]


@pytest.mark.parametrize("day", ["10000-01-01", "-0044-03-15", "0044-03-15 (BC)", "1969-12-31", "never"])
def test_a_day_that_cannot_be_is_unknown(tmp_path: Path, day: str) -> None:
    """Years of more digits than four would be read as others, or as none."""
    assert collected(tmp_path, createdAt=[day])[0]["created_at"] is None


def test_a_hundred_thousand_files_are_kept_by_their_kinds(tmp_path: Path) -> None:
    """Shards and checkpoints without end: a few hundred names tell the same, and the one that decides is among them."""
    names = [f"checkpoint-{n}/adapter_model.safetensors" for n in range(100_000)] + ["tf_model.h5"]
    (row,) = collected(tmp_path, siblings=[[{"rfilename": name} for name in names]])

    assert len(row["files"]) == 400
    assert "tf_model.h5" in row["files"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.rename_columns({"id": "modelId"}), "it has no column id any more"),
        (lambda table: table.append_column("id", table["id"]), "it has the column id twice"),
        (
            lambda table: table.append_column("siblings", pa.array([[{"name": "a"}]] * len(table))),
            "its columns hold values of another kind than known",
        ),
        (lambda table: table.append_column("baseModels", table["id"]), "baseModels is now string"),
    ],
)
def test_columns_of_another_shape_are_refused_in_words(
    tmp_path: Path, change: Callable[[pa.Table], pa.Table], said: str
) -> None:
    """Renamed, there twice, of another make: named, and nothing is stored."""
    with serving(MODELS, daily=parquet(MODELS, change)) as hub, pytest.raises(Changed) as refused:
        Analyst(tmp_path, hub.endpoint, clock=lambda: DAY).collect("census", ("from", "daily"))

    assert said in refused.value.why
