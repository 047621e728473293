"""Every name the rule accepts reaches it, whichever way a list of files comes in."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.attribution.file_names import SIGNALS, UNREADABLE, Names
from analytics.attribution.signals import read_files
from analytics.attribution.telling_names import MOST_FILES
from analytics.census import schema
from analytics.sources.hub.items import model_of

ALPHABET = st.characters(codec="ascii", exclude_categories=["Cc"])


def an_example(kind: Names) -> st.SearchStrategy[str]:
    """Draw names that a pattern of the rule accepts, in small and in capital letters."""
    drawn = st.from_regex(re.compile(kind.at), fullmatch=True, alphabet=ALPHABET).map(lambda name: name[:200])
    named = drawn.filter(lambda name: name.isprintable() and re.fullmatch(kind.at, name) is not None)
    return named.flatmap(lambda name: st.sampled_from([name, name.upper()]))


NAMES = st.one_of([an_example(kind) for _, kind in SIGNALS])


def shown(names: tuple[str, ...] | None) -> set[str]:
    """Name the signals that files give."""
    return set(read_files(names or ()))


@settings(max_examples=400, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=8))
def test_every_name_the_rule_accepts_survives_in_a_list_of_the_hub(names: list[str]) -> None:
    """Through `model_of` the same files show the same: nothing that decides is left out on the way."""
    read = model_of({"id": "o/n", "siblings": [{"rfilename": name} for name in [*names, "README.md", "optimizer.pt"]]})

    assert read is not None
    assert shown(read.files) - {"strange"} == shown(tuple(names)) - {"strange"}


def as_siblings(names: list[str] | None, form: pa.DataType) -> object:
    """Write a list of files as a snapshot may hold it."""
    if names is None or form == pa.list_(pa.string()):
        return names
    objects = [{"rfilename": name} for name in names]
    return json.dumps(objects) if form == pa.string() else objects


def cached(lists: list[list[str] | None], form: pa.DataType, folder: Path) -> list[list[str] | None]:
    """Bring lists of files through the columns of a snapshot into the cache."""
    kinds = {"id": pa.string(), "createdAt": pa.string(), "downloads": pa.int64(), "tags": pa.list_(pa.string())}
    columns: dict[str, pa.Array] = {name: pa.array(["o/n"] * len(lists)) for name in ("id", "createdAt")}
    columns |= {name: pa.nulls(len(lists), kinds[name]) for name in ("downloads", "tags")}
    table = pa.table(columns | {"siblings": pa.array([as_siblings(names, form) for names in lists], form)})
    schema.write(table.to_reader(), folder / "cache.parquet")
    return [row["files"] for row in pq.read_table(folder / "cache.parquet").to_pylist()]


FORMS = [pa.list_(pa.string()), pa.list_(pa.struct([("rfilename", pa.string())])), pa.string()]


@pytest.mark.parametrize("form", FORMS, ids=["names", "objects", "JSON"])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(st.none() | st.lists(NAMES, max_size=8, unique=True), min_size=1, max_size=20))
def test_every_name_the_rule_accepts_survives_in_a_census(
    form: pa.DataType, lists: list[list[str] | None], tmp_path: Path
) -> None:
    """Through a snapshot's columns the same names come as through `model_of`; what is not told stays so."""
    told = [names if names is None else [{"rfilename": name} for name in names] for names in lists]
    read = [model_of({"id": "o/n", "siblings": siblings}) for siblings in told]

    assert cached(lists, form, tmp_path) == [
        None if one is None or one.files is None else list(one.files) for one in read
    ]


def test_names_that_cannot_be_read_are_kept_as_such_in_a_census(tmp_path: Path) -> None:
    """A missing name, one with control characters and one of 5,000 letters may be anything."""
    names = ["a\x00.bin", "x" * 5000 + ".md", "README.md", "model.onnx"]

    assert cached([names], FORMS[1], tmp_path) == [[UNREADABLE, UNREADABLE, "model.onnx"]]


def test_of_very_many_names_the_telling_ones_are_kept_in_a_census(tmp_path: Path) -> None:
    """As in the top lists: a hundred thousand files, the last of which decides."""
    names = [f"data/{number:x}.dat" for number in range(100_000)] + ["tf_model.h5"]
    (kept,) = cached([names], FORMS[0], tmp_path)

    assert kept is not None
    assert (len(kept), kept[-1]) == (MOST_FILES, "tf_model.h5")
