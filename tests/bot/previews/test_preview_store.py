"""Whose word on previews counts: a channel's own, else the workspace's, else none; and of no other workspace."""

import datetime as dt

import pytest

from analytics.storage.database import Database
from bot.previews.preview_store import EVERYWHERE, PreviewStore

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def store_of(database: Database, home: str = "T1") -> PreviewStore:
    """Give the settings of a workspace."""
    return PreviewStore(database, lambda: NOW, home)


@pytest.mark.parametrize(
    ("everywhere", "own", "wanted"),
    [(None, None, False), (True, None, True), (True, False, False), (False, True, True), (None, True, True)],
)
def test_a_channels_own_word_goes_before_the_workspaces(
    database: Database,
    everywhere: bool | None,  # noqa: FBT001 - a parameter of the test
    own: bool | None,  # noqa: FBT001 - a parameter of the test
    wanted: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Who has said nothing has what everybody has, and by default none."""
    store = store_of(database)
    for channel, word in ((EVERYWHERE, everywhere), ("C1", own)):
        if word is not None:
            store.want(channel, "U1", wanted=word)

    assert store.are_wanted("C1") is wanted
    assert store.has_own_word("C1") is (own is not None)


def test_the_same_said_twice_changes_nothing(database: Database) -> None:
    """Nobody is told of a change that is none."""
    store = store_of(database)

    assert [store.want("C1", "U1", wanted=word) for word in (True, True, False, False)] == [True, False, True, False]


def test_no_workspace_hears_of_anothers_words(database: Database) -> None:
    """Not what is wanted, not how many refuse, not what is forgotten."""
    ours, theirs = store_of(database, "T1"), store_of(database, "T2")
    theirs.want(EVERYWHERE, "U2", wanted=True)
    theirs.want("C1", "U2", wanted=False)

    assert (ours.are_wanted("C9"), ours.has_own_word("C1"), ours.count_refusals()) == (False, False, 0)
    assert (ours.forget_all(), theirs.are_wanted("C9"), theirs.count_refusals()) == (0, True, 1)


def test_what_is_forgotten_everywhere_is_counted_by_who_had_it(database: Database) -> None:
    """A channel that refused them lost nothing."""
    store = store_of(database)
    for channel, wanted in (("C1", True), ("C2", False), (EVERYWHERE, True)):
        store.want(channel, "U1", wanted=wanted)

    assert (store.count_refusals(), store.forget_all(), store.are_wanted("C1")) == (1, 2, False)


def test_a_change_is_named_by_when_and_by_whom(database: Database) -> None:
    """The Undo under it goes by that name: another's change since has another."""
    store = store_of(database)
    unsaid = store.name_last_change("C1")
    store.want("C1", "U1", wanted=True)
    first = store.name_last_change("C1")
    store.want("C1", "U2", wanted=False)

    assert (unsaid, first, store.name_last_change("C1")) == ("", f"{NOW.timestamp()}-U1", f"{NOW.timestamp()}-U2")
