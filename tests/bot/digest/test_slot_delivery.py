"""A slot from claim to post: when it is late, who may post it, what becomes of a claim that was left open."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from analytics.storage.database import Database
from bot.digest.digests import Digests
from bot.digest.other_posts import FoundPost, OtherPosts
from bot.digest.records import State, Subscription
from bot.digest.roles import Content
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.slack_errors import TooFast

MONDAY = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)


def nothing() -> None:
    """Do nothing."""


@dataclass
class OneSlot:
    """One subscription for Mondays at nine, a clock, and what was built and posted; it is builder and poster too."""

    store: DigestStore
    now: dt.datetime = MONDAY
    quiet: str = ""
    trouble: list[Exception] = field(default_factory=list)
    while_building: Callable[[], None] = nothing
    late: list[bool] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def slot(self) -> Slot:
        """This Monday's."""
        return Slot(1, MONDAY.date(), MONDAY.time(), MONDAY)

    @property
    def digests(self) -> Digests:
        """One process."""
        return Digests(self.store, self, self, lambda: self.now, "me", wait=self.waited.append)

    def build(self, subscription: Subscription, slot: Slot, *, late: bool) -> Content:
        del subscription, slot
        self.late.append(late)
        self.while_building()
        return Content("digest", quiet=self.quiet)

    def correction(self, shown: dict[str, Any]) -> None:
        del shown

    def measure(self) -> None:
        """Know the time already."""

    def post(self, channel: str, message: Any, key: str, check: Callable[[], None], again: int) -> str:
        del channel, message, again
        check()
        if self.trouble:
            raise self.trouble.pop(0)
        self.posted.append(key)
        return "1.0"

    def find(self, channel: str, key: str, since: dt.datetime, others: OtherPosts | None) -> FoundPost | None:
        del channel, since, others
        return FoundPost("1.0", key) if key in self.posted else None

    def detail(self, channel: str, ts: str, details: Any, key: str, *, look: bool, check: Callable[[], None]) -> str:
        """Post no details, of which nothing is missing."""
        del channel, ts, details, key, look, check
        return ""

    def words_since(self, user: str, since: dt.datetime) -> Sequence[Any]:
        """Tell that nobody was written to."""
        del user, since
        return ()

    def marks(self, channel: str, ts: str) -> frozenset[str]:
        """See an empty thread."""
        del channel, ts
        return frozenset()

    def reply(self, channel: str, ts: str, message: Any, key: str) -> None:
        """Reply nothing."""

    def tell(self, user: str, text: str, earlier: Any | None, told: Collection[str]) -> bool:
        del user, earlier, told
        self.told.append(text)
        return True

    def state(self) -> State:
        """Tell what became of this Monday's slot."""
        return self.store.history(1)[0].state


@pytest.fixture
def world(tmp_path: Path) -> OneSlot:
    """Subscribe a channel a day before it is due."""
    store = DigestStore(Database(tmp_path, lambda: MONDAY))
    before = MONDAY - dt.timedelta(days=1)
    store.subscribe(Subscription("T1", "C1", 0, MONDAY.time(), "UTC", "U1", before, before))
    return OneSlot(store)


@pytest.mark.parametrize(("after", "late"), [(15 * MINUTE - SECOND, False), (15 * MINUTE, True)])
def test_a_quarter_of_an_hour_is_late(world: OneSlot, after: dt.timedelta, late: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Below that it is the time that the clock and a full queue take."""
    world.now = MONDAY + after
    world.digests.tick()

    assert world.late == [late]


def test_who_lost_the_claim_while_building_posts_nothing(world: OneSlot) -> None:
    """Another process took the slot over, because this one stood still: it is the other's to post."""
    world.while_building = lambda: [world.store.take_over("other", MONDAY + MINUTE, MONDAY + MINUTE), None][1]
    world.digests.tick()

    assert (world.late, world.posted) == ([False], [])


@pytest.mark.parametrize(("age", "posted"), [(5 * MINUTE, 0), (5 * MINUTE + SECOND, 1)])
def test_an_open_claim_is_left_alone_for_five_minutes(world: OneSlot, age: dt.timedelta, posted: int) -> None:
    """Its owner may still be at it; then it is looked for, not found, and posted."""
    world.store.claim(world.slot, "dead", MONDAY)
    world.now = MONDAY + age
    world.digests.tick()

    assert len(world.posted) == posted


def test_what_was_paused_meanwhile_is_not_posted(world: OneSlot) -> None:
    """The claim of a dead process is settled as skipped, with the reason."""
    world.store.claim(world.slot, "dead", MONDAY)
    world.store.set_state(1, State.PAUSED, "somebody here paused it", MONDAY)
    world.now = MONDAY + 6 * MINUTE
    world.digests.tick()

    assert (world.posted, world.state()) == ([], State.SKIPPED)
    assert world.store.history(1)[0].reason == "the digest was paused meanwhile"


def test_a_quiet_week_is_posted_unless_only_what_matters_is_wanted(world: OneSlot) -> None:
    """Who did not ask for silence gets the digest, and it says that nothing changed."""
    world.quiet = "nothing changed"
    world.digests.tick()

    assert len(world.posted) == 1


def test_a_pause_that_slack_asks_for_is_kept_to_the_second(world: OneSlot) -> None:
    """Then the same is tried again, and posted once."""
    world.trouble = [TooFast(7), TooFast(3)]
    world.digests.tick()

    assert (world.waited, len(world.posted), world.state()) == ([7, 3], 1, State.POSTED)


def test_a_slot_is_posted_once_however_often_the_clock_ticks(world: OneSlot) -> None:
    """Three ticks, one post."""
    for _ in range(3):
        world.digests.tick()

    assert world.posted == [world.slot.key]
