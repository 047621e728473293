"""The server for tests starts whatever path its caller has."""

import os
import shutil
from pathlib import Path

import pytest

from tests.loopback.postgres import SYSTEM_FOLDERS, system_tools


def test_the_administrators_tools_are_found_though_the_path_lacks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root's PostgreSQL needs `useradd`, which is in /usr/sbin on Linux; the caller's own path stays as it was."""
    if not any((Path(folder) / "useradd").exists() for folder in SYSTEM_FOLDERS):
        pytest.skip("this system has no useradd, and its PostgreSQL needs none unless root runs it")
    monkeypatch.setenv("PATH", "/nowhere")
    assert shutil.which("useradd") is None

    with system_tools():
        assert shutil.which("useradd")
    assert os.environ["PATH"] == "/nowhere"
