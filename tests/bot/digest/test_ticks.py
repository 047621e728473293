"""What a tick leaves alone: a store that is not kept, channels of strangers, digests of long ago."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.storage.database import Database
from bot.digest.digests import Digests
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from tests.bot.digest.harness import HOUR, MINUTE, MONDAY, Harness

WANTED = Subscription("T1", "C1", 0, dt.time(8), "UTC", "U1", MONDAY, MONDAY)
WEEK = dt.timedelta(weeks=1)


@dataclass
class NoChannels:
    """Slack that knows no channel, and a builder that corrects nothing; both note what they are asked."""

    asked: list[Any] = field(default_factory=list)

    def measure(self) -> None:
        """Learn nothing."""

    def sees(self, channel: str) -> bool:
        """Know none."""
        self.asked.append(channel)
        return False

    def correction(self, shown: dict[str, Any]) -> None:
        """Correct nothing."""
        self.asked.append(shown["headline"])


def test_nothing_is_posted_that_could_not_be_remembered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The store is a copy in memory, which a restart forgets: what is posted now would be posted again."""
    (tmp_path / "home" / "frameworks.sqlite3").mkdir(parents=True)  # in the file's place: it cannot be opened
    harness = Harness(tmp_path / "home")
    try:
        harness.subscribe()
        harness.now = MONDAY + MINUTE
        harness.process().tick()
        assert harness.posts() == []
        assert "digests wait: what is posted could not be remembered. " in caplog.text
        assert harness.store.why_not_kept in caplog.text

        (tmp_path / "home" / "frameworks.sqlite3").rmdir()
        harness.subscribe(since=MONDAY - HOUR)
        harness.process().tick()
        assert len(harness.posts()) == 1
    finally:
        harness.close()


def test_a_strangers_channel_is_asked_about_once(database: Database) -> None:
    """Not at every tick: that would be a call a minute for each, for good."""
    DigestStore(database).subscribe(replace(WANTED, team="T2"))
    slack: Any = NoChannels()
    digests = Digests(DigestStore(database, "T1"), slack, slack, lambda: MONDAY, "a")

    for _ in range(3):
        digests.tick()

    assert slack.asked == ["C1"]
    assert DigestStore(database, "T1").list_foreign() == ["C1"]


@pytest.mark.parametrize(("later", "asked"), [(8 * WEEK, ["x"]), (8 * WEEK + MINUTE, [])])
def test_digests_of_eight_weeks_are_corrected(database: Database, later: dt.timedelta, asked: list[str]) -> None:
    """What was said before that nobody reads again."""
    store, slot = DigestStore(database), Slot(1, MONDAY.date(), dt.time(8), MONDAY)
    store.subscribe(WANTED)
    store.claim(slot, "a", MONDAY)
    store.mark(slot, State.POSTED, MONDAY, ts="1.2", details=True, shown={"headline": "x"})
    builder: Any = NoChannels()

    assert Digests(store, builder, builder, lambda: MONDAY + later, "a").correct() == 0
    assert builder.asked == asked
