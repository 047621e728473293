"""Two digests of one channel, due in the same minute: each once, whoever dies, and whatever is put back."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.digest_words.digest_names import fold_name, name_in_value, tidy_name
from analytics.storage.database import Database
from bot.digest.other_posts import FoundPost, others_than
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from tests.bot.digest.harness import DAY, HOUR, MINUTE, MONDAY, Harness
from tests.bot.digest.test_put_back import put_back, save
from tests.simulation.virtual_time import Killed

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
PLAIN = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", NOW, NOW)
NAMED = replace(PLAIN, name="Mobile")


def subscribe_both(harness: Harness) -> None:
    """Make the plain digest of a channel and one beside it, due together."""
    harness.subscribe()
    plain = harness.store.active()[0]
    harness.store.subscribe(replace(plain, id=0, name="mobile"))


def keys(harness: Harness) -> list[str]:
    """Give the keys of what was posted."""
    return sorted(post.metadata["event_payload"]["slot"] for post in harness.posts() if post.metadata)


BOTH = ["1 2026-11-30 08:00", "2 2026-11-30 08:00 “mobile”"]


def test_each_of_two_is_posted_once(harness: Harness) -> None:
    """However often it ticks, and by however many processes."""
    subscribe_both(harness)
    harness.now = MONDAY
    one, other = harness.process("a"), harness.process("b")
    for digests in (one, other, one):
        digests.tick()

    assert keys(harness) == BOTH
    assert len(harness.thread()) == 4


@pytest.mark.parametrize("step", ["claimed", "built", "posted", "marked"])
def test_one_that_dies_between_the_two_leaves_none_and_doubles_none(harness: Harness, step: str) -> None:
    """The claim that was left is settled by its own key: the other's post does not stand for it."""

    def die(at: str) -> None:
        if at == step:
            raise Killed

    subscribe_both(harness)
    harness.now = MONDAY
    with pytest.raises(Killed):
        harness.process("a", at=die).tick()
    for _ in range(3):
        harness.now += 6 * MINUTE
        harness.process("b").tick()

    assert keys(harness) == BOTH


@pytest.mark.parametrize("later", [HOUR, 90 * dt.timedelta(seconds=1)])
def test_a_folder_put_back_that_knows_one_of_them_posts_neither_again(harness: Harness, later: dt.timedelta) -> None:
    """The copy was made before the second one was, so that its post is no digest of the ledger's."""
    harness.subscribe()
    copy = save(harness)
    harness.store.subscribe(replace(harness.store.active()[0], id=0, name="mobile"))
    harness.now = MONDAY
    harness.running()
    put_back(harness, copy)
    harness.now = MONDAY + later
    harness.process("b").tick()

    assert keys(harness) == BOTH


def test_the_posts_of_another_digest_stand_for_none_of_this(harness: Harness) -> None:
    """The copy knows nothing of what its neighbour posted an hour before: that is not the plain one's all the same."""
    harness.subscribe()
    harness.store.subscribe(replace(harness.store.active()[0], id=0, name="mobile", at=dt.time(7)))
    copy = save(harness)
    harness.running()
    posted = ["2 2026-11-30 07:00 “mobile”"]
    assert keys(harness) == posted
    put_back(harness, copy)
    harness.now = MONDAY + 3 * MINUTE
    harness.process("b").tick()

    assert keys(harness) == [BOTH[0], *posted]


def test_of_a_monthly_one_half_a_month_counts() -> None:
    """A post of the same digest ten days before that no ledger knows is this slot's; one of another name is not."""
    slot = Slot(2, dt.date(2026, 12, 10), dt.time(9), NOW + 10 * DAY)
    others = others_than(slot, replace(NAMED, monthly="10"), ())
    before = FoundPost(f"{NOW.timestamp():.6f}", "7 2026-11-30 09:00 “MOBILE”")

    assert others.hold(before)
    assert not others.hold(replace(before, key="7 2026-11-30 09:00"))
    assert not others_than(slot, NAMED, ()).hold(before)


def test_a_name_is_one_whatever_its_case_and_a_channel_has_each_once(database: Database) -> None:
    """On both engines: made again it is changed, and stopped it is found again."""
    store = DigestStore(database, "T1")
    assert [store.subscribe(one)[1] for one in (PLAIN, NAMED, replace(NAMED, name="MOBILE", weekday=2))] == [
        *(True, True, False)
    ]
    assert [(one.name, one.weekday) for one in store.list_in("C1")] == [("", 0), ("MOBILE", 2)]

    named = store.of_name("C1", "mobile")
    assert named
    store.set_state(named.id, State.OFF, "", NOW)
    assert store.subscribe(NAMED) == (store.of_name("C1", "Mobile"), True)


def test_those_of_another_name_are_not_made_one(database: Database) -> None:
    """What was stored under another workspace comes home under its name."""
    everybody, ours = DigestStore(database), DigestStore(database, "T1")
    for digest in (replace(PLAIN, team="T2"), replace(NAMED, team="T2"), replace(NAMED, name="b")):
        everybody.subscribe(digest)
    ours.adopt("C1")

    assert [one.name for one in ours.list_in("C1")] == ["", "Mobile", "b"]
    assert ours.list_foreign() == []


def test_a_name_is_tidied_alike_from_words_and_from_a_form() -> None:
    """One line, no marks around it; its letters are one however they were put together."""
    assert tidy_name(" “Mobile\nmodels”! ") == "Mobile models"
    assert tidy_name("!!!") == ""
    assert fold_name("STRASSE") == fold_name("Straße")
    assert fold_name("é") == fold_name("e\u0301")


def test_a_button_of_an_older_version_is_about_the_plain_one() -> None:
    """Its value is the channel alone, or the question that it stood under."""
    assert name_in_value("C1 Mobile models", "C1") == "Mobile models"
    assert [name_in_value(value, "C1") for value in ("C1", "changes attributed", "hello", "")] == [""] * 4
