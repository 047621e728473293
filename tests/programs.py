"""
Our programs, started many times: forked from one process a worker that has imported what they need.

An interpreter of its own costs a second, nearly all of it imports. What is forked has all else that a program has: an
environment, a folder, streams, signals and an end. A real start stays where the interpreter itself is the point: its
encodings, what it imports, what it does at its exit (test_portability.py, test_start.py, test_promises.py).
"""

import importlib
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import TextIOWrapper
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import CompletedProcess
from threading import Timer

from tests.few_certificates import FEW_CERTIFICATES

PATIENCE = 60
"""Seconds that a program has to end."""

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])


def play(typed: tuple[str, ...], folder: Path, environment: dict[str, str], streams: tuple[Connection, ...]) -> None:
    """Be `python -m` with what was typed, in the child."""
    for number, stream in enumerate(streams, 1):
        os.dup2(stream.fileno(), number)
        stream.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(FEW_CERTIFICATES | environment)
    sys.argv[:] = typed
    # Those of the process that forks may be of another kind, a file's.
    sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", 1, "utf-8", "backslashreplace")
    sys.exit(importlib.import_module(f"{typed[0]}.__main__").main())


class Program:
    """A program that was started."""

    def __init__(self, process: ForkServerProcess, stdout: TextIOWrapper, stderr: TextIOWrapper) -> None:
        self._process, self._stdout, self.stderr = process, stdout, stderr

    def communicate(self) -> tuple[str, str]:
        """Read what it says until it ends; one that does not is killed."""
        with ThreadPoolExecutor() as both:
            watch = Timer(PATIENCE, self._process.kill)
            watch.start()
            stdout, stderr = both.map(TextIOWrapper.read, (self._stdout, self.stderr))
            watch.cancel()
        self._process.join()
        return stdout, stderr

    def terminate(self) -> None:
        """Tell it to stop."""
        self._process.terminate()

    def kill(self) -> None:
        """End it at once, by SIGKILL, so that nothing in it hears of it."""
        self._process.kill()
        self._process.join()

    @property
    def returncode(self) -> int:
        """Its exit status."""
        assert self._process.exitcode is not None
        return self._process.exitcode


@contextmanager
def started(*typed: str, folder: Path, environment: dict[str, str]) -> Iterator[Program]:
    """Start `python -m` with what is typed; whatever happens, it is gone at the end."""
    ends = [os.pipe(), os.pipe()]
    streams = tuple(Connection(writing, readable=False) for _, writing in ends)
    process = FORKS.Process(target=play, args=(typed, folder, environment, streams))
    process.start()
    for stream in streams:
        stream.close()
    with os.fdopen(ends[0][0], encoding="utf-8") as stdout, os.fdopen(ends[1][0], encoding="utf-8") as stderr:
        try:
            yield Program(process, stdout, stderr)
        finally:
            process.kill()
            process.join()


def ended(*typed: str, folder: Path, environment: dict[str, str]) -> CompletedProcess[str]:
    """Run it to its end."""
    with started(*typed, folder=folder, environment=environment) as program:
        stdout, stderr = program.communicate()
        return CompletedProcess(typed, program.returncode, stdout, stderr)
