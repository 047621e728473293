"""
A disk that is gone with the next release: SQLite in it loses every subscription, and nobody notices until Monday.

A folder without a volume lies on the container's own layer or in memory, which Linux tells. Some hosts have nothing
else, whatever the file system: those are known by a variable that they set.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

from analytics.storage.network_drives import find_kind, read_mounts

log = logging.getLogger(__name__)

VANISHING = {
    "overlay": "the layer of a container",
    "aufs": "the layer of a container",
    "tmpfs": "memory",
    "ramfs": "memory",
    "rootfs": "memory",
}
"""Kinds of file systems that end with the container or the machine, and what they are."""

HOSTS = {"DYNO": "Heroku", "K_SERVICE": "Cloud Run"}
"""Variables of hosts whose every disk vanishes with each release or restart."""


def find_vanishing(folder: Path, mounts: str, environment: Mapping[str, str]) -> str:
    """Say what a folder lies on that vanishes; nothing where it stays, or nothing is known."""
    host = next((name for variable, name in HOSTS.items() if variable in environment), "")
    return f"a disk of {host}" if host else VANISHING.get(find_kind(folder, mounts), "")


def warn_of_vanishing(folder: Path, environment: Mapping[str, str], mounts: str | None = None) -> None:
    """Say in the log, as an error, that all that is kept in a folder will be lost."""
    if what := find_vanishing(folder, read_mounts() if mounts is None else mounts, environment):
        log.error(
            "%s lies on %s, which vanishes with the next release or restart, and with it every subscription, alert and "
            "reading. Set DATABASE_URL to a PostgreSQL database, or FRAMEWORKS_HOME to a folder on a volume.",
            folder,
            what,
        )
