"""The data folder: whether anything can be kept in it."""

import shutil
from pathlib import Path
from tempfile import TemporaryFile

from bot.runtime.credentials import SetUpWrong

ROOM = 200 * 2**20
"""Bytes below which the next collection may not fit."""


def trouble_with(folder: Path) -> str:
    """Say in a few words why nothing can be written in a folder, made if need be; nothing if all is well."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"\0")
    except OSError as trouble:
        return trouble.strerror or str(trouble)
    return ""


def refuse_unwritable(folder: Path) -> None:
    """Refuse to start where subscriptions could not be kept. Raises SetUpWrong."""
    if trouble := trouble_with(folder):
        raise SetUpWrong(
            f"Nothing can be kept in {folder} ({trouble}).",
            "Make that folder writable, or name another in FRAMEWORKS_HOME.",
        )


def has_little_room(folder: Path) -> bool:
    """Tell whether the disk is all but full."""
    return shutil.disk_usage(folder).free < ROOM
