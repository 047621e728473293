"""How tables are laid out in a terminal: what is compared stays in sight at 80 columns."""

import io

import pytest
from rich.console import Console

from analytics.domain.table import Column, ColumnRole, Table
from analytics.terminal_table import lay_out

NAMES = ("sentence-transformers/paraphrase-multilingual-mpnet-base-v2", "intfloat/multilingual-e5-large-instruct")
COMPARED = Table(
    (Column("what", role=ColumnRole.NAME), *(Column(name, role=ColumnRole.SUBJECT) for name in NAMES)),
    (
        ("PyTorch", "yes (pytorch_model-00001-of-00002.bin)", "assumed (no library is named)"),
        ("downloads_30d", 123_456_789, None),
    ),
    "x",
)


def test_a_row_that_says_nothing_in_a_narrow_window_is_left_out() -> None:
    """Its value stands in a column that has no room there."""
    columns = (Column("quarter", role=ColumnRole.NAME), Column("PyTorch"), Column("PyTorch % of downloads" * 3))
    table = Table(columns, (("2026Q3", 5, None), ("2026-10", None, 60.5), ("2026Q4", None, None)), "x")

    assert [lay_out(table, width).row_count for width in (60, 200)] == [2, 3]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_both_models_are_there_at_any_width(width: int) -> None:
    """Names and proofs are folded rather than left out, and no line is longer than the window."""
    shown = io.StringIO()
    Console(width=width, file=shown).print(lay_out(COMPARED, width))
    lines = shown.getvalue().splitlines()
    packed = "".join(lines).replace(" ", "")

    assert max(map(len, lines)) <= width
    for name in NAMES:
        assert name[:10] in packed
    assert "123,456,789" in packed
