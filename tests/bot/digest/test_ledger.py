"""The ledger: what a stranger may not touch, what is not undone by halves, and whom it counts; on both engines."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.storage.database import Database
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
MINUTE, WEEK = dt.timedelta(minutes=1), dt.timedelta(weeks=1)
WANTED = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", NOW, NOW, ("top",))
SLOT = Slot(1, dt.date(2026, 11, 30), dt.time(9), NOW)
LAST = replace(SLOT, day=dt.date(2026, 11, 23), due_at=NOW - WEEK)


@pytest.fixture
def store(database: Database) -> DigestStore:
    """Open a store with one subscription."""
    store = DigestStore(database)
    store.subscribe(WANTED)
    return store


def line(store: DigestStore, slot: Slot = SLOT) -> LedgerEntry:
    """Give a slot's line of the ledger."""
    return next(entry for entry in store.history(slot.subscription) if entry.slot == slot)


@pytest.mark.parametrize("state", [State.SKIPPED, State.FAILED, State.UNKNOWN, State.POSTED])
def test_what_is_closed_is_not_touched_again(store: DigestStore, state: State) -> None:
    """Its owner is told that it is dealt with, and neither its time nor its attempts move."""
    store.claim(SLOT, "a", NOW)
    store.mark(SLOT, state, NOW, details=True)
    before = line(store)

    assert not store.touch(SLOT, "a", NOW + MINUTE)
    assert line(store) == before


def test_what_is_open_is_touched_by_its_owner_alone(store: DigestStore) -> None:
    """And that is an attempt more."""
    store.claim(SLOT, "a", NOW)

    assert not store.touch(SLOT, "b", NOW + MINUTE)
    assert store.touch(SLOT, "a", NOW + MINUTE)
    assert (line(store).attempts, line(store).claimed_at) == (2, NOW + MINUTE)


def test_those_that_waited_longest_are_taken_first(store: DigestStore) -> None:
    """Of three, one at a time, though the newest came first into the table: so none starves."""
    for minutes in (3, 1, 2):
        store.claim(replace(SLOT, at=dt.time(9, minutes)), "dead", NOW + minutes * MINUTE)

    taken = [store.take_over("a", NOW + 9 * MINUTE, NOW + WEEK, most=1)[0].slot.at.minute for _ in range(3)]
    assert taken == [1, 2, 3]


def test_threads_that_waited_longest_are_taken_first(store: DigestStore) -> None:
    """The same of posts whose threads are not complete."""
    for minutes in (3, 1, 2):
        slot = replace(SLOT, at=dt.time(9, minutes))
        store.claim(slot, "dead", NOW + minutes * MINUTE)
        store.mark(slot, State.POSTED, NOW, ts=f"1.{minutes}")

    taken = [store.take_threads("a", NOW + 9 * MINUTE, NOW + WEEK, most=1)[0].slot.at.minute for _ in range(3)]
    assert taken == [1, 2, 3]


def test_half_a_telling_is_none(store: DigestStore) -> None:
    """Another process told of one of two meanwhile: the other is left for its own message."""
    for slot in (LAST, SLOT):
        store.claim(slot, "a", NOW, State.SKIPPED, "it was off")
    both = store.list_untold(NOW - WEEK)
    assert len(both) == 2
    assert store.tell("U1", both[:1], NOW, None)

    assert not store.tell("U1", both, NOW + MINUTE, None)
    assert [entry.slot for entry in store.list_untold(NOW - WEEK)] == [SLOT]


def test_when_it_was_posted_is_kept_as_it_is_said(store: DigestStore) -> None:
    """What was found in its channel was posted before it was found; without a word it is now."""
    store.claim(SLOT, "a", NOW)
    store.mark(SLOT, State.POSTED, NOW + WEEK, posted_at=NOW + MINUTE)
    store.claim(LAST, "a", NOW)
    store.mark(LAST, State.POSTED, NOW + WEEK)

    assert (line(store).posted_at, line(store, LAST).posted_at) == (NOW + MINUTE, NOW + WEEK)


def test_a_correction_is_remembered_by_the_first_of_two(store: DigestStore, database: Database) -> None:
    """Both processes read the same line; the second finds it changed, and says nothing."""
    other = DigestStore(database)
    store.claim(SLOT, "a", NOW)
    store.mark(SLOT, State.POSTED, NOW, shown={"headline": "x"})
    (mine,), (theirs,) = store.list_posted(NOW), other.list_posted(NOW)

    assert store.correct(mine, {"headline": "y"})
    assert not other.correct(theirs, {"headline": "z"})
    assert line(store).shown == {"headline": "y"}


def test_slots_of_other_workspaces_are_not_counted(store: DigestStore, database: Database) -> None:
    """Two bots in one database: `status` of each tells its own."""
    store.subscribe(replace(WANTED, team="T2", channel="C2"))
    store.claim(SLOT, "a", NOW)
    store.claim(replace(SLOT, subscription=2), "b", NOW, State.SKIPPED, "off")

    assert DigestStore(database, "T1").counts_since(NOW) == {"claimed": 1}
    assert DigestStore(database, "T2").counts_since(NOW) == {"skipped": 1}


def test_a_workspace_reads_its_own_lines_of_the_ledger(store: DigestStore, database: Database) -> None:
    """A thousand visits, each of which read the keys of all, would read and keep them a thousand times."""
    store.subscribe(replace(WANTED, team="T2", channel="C2"))
    theirs = replace(SLOT, subscription=2)
    for slot in (SLOT, theirs):
        store.claim(slot, "a", NOW)

    assert DigestStore(database, "T1").keys(NOW) == {SLOT.key}
    assert DigestStore(database, "T2").keys(NOW) == {theirs.key}
    assert store.keys(NOW) == {SLOT.key, theirs.key}


def test_a_stranger_lets_no_slot_rest(store: DigestStore) -> None:
    """Nor does its owner, once it is closed."""
    store.claim(SLOT, "a", NOW)
    store.rest(SLOT, "b", NOW + WEEK)
    assert line(store).claimed_at == NOW

    store.rest(SLOT, "a", NOW + MINUTE)
    assert line(store).claimed_at == NOW + MINUTE
    store.mark(SLOT, State.SKIPPED, NOW)
    store.rest(SLOT, "a", NOW + WEEK)
    assert line(store).claimed_at == NOW + MINUTE


def test_a_reason_is_cut_at_three_hundred_letters(store: DigestStore) -> None:
    """Wherever it is written: PostgreSQL refuses longer ones, SQLite would keep a page of them."""
    long = "x" * 40_000
    store.claim(SLOT, "a", NOW, State.SKIPPED, long)
    assert len(line(store).reason) == 300
    store.mark(SLOT, State.FAILED, NOW, long + "y")
    assert line(store).reason == "x" * 300
    store.mark(SLOT, State.POSTED, NOW)
    store.close_thread(SLOT, "a", "z" * 40_000)
    assert line(store).reason == "z" * 300
