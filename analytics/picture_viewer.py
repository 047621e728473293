"""Show a picture with what the machine has for it (`--open`), or tell why not: without a screen nothing can."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

Start = Callable[[Sequence[str]], object]
"""Starts a program and does not wait for it."""

Find = Callable[[str], str | None]

OPENERS = {"darwin": ("open",), "win32": ("cmd", "/c", "start", "")}
"""What opens a file in its own program; elsewhere it is xdg-open."""


def place_for(picture: Path | None) -> Path:
    """Give where the picture is written: where it was told, else in a new folder for it alone."""
    return picture or Path(tempfile.mkdtemp(prefix="frameworks-")) / "chart.png"


def show(
    picture: Path,
    screens: Sequence[str],
    system: str = sys.platform,
    find: Find = shutil.which,
    start: Start | None = None,
) -> str:
    """
    Open a picture; return what is to be said: where it is, if it could not be shown.

    `screens`: those that the settings name; a system with windows of its own has one without.
    """
    opener = OPENERS.get(system, ("xdg-open",))
    has_screen = system in OPENERS or bool(screens)
    if not has_screen or find(opener[0]) is None:
        why = f"{opener[0]} is not there" if has_screen else "this machine has no screen"
        return f"The chart is in {picture}; it is not shown, because {why}."
    (start or _start)([*opener, str(picture)])
    return f"The chart is in {picture}."


def _start(words: Sequence[str]) -> object:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - OPENERS
