"""The list of Slack's rules leads to tests that are there."""

import ast
from pathlib import Path

import pytest

from tests.playground.block_kit.test_block_limits import REFUSED
from tests.playground.rules_of_slack import CHECKED, NOT_CHECKED

HERE = Path(__file__).parent
TESTS = {
    node.name
    for file in HERE.rglob("test_*.py")
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
}


@pytest.mark.parametrize("rule", CHECKED)
def test_each_rule_has_its_test(rule: str) -> None:
    """A test of this folder, a case that is refused, or a whole file."""
    kept_by = CHECKED[rule]

    assert kept_by in TESTS or kept_by in REFUSED or any(HERE.rglob(kept_by))


def test_a_rule_is_checked_or_not() -> None:
    """None stands in both lists, and each that is not checked says why."""
    assert CHECKED.keys() & NOT_CHECKED.keys() == set()
    assert all(NOT_CHECKED.values())
