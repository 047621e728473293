"""One at a time, told who is at it; and on every system there is."""

import datetime as dt
import os
import re
import stat
from pathlib import Path

import pytest

from analytics.storage.locks import Taken, collecting, lock, tell_other_holder

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[3]


def test_who_comes_second_is_told_who_works(tmp_path: Path) -> None:
    """And has it as soon as that one is done."""
    with (
        lock(tmp_path / "x.lock", "process 7"),
        pytest.raises(Taken, match="held by process 7"),
        lock(tmp_path / "x.lock", "process 8"),
    ):
        pass

    with lock(tmp_path / "x.lock", "process 8"):
        pass


def test_a_lock_is_ours_alone(tmp_path: Path) -> None:
    """Whoever else could open it could hold it, and keep the bot out."""
    with lock(tmp_path / "x.lock", "process 7"):
        assert stat.S_IMODE((tmp_path / "x.lock").stat().st_mode) == 0o600


def test_without_room_for_its_name_it_is_held_all_the_same(tmp_path: Path) -> None:
    """A folder in the name's place stands for a full disk."""
    (tmp_path / "x.holder").mkdir()
    with (
        lock(tmp_path / "x.lock", "process 7"),
        pytest.raises(Taken, match="held by another process"),
        lock(tmp_path / "x.lock", "process 8"),
    ):
        pass


def test_who_else_holds_a_lock_is_told_and_we_ourselves_are_nobody_else(tmp_path: Path) -> None:
    """Nor does asking hold it, or make it."""
    assert tell_other_holder(tmp_path / "x.lock") == ""
    assert not (tmp_path / "x.lock").exists()
    with lock(tmp_path / "x.lock", "process 7"):
        assert tell_other_holder(tmp_path / "x.lock") == ""
    for _ in range(2):
        assert tell_other_holder(tmp_path / "x.lock") == ""


def test_a_holder_that_is_not_known_is_another_process(tmp_path: Path) -> None:
    """A program of before wrote its name into the lock's own file."""
    with lock(tmp_path / "x.lock", "process 7"):
        (tmp_path / "x.holder").unlink()
        with pytest.raises(Taken, match="held by another process"), lock(tmp_path / "x.lock", "process 8"):
            pass


def test_two_collectors_are_told_apart_from_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The one is waited for, the other is mended."""
    (tmp_path / "file").write_text("in the way")
    said = rf"collected already by process {os.getpid()} since 23 Nov 2026, 09:00 UTC"

    with collecting(tmp_path, NOW), pytest.raises(BlockingIOError, match=said), collecting(tmp_path, NOW):
        pass
    with pytest.raises(NotADirectoryError), collecting(tmp_path / "file" / "census", NOW):
        pass


def test_no_module_needs_what_only_posix_has() -> None:
    """`pip install .` also serves on macOS and Windows; what asks for Linux first is no concern of theirs."""
    on_linux = re.compile(r"^( *)if sys\.platform == \"linux\":\n(?:\1 +.*\n|\n)+", re.MULTILINE)
    posix = re.compile(r"^\s*(?:import|from) (fcntl|grp|pwd|resource|termios|tty|pty|posix)\b", re.MULTILINE)
    found = {
        str(path.relative_to(ROOT)): posix.findall(on_linux.sub("", path.read_text(encoding="utf-8")))
        for package in ("analytics", "bot", "playground")
        for path in (ROOT / package).rglob("*.py")
    }

    assert {path: names for path, names in found.items() if names} == {}
