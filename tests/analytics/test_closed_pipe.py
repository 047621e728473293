"""`frameworks top30 | head`: a pipe that is closed is no error, and what was asked for is written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.analytics.at_the_terminal import settings

OUT_OF_REACH = "http://127.0.0.1:9"


def into_a_closed_pipe(home: Path, *words: str) -> tuple[int, str]:
    """Run the program with nobody at the other end of its output; give its status and what it said of errors."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**settings(OUT_OF_REACH, home), "PATH": os.environ["PATH"]}
    try:
        command = [sys.executable, "-m", "analytics", *words]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, text=True, check=False)
    finally:
        os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.parametrize("words", [("top30",), ("top30", "--json"), ("top30", "as", "csv"), ("help",)])
def test_a_closed_pipe_is_no_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Status 0, and neither a traceback nor a reference to quote."""
    status, said = into_a_closed_pipe(tmp_path, *words)

    assert status == 0
    assert not any(word in said for word in ("Traceback", "Broken", "reference", "unexpected"))


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-"])
def test_a_stream_that_was_never_open_is_no_error(tmp_path: Path, closed: str) -> None:
    """The answer goes nowhere, and no traceback anywhere: not even into the data folder's files."""
    environment = {**settings(OUT_OF_REACH, tmp_path), "PATH": os.environ["PATH"]}
    command = ["sh", "-c", f'"{sys.executable}" -m analytics top5 {closed}']
    done = subprocess.run(command, capture_output=True, env=environment, text=True, check=False)

    assert done.returncode == 0
    assert "Traceback" not in done.stderr + done.stdout


def test_the_files_are_written_whoever_reads(tmp_path: Path) -> None:
    """Chart and table are there though nobody read the answer."""
    chart, table = tmp_path / "x.png", tmp_path / "x.csv"

    status, _ = into_a_closed_pipe(tmp_path, "top30", "--chart", str(chart), "--csv", str(table))

    assert status == 0
    assert chart.read_bytes().startswith(b"\x89PNG")
    assert table.read_text(encoding="utf-8").startswith("rank")


@pytest.mark.parametrize(
    ("words", "status"), [("--help", 0), ("--version", 0), ("collect --help", 0), ("understand top30", 0)]
)
def test_a_pipe_that_closes_early_ends_no_help_in_a_traceback(tmp_path: Path, words: str, status: int) -> None:
    """Nor in the interpreter's own words at its end: nothing at all is said."""
    assert into_a_closed_pipe(tmp_path, *words.split()) == (status, "")


@pytest.mark.parametrize(("words", "status"), [("frobnicate", 2), ("collect", 2), ("top5 --cvs x", 2), ("--nix=", 2)])
def test_nobody_reads_what_was_wrong(tmp_path: Path, words: str, status: int) -> None:
    """The status tells it all the same: `frameworks colect 2>&1 | head`."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**settings(OUT_OF_REACH, tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "analytics", *words.split()]
    done = subprocess.run(command, stdout=writing, stderr=writing, env=environment, check=False)
    os.close(writing)

    assert done.returncode == status
