"""A damaged database: what can be saved of the digests goes on, nothing is posted twice, who made them hears of it."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from analytics.storage.damage_log import Damage
from analytics.storage.database import FILE
from bot.digest.damage_words import tell_of_damage, warn_of_damage
from bot.digest.records import State, Subscription
from tests.bot.digest.harness import DAY, MINUTE, MONDAY, Harness

PAGE = 4096


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Set up a workspace with two channels, whose digests are due on Monday."""
    harness = Harness(tmp_path)
    harness.subscribe(2)
    yield harness
    harness.close()


def spoil(home: Path, table: str) -> None:
    """Write over the page that a small table rests on."""
    with closing(sqlite3.connect(home / FILE)) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with (home / FILE).open("r+b") as raw:
        raw.seek((page - 1) * PAGE)
        raw.write(b"\xff" * PAGE)


def test_what_was_posted_is_not_posted_again_though_the_ledger_is_lost(harness: Harness) -> None:
    """Not by the process that meets the damage, in the very minute, nor by the next."""
    running = harness.running()
    harness.now = MONDAY
    running.tick()
    spoil(harness.home, "slots")
    harness.wait(60)
    running.tick()
    harness.open()
    harness.process("b").tick()

    assert [len(harness.posts(number)) for number in (1, 2)] == [1, 1]
    assert [harness.entry(number).state for number in (1, 2)] == [State.POSTED, State.POSTED]
    assert harness.store.damage


def test_who_made_the_digests_hears_of_it_once(harness: Harness) -> None:
    """One message for all their channels, whoever is started how often."""
    harness.running()
    spoil(harness.home, "slots")
    for _ in range(3):
        harness.open()
        harness.running("b").tick()
        harness.wait(3600)

    (told,) = harness.words()
    assert told.startswith(
        "The digests in <#C0DESK001> and <#C0DESK002> were saved when the bot's database was damaged"
    )
    assert "What was posted before may be missing in its history." in told


def test_weeks_whose_lines_were_lost_are_not_told_as_skipped(harness: Harness) -> None:
    """Nobody knows what became of them; the bot was running all the same."""
    harness.subscribe(3, since=MONDAY - 20 * DAY)
    harness.now = MONDAY + 2 * DAY
    spoil(harness.home, "slots")
    harness.open()
    harness.running("b")

    (told,) = harness.words()
    assert "was skipped" not in told
    seen = {(entry.state, entry.reason) for entry in harness.store.history(3)}
    assert seen == {(State.UNKNOWN, "what became of it was lost when the bot's database was damaged")}


@pytest.mark.parametrize("change", ["zone = 'Europe/Bexlin'", "at = '9x:00'", "weekday = 'x'"])
def test_one_row_that_cannot_be_read_keeps_no_other_from_its_digest(harness: Harness, change: str) -> None:
    """A letter that the disk changed is no damage to SQLite."""
    with closing(sqlite3.connect(harness.home / FILE)) as file, file:
        file.execute(f"UPDATE subscriptions SET {change} WHERE id = 1")  # noqa: S608 - ours
    running = harness.running()
    harness.now = MONDAY + MINUTE
    running.tick()

    assert [len(harness.posts(number)) for number in (1, 2)] == [0, 1]


def test_lost_digests_are_not_given_the_lines_of_others(harness: Harness) -> None:
    """All subscriptions gone: a new one begins at number 1, and is posted on its day."""
    harness.running()
    spoil(harness.home, "subscriptions")
    harness.open()
    assert harness.store.active() == []

    harness.subscribe(1)
    running = harness.running("b")
    harness.now = MONDAY + MINUTE
    running.tick()
    assert len(harness.posts()) == 1


def test_digests_of_a_file_that_was_taken_away_are_said_to_be_missing(harness: Harness) -> None:
    """In the place of the digest; who makes one anew is not told that it was saved, and nothing is posted for it."""
    harness.running()
    harness.close_database()
    (harness.home / FILE).unlink()
    harness.open()
    said = warn_of_damage(harness.store.damage, harness.now, has_digest=False)
    assert "The bot's database was lost on 30 Nov 2026 and not every digest could be saved" in said

    harness.wait(60)
    harness.subscribe(1)
    harness.running("b")
    assert harness.words() == []


MET = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ONE = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", MET, MET)
ALL = frozenset({"subscriptions", "slots"})


@pytest.mark.parametrize(
    ("whole", "has_digest", "said"),
    [
        (frozenset(), False, "not every digest could be saved: if this channel had one, make it again."),
        (frozenset({"slots"}), False, "not every digest could be saved"),
        (ALL, False, ""),
        (ALL, True, "could be saved."),
        (frozenset({"subscriptions"}), True, "may be missing. Nothing is posted twice"),
    ],
)
def test_the_digest_tells_what_a_damage_did_to_it(whole: frozenset[str], said: str, *, has_digest: bool) -> None:
    """For a month, and not where all is well."""
    damage = Damage(MET, "file", {"subscriptions": 1, "slots": 1}, whole)

    assert said in warn_of_damage(damage, MET + DAY, has_digest=has_digest)
    assert bool(said) == bool(warn_of_damage(damage, MET + DAY, has_digest=has_digest))
    assert warn_of_damage(damage, MET + 31 * DAY, has_digest=has_digest) == ""
    assert warn_of_damage(None, MET, has_digest=has_digest) == ""


def test_who_lost_nothing_is_told_no_more_than_that() -> None:
    """One channel, all saved."""
    damage = Damage(MET, "file", {"subscriptions": 1, "slots": 1}, ALL)

    assert tell_of_damage(damage, [ONE]) == (
        "The weekly digest in <#C1> was saved when the bot's database was damaged on 23 Nov 2026."
    )
