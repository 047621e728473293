"""How a command of this program is typed where it was started, and which version of it that is."""

import shutil
import sys
from importlib import metadata
from pathlib import Path

NAME = "frameworks"


def own_version() -> str:
    """Give the version that is installed."""
    try:
        return metadata.version("frameworks-bot")
    except metadata.PackageNotFoundError:  # from a checkout that is not installed
        return "unreleased"


def command(words: str, started: str | None = None, interpreter: str = sys.executable) -> str:
    """Write a command that works if it is typed as it stands; `started` is what the shell was told to run."""
    program = sys.argv[0] if started is None else started
    if Path(program).stem != NAME:
        return f"{_from_here(interpreter)} -m analytics {words}".rstrip()
    return f"{NAME if shutil.which(NAME) else _from_here(program)} {words}".rstrip()


def _from_here(program: str) -> str:
    """Leave out the working folder: `.venv/bin/python`."""
    path, here = Path(program), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
