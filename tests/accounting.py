"""
Where the processor's time of a run goes: by file, by phase of a test, by what is started beside it.

    ACCOUNTS=folder .venv/bin/pytest -p tests.accounting -n auto --dist=worksteal -m "not simulation"
    .venv/bin/python -m tests.accounting folder          # a table by file
    .venv/bin/python -m tests.accounting folder --long   # tests/long_tests.txt anew

`--durations` tells waiting, which costs nobody anything while other workers work. Here each worker writes what it took,
with all of its threads, and what was taken by its children and by the PostgreSQL that it started. Linux only.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, process_time

import pytest

FOLDER, FAMILY = "ACCOUNTS", "ACCOUNTS_FAMILY"
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PPID, CHILDREN, WITH_CHILDREN = 1, slice(13, 15), slice(11, 15)
"""Fields of /proc/PID/stat after the name; the last two are those of children that were waited for."""


class Odometer:
    """Goes on where what it reads falls back: who ends in the background takes along what it had taken."""

    def __init__(self) -> None:
        self._last = self._gone = 0.0

    def read(self, seconds: float) -> float:
        """Give all that was taken until now, by those who are there and by those who are gone."""
        self._gone += max(0.0, self._last - seconds)
        self._last = seconds
        return self._gone + seconds


class Family:
    """The processes a worker started, also those that went into the background."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {os.getpid(): True}
        self._odometer = Odometer()

    def seconds(self) -> float:
        """Sum the processor time of all but the worker itself; what was once counted stays counted."""
        ticks = sum(
            sum(map(int, fields[WITH_CHILDREN if pid != os.getpid() else slice(13, 15)]))
            for pid, fields in self._mine()
        )
        return self._odometer.read(ticks / TICKS)

    def _mine(self) -> Iterator[tuple[int, list[str]]]:
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                pid = int(place.name)
                if self._known.get(pid) is not False:
                    fields = (place / "stat").read_text().rpartition(")")[2].split()
                    if self._known.setdefault(pid, self._is_mine(pid, int(fields[PPID]))):
                        yield pid, fields

    def _is_mine(self, pid: int, parent: int) -> bool:
        mark = f"{FAMILY}={os.getpid()}".encode()
        return self._known.get(parent, False) or mark in Path("/proc", str(pid), "environ").read_bytes().split(b"\0")


class Account:
    """Writes a line for each phase of each test."""

    def __init__(self, folder: Path) -> None:
        os.environ[FAMILY] = str(os.getpid())
        self._file = (folder / f"{os.getpid()}.tsv").open("w", encoding="utf-8", buffering=1 << 16)
        self._own, self._others, self._clock, self._family = 0.0, 0.0, monotonic(), Family()

    def close_phase(self, path: str, phase: str, test: str = "") -> None:
        """Book what was taken since the last time."""
        own, clock = process_time(), monotonic()
        others = self._family.seconds() if phase != "setup" else self._others
        taken = (own - self._own, others - self._others, clock - self._clock)
        self._file.write("\t".join((path, phase, *(f"{one:.4f}" for one in taken), test)) + "\n")
        self._own, self._others, self._clock = process_time(), others, monotonic()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Book the collection, once it is sorted."""
        self.close_phase("(collection)", "collection")

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Book a phase."""
        self.close_phase(report.nodeid.partition("::")[0], report.when or "", report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Book the end."""
        self.close_phase("(end)", "end")
        self._file.close()


def pytest_configure(config: pytest.Config) -> None:
    """Book the start of a worker; the one that hands out the tests runs none."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        folder = Path(os.environ[FOLDER])
        folder.mkdir(parents=True, exist_ok=True)
        account = Account(folder)
        account.close_phase("(start)", "start")
        config.pluginmanager.register(account)


def read_lines(folder: Path) -> Iterator[list[str]]:
    """Give what the workers wrote: file, phase, seconds of its own, of others and by the clock, test."""
    for path in folder.glob("*.tsv"):
        yield from (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())


def read(folder: Path) -> dict[str, Counter[str]]:
    """Add up what the workers wrote, by file."""
    files: dict[str, Counter[str]] = defaultdict(Counter)
    for path, phase, own, others, clock, _ in read_lines(folder):
        files[path].update(
            {phase: float(own), "others": float(others), "clock": float(clock), "tests": phase == "call"}
        )
    return files


PHASES = ("start", "collection", "setup", "call", "teardown", "end", "others")
HEAD = "| File | Tests | Processor | Setup | Call | Teardown | Beside it | Clock |\n|---|---|---|---|---|---|---|---|\n"


def show(files: dict[str, Counter[str]], most: int = 30) -> str:
    """Write the dearest files as a table, and the sum of all."""
    every: Counter[str] = Counter()
    for row in files.values():
        every.update(row)
    rows = sorted(files.items(), key=lambda item: -sum(item[1][phase] for phase in PHASES))
    return HEAD + "".join(_show_row(*row) for row in [*rows[:most], ("all", every)])


def _show_row(name: str, row: Counter[str]) -> str:
    seconds = [row[one] for one in ("setup", "call", "teardown", "others", "clock")]
    shown = (f"{one:,.1f}" for one in (sum(row[phase] for phase in PHASES), *seconds))
    return f"| {name} | {row['tests']:,} | {' | '.join(shown)} |\n"


LONG = 0.15
"""Seconds of a processor from which on a test is long; what is left takes less than four minutes on two cores."""


def list_long(folder: Path) -> list[str]:
    """List the functions of which a test takes more than LONG on average, what it starts included, by name."""
    taken: Counter[str] = Counter()
    tests: dict[str, set[str]] = defaultdict(set)
    for _, _, own, others, _, test in read_lines(folder):
        if test:
            taken[test.partition("[")[0]] += float(own) + float(others)
            tests[test.partition("[")[0]].add(test)
    return sorted(name for name, seconds in taken.items() if seconds > LONG * len(tests[name]))


if __name__ == "__main__":
    if "--long" in sys.argv:
        sys.stdout.write("".join(f"{name}\n" for name in list_long(Path(sys.argv[1]))))
    else:
        sys.stdout.write(show(read(Path(sys.argv[1]))))
