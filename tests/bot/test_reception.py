"""The desks of many workspaces: made when needed, kept while there is room, looked up again, served in bad times."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from analytics.errors import DatabaseTrouble
from analytics.storage.database import Database
from bot.reception import Desks
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@dataclass
class FakeStep:
    """A workflow's step, busy or not."""

    is_busy: bool = False


@dataclass
class FakeDesk:
    """A desk that knows its token alone."""

    token: str
    step: FakeStep = field(default_factory=FakeStep)


class InstallationsAway(Installations):
    """A store whose database can be taken away."""

    is_away = False

    def find(self, home: str) -> Installed | None:
        """Find, unless it is away."""
        if self.is_away:
            raise DatabaseTrouble("It is away.", "Wait.")
        return super().find(home)


@dataclass
class ManyDesks:
    """Installations, a clock, and the desks."""

    store: InstallationsAway
    desks: Any = None
    seconds: float = 0.0

    def install(self, home: str, token: str) -> None:
        """Keep an installation."""
        self.store.keep(Installed(home, token, NOW))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[ManyDesks]:
    """Set the scene with room for two."""
    database = Database(tmp_path, lambda: NOW)
    scene = ManyDesks(InstallationsAway(database, TokenSeal(Fernet.generate_key().decode()), lambda: NOW))
    make: Any = lambda found: FakeDesk(found.token)  # noqa: E731 - typed as what makes real ones
    scene.desks = Desks(scene.store, make, lambda: scene.seconds, most=2)
    yield scene
    database.close()


def test_one_that_was_never_heard_of_is_loaded_and_kept(scene: ManyDesks) -> None:
    """The same desk, so that what it remembers is remembered."""
    scene.install("T1", "xoxb-1")

    assert scene.desks.at("T1") is scene.desks.at("T1")
    assert scene.desks.at("T2") is None


def test_another_installation_is_noticed_within_seconds(scene: ManyDesks) -> None:
    """A new token makes a new desk; an installation that is gone none."""
    scene.install("T1", "xoxb-1")
    scene.desks.at("T1")
    scene.install("T1", "xoxb-2")
    scene.seconds += 10.0
    assert scene.desks.at("T1").token == "xoxb-2"

    scene.store.remove("T1")
    scene.seconds += 10.0
    assert scene.desks.at("T1") is None


def test_who_was_not_heard_of_for_longest_makes_room(scene: ManyDesks) -> None:
    """But none with a run of a workflow that has to be ended."""
    for home in ("T1", "T2", "T3"):
        scene.install(home, f"xoxb-{home}")
    first, second = scene.desks.at("T1"), scene.desks.at("T2")
    first.step.is_busy = True
    scene.desks.at("T3")

    assert scene.desks.at("T1") is first
    assert scene.desks.at("T2") is not second


def test_with_the_database_away_who_is_known_is_served(scene: ManyDesks) -> None:
    """And who is not cannot be."""
    scene.install("T1", "xoxb-1")
    known = scene.desks.at("T1")
    scene.store.is_away = True
    scene.seconds += 10.0

    assert scene.desks.at("T1") is known
    with pytest.raises(DatabaseTrouble):
        scene.desks.at("T2")


def test_a_token_is_renewed_where_the_app_was_installed_again(scene: ManyDesks) -> None:
    """The next payload gets a desk with the newer one; with the same, none, or the database away there is nothing."""
    scene.install("T1", "xoxb-1")
    scene.desks.at("T1")
    assert scene.desks.renew("T1", "xoxb-1") == ""
    scene.install("T1", "xoxb-2")

    assert scene.desks.renew("T1", "xoxb-1") == "xoxb-2"
    assert scene.desks.at("T1").token == "xoxb-2"
    assert scene.desks.renew("T9", "xoxb-1") == ""
    scene.store.is_away = True
    assert scene.desks.renew("T1", "xoxb-1") == ""
