"""A ledger put back from a copy: what stands in the channel counts, whatever day and time it was posted for."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.storage.database import Database
from bot.digest.digests import Digests
from bot.digest.records import State, Subscription
from bot.digest.roles import Content
from bot.digest.store import DigestStore
from bot.digest.tick_memory import TickMemory
from bot.messages import Message
from tests.bot.digest.harness import DAY, HOUR, MINUTE, MONDAY, Harness, OneTable


def save(harness: Harness) -> Path:
    """Copy the folder while nobody uses it."""
    harness.close_database()
    copy = harness.home.with_name(f"{harness.home.name}-copy")
    shutil.copytree(harness.home, copy)
    harness.open()
    return copy


def put_back(harness: Harness, copy: Path) -> None:
    """Put the copy in the folder's place."""
    harness.close_database()
    shutil.rmtree(harness.home)
    shutil.copytree(copy, harness.home)
    harness.open()


def reconnect(harness: Harness, *processes: Digests) -> None:
    """Let processes that run go on with the database that was put back."""
    for digests in processes:
        digests._store._database = harness.database  # noqa: SLF001 - the server is the same one


def change(harness: Harness, *, at: int, weekday: int = 0, since: dt.datetime | None = None) -> Subscription:
    """Set another day or hour, as a person does."""
    subscription = harness.store.list_wanted()[0]
    changed = replace(subscription, at=dt.time(at), weekday=weekday, since=since or harness.now, id=0)
    return harness.store.subscribe(changed)[0]


@pytest.mark.parametrize("later", [HOUR, 90 * dt.timedelta(seconds=1)])
def test_yesterdays_folder_put_back_posts_nothing_again(harness: Harness, later: dt.timedelta) -> None:
    """The ledger has forgotten Monday's digest; the channel has not."""
    harness.subscribe()
    copy = save(harness)
    harness.now = MONDAY
    harness.running()
    put_back(harness, copy)

    harness.now = MONDAY + later
    harness.process("b").tick()

    assert len(harness.posts()) == 1
    assert (harness.entry().state, harness.entry().reason) == (State.POSTED, "it was in the channel already")
    assert len(harness.thread()) == 2


@pytest.mark.parametrize("hour", [7, 8, 12])
def test_a_digest_posted_at_another_time_since_the_copy_is_not_posted_again(harness: Harness, hour: int) -> None:
    """The copy says ten; posted was at seven, eight or noon: one digest, and the ledger says which."""
    harness.subscribe(since=MONDAY - DAY)
    change(harness, at=10)
    copy = save(harness)
    harness.now = MONDAY - 2 * HOUR
    change(harness, at=hour)
    digests = harness.running()
    harness.now = MONDAY + (hour - 8) * HOUR
    digests.tick()
    assert len(harness.posts()) == 1

    put_back(harness, copy)
    restarted = harness.process("b")
    for _ in range(8):
        restarted.tick()
        harness.now += HOUR
    assert len(harness.posts()) == 1
    assert (harness.entry().state, harness.entry().reason) == (
        State.POSTED,
        f"it was in the channel already, as that of 2026-11-30 {hour:02}:00",
    )
    assert (harness.entry().slot.at, harness.entry().details) == (dt.time(10), True)
    assert (harness.entry().shown, len(harness.thread())) == ({"question": "changes"}, 2)


@pytest.mark.parametrize(("days_before", "posts"), [(1, 1), (3, 1), (4, 2), (6, 2)])
def test_a_digest_belongs_to_the_slot_that_is_nearest(harness: Harness, days_before: int, posts: int) -> None:
    """Posted three days before Monday it is Monday's; four days before it was the week's before."""
    harness.now = MONDAY - 6 * DAY - HOUR
    harness.subscribe()
    copy = save(harness)
    harness.now = MONDAY - days_before * DAY - HOUR
    change(harness, at=8, weekday=7 - days_before)
    digests = harness.running()
    harness.now += HOUR
    digests.tick()
    assert len(harness.posts()) == 1

    put_back(harness, copy)
    restarted = harness.running("b")
    harness.now = MONDAY
    restarted.tick()
    assert len(harness.posts()) == posts


def test_who_changes_the_time_on_the_day_gets_another_digest(harness: Harness) -> None:
    """No copy was put back: the ledger knows the one at eight, and the one at ten is due."""
    harness.subscribe()
    harness.now = MONDAY
    harness.running()
    harness.now += HOUR
    change(harness, at=10)
    harness.now += HOUR
    harness.process("b").tick()

    assert [message.text for message in harness.posts()] == ["digest", "digest"]


def test_who_sets_it_after_the_copy_was_put_back_gets_it_as_set(harness: Harness) -> None:
    """Whoever sets it now sees the channel: what stands there was another one."""
    harness.subscribe()
    copy = save(harness)
    harness.now = MONDAY
    harness.running()
    put_back(harness, copy)
    harness.now += MINUTE
    restarted = harness.running("b")
    harness.now += HOUR
    change(harness, at=10)
    harness.now = MONDAY + 2 * HOUR
    restarted.tick()

    assert len(harness.posts()) == 2


def test_another_apps_digest_in_the_channel_is_not_ours(harness: Harness) -> None:
    """A second installation, such as one for trying, keeps none from coming."""
    harness.subscribe()
    copy = save(harness)
    change(harness, at=7, since=MONDAY - DAY)
    harness.running()
    (theirs,) = harness.posts()
    theirs.bot_id, theirs.user = "B0ANOTHER", "U0ANOTHER"
    put_back(harness, copy)
    harness.now = MONDAY
    harness.process("b").tick()

    assert len(harness.posts()) == 2


