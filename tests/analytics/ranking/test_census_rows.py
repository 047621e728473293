"""The rows of a stored census: read from whatever was kept at the time, parted and added up."""

import pytest

from analytics.census.cube import DIMENSIONS, MEASURES, OF_LICENCES
from analytics.domain.counts import Counts
from analytics.ranking.census_rows import CensusRow, add_up, count_rows, part_rows, read_rows

FACE = ["definition", "split", "models", "downloads"]


def test_columns_are_found_by_name() -> None:
    """In any order; what a face does not tell is empty, what nobody asks about is passed over."""
    row = ["x", 5, "task", 2, "both", "attributed"]
    columns = ["of tomorrow", "downloads", "task", "models", "split", "definition"]

    assert read_rows({"columns": columns, "rows": [row]}) == (
        CensusRow(definition="attributed", split="both", models=2, downloads=5, task="task"),
    )


def test_a_row_has_every_column_of_the_cube() -> None:
    """And the licence, which has a face of its own; a column nobody reads would be kept for nothing."""
    assert set(CensusRow._fields) == {*DIMENSIONS, *MEASURES, *OF_LICENCES}


@pytest.mark.parametrize("missing", FACE)
def test_a_face_that_lacks_what_every_face_has_is_an_error(missing: str) -> None:
    """Nothing is counted as none where it was not told."""
    with pytest.raises(ValueError, match=missing):
        read_rows({"columns": [name for name in FACE if name != missing], "rows": []})


@pytest.mark.parametrize("kept", [True, False])
def test_an_older_cube_is_read_with_too_little_proven_rather_than_too_much(kept: bool) -> None:  # noqa: FBT001 - a case
    """Cubes of before say that something is assumed, not what; or, by quarter, nothing of it."""
    columns = [*FACE, "remark", "assumed"] if kept else FACE
    told = (("both", True), ("pytorch_only", True), ("pytorch_only", False))
    listed = [["attributed", split, 1, 0, "", assumed][: len(columns)] for split, assumed in told]
    rows = read_rows({"columns": columns, "rows": listed})

    assert [row.assumed for row in rows] == (["both", "PyTorch", ""] if kept else ["", "", ""])
    assert [row.is_unsure for row in rows] == [kept, kept, False]


ROWS = (
    CensusRow("attributed", "both", 2, 100, task="b", derivative="original"),
    CensusRow("attributed", "neither", 3, 10, task="a", derivative="finetune", remark="unknown"),
    CensusRow("attributed", "neither", 4, 1, task="b", derivative="original", remark="no-weights"),
    CensusRow("attributed", "both", 5, 0, task="b", derivative="quantised"),
)


def test_models_or_downloads_are_added_up() -> None:
    """By the four parts of the split, and all together."""
    assert count_rows(ROWS) == Counts(both=7, neither=7)
    assert count_rows(ROWS, "downloads") == Counts(both=100, neither=11)
    assert (add_up(ROWS), add_up(ROWS, "downloads"), add_up(())) == (14, 111, 0)


def test_rows_are_parted_in_the_order_of_their_coming() -> None:
    """Each is in one part."""
    first, second, third, fourth = ROWS
    parts = part_rows(ROWS, lambda row: row.task)

    assert list(parts.items()) == [("b", [first, third, fourth]), ("a", [second])]


def test_models_of_their_own_are_originals_and_fine_tunes_with_weights() -> None:
    """One of which nothing shows its framework is one, too."""
    assert [row.is_own for row in ROWS] == [True, True, False, False]
    assert [row.is_unsure for row in ROWS] == [False, True, False, False]
