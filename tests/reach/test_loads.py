"""What was seen by loading is well-formed, and is what the table of checkpoints asks for."""

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pytest

from tests.reach.case import MIDDLE, NEW, OLD, PLAIN, TIMM
from tests.reach.cases import CASES
from tests.reach.comparing import EQUAL, LIMIT, NOT_COMPARED, REFUSED, RESULTS, WRONG, LoadOutcome, compare
from tests.reach.environments import pinned
from tests.reach.kept import kept
from tests.reach.load_counts import report
from tests.reach.planning import LOADERS, WRITERS, missing, plan
from tests.reach.results import LOADS, append, arrange, forget, read
from tests.reach.targets import HEADS

SEEN = read(LOADS)
FRAMEWORKS = {("keras-hub", name) for name in ("TensorFlow", "JAX", "PyTorch")} | {
    ("transformers", "TensorFlow"),
    ("transformers", "JAX"),
    ("mlx-lm", "MLX"),
}


def test_every_row_says_what_was_loaded_into_what_and_when() -> None:
    """Library, framework, result, part and day are from the sets the package reads."""
    assert len(SEEN) > 300
    assert {(load.library, load.framework) for load in SEEN} <= FRAMEWORKS
    assert {load.result for load in SEEN} <= set(RESULTS)
    assert {load.part for load in SEEN} <= {"whole", "backbone", "text"}
    assert all(dt.date.fromisoformat(load.seen) >= dt.date(2026, 11, 26) for load in SEEN)


def test_every_number_bears_the_result_out() -> None:
    """Equal is below the limit, wrong is not, and what was not compared or refused says why and has no number."""
    for load in SEEN:
        if load.result in (EQUAL, WRONG):
            assert (float(load.difference) < 0.002 * float(load.scale)) == (load.result == EQUAL), load
        else:
            assert load.detail, load
            assert (load.difference, load.scale) == ("", ""), load


def test_every_row_is_of_a_checkpoint_in_the_table_and_none_is_there_twice() -> None:
    """Whoever runs the command again sees the same loads."""
    planned = {one.key for one in plan(CASES)}
    keys = [load.key for load in SEEN]

    assert {load.key for load in SEEN} <= planned
    assert len(keys) == len(set(keys))


def test_no_type_is_refused_for_what_its_tiny_checkpoint_lacks() -> None:
    """mlx-lm generates: one that it refuses whoever wrote the file stays listed, for released ones hold more."""
    results: dict[tuple[str, str], set[str]] = {}
    for load in SEEN:
        if (load.library, load.variant) == ("mlx-lm", PLAIN) and load.architecture.endswith(HEADS):
            results.setdefault((load.model_type, load.architecture), set()).add(load.result)

    assert [one for one, found in results.items() if found == {REFUSED}] == []


def test_the_rows_name_nothing_of_the_machine_they_were_seen_on() -> None:
    """A detail is the first line of an error, without a folder."""
    assert [load for load in SEEN if re.search(r"(?<![\w.])/(tmp|home|root|work|usr)/", load.detail)] == []


@pytest.mark.parametrize("writer", [OLD, MIDDLE, NEW, TIMM])
def test_the_writers_are_the_versions_that_are_pinned(writer: str) -> None:
    """A row says which version wrote the files: the one in the requirements."""
    library, _, version = writer.partition(" ")

    assert pinned(WRITERS[writer], library) == version


@pytest.mark.parametrize("library", LOADERS)
def test_the_rows_are_of_the_versions_that_are_pinned(library: str) -> None:
    """Rows of another version are not proof for this one."""
    seen = {load.version for load in SEEN if load.library == library}

    assert seen == {pinned(LOADERS[library][0], library)}


@pytest.mark.parametrize(("off", "result"), [(0.0, EQUAL), (5e-3, EQUAL), (7e-3, WRONG), (float("nan"), WRONG)])
def test_equal_is_below_six_thousandths_on_a_scale_of_three(off: float, result: str) -> None:
    """One value that is off decides, and what is no number is never equal."""
    reference = np.array([3.0, -1.0, 0.5])

    assert compare(reference, reference + np.array([0, off, 0])).result == result


def test_other_shapes_are_not_compared() -> None:
    """Broadcasting would call a single value equal to a thousand."""
    assert compare(np.array([[1.0, 2.0]]), np.array([[1.0]])).result == NOT_COMPARED
    assert LIMIT == 2e-3


@pytest.mark.parametrize("value", [0.0, 0.3, float("nan")])
def test_a_reference_that_is_the_same_everywhere_proves_nothing(value: float) -> None:
    """A network whose signal died gives its last bias, whatever was loaded."""
    assert compare(np.full(4, value), np.full(4, value)).result == NOT_COMPARED


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """What there is a row of is not loaded again, unless its row is forgotten."""
    first, second, *_ = plan(CASES)
    path = tmp_path / "loads.csv"
    append(path, second.row(LoadOutcome(EQUAL, 1e-6, 3.0)))
    append(path, first.row(LoadOutcome(WRONG, 1.0, 3.0)))

    assert missing([first, second], read(path)) == []
    arrange(path)
    assert [load.key for load in read(path)] == sorted([first.key, second.key])
    forget(path, {first.key})
    assert missing([first, second], read(path)) == [first]


def test_what_has_no_row_is_what_could_not_be_written() -> None:
    """Every planned load was done, but for those of one checkpoint that the library which makes it refuses to build."""
    left = {(one.case.model_type, one.case.variant) for one in missing(plan(CASES), SEEN)}

    assert left == {("gemma4_text", "shared key and value")}


def test_keras_hub_computes_the_same_on_all_its_backends() -> None:
    """The same checkpoints, and of each the same result: what converts wrongly does so before a backend sees it."""
    found = [
        {(*load.key[3:], load.result) for load in SEEN if (load.library, load.framework) == ("keras-hub", backend)}
        for backend in ("TensorFlow", "JAX", "PyTorch")
    ]

    assert found[0] == found[1] == found[2]


def test_the_counts_of_the_documentation_are_those_of_the_table() -> None:
    """docs/method.md tells what `python -m tests.reach.load_counts` prints."""
    method = (LOADS.parents[2] / "docs" / "method.md").read_text(encoding="utf-8")

    assert report(SEEN) in method


def test_what_is_loaded_in_ci_is_three_types_that_are_equal_and_one_that_is_not() -> None:
    """A comparison that calls everything equal, or nothing, is found out."""
    results = {load.key: load.result for load in SEEN}

    assert sorted(results[one.key] for one in kept()) == [EQUAL, EQUAL, EQUAL, WRONG]
