"""The cube counts exactly what the rule says model by model, whatever shape a snapshot has."""

import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.attribution import Certainty, Verdict, attribute
from analytics.census import cube, schema
from analytics.sources.hub.items import model_of
from tests.analytics.attribution.test_sql import repositories
from tests.analytics.attribution.twin import remark_of

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
BASES = st.sampled_from(
    [None, None, *({"relation": name, "models": [{"id": "o/b"}]} for name in ("quantized", "adapter", "finetune"))]
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a repository as the Hub tells it, in the columns of a snapshot."""
    model = draw(repositories())
    files = None if model.files is None else [{"rfilename": name} for name in model.files if name.isprintable()]
    return {
        "id": model.id,
        "createdAt": (model.created_at or "2023-11-28").ljust(10)[:10] + "T00:00:00.000Z",
        "downloads": 1,
        "tags": None if model.tags is None else list(model.tags),
        "library_name": model.library,
        "siblings": files,
        "baseModels": draw(BASES),
    }


def counted(table: pa.Table) -> dict[str, Any]:
    """Bring a table of a snapshot to the common shape and count it."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder, "cache.parquet")
        schema.write(table.to_reader(), cache)
        return cube.count(cache, NOW)


def parts(body: dict[str, Any], definition: str) -> Counter[Any]:
    """Add up the models of each split, derivative, remark and assumption."""
    rows = [dict(zip(body["columns"], row, strict=True)) for row in body["rows"]]
    found: Counter[Any] = Counter()
    for row in rows:
        if row["definition"] == definition:
            found[row["split"], row["derivative"], row["remark"], row["assumed"]] += row["models"]
    return found


def name_assumed(verdict: Verdict) -> str:
    """Name which of the two is assumed, as the cube does."""
    names = [name for name in ("PyTorch", "TensorFlow") if verdict.certainty(name) is Certainty.ASSUMED]
    return "both" if len(names) > 1 else "".join(names)


REPEATED = {
    "id": "org/name",
    "createdAt": "2023-11-28T00:00:00.000Z",
    "downloads": 1,
    "tags": ["exl2", "exl2", "rust", "jax", "joblib", "openvino", "manas-1"],
    "library_name": None,
    "siblings": None,
    "baseModels": {"relation": "quantized", "models": [{"id": "o/b"}]},
}
"""Its tags are JAX's in the Hub's own run, which the repeated tag would end."""

NOTHING_TOLD = REPEATED | {"createdAt": "2022-03-02", "library_name": "", "tags": None, "baseModels": None}
"""Of all these nothing, its outline is the number zero."""

UNREADABLE = REPEATED | {"tags": ["x", "odd\xa0tag", "jax", ""], "library_name": "ker\u200bas"}
"""Its second tag is none, so that it does not end the run; nor is its library one."""


@settings(max_examples=10, deadline=None)
@given(st.lists(items(), min_size=40, max_size=60))
@example([REPEATED])
@example([NOTHING_TOLD])
@example([NOTHING_TOLD, REPEATED, UNREADABLE, REPEATED | {"id": "odd\u2028name"}])
@example([REPEATED | {"tags": ["safetensors", *REPEATED["tags"], "jax", "base_model:quantized:o/b"]}])
def test_counts_as_the_rule_does_whatever_repositories_there_may_be(drawn: list[dict[str, Any]]) -> None:
    """Outlines lose nothing the rule looks at: order of tags, base models, empty lists against unknown ones."""
    columns = {name: [item[name] for item in drawn] for name in drawn[0]}
    base = pa.struct([("relation", pa.string()), ("models", pa.list_(pa.struct([("id", pa.string())])))])
    files = pa.list_(pa.struct([("rfilename", pa.string())]))
    kinds = {"baseModels": base, "siblings": files, "library_name": pa.string(), "tags": pa.list_(pa.string())}
    table = pa.table({name: pa.array(values, kinds.get(name)) for name, values in columns.items()})

    verdicts = [attribute(model) for model in map(model_of, drawn) if model]
    expected = Counter((v.split.value, v.derivative.value, remark_of(v).value, name_assumed(v)) for v in verdicts)
    assert parts(counted(table), "attributed") == expected


def one(**columns: Any) -> pa.Table:
    """Make a snapshot of one model."""
    row = {"id": ["o/m"], "createdAt": ["2024-01-01T00:00:00.000Z"], "downloads": [1], "tags": [["pytorch"]]}
    return pa.table(row | columns)


def test_a_time_with_a_zone_falls_into_its_quarter_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an hour before midnight UTC is the old year, though Tokyo has the new one."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    moment = dt.datetime(2023, 12, 31, 23, 30, tzinfo=dt.UTC)
    try:
        body = counted(one(createdAt=pa.array([moment], pa.timestamp("us", tz="UTC"))))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert {row[body["columns"].index("quarter")] for row in body["rows"]} == {"2023Q4"}


def test_one_time_that_is_none_costs_only_its_quarter() -> None:
    """The model counts; when it was made is unknown."""
    body = counted(one(createdAt=["yesterday"]))

    assert body["total"] == 1
    assert {row[body["columns"].index("quarter")] for row in body["rows"]} == {""}


def test_papers_have_one_vote_each_by_the_originals_that_name_them() -> None:
    """A paper in both frameworks counts once, in both; fine-tunes do not vote; a month that cannot be is undated."""
    paper, odd = "arxiv:2310.04805", "arxiv:9901.00001"
    tags = [["x", "pytorch", paper], ["x", "tf", paper], ["x", "pytorch", paper], ["x", odd], ["arxiv:2310.04805v2"]]
    tags += [["x", "pytorch", "arxiv:2306.03762", "base_model:finetune:o/b"]]
    rows = {"id": [f"o/{n}" for n in range(6)], "createdAt": ["2024-01-01"] * 6, "downloads": [1] * 6, "tags": tags}

    assert counted(pa.table(rows))["papers"] == {"rows": [["2023Q4", "both", 1]], "undated": 1}


@pytest.mark.parametrize(
    ("paper", "votes"),
    [("2301.00001", 1), ("2212.00001", 0), ("2402.00001", 1), ("1910.09700", 0), ("1810.04805", 0)],
)
def test_a_model_votes_for_papers_of_the_year_before_it(paper: str, votes: int) -> None:
    """Made in 2024 Q1: 2023 Q1 is the oldest; the template of model cards and BERT are cited for ever."""
    rows = counted(one(tags=[["x", "pytorch", f"arxiv:{paper}"]]))["papers"]["rows"]

    assert sum(count for _, _, count in rows) == votes


def test_rare_tasks_and_libraries_are_folded_and_nothing_is_lost() -> None:
    """The cube stays a few thousand rows however many libraries people invent."""
    count = 500
    rows = {
        "id": [f"o/{n}" for n in range(count)],
        "createdAt": ["2024-01-01"] * count,
        "downloads": [10**6] * count,
        "tags": [["pytorch"]] * count,
        "library_name": [f"lib{n}" for n in range(count)],
        "pipeline_tag": [f"task{n}" for n in range(count)],
    }
    nameless = {name: values[:100] for name, values in rows.items()} | {"id": [f"o/x{n}" for n in range(100)]}
    nameless |= dict.fromkeys(("library_name", "pipeline_tag"), [None] * 100)
    body = counted(pa.concat_tables([pa.table(rows), pa.table(nameless, schema=pa.table(rows).schema)]))

    assert body["total"] == count + 100
    kept = {name: {row[body["columns"].index(name)] for row in body["rows"]} - {""} for name in ("task", "library")}
    assert all({"(none)", "(other)"} < names for names in kept.values())
    named = {name: len(names - {"(none)", "(other)"}) for name, names in kept.items()}
    assert named == {"task": 40, "library": 12}, "to have none is no task, and takes no place of one"


def test_a_tag_that_is_there_twice_counts_once() -> None:
    """The Hub's own run of tags does not end at it: `tf` behind it is the Hub's word for a file."""
    twice = ["wan2.2", "wan2.2", "paddlepaddle", "tf"]
    seen = model_of({"id": "o/m", "createdAt": "2024-01-01T00:00:00.000Z", "downloads": 1, "tags": twice})
    assert seen

    assert {key[0] for key in parts(counted(one(tags=[twice])), "attributed")} == {attribute(seen).split.value}
    assert attribute(seen).split.value == "tensorflow_only"


@pytest.mark.parametrize("tag", ["PyTorch", "TENSORFLOW", "Torch"])
def test_a_framework_counts_however_its_author_writes_it(tag: str) -> None:
    """The rule hears an author's tag in any case; so must the outline."""
    item = {"id": "o/m", "createdAt": "2024-01-01T00:00:00.000Z", "downloads": 1, "tags": ["x", tag]}
    seen = model_of(item)
    assert seen
    verdict = attribute(seen)

    assert verdict.frameworks
    assert {key[0] for key in parts(counted(one(tags=[item["tags"]])), "attributed")} == {verdict.split.value}


def test_a_paper_named_before_all_other_tags_votes_and_hides_none_of_them() -> None:
    """The first tag may be anything; the second arXiv id ends the Hub's own run, so that `tf` after it is no file."""
    body = counted(one(tags=[["arxiv:2310.04805", "pytorch", "arxiv:2306.03762", "tf"]], library_name=["odd"]))

    assert body["papers"] == {"rows": [["2023Q2", "pytorch_only", 1], ["2023Q4", "pytorch_only", 1]], "undated": 0}
    alone = counted(one(tags=[["arxiv:2310.04805", "pytorch"]]))
    assert alone["papers"] == {"rows": [["2023Q4", "pytorch_only", 1]], "undated": 0}


def test_the_hubs_own_run_goes_on_behind_a_library_nobody_knows() -> None:
    """Two that differ only in where the run ends are two outlines: `tf` behind an author's tag is no file."""
    rows = {"id": ["o/a", "o/b"], "createdAt": ["2024-01-01"] * 2, "downloads": [1] * 2, "library_name": ["odd"] * 2}
    body = counted(pa.table(rows | {"tags": [["odd", "pytorch", "tf"], ["odd", "pytorch", "mine", "tf"]]}))

    assert {key[0] for key in parts(body, "attributed")} == {"both", "pytorch_only"}


def test_behind_a_first_tag_that_is_no_library_nothing_is_the_hubs() -> None:
    """The same tags, with and without a library, and behind one of another name: proven once, else the author's."""
    tags = [["odd", "pytorch"]] * 3 + [["en", "gguf"], ["pytorch"]]
    rows = {"id": [f"o/{n}" for n in range(5)], "createdAt": ["2024-01-01"] * 5, "downloads": [1] * 5}
    body = counted(pa.table(rows | {"tags": tags, "library_name": ["odd", None, "transformers", None, None]}))

    assert body["proven"]["PyTorch"] == 2
    assert body["frameworks"]["PyTorch"] == 4
    assert Counter(key[2] for key in parts(body, "attributed").elements())["unknown"] == 1


def test_the_same_tags_in_the_hubs_order_and_in_an_authors_are_two_outlines() -> None:
    """`pytorch` behind `gguf` and `rust` behind a word that is no file's are the author's."""
    rows = {"id": ["o/a", "o/b", "o/c", "o/d"], "createdAt": ["2024-01-01"] * 4, "downloads": [1] * 4}
    tags = [["pytorch", "gguf"], ["gguf", "pytorch"], ["rust", "code"], ["code", "rust"]]
    found = parts(counted(pa.table(rows | {"tags": tags})), "attributed")

    assert sorted((split, remark) for split, _, remark, _ in found.elements()) == [
        ("neither", "conversion"),
        ("neither", "conversion"),
        ("neither", "unknown"),
        ("pytorch_only", ""),
    ]


def test_downloads_beyond_what_floating_numbers_hold_add_up_exactly() -> None:
    """Sums of one kind go through floating numbers in halves."""
    many = [10**12 - 1] * 3000
    rows = {"id": [f"o/{n}" for n in range(3000)], "createdAt": ["2024-01-01"] * 3000, "downloads": many}
    body = counted(pa.table(rows | {"tags": [["pytorch"]] * 3000}))

    assert {row[-1] for row in body["rows"]} == {sum(many)}


def test_a_count_imports_no_pandas_and_nothing_of_answers(tmp_path: Path) -> None:
    """By itself pyarrow would import pandas, half a second and 60 MB; answers and numpy's random numbers are 40 ms."""
    schema.write(one().to_reader(), tmp_path / "cache.parquet")
    script = f"""
import datetime as dt, pathlib, sys
from analytics.census import cube
cube.count(pathlib.Path({str(tmp_path / "cache.parquet")!r}), dt.datetime(2026, 11, 23))
print({{"pandas", "numpy.random", "analytics.domain.answer", "analytics.domain.chart_specs"}} & set(sys.modules))"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout == "set()\n"
