"""Rows are numbered alike where their numbers are the same, and an outline is met once, whoever meets it."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analytics.attribution.order import CLAUSES, parse_condition
from analytics.census import schema
from analytics.census.creation_days import ERAS
from analytics.census.fingerprints import SHOWN_AT_ONCE, MetOutlines
from analytics.census.outlines import number_alike
from analytics.census.tally import TABLES, lay_down
from analytics.reach.conversion_tables import read_shipped_listings


def test_rows_of_the_same_number_are_of_one_kind_and_others_are_not() -> None:
    """Of 5,000 rows with 3,000 numbers, two are of one kind exactly if their numbers are the same."""
    draw = np.random.default_rng(15)
    numbers = draw.choice(draw.integers(0, 2**64, 3_000, dtype=np.uint64), 5_000)

    kinds, one = number_alike(numbers)

    assert (numbers[one][kinds] == numbers).all()
    assert len(set(one.tolist())) == len(one) == len(set(numbers.tolist())) == kinds.max() + 1


def test_no_rows_are_of_no_kind() -> None:
    """An empty lot has no kinds."""
    kinds, one = number_alike(np.zeros(0, np.uint64))

    assert (len(kinds), len(one)) == (0, 0)


def test_an_outline_is_fresh_once() -> None:
    """Of an outline that comes twice in a lot and in two lots, one row is fresh, and every other outline's."""
    met = MetOutlines()

    first = met.find_fresh(np.array([7, 5, 7], np.uint64))
    second = met.find_fresh(np.array([5, 9, 7], np.uint64))

    assert (sorted(first.tolist()), second.tolist()) == ([0, 1], [1])


def test_a_query_prepared_before_anything_was_met_reads_what_is_met_when_it_runs(tmp_path: Path) -> None:
    """So the rule is planned beside the lots, and judges what they brought."""
    met = MetOutlines()
    with schema.connection(tmp_path) as opened:
        opened.register("shown", met)
        opened.execute("PREPARE counting AS SELECT count(*), any_value(tags) FROM shown")
        columns = met.show().schema
        met.kept.append(pa.Table.from_pylist([{"id": 7, "tags": ["pytorch"]}] * 3, columns))

        counted = opened.execute("EXECUTE counting").fetchall()

    assert counted == [(3, ["pytorch"])]


def test_what_is_judged_comes_in_parts_that_several_threads_take() -> None:
    """However many repositories a lot brought, no part that the rule is asked about is larger than a thread takes."""
    met = MetOutlines()
    columns = met.show().schema
    counts = (3 * SHOWN_AT_ONCE, 5)
    met.kept.extend(pa.table([pa.nulls(count, one.type) for one in columns], columns) for count in counts)

    parts = [len(part) for part in met.show().to_batches()]

    assert (sum(parts), max(parts), min(parts)) == (sum(counts), SHOWN_AT_ONCE, 5)


@pytest.mark.parametrize(
    ("told", "outlines"),
    [
        ({"tags": ["pytorch"], "files": ["model.safetensors", "tf_model.h5.index"]}, 1),
        ({"tags": ["x", "Keras"], "files": ["model.safetensors"]}, len(ERAS)),
        ({"library_name": "KERAS", "tags": ["x"], "files": ["model.safetensors"]}, len(ERAS)),
        ({"tags": ["x"], "files": ["a.json", "sub/My_Model.H5"]}, len(ERAS)),
    ],
)
def test_when_it_was_made_counts_where_the_rule_asks(told: dict[str, Any], outlines: int, tmp_path: Path) -> None:
    """One repository of each era is one outline, but for libraries that meant something else once, and Keras's .h5."""
    rows = [{"id": f"o/{day}", "created_at": day, "downloads": 1, **told} for day in ERAS]
    schema.gather([pa.Table.from_pylist(rows, schema.schema())], tmp_path / "cache.parquet")

    with schema.connection(tmp_path) as opened:
        opened.execute(TABLES)
        met = MetOutlines()
        lay_down(opened, tmp_path / "cache.parquet", met, read_shipped_listings())

    assert len(met.show()) == outlines


def test_the_rule_asks_for_the_day_of_a_file_only_of_kerass_h5() -> None:
    """What outlines rely on: no clause reads the age of a repository without such a file."""
    conditions = [dict(parse_condition(clause.when)) for clause in CLAUSES]
    aged = [condition for condition in conditions if {"before Keras 3", "since Keras 3"} & condition.keys()]

    assert aged
    assert all(condition.get("file:h5") for condition in aged)
