"""Which list is answered from: live when it can be, stored when it cannot, and always said which."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from analytics import sample
from analytics.answering.top_list_cache import TopListCache
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Top
from analytics.domain.staleness import FRESH, REST
from analytics.errors import NothingStored, RateLimited, SourceError, Unreachable

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
DOWN = Unreachable("http://hub", "it did not answer within 5 s")


def listed(ranking: Ranking, n: int, as_of: dt.datetime = NOW, task: str = "fill-mask") -> TopList:
    """Make a list of `n` models of one task."""
    origin = Origin("Hugging Face Hub", "model listing", "http://hub", "now")
    models = tuple(Model(f"org/m{i}", downloads_30d=10_000 - i, task=task, tags=()) for i in range(n))
    return TopList(ranking, as_of, models, asked=n, complete=False, origin=origin)


@dataclass
class FakeHub:
    """Answers with `n` models, or fails; remembers what it was asked."""

    trouble: SourceError | None = None
    asked: list[tuple[Ranking, int]] = field(default_factory=list)
    before: Callable[[], object] = bool

    def top(self, ranking: Ranking, limit: int, *, seconds: float, now: Callable[[], dt.datetime]) -> TopList:
        self.asked.append((ranking, limit))
        self.before()
        if self.trouble:
            raise self.trouble
        return listed(ranking, limit, now())


@dataclass
class FakeStore:
    """Keeps lists in memory, as the real store keeps them for good."""

    kept: list[TopList] = field(default_factory=list)
    notices: tuple[str, ...] = ()

    def add(self, top_list: TopList, method: str) -> bool:
        self.kept.append(top_list)
        return True

    def as_of(self, ranking: Ranking, moment: dt.datetime) -> TopList | None:
        found = [kept for kept in self.kept if kept.ranking == ranking and kept.as_of <= moment]
        return max(found, key=lambda kept: kept.as_of, default=None)

    def newest(self, ranking: Ranking) -> TopList | None:
        return self.as_of(ranking, dt.datetime.max.replace(tzinfo=dt.UTC))


@dataclass
class LateStore(FakeStore):
    """A store that has nothing at the first look, and what it keeps at the next."""

    looks: int = 0

    def newest(self, ranking: Ranking) -> TopList | None:
        self.looks += 1
        return super().newest(ranking) if self.looks > 1 else None


class FakeClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


def test_a_question_asked_twice_calls_the_hub_once() -> None:
    """A list younger than six hours answers without a call."""
    hub, clock = FakeHub(), FakeClock()
    lists = TopListCache(hub, FakeStore(), clock)

    lists.read(Top())
    clock.now += FRESH - dt.timedelta(seconds=1)
    lists.read(Top(n=50))

    assert hub.asked == [(Ranking(), 100)]


def test_an_old_list_is_read_anew() -> None:
    """After six hours the Hub is asked again and both lists are kept."""
    hub, store, clock = FakeHub(), FakeStore(), FakeClock()
    lists = TopListCache(hub, store, clock)

    lists.read(Top())
    clock.now += FRESH
    lists.read(Top())

    assert len(hub.asked) == len(store.kept) == 2


def test_a_longer_list_than_stored_is_fetched() -> None:
    """top1000 is not answered from a hundred stored models."""
    hub = FakeHub()
    lists = TopListCache(hub, FakeStore(), FakeClock())

    lists.read(Top(n=100))
    lists.read(Top(n=1000))

    assert [limit for _, limit in hub.asked] == [100, 1000]


def test_an_empty_list_is_given_and_not_kept() -> None:
    """A task without models has none today; stored, it would stand in for a list on a bad day."""

    class Empty(FakeHub):
        def top(self, ranking: Ranking, limit: int, *, seconds: float, now: Callable[[], dt.datetime]) -> TopList:
            return listed(ranking, 0, now())

    store = FakeStore()

    assert TopListCache(Empty(), store, FakeClock()).read(Top(task="magic")).top_list.models == ()
    assert store.kept == []


def test_people_asking_at_once_cause_one_call() -> None:
    """While one asks the Hub, the others wait for the same answer."""
    everybody_in = threading.Barrier(2, timeout=30)
    hub = FakeHub(before=everybody_in.wait)
    lists = TopListCache(hub, FakeStore(), FakeClock())
    readings = []
    people = [threading.Thread(target=lambda: readings.append(lists.read(Top()))) for _ in range(8)]

    for person in people:
        person.start()
    everybody_in.wait()
    for person in people:
        person.join()

    assert len(hub.asked) == 1
    assert len({reading.top_list for reading in readings}) == 1


def test_a_list_stored_while_one_was_about_to_ask_is_used() -> None:
    """Who comes a moment after another's call has ended looks again and does not call once more."""
    hub = FakeHub()

    TopListCache(hub, LateStore([listed(Ranking(), 100)]), FakeClock()).read(Top())

    assert hub.asked == []


