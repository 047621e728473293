"""
How long does a fresh terminal process take? `.venv/bin/python -m benchmarks.process_start`

Each command is run in turn, so that a busy machine slows all of them alike; told is the processor's time, user and
system, and that on the clock. The ratios are to a process that does nothing but import SQLAlchemy, which no answer from
what is stored can do without. With `--beside FOLDER` another checkout of this program takes its turns, too.

    stored      `top30` from a list that is stored and fresh; the Hub is not asked
    away        `top30` with nothing stored and the Hub out of reach: the embedded sample
    picture     the same with `--chart`
    model       a single model, likewise
    census      `totals`, likewise: the embedded census
    words       `understand`, which asks nobody
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

ROUNDS = 9
NOBODY = "http://127.0.0.1:9"
ROOT = Path(__file__).parents[1]

Commands = Mapping[str, tuple[list[str], str]]


class Spent(NamedTuple):
    """Seconds of the processor and on the clock."""

    processor: float
    clock: float


def main() -> None:
    """Measure in turn and print a line a command: medians, the least, and the ratio to the bare import."""
    parser = argparse.ArgumentParser(description="Measure a fresh process.")
    parser.add_argument("--beside", type=Path)
    other = parser.parse_args().beside
    with tempfile.TemporaryDirectory() as stored, tempfile.TemporaryDirectory() as empty:
        fill(stored)
        program = [sys.executable, "-m", "analytics"]
        picture = str(Path(empty) / "x.png")
        commands: Commands = {
            "import sqlalchemy": ([sys.executable, "-c", "import sqlalchemy"], empty),
            "import pandas, sqlalchemy": ([sys.executable, "-c", "import pandas, sqlalchemy"], empty),
            "words": ([*program, "understand", "top30"], empty),
            "stored": ([*program, "top30"], stored),
            "away": ([*program, "top30"], empty),
            "picture": ([*program, "top30", "--chart", picture], empty),
            "model": ([*program, "model", "google-bert/bert-base-uncased"], empty),
            "census": ([*program, "totals"], empty),
        }
        report(measure(commands, [ROOT, *([other] if other else [])]))


def fill(home: str) -> None:
    """Store a fresh list."""
    with LoopbackHub([model(f"org/m{i}", downloads=9000 - i, tags=["pytorch"]) for i in range(1000)]) as hub:
        run([sys.executable, "-m", "analytics", "top30"], home, hub.endpoint)


def measure(commands: Commands, folders: Sequence[Path]) -> dict[str, list[Spent]]:
    """Run all in turn, once to warm up and then a few times more; give what each took."""
    took: dict[str, list[Spent]] = {f"{name}{_beside(folder)}": [] for name in commands for folder in folders}
    for turn in range(ROUNDS + 1):
        for name, (command, home) in commands.items():
            for folder in folders:
                spent = run(command, home, NOBODY, folder)
                took[f"{name}{_beside(folder)}"] += [spent] if turn else []
    return took


def _beside(folder: Path) -> str:
    return "" if folder == ROOT else ", beside"


def run(command: list[str], home: str, endpoint: str, folder: Path = ROOT) -> Spent:
    """Run a process of some checkout to its end; give what it took."""
    environment = {**os.environ, "FRAMEWORKS_HOME": home, "HF_HOME": home, "HF_ENDPOINT": endpoint}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, clock)


def report(took: Mapping[str, list[Spent]]) -> None:
    """Print a line a command."""
    bare = statistics.median(spent.processor for spent in took["import sqlalchemy"])
    for name, runs in took.items():
        median, clock = (statistics.median(column) for column in zip(*runs, strict=True))
        least, ratio = min(runs).processor, median / bare
        told = (
            f"processor {median:5.2f} s, least {least:5.2f} s; clock {clock:5.2f} s; {ratio:4.1f} times the bare import"
        )
        print(f"{name:34} {told}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
