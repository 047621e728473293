"""docs/cases.md says of each case what the program says of it today, and what it said before, which is kept."""

from pathlib import Path

import pytest

from tests.analytics import case_sheet
from tests.analytics.named_cases import CASES

SHEET = Path(__file__).parents[2] / "docs" / "cases.md"


@pytest.mark.parametrize("section", case_sheet.list_sections())
def test_publishes_what_is_said_of_each_case(section: str) -> None:
    """Each table stands there word for word as its cases are answered, the numbers of before beside."""
    assert f"\n\n{case_sheet.write_section(section)}\n" in SHEET.read_text(encoding="utf-8")


def test_every_case_was_asked_of_the_program_of_before() -> None:
    """None is new without an answer from then, none left over, and no two are called the same."""
    assert [case.key for case in CASES] == list(case_sheet.read_before()["said"])
    assert len({case.key for case in CASES}) == len(CASES)
    assert SHEET.read_text(encoding="utf-8").startswith(case_sheet.write_head())
