"""On SQLite one bot works in a data folder; a second one refuses politely."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.single_instance import AnotherRuns, hold


def test_a_second_bot_is_told_who_works_and_what_to_do(tmp_path: Path) -> None:
    """The process is named, and the ways out."""
    held = hold(tmp_path)
    with pytest.raises(AnotherRuns, match=r"Another bot \(process \d+\) already works .*DATABASE_URL"):
        hold(tmp_path)
    assert held
    held.close()


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    """However it ends: nobody has to clean up after a kill."""
    code = (
        "import os, sys; from pathlib import Path; from bot.runtime.single_instance import hold; "
        "f = hold(Path(sys.argv[1])); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=Path(__file__).parents[3])

    held = hold(tmp_path)
    assert held
    held.close()
