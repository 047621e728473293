"""Tests keep their files in memory where there is room, and tell what took the time."""

import os
from pathlib import Path

import pytest

from tests.accounting import read, show
from tests.quick_folder import ENOUGH, is_quick

LINES = """tests/test_one.py\tsetup\t1.0000\t0.0000\t2.0000\ttests/test_one.py::test_a
tests/test_one.py\tcall\t2.0000\t4.0000\t9.0000\ttests/test_one.py::test_a
(collection)\tcollection\t3.0000\t0.0000\t5.0000\t
"""


def test_a_folder_that_is_not_there_is_left_alone(tmp_path: Path) -> None:
    """As on a Mac."""
    assert not is_quick(tmp_path / "none")


@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="the system does not tell")
@pytest.mark.parametrize(("enough", "fits"), [(1, True), (2**62, False)])
def test_a_folder_with_little_room_is_left_alone(tmp_path: Path, enough: int, *, fits: bool) -> None:
    """A container has 64 MB there by default."""
    assert is_quick(tmp_path, enough) is fits
    assert ENOUGH > 64 * 2**20


def test_accounts_are_added_up_by_file(tmp_path: Path) -> None:
    """What a worker took and what was taken beside it make one sum, and the dearest file stands first."""
    (tmp_path / "1.tsv").write_text(LINES, encoding="utf-8")

    head, _, first, second, last = show(read(tmp_path)).splitlines()

    assert head.startswith("| File | Tests | Processor |")
    assert first == "| tests/test_one.py | 1 | 7.0 | 1.0 | 2.0 | 0.0 | 4.0 | 11.0 |"
    assert second.startswith("| (collection) | 0 | 3.0 |")
    assert last.startswith("| all | 1 | 10.0 |")
