"""What people change of a digest: told as what it is, to whom it concerns, and taken back once."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from analytics.storage.database import Database
from bot.digest.change_words import Change, way_back
from bot.digest.digest_changes import DigestChanges
from bot.digest.records import State, Subscription
from bot.digest.store import DigestStore

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
WANTED = Subscription("T1", "C1", 0, dt.time(9), "UTC", "ann", NOW, NOW)


class HeardChanges:
    """Tells nobody, and remembers."""

    def __init__(self) -> None:
        self.heard: list[Change] = []
        self.renewed: list[set[str]] = []

    def tell(self, change: Change) -> bool:
        """Remember it."""
        self.heard.append(change)
        return True


@pytest.fixture
def told() -> HeardChanges:
    """Give who is told."""
    return HeardChanges()


@pytest.fixture
def changes(tmp_path: Path, told: HeardChanges) -> Iterator[DigestChanges]:
    """Give the changes of an empty store."""
    with closing(Database(tmp_path, lambda: NOW)) as database:
        teller: Any = told
        yield DigestChanges(DigestStore(database), teller, lambda: NOW, told.renewed.append)


def test_what_is_taken_back_is_told_as_that_and_is_taken_back_once(changes: DigestChanges, told: HeardChanges) -> None:
    """By the number of the change: the second click finds another one there."""
    made, _ = changes.subscribe(WANTED)
    changes.pause(made.digest, "bob")
    way = way_back(told.heard[-1])

    undone = changes.undo(way, "cid")
    assert undone is not None
    assert undone.digest.state is State.ACTIVE
    assert [(one.by, one.is_undo) for one in told.heard] == [("bob", False), ("cid", True)]
    assert told.renewed == [{"bob", "ann"}, {"cid", "ann"}]
    assert changes.undo(way, "cid") is None