def test_a_silent_hub_is_answered_from_the_newest_stored_list_marked_stale() -> None:
    """Stale beats silent, and says why."""
    store = FakeStore([listed(Ranking(), 100, NOW - dt.timedelta(days=3))])

    reading = TopListCache(FakeHub(DOWN), store, FakeClock()).read(Top())

    assert (reading.stale, reading.sample) == (True, False)
    assert reading.why == "The Hub could not be asked just now: it did not answer within 5 s."


def test_with_nothing_stored_the_sample_answers_marked_sample() -> None:
    """The embedded list stands in for the ranking it is of."""
    reading = TopListCache(FakeHub(DOWN), FakeStore(), FakeClock()).read(Top())

    assert reading.sample
    assert reading.top_list == sample.top_list()


def test_the_sample_says_nothing_of_other_measures() -> None:
    """A list by downloads or likes cannot answer a question about trending."""
    with pytest.raises(NothingStored, match="by trending"):
        TopListCache(FakeHub(DOWN), FakeStore(), FakeClock()).read(Top(by="trending"))


def test_the_list_of_likes_is_a_sample_of_its_own() -> None:
    """Its day and order are those of the most liked."""
    reading = TopListCache(FakeHub(DOWN), FakeStore(), FakeClock()).read(Top(by="likes"))

    assert reading.sample
    assert reading.top_list.models[0].id == "deepseek-ai/DeepSeek-R1"


def test_a_task_is_cut_from_the_stored_whole_list() -> None:
    """The models of a task rank in the whole list as they rank among themselves."""
    store = FakeStore([listed(Ranking(), 100, NOW - dt.timedelta(days=1), task="fill-mask")])

    reading = TopListCache(FakeHub(DOWN), store, FakeClock()).read(Top(n=10, task="fill-mask"))

    assert reading.stale
    assert reading.top_list.models[0].id == "org/m0"


def test_a_failing_hub_is_left_alone_for_a_minute() -> None:
    """Nobody waits in vain twice: after a failure the next question is answered from the store at once."""
    hub, clock = FakeHub(DOWN), FakeClock()
    lists = TopListCache(hub, FakeStore(), clock)

    lists.read(Top())
    lists.read(Top())
    clock.now += REST
    lists.read(Top())

    assert len(hub.asked) == 2


def test_a_hub_that_asks_for_a_pause_gets_it() -> None:
    """After a 429 the Hub is not called before the time it named."""
    hub, clock = FakeHub(RateLimited("http://hub", "it asked for a pause", seconds=200)), FakeClock()
    lists = TopListCache(hub, FakeStore(), clock)

    lists.read(Top())
    clock.now += dt.timedelta(seconds=199)
    lists.read(Top())

    assert len(hub.asked) == 1


def test_as_of_gives_what_was_known_then() -> None:
    """A past question is answered from the list of that time, whatever came later."""
    old, new = listed(Ranking(), 100, NOW - dt.timedelta(days=9)), listed(Ranking(), 100, NOW)
    lists = TopListCache(FakeHub(), FakeStore([old, new]), FakeClock())

    reading = lists.as_of(Top(), NOW - dt.timedelta(days=2))

    assert reading.top_list == old
    assert not reading.stale


def test_as_of_a_day_before_everything_has_no_answer() -> None:
    """What was not yet known cannot be asked, not even of the sample."""
    lists = TopListCache(FakeHub(), FakeStore(), FakeClock())

    with pytest.raises(NothingStored, match="1 Jan 2020 or earlier"):
        lists.as_of(Top(), dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_of_two_lists_that_are_long_enough_the_own_one_answers() -> None:
    """The whole ranking's is longer when it is cut to the task, and older: the own one is what was asked for."""
    own, whole = Ranking("downloads", "fill-mask"), Ranking("downloads")
    store = FakeStore([listed(own, 30, NOW - FRESH), listed(whole, 100, NOW - 2 * FRESH)])
    lists = TopListCache(FakeHub(trouble=DOWN), store, FakeClock())

    chosen = lists.read(Top(10, task="fill-mask"))

    assert (chosen.top_list.as_of, len(chosen.top_list.models)) == (NOW - FRESH, 30)


def test_of_two_lists_the_one_that_reaches_further_answers() -> None:
    """Where the own one is too short."""
    own, whole = Ranking("downloads", "fill-mask"), Ranking("downloads")
    store = FakeStore([listed(own, 30, NOW - FRESH), listed(whole, 100, NOW - 2 * FRESH)])
    lists = TopListCache(FakeHub(trouble=DOWN), store, FakeClock())

    assert lists.read(Top(100, task="fill-mask")).top_list.as_of == NOW - 2 * FRESH
