"""On SQLite one bot works in a data folder; a second one refuses politely."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.storage.locks import lock
from bot.runtime.single_instance import AnotherRuns, hold


def test_a_second_bot_is_told_who_works_and_what_to_do(tmp_path: Path) -> None:
    """The process is named, and the ways out; when the first has ended, there is room again."""
    said = rf"Another bot \(process {os.getpid()}\) already works .*DATABASE_URL"
    with hold(tmp_path), pytest.raises(AnotherRuns, match=said), hold(tmp_path):
        pass

    with hold(tmp_path):
        pass


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    """However it ends: nobody has to clean up after a kill."""
    code = (
        "import os, sys; from pathlib import Path; from bot.runtime.single_instance import hold\n"
        "with hold(Path(sys.argv[1])): os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=Path(__file__).parents[3])

    assert done.returncode == 9
    with hold(tmp_path):
        pass


def test_a_folder_that_cannot_be_locked_is_not_told_as_another_bot(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file in the folder's place: the bot works on, and the log says that a second one would not be noticed."""
    (tmp_path / "file").write_text("in the way")

    with caplog.at_level(logging.WARNING), hold(tmp_path / "file" / "home"):
        pass

    assert "cannot be locked (Not a directory), so a second bot in it would not be noticed" in caplog.text


def test_two_versions_of_the_bot_meet_at_one_file(tmp_path: Path) -> None:
    """The file that is locked has been `bot.lock` from the first version on."""
    with lock(tmp_path / "bot.lock", "process 1"), pytest.raises(AnotherRuns), hold(tmp_path):
        pass
