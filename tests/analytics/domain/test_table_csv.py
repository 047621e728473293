"""A table as CSV: what a stranger named is text in every spreadsheet, and numbers are numbers."""

import csv

import pytest

from analytics.domain.table import Column, Table, Value


def write(value: Value) -> str:
    """Write one cell and read it back."""
    text = Table((Column("model"),), ((value,),), "models").as_csv()
    return list(csv.reader(text.splitlines(keepends=True)))[1][0]


@pytest.mark.parametrize(
    "name",
    [
        *("=cmd|'/c calc'!A0", '=HYPERLINK("https://x.example","y")', "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx"),
        *(
            "\nx",
            "\uff1d1",
            "-",
            "+",
            "--1",
            "=1",
            "+49 30 1",
            "-1e",
            "-\u0663",
            " =1+1/x",
            "\u00a0\u200b+1",
            "\ufeff=1",
        ),
    ],
)
def test_what_a_spreadsheet_would_run_is_marked_as_text(name: str) -> None:
    """An apostrophe before it makes it a text."""
    assert write(name) == f"'{name}"


@pytest.mark.parametrize("value", [-3, -0.25, 7, 1e-9, "-3", "+1.5", "-2.5e-3", "org/a-b", "a=b", "", None])
def test_numbers_and_other_names_stay_as_they_are(value: Value) -> None:
    """A change of -3 is one that can be summed up."""
    assert write(value) == ("" if value is None else str(value))


@pytest.mark.parametrize(
    "name",
    [
        *("a;=cmd|' /C calc'!A0/b", "a; =1", "a\t@x", "a\n-1+2", "a\r\n=1", "-1;=2", "\t=1", "\r=1", "\n=1", ";;=1"),
        *("a|=1", "=1;=1;=1", "x;\uff1d1", 'a";=1', "'=1;+1"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_is_a_formula_whatever_a_spreadsheet_takes_for_its_separator(name: str, separator: str) -> None:
    """A German Excel splits at `;`, whatever stands in quotes further on."""
    text = Table((Column("rank"), Column("model"), Column("likes")), ((1, name, 5),), "models").as_csv()
    cells = [cell for line in text.splitlines() for cell in csv.reader([line], delimiter=separator) for cell in cell]

    assert not [cell for cell in cells if cell.lstrip(' "').startswith(tuple("=+-@\t\r\uff1d"))]


def test_a_long_name_of_separators_takes_no_time() -> None:
    """Each of them is looked behind once."""
    assert write(";" * 40_000) == ";" * 40_000
    assert len(write("; " * 20_000 + "=")) == 40_002
