"""What `make test` leaves out is run by CI, and is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONG = set((ROOT / "tests/long_tests.txt").read_text(encoding="utf-8").split())
RUN_BY_CI = re.findall(r"^make (\w+)$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
CHOSEN = re.compile(r"^(\w+): \S+\n\t\$\(SIDE_BY_SIDE\) -m \"?([^\"\n]+)", re.MULTILINE)
"""A recipe of the Makefile that chooses tests by their marks, and how."""


@pytest.mark.parametrize("marks", [(), ("long",), ("simulation",), ("long", "simulation")])
def test_every_test_is_run_once_by_ci(marks: tuple[str, ...]) -> None:
    """Whichever marks a test has, one and only one of the commands that CI runs chooses it."""
    ways = dict(CHOSEN.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    known = {mark: mark in marks for mark in ("long", "simulation")}

    assert [eval(ways[name], {}, known) for name in RUN_BY_CI if name in ways].count(True) == 1  # noqa: S307 - our Makefile's


def test_every_test_that_is_left_out_is_there() -> None:
    """A test that was renamed or deleted leaves no line behind in the list of the long ones."""
    files = [ROOT / name for name in {name.partition("::")[0] for name in LONG}]
    there = {
        f"{path.relative_to(ROOT).as_posix()}::{name}" for path in files if path.exists() for name in _list_tests(path)
    }

    assert sorted(LONG - there) == []


def _list_tests(path: Path) -> list[str]:
    """List the functions of a module, those of a class behind its name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = {one: f"{one.name}::" for one in tree.body if isinstance(one, ast.ClassDef)}
    rooms: dict[ast.Module | ast.ClassDef, str] = {tree: "", **classes}
    return [
        before + one.name
        for room, before in rooms.items()
        for one in room.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
