"""A pipe whose reader has enough (`frameworks top30 | head`), or none from the start (`>&-`): no error is either."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from rich.console import Console

UNBOUNDED = 10_000
"""Columns of what is no terminal: a program that reads it wants each row, and each id, in one line."""


class PipedConsole(Console):
    """
    A console that says so when its pipe is closed, where rich would end the program with status 1.

    Into a pipe or file it breaks no line, unless COLUMNS says how wide a line may be.
    """

    def __init__(self, *, highlight: bool = True) -> None:
        width = None if sys.stdout.isatty() else shutil.get_terminal_size((UNBOUNDED, 0)).columns
        super().__init__(highlight=highlight, width=width)

    def on_broken_pipe(self) -> None:
        """Leave it to the program, which knows that the answer was given."""
        raise BrokenPipeError


class ErrorConsole(Console):
    """A console for what is said beside the answer: where nobody reads that, answer and status stay what they are."""

    def __init__(self) -> None:
        super().__init__(stderr=True, highlight=False)

    def on_broken_pipe(self) -> None:
        """Go on."""
        write_nowhere(sys.stderr)


@contextmanager
def whoever_reads() -> Iterator[None]:
    """
    Run a program to its end, also with streams that were closed from the start, or that nobody reads any more.

    What is left to be written (by argparse too, which leaves it to the interpreter) is written before the end.
    """
    open_missing_streams()
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BrokenPipeError:
                write_nowhere(stream)


def write_out(text: str) -> None:
    """Write to whoever reads the output; one who has enough is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        write_nowhere(sys.stdout)


def open_missing_streams() -> None:
    """
    Let what is written to a stream that was closed from the start (`>&-`) go nowhere.

    The first of all: what is opened next would get its number, and hold what is written there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def write_nowhere(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that the interpreter's own last flush finds no closed pipe."""
    with suppress(OSError, ValueError):  # a stream of a test has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
