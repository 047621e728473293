"""Rows are dated one by one, whatever order they are in and however their moments are written."""

import numpy as np
import pyarrow as pa
import pytest

from analytics.census.creation_days import ERAS, date_rows

ALONE = {
    "2023-12-31T23:59:59Z": 2023 * 4 + 3,
    "2024-01-01T00:00:00Z": 2024 * 4,
    "2024-01-02T00:00:00Z": 2024 * 4,
    "2024-07-01T00:00:00Z": 2024 * 4 + 2,
    "2024-13-01T00:00:00Z": -1,
}


@pytest.mark.parametrize("among", [[], [None], ["2024-07-03"], ["", "never", None]])
def test_a_row_is_dated_as_it_would_be_alone(among: list[str | None]) -> None:
    """In any order, repeated, with unknown and shorter ones among them or none, and in a lot of several pieces."""
    rows = [*ALONE, *reversed(ALONE), *among, *ALONE]

    quarters, eras = date_rows(pa.chunked_array([pa.array(rows[:3], pa.string()), pa.array(rows[3:], pa.string())]))

    wanted = [ALONE.get(row or "", 2024 * 4 + 2 if row == "2024-07-03" else -1) for row in rows]
    assert quarters.tolist() == wanted
    assert ((eras == len(ERAS)) == (np.array(wanted) == -1)).all()


def test_no_rows_have_no_dates() -> None:
    """An empty lot is dated too."""
    quarters, eras = date_rows(pa.chunked_array([], pa.string()))

    assert (len(quarters), len(eras)) == (0, 0)
