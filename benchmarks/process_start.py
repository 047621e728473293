"""
How long does a fresh terminal process take? `.venv/bin/python -m benchmarks.process_start`

Each command is run in turn, so that a busy machine slows all of them alike; the ratios are to a process that does
nothing but import SQLAlchemy, which no answer from what is stored can do without.

    stored      `top30` from a list that is stored and fresh; the Hub is not asked
    away        `top30` with nothing stored and the Hub out of reach: the embedded sample
    picture     the same with `--chart`
    words       `understand`, which asks nobody
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

ROUNDS = 9
NOBODY = "http://127.0.0.1:9"


def main() -> None:
    """Measure in turn and print, one line a command: median, least, and the ratio of the medians to the bare import."""
    with tempfile.TemporaryDirectory() as stored, tempfile.TemporaryDirectory() as empty:
        fill(stored)
        program = [sys.executable, "-m", "analytics"]
        picture = str(Path(empty) / "x.png")
        commands: Mapping[str, tuple[list[str], str]] = {
            "import sqlalchemy": ([sys.executable, "-c", "import sqlalchemy"], empty),
            "import pandas, sqlalchemy": ([sys.executable, "-c", "import pandas, sqlalchemy"], empty),
            "words": ([*program, "understand", "top30"], empty),
            "stored": ([*program, "top30"], stored),
            "away": ([*program, "top30"], empty),
            "picture": ([*program, "top30", "--chart", picture], empty),
        }
        report({name: [] for name in commands} | measure(commands))


def fill(home: str) -> None:
    """Store a fresh list."""
    with LoopbackHub([model(f"org/m{i}", downloads=9000 - i, tags=["pytorch"]) for i in range(1000)]) as hub:
        run([sys.executable, "-m", "analytics", "top30"], home, hub.endpoint)


def measure(commands: Mapping[str, tuple[list[str], str]]) -> dict[str, list[float]]:
    """Run all in turn, once to warm up and then a few times more; give the seconds of each."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(ROUNDS + 1):
        for name, (command, home) in commands.items():
            seconds = run(command, home, NOBODY)
            took[name] += [seconds] if turn else []
    return took


def run(command: list[str], home: str, endpoint: str) -> float:
    """Run a process to its end; give the seconds."""
    environment = {**os.environ, "FRAMEWORKS_HOME": home, "HF_HOME": home, "HF_ENDPOINT": endpoint}
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def report(took: Mapping[str, list[float]]) -> None:
    """Print a line a command."""
    bare = statistics.median(took["import sqlalchemy"])
    for name, seconds in took.items():
        median = statistics.median(seconds)
        least, ratio = min(seconds), median / bare
        print(f"{name:28} median {median:5.2f} s   least {least:5.2f} s   {ratio:5.1f} times the bare import")


if __name__ == "__main__":
    main()
