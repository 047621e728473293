"""The server for tests starts whatever path its caller has, and clears away what killed runs left."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loopback.postgres import PREFIX, SYSTEM_FOLDERS, clear_left, system_tools


def test_the_administrators_tools_are_found_though_the_path_lacks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root's PostgreSQL needs `useradd`, which is in /usr/sbin on Linux; the caller's own path stays as it was."""
    if not any((Path(folder) / "useradd").exists() for folder in SYSTEM_FOLDERS):
        pytest.skip("this system has no useradd, and its PostgreSQL needs none unless root runs it")
    monkeypatch.setenv("PATH", "/nowhere")
    assert shutil.which("useradd") is None

    with system_tools():
        assert shutil.which("useradd")
    assert os.environ["PATH"] == "/nowhere"


def test_the_server_of_a_run_that_was_killed_is_ended_and_its_folder_cleared(tmp_path: Path) -> None:
    """The process in its name is no more; the folder of a run under way stays, and so does all else."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, ours, other = (tmp_path / name for name in (f"{PREFIX}{gone.pid}-x", f"{PREFIX}{os.getpid()}-x", "pg-of-a"))
    for folder in (left, ours, other):
        (folder / "data").mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as server:
        (left / "data" / "postmaster.pid").write_text(f"{server.pid}\n/data\n", encoding="utf-8")
        clear_left(tmp_path)

        assert server.wait(60) != 0
    assert [left.exists(), ours.exists(), other.exists()] == [False, True, True]