@pytest.mark.parametrize("is_readable", [True, False])
def test_a_ledger_put_back_under_a_running_process_is_noticed(harness: Harness, *, is_readable: bool) -> None:
    """As a backup of PostgreSQL may be, a minute and a half after the post, after a month of running."""
    harness.subscribe()
    copy = save(harness)
    digests = harness.running()
    harness.now = MONDAY
    digests.tick()
    put_back(harness, copy)
    reconnect(harness, digests)
    if not is_readable:
        harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + 90 * dt.timedelta(seconds=1)
    digests.tick()

    assert len(harness.posts()) == 1
    assert harness.entry().state is (State.POSTED if is_readable else State.UNKNOWN)


def test_who_shares_its_token_with_another_folder_looks_before_it_posts(harness: Harness) -> None:
    """A copy of the folder runs, too, since a week ago, and each believes its own ledger: one digest."""
    harness.subscribe(since=MONDAY - 8 * DAY)
    other = Database(save(harness), lambda: harness.now)
    harness.now = MONDAY - 6 * DAY
    first = harness.running("a", is_alone=lambda: False)
    second = harness.running("b", is_alone=lambda: False, store=DigestStore(other))

    harness.now = MONDAY
    first.tick()
    harness.now += MINUTE / 2
    second.tick()
    other.close()

    assert len(harness.posts()) == 1


def test_a_process_that_runs_for_days_does_not_look_before_each_digest(harness: Harness) -> None:
    """The ledger is whole: no history is asked for what is due just now."""
    harness.now = MONDAY - 5 * DAY
    harness.subscribe()
    digests = harness.running()
    harness.now = MONDAY
    digests.tick()

    assert len(harness.posts()) == 1
    assert harness.playground.requests("conversations.history") == []


class Correcting(OneTable):
    """Finds that what digests showed was wrong."""

    def correction(self, shown: dict[str, Any]) -> Content | None:
        """Correct what is wrong, once."""
        return Content(Message("Corrected: 5"), shown={"question": "x"}) if shown["question"] == "changes" else None


@pytest.mark.parametrize("is_readable", [True, False])
def test_a_correction_is_written_once_though_the_copy_knows_of_none(harness: Harness, *, is_readable: bool) -> None:
    """Its thread tells; while that cannot be read, a process that began lately writes none."""
    harness.subscribe()
    harness.now = MONDAY
    harness.running()
    copy = save(harness)
    harness.builder = Correcting()
    harness.now = MONDAY + DAY
    assert harness.running().correct() == 1
    put_back(harness, copy)
    if not is_readable:
        harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}

    restarted = harness.running("b")
    assert (restarted.correct(), restarted.correct()) == (0, 0)
    assert [message.text for message in harness.thread()].count("Corrected: 5") == 1
    assert (harness.entry().shown == {"question": "x"}) is is_readable


def test_who_cannot_be_read_for_long_is_corrected_all_the_same(harness: Harness) -> None:
    """A process that ran for half a week knows by itself what it wrote."""
    harness.subscribe()
    harness.builder = Correcting()
    harness.now = MONDAY
    digests = harness.running()
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + 4 * DAY

    assert (digests.correct(), digests.correct()) == (1, 0)


@pytest.mark.parametrize(("hours", "words"), [(2, 1), (30, 1), (6 * 24 + 2, 2)])
def test_what_a_person_was_told_is_not_told_again(harness: Harness, hours: int, words: int) -> None:
    """The copy knows of no word, and would say it in others; after six days the next Monday is told, and it alone."""
    harness.subscribe(2)
    copy = save(harness)
    harness.now = MONDAY + 2 * DAY
    harness.running()
    put_back(harness, copy)
    harness.now += hours * HOUR
    restarted = harness.running("b")
    restarted.tick()

    assert len(harness.words()) == words
    assert sum("30 Nov" in word for word in harness.words()) == 1
    assert harness.store.untold(MONDAY) == {}


@pytest.mark.parametrize("teller", [0, 1])
def test_a_word_that_the_copy_lacks_is_not_said_twice_that_day(harness: Harness, teller: int) -> None:
    """Two processes run, one told her; then a backup is put back under both, and her words cannot be read."""
    harness.subscribe()
    harness.now = MONDAY - 3 * DAY
    both = [harness.running("a"), harness.running("b")]
    harness.now = MONDAY
    harness.store.claim(harness.slot(1), "a", harness.now, State.SKIPPED, "a reason")
    copy = save(harness)
    reconnect(harness, *both)
    both[teller].tick()
    both[1 - teller].tick()
    put_back(harness, copy)
    reconnect(harness, *both)
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"im:history"}
    for _ in range(23):
        harness.now += HOUR
        both[0].tick()
        both[1].tick()
    assert (len(harness.words()), harness.entry().details) == (1, False)

    harness.now += 2 * HOUR
    both[0].tick()
    both[1].tick()
    assert (len(harness.words()), harness.entry().details) == (2, True)


def test_a_copy_put_back_between_two_desks_posts_nothing_again(harness: Harness) -> None:
    """The history is not to be read either: the first desk's eyes tell the second that the ledger lacks a line."""
    harness.subscribe(since=MONDAY - 5 * DAY)
    memory = TickMemory.begin(harness.store.replace_mark)
    first = harness.process(memory=memory)
    harness.now = MONDAY - 4 * DAY
    first.tick()
    copy = save(harness)
    reconnect(harness, first)
    harness.now = MONDAY
    first.tick()
    assert len(harness.posts()) == 1

    put_back(harness, copy)
    reconnect(harness, first)
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + MINUTE
    harness.process(memory=memory).tick()

    assert len(harness.posts()) == 1
