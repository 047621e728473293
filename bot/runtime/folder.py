"""The data folder: whether anything can be kept in it."""

import logging
import shutil
from pathlib import Path
from tempfile import TemporaryFile

from analytics.errors import NO_ROOM
from analytics.storage.private_files import may_others_change, may_others_read
from bot.runtime.credentials import SetUpWrong

log = logging.getLogger(__name__)

ROOM = 200 * 2**20
"""Bytes below which the next collection may not fit."""


def trouble_with(folder: Path) -> OSError | None:
    """Give why nothing can be written in a folder, or why it cannot be made; None if all is well."""
    try:
        with TemporaryFile(dir=standing(folder)) as file:
            file.write(b"\0")
    except OSError as trouble:
        return trouble
    return None


def name_trouble(trouble: OSError) -> str:
    """Say what it is in the system's own words."""
    return trouble.strerror or str(trouble)


def advise(trouble: OSError) -> str:
    """Say what to do where nothing can be kept."""
    if trouble.errno in NO_ROOM:
        return "Make room on its disk, or name another folder in FRAMEWORKS_HOME."
    return "Make that folder writable, or name another in FRAMEWORKS_HOME."


def standing(folder: Path) -> Path:
    """Give the folder, or as long as it is not made the one above it in which it would be."""
    return next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)


def refuse_unwritable(folder: Path) -> None:
    """Make the folder; refuse to start where subscriptions could not be kept. Raises SetUpWrong."""
    if trouble := trouble_with(folder) or _make(folder):
        raise SetUpWrong(f"Nothing can be kept in {folder} ({name_trouble(trouble)}).", advise(trouble))


def _make(folder: Path) -> OSError | None:
    """Make it its owner's alone, if it is not there; give what keeps it from being made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        return trouble
    return None


def tell_who_else(folder: Path) -> str:
    """Say what others on this machine may do in a folder; nothing where it is for its owner alone."""
    if may_others_change(folder):
        return f"Others on this machine may change what is in {folder}, the database too."
    if may_others_read(folder):
        return (
            f"Others on this machine may see which files are in {folder}; the files themselves are its owner's alone."
        )
    return ""


def close_to_others(folder: Path) -> str:
    """Say how a folder is closed to others."""
    return f"Type `chmod 700 {folder}`, unless somebody gave them that right on purpose."


def warn_of_others(folder: Path) -> None:
    """Say in the log who else may use the folder; its rights are left as somebody gave them."""
    if said := tell_who_else(folder):
        log.warning("%s %s", said, close_to_others(folder))


def has_little_room(folder: Path) -> bool:
    """Tell whether the disk is all but full."""
    return shutil.disk_usage(standing(folder)).free < ROOM
