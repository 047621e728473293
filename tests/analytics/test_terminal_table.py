"""How tables are laid out in a terminal: what is compared stays in sight at 80 columns."""

import io

import pytest
from rich.console import Console

from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
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
    """Its value stands in another part of the table, which has no room beside the first."""
    columns = (Column("quarter", role=ColumnRole.NAME), Column("PyTorch"), Column("PyTorch % of downloads" * 3))
    some = (("2026Q1", 1, 1.5), ("2026Q2", 2, 2.5), ("2026Q3", 5, None))
    rows = (*some, ("2026-10", None, 60.5), ("2026Q4", None, None))
    shown = io.StringIO()
    Console(width=24, file=shown).print(lay_out(Table(columns, rows, "x"), 24))
    parts = shown.getvalue()

    assert parts.count("2026Q4") == 2
    assert (parts.count("2026Q3"), parts.count("2026-10")) == (1, 1)


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


MEASURES = ("files", "loads today", "old files that convert", "conversions only", "TensorFlow, interval", "unknown")


def counted(rows: int) -> Table:
    """Make a table of figures that is wider than a narrow window."""
    columns = tuple(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in MEASURES)
    figures = tuple((f"row {row}", *(1_000_000 * (row + 1) + at for at in range(len(MEASURES)))) for row in range(rows))
    return Table((Column("framework", role=ColumnRole.NAME), *columns), figures, "x")


def drawn(table: Table, width: int) -> list[str]:
    """Give the lines that a window of some width shows."""
    shown = io.StringIO()
    Console(width=width, file=shown).print(lay_out(table, width))
    return shown.getvalue().splitlines()


@pytest.mark.parametrize("rows", [1, 3, 12])
@pytest.mark.parametrize("width", [60, 80, 200])
def test_every_figure_is_whole_at_any_width(width: int, rows: int) -> None:
    """On its side, in parts or as it is: nothing is torn, left out or longer than the window."""
    table = counted(rows)
    lines = drawn(table, width)

    assert max(map(len, lines)) <= width
    said = " ".join(lines).split()
    assert all(f"{value:,}" in said for row in table.rows for value in row[1:])


def test_the_rank_among_all_is_seen_in_a_narrow_window() -> None:
    """It is what `top30 in tensorflow` asks for."""
    columns = (
        Column("rank", ColumnKind.COUNT, ColumnRole.RANK),
        Column("rank of all", ColumnKind.COUNT),
        Column("model", ColumnKind.ID, ColumnRole.NAME),
        Column("task"),
    )

    lines = drawn(Table(columns, ((1, 7_531, "a/b", "text-generation"),), "x"), 60)

    assert lines[-1].split() == ["1", "7,531", "a/b"]
