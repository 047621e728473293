"""What we keep is for nobody else on this machine: files are 0600, folders 0700."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
OF_OTHERS = 0o077
TO_READ, TO_CHANGE = 0o055, 0o022

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file; it has to be as private."""


def keep_to_ourselves() -> None:
    """Let no file that this process makes from now on be read by others."""
    os.umask(OF_OTHERS)


def make_private(path: Path) -> None:
    """Take from others the rights to a file that is there; where it is not ours to do, it stays as it is."""
    with suppress(OSError):
        if path.stat().st_mode & OF_OTHERS:
            path.chmod(FILE)


def may_others_read(folder: Path) -> bool:
    """Tell whether others on this machine see what is in a folder; of systems with other rights nothing is known."""
    return _allows(folder, TO_READ)


def may_others_change(folder: Path) -> bool:
    """Tell whether others may put files into a folder, take them away, or put others in their place."""
    return _allows(folder, TO_CHANGE)


def _allows(folder: Path, rights: int) -> bool:
    return os.name == "posix" and bool(folder.stat().st_mode & rights)


def make_folder(path: Path) -> None:
    """Make a folder of ours, if it is not there; one that somebody made keeps its rights."""
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)


@contextmanager
def begin_private(path: Path) -> Iterator[Path]:
    """Begin a file afresh that only we can read, whatever the rights of the folder; what fails is taken away."""
    path.unlink(missing_ok=True)
    path.touch(mode=FILE)
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
