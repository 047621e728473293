"""What a process knows of a workspace outlives its desk, which has to make room for others."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from analytics.storage.database import Database
from bot.desk_memory import DeskMemories, DeskMemory
from bot.reception import Desks
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@dataclass
class IdleStep:
    """A workflow's step that does nothing."""

    is_busy: bool = False


@dataclass
class Remembering:
    """A desk that has its memory alone."""

    memory: DeskMemory
    step: IdleStep = field(default_factory=IdleStep)


@dataclass
class ForgottenDesk:
    """Installations in two workspaces, and room for one desk."""

    store: Installations
    desks: Any = None
    seconds: float = 0.0


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[ForgottenDesk]:
    """Set the scene."""
    with closing(Database(tmp_path, lambda: NOW)) as database:
        scene = ForgottenDesk(Installations(database, TokenSeal(Fernet.generate_key().decode()), lambda: NOW))
        memories = DeskMemories(database)
        make: Any = lambda found: Remembering(memories.of(found.home, None))  # noqa: E731 - typed as what makes real ones
        scene.desks = Desks(scene.store, make, lambda: scene.seconds, most=1, when_gone=memories.forget)
        for home in ("T1", "T2"):
            scene.store.keep(Installed(home, "xoxb-1", NOW))
        yield scene


def test_it_outlives_a_desk_that_made_room(scene: ForgottenDesk) -> None:
    """Another desk, and the same watch over the ledger, clicks under way and ways back; none of another workspace."""
    first = scene.desks.at("T1")
    second = scene.desks.at("T2")
    again = scene.desks.at("T1")

    assert again is not first
    assert again.memory is first.memory
    assert again.memory is not second.memory


def test_it_outlives_a_new_token_and_not_a_departure(scene: ForgottenDesk) -> None:
    """Who is installed again begins anew: all that was kept may have been deleted."""
    first = scene.desks.at("T1").memory
    scene.store.keep(Installed("T1", "xoxb-2", NOW))
    scene.seconds += 10.0
    assert scene.desks.at("T1").memory is first

    scene.store.remove("T1")
    scene.seconds += 10.0
    assert scene.desks.at("T1") is None
    scene.store.keep(Installed("T1", "xoxb-3", NOW))
    assert scene.desks.at("T1").memory is not first
