"""
Pictures that one process has uploaded, found by the others on the same database: by workspace and name, the file's id.

It rests with the readings. Where the database is away each process uploads its own, as one alone does.
"""

from typing import Protocol

from analytics.context import Clock
from analytics.domain.reading_kinds import UPLOADED_PICTURE
from analytics.storage.readings import Reading, ReadingStore

FORGOTTEN = "forgotten"


def begin_key(home: str) -> str:
    """Give how the keys of a workspace's pictures begin."""
    return f"{home} "


class PictureShelf(Protocol):
    """Where a process looks for pictures that it has not uploaded itself."""

    def find(self, name: str) -> str:
        """Give a file's id; nothing where there is none."""

    def put(self, name: str, file_id: str) -> None:
        """Let others find it."""

    def drop(self, name: str) -> None:
        """Let nobody find it any more: Slack does not show it."""


class NoShelf:
    """That of a process alone: it remembers its pictures itself."""

    def find(self, name: str) -> str:  # noqa: ARG002 - as the shared one
        """Find nothing."""
        return ""

    def put(self, name: str, file_id: str) -> None:
        """Keep nothing."""

    def drop(self, name: str) -> None:
        """Keep nothing."""


class SharedPictures:
    """Pictures of the workspace `home` in the database."""

    def __init__(self, readings: ReadingStore, now: Clock, home: str) -> None:
        self._readings = readings
        self._now = now
        self._home = home

    def find(self, name: str) -> str:
        """Give a file's id; nothing where there is none."""
        known = self._readings.newest(UPLOADED_PICTURE, self._key(name))
        return str(known.body.get("file", "")) if known else ""

    def put(self, name: str, file_id: str) -> None:
        """Let others find it."""
        self._readings.add(Reading(UPLOADED_PICTURE, self._key(name), self._now(), "", {"file": file_id}))

    def drop(self, name: str) -> None:
        """Let nobody find it any more: Slack does not show it."""
        self._readings.add(Reading(UPLOADED_PICTURE, self._key(name), self._now(), FORGOTTEN, {}))

    def _key(self, name: str) -> str:
        return f"{begin_key(self._home)}{name}"
