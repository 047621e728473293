"""Starting the bot where it cannot work: a sentence and an exit status, no traceback."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path


def test_a_database_of_a_newer_version_is_left_alone_and_named(tmp_path: Path) -> None:
    """It says what to install or to change, and ends with 2."""
    with closing(sqlite3.connect(tmp_path / "frameworks.sqlite3")) as file:
        file.execute("PRAGMA user_version = 99")

    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=Path(__file__).parents[2],
        env={"FRAMEWORKS_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert "is of a newer version of this program" in done.stderr
    assert "Traceback" not in done.stderr
