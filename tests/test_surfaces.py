"""docs/surfaces.md names tests that are there, one at least for each row that works, and adds up."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/surfaces.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \| (works|half|not at all)[^|]* \| ([^|]+) \|$", PAGE, re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def is_there(file: str, test: str) -> bool:
    """Tell whether a file has a test, or is there at all where none is named."""
    path = ROOT / file
    if not path.exists() or not test:
        return path.exists()
    return test in {one.name for one in ast.parse(path.read_bytes()).body if isinstance(one, ast.FunctionDef)}


def test_every_test_that_is_named_is_there() -> None:
    """A test that goes, or is called otherwise, takes its row's evidence with it."""
    named = NAMED.findall(PAGE)

    assert [one for one in named if not is_there(*one)] == []
    assert len(named) > 30


def test_every_row_that_works_names_the_test_that_shows_it() -> None:
    """By the test itself and not its file alone; what works nowhere names none."""
    shown = {number: any(test for _, test in NAMED.findall(evidence)) for number, _, _, evidence in ROWS}

    assert [int(number) for number, *_ in ROWS] == list(range(1, 23))
    assert {number for number, _, state, _ in ROWS if shown[number] == (state == "not at all")} == set()


def test_the_sums_are_those_of_the_rows() -> None:
    """Works, half, not at all."""
    counted = Counter(state for _, _, state, _ in ROWS)

    assert f"Works {counted['works']}, half {counted['half']}, not at all {counted['not at all']}." in PAGE
