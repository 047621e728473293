"""Subscriptions and ledger, on a real SQLite and on a real PostgreSQL."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from analytics.storage.database import Database
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
WANTED = Subscription("T1", "C1", 0, dt.time(9), "Europe/Berlin", "U1", NOW, NOW, ("top",))
SLOT = Slot(1, dt.date(2026, 11, 30), dt.time(9), NOW)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def store(database: Database) -> DigestStore:
    """Open a store with one subscription."""
    store = DigestStore(database)
    store.subscribe(WANTED)
    return store


def test_a_double_click_makes_one_subscription(store: DigestStore) -> None:
    """The second is no new one, and changes nothing."""
    assert store.subscribe(replace(WANTED, since=NOW + MINUTE)) == (store.of_channel("C1"), False)
    assert len(store.active()) == 1


def test_a_changed_one_keeps_its_creator(store: DigestStore) -> None:
    """Another time, by another person: one subscription, still the first one's."""
    changed, new = store.subscribe(replace(WANTED, at=dt.time(10), creator="U2"))

    assert (changed.at, changed.creator, new) == (dt.time(10), "U1", False)


def test_what_is_paused_is_not_active_and_owes_nothing_when_resumed(store: DigestStore) -> None:
    """Resuming starts anew."""
    store.set_state(1, State.PAUSED, "the channel is archived", NOW)
    assert store.active() == []

    store.set_state(1, State.ACTIVE, "", NOW + MINUTE)
    assert store.active()[0].since == NOW + MINUTE


def test_a_slot_is_claimed_once_however_many_try(store: DigestStore) -> None:
    """Eight at once: one gets it."""
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda number: store.claim(SLOT, f"p{number}", NOW), range(8)))

    assert sorted(got) == [False] * 7 + [True]
    assert store.keys(NOW) == {SLOT.key}


def test_an_old_claim_is_taken_over_by_one(store: DigestStore, open_database: Callable[[], Database]) -> None:
    """Two processes find the same open claim; one has it, and a fresh one is left alone."""
    store.claim(SLOT, "dead", NOW)
    other = DigestStore(open_database())
    assert store.take_over("a", NOW, NOW + MINUTE) == []

    first = store.take_over("a", NOW + MINUTE, NOW + 2 * MINUTE)
    second = other.take_over("b", NOW + MINUTE, NOW + 2 * MINUTE)

    assert ([entry.slot for entry in first], second) == ([SLOT], [])


def test_who_lost_a_claim_is_told_before_posting(store: DigestStore) -> None:
    """The former owner wakes up and may not post."""
    store.claim(SLOT, "sleepy", NOW)
    store.take_over("other", NOW + MINUTE, NOW + 2 * MINUTE)

    assert not store.touch(SLOT, "sleepy", NOW + 3 * MINUTE)
    assert store.touch(SLOT, "other", NOW + 3 * MINUTE)


def test_the_ledger_says_what_became_of_each(store: DigestStore) -> None:
    """State, reason, post and what it showed, newest first."""
    store.claim(SLOT, "a", NOW)
    store.mark(SLOT, State.POSTED, NOW + MINUTE, ts="1.2", shown={"headline": "x"})
    later = replace(SLOT, day=dt.date(2026, 12, 7), due_at=NOW + dt.timedelta(weeks=1))
    store.claim(later, "a", NOW, State.SKIPPED, "the bot was off")

    newest, oldest = store.history(1)
    assert (newest.state, newest.reason) == (State.SKIPPED, "the bot was off")
    assert (oldest.state, oldest.ts, oldest.posted_at, oldest.shown) == (
        "posted",
        "1.2",
        NOW + MINUTE,
        {"headline": "x"},
    )
    assert store.counts_since(NOW) == {"posted": 1, "skipped": 1}
