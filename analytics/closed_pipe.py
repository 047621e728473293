"""A pipe whose reader has enough (`frameworks top30 | head`), or none from the start (`>&-`): no error is either."""

import os
import shutil
import sys
from contextlib import suppress

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


def open_missing_streams() -> None:
    """
    Let what is written to a stream that was closed from the start (`>&-`) go nowhere.

    The first of all: what is opened next would get its number, and hold what is written there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def write_nowhere() -> None:
    """Let what is still to be written go nowhere, so that the interpreter's own last flush finds no closed pipe."""
    with suppress(OSError, ValueError):  # a stream of a test has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
