"""`tests/` mirrors the packages: whoever knows where a module is knows where its tests are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOTS = ("analytics", "bot", "playground")
ALWAYS_TOGETHER = {"analytics/storage/migrations/versions"}
"""What is released is never changed: the migrations are tried as one, on the databases of every release."""


def rooms(of: Path) -> set[str]:
    """Name the folders with modules, in whatever depth."""
    found = {path.parent.relative_to(of) for root in ROOTS for path in (of / root).rglob("*.py")}
    return {folder.as_posix() for folder in found}


def list_tests() -> Iterator[Path]:
    """Give every file of tests of the three packages, as a path within tests/."""
    return (path.relative_to(ROOT / "tests") for root in ROOTS for path in (ROOT / "tests" / root).rglob("test_*.py"))


@pytest.mark.parametrize("room", sorted(rooms(ROOT) - ALWAYS_TOGETHER))
def test_every_room_has_its_tests(room: str) -> None:
    """A room without any is tested elsewhere, where nobody looks, or not at all."""
    assert list((ROOT / "tests" / room).glob("test_*.py")), f"no tests in tests/{room}"


def test_no_tests_are_of_a_room_that_is_gone() -> None:
    """Whoever moves or renames a package moves its tests."""
    assert rooms(ROOT / "tests") - rooms(ROOT) == set()


def test_tests_named_as_a_module_lie_in_its_room() -> None:
    """`test_locks.py` is about `locks.py` and about no other."""
    modules = {path.stem: path.parent.relative_to(ROOT) for root in ROOTS for path in (ROOT / root).rglob("*.py")}
    strayed = [
        f"{test} → {modules[test.stem.removeprefix('test_')]}"
        for test in list_tests()
        if modules.get(test.stem.removeprefix("test_"), test.parent) != test.parent
    ]

    assert strayed == []
