"""Whose a digest is: the workspace of the token and the channel decide, on SQLite and on PostgreSQL."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.storage.database import Database
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
OURS = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", NOW, NOW)
PARTNERS = replace(OURS, team="T2", creator="U2")
MONDAY = Slot(1, dt.date(2026, 11, 30), dt.time(9), NOW)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def everybody(database: Database) -> DigestStore:
    """Open the store as versions of before used it: under whatever a payload said."""
    return DigestStore(database)


@pytest.fixture
def ours(database: Database) -> DigestStore:
    """Open the same store for the workspace of our token."""
    return DigestStore(database, "T1")


def channels(store: DigestStore) -> list[str]:
    """Name the channels that get a digest."""
    return [subscription.channel for subscription in store.active()]


def test_the_digests_of_another_workspace_are_not_ours(everybody: DigestStore, ours: DigestStore) -> None:
    """Two bots in one database: neither posts, settles, corrects, tells or counts what is the other's."""
    everybody.subscribe(replace(PARTNERS, channel="C2"))
    everybody.claim(MONDAY, "other", NOW)
    posted = replace(MONDAY, day=dt.date(2026, 11, 16))
    everybody.claim(posted, "other", NOW, State.POSTED)
    skipped = replace(MONDAY, day=dt.date(2026, 11, 23))
    everybody.claim(skipped, "other", NOW, State.SKIPPED, "off")

    assert (ours.active(), ours.untold(NOW), ours.list_posted(NOW), ours.counts_since(NOW)) == ([], {}, [], {})
    assert ours.take_over("us", NOW + MINUTE, NOW + MINUTE) == []
    assert len(everybody.take_over("them", NOW + MINUTE, NOW + MINUTE)) == 1


@pytest.mark.parametrize("team", ["T2", "E1", ""])
def test_what_was_stored_under_another_is_brought_home(everybody: DigestStore, ours: DigestStore, team: str) -> None:
    """Of a partner, of the organization, of nobody: it is the same digest, with its ledger."""
    everybody.subscribe(replace(OURS, team=team))
    everybody.claim(MONDAY, "us", NOW, State.SKIPPED, "off")
    assert (ours.list_foreign(), ours.of_channel("C1")) == (["C1"], None)

    ours.adopt("C1")

    assert (ours.list_foreign(), channels(ours)) == ([], ["C1"])
    assert [entry.slot for entry in ours.history(1)] == [MONDAY]


@pytest.mark.parametrize(
    ("states", "kept"),
    [
        ((State.ACTIVE, State.PAUSED), "U1"),
        ((State.PAUSED, State.ACTIVE), "U2"),
        ((State.OFF, State.PAUSED), "U2"),
        ((State.ACTIVE, State.ACTIVE), "U2"),
    ],
)
def test_of_two_in_a_channel_one_is_left(
    everybody: DigestStore, ours: DigestStore, states: tuple[State, State], kept: str
) -> None:
    """The one that comes; of two that come, the newer."""
    everybody.subscribe(replace(OURS, state=states[0]))
    everybody.subscribe(replace(PARTNERS, since=NOW + MINUTE, state=states[1]))

    ours.adopt("C1")

    left = ours.of_channel("C1")
    assert left
    assert (left.creator, left.team, ours.list_foreign()) == (kept, "T1", [])


def test_a_merged_ledger_posts_nothing_again(everybody: DigestStore, ours: DigestStore) -> None:
    """What was posted stays posted, the same week once; what was open could not be found again and is uncertain."""
    everybody.subscribe(OURS)
    everybody.subscribe(replace(PARTNERS, since=NOW + MINUTE))
    for number in (1, 2):
        everybody.claim(replace(MONDAY, subscription=number), "a", NOW, State.SKIPPED, f"of {number}")
    earlier = replace(MONDAY, day=dt.date(2026, 11, 23), due_at=NOW - dt.timedelta(weeks=1))
    everybody.claim(earlier, "a", NOW)

    ours.adopt("C1")

    ledger = [(entry.slot.subscription, entry.state, entry.reason[:4]) for entry in ours.history(2)]
    assert ledger == [(2, State.SKIPPED, "of 2"), (2, State.UNKNOWN, "it b")]
    assert ours.take_over("us", NOW + MINUTE, NOW + MINUTE) == []


def test_adopting_twice_at_once_is_adopting_once(everybody: DigestStore, ours: DigestStore) -> None:
    """Two processes at their first tick."""
    everybody.subscribe(PARTNERS)
    for _ in range(2):
        ours.adopt("C1")
    ours.adopt("C9")

    assert channels(ours) == ["C1"]
