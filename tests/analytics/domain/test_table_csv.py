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
        *("=cmd|'/c calc'!A0", '=HYPERLINK("https://x.example","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"),
        *("\n=1", "\uff1d1", "-", "+", "--1", "-1;=2", "=1", "+49 30 1", "-1e", "-\u0663"),
    ],
)
def test_what_a_spreadsheet_would_run_is_marked_as_text(name: str) -> None:
    """An apostrophe before it makes it a text."""
    assert write(name) == f"'{name}"


@pytest.mark.parametrize("value", [-3, -0.25, 7, 1e-9, "-3", "+1.5", "-2.5e-3", "org/a-b", "a=b", "", None])
def test_numbers_and_other_names_stay_as_they_are(value: Value) -> None:
    """A change of -3 is one that can be summed up."""
    assert write(value) == ("" if value is None else str(value))
