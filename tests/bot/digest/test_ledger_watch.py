"""A process that does not find its own mark again knows that the database went back, and it knows by nothing else."""

# ruff: noqa: SLF001 - marks are copied and put back in the store's own database, as a backup is
import datetime as dt
from collections.abc import Callable, Collection

import pytest

from analytics.storage.database import Database
from bot.digest.ledger_watch import LedgerWatch, Trust
from bot.digest.store import DigestStore
from bot.digest.tick_marks import KEPT
from bot.shared_marks import SharedMarks, marks
from tests.bot.digest.harness import DAY, HOUR, MINUTE, MONDAY


@pytest.fixture
def store(open_database: Callable[[], Database]) -> DigestStore:
    """Give a store on a database of either kind."""
    return DigestStore(open_database())


def read(store: DigestStore) -> list[dict[str, object]]:
    """Copy the marks."""
    rows = store._database.run(lambda connection: connection.execute(marks.select()).mappings().all())
    return [dict(row) for row in rows]


def put_back(store: DigestStore, copy: list[dict[str, object]]) -> None:
    """Put a copy of the marks back."""
    store._database.run(lambda connection: connection.execute(marks.delete()))
    store._database.run(lambda connection: connection.execute(marks.insert(), copy))


def running(store: DigestStore) -> LedgerWatch:
    """Give the watch of a process that began four days before Monday."""
    watch = LedgerWatch(store.replace_mark)
    watch.look(MONDAY - 4 * DAY)
    return watch


def test_two_processes_that_run_for_days_trust_the_ledger(store: DigestStore) -> None:
    """Each has its own mark, and one of each is kept."""
    one, other = running(store), running(store)
    for _ in range(3):
        assert (one.trust(MONDAY), other.trust(MONDAY)) == (Trust.WHOLE, Trust.WHOLE)
    assert len(read(store)) == 2


def test_a_copy_put_back_is_noticed_by_each_and_distrusted_for_as_long_as_is_asked(store: DigestStore) -> None:
    """For a day where somebody was told, for half a week where something was posted."""
    one, other = running(store), running(store)
    copy = read(store)
    for watch in (one, other):
        watch.look(MONDAY - MINUTE)
    put_back(store, copy)

    for watch in (one, other):
        assert not watch.knows_since(MONDAY - DAY, MONDAY)
        assert watch.trust(MONDAY + DAY) is Trust.SET_BACK
        assert watch.knows_since(MONDAY, MONDAY + DAY)
        assert watch.trust(MONDAY + 4 * DAY) is Trust.WHOLE


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_look_without_an_answer_is_no_copy_put_back(store: DigestStore, *, is_kept: bool) -> None:
    """The server hung up before or after it kept the mark, several times."""
    is_cut = False

    def replace_mark(old: Collection[str], new: str, now: dt.datetime) -> bool:
        kept = (is_kept or not is_cut) and store.replace_mark(old, new, now)
        if is_cut:
            raise ConnectionError
        return kept

    watch = LedgerWatch(replace_mark)
    watch.look(MONDAY - 4 * DAY)
    is_cut = True
    for _ in range(3):
        with pytest.raises(ConnectionError):
            watch.look(MONDAY - HOUR)
    is_cut = False

    assert watch.trust(MONDAY) is Trust.WHOLE
    assert len(read(store)) == 1


def test_marks_of_processes_that_are_gone_are_cleared_and_no_others(store: DigestStore) -> None:
    """A process that stood still for weeks finds its own, whatever the marks of clicks do with old ones."""
    running(store)
    SharedMarks(store._database, lambda _: MONDAY).claim(["a click"], 60)
    sleeper = LedgerWatch(store.replace_mark)
    sleeper.look(MONDAY)
    LedgerWatch(store.replace_mark).look(MONDAY + KEPT - DAY)

    assert len(read(store)) == 2
    assert sleeper.trust(MONDAY + KEPT - DAY) is Trust.WHOLE


@pytest.mark.parametrize(("age", "trust"), [(6 * DAY, Trust.SET_BACK), (8 * DAY, Trust.WHOLE)])
@pytest.mark.parametrize("time", ["09:00", "23:00"])
def test_a_slot_that_is_gone_from_the_ledger_is_noticed_for_a_week(
    store: DigestStore, age: dt.timedelta, trust: Trust, time: str
) -> None:
    """Older ones are tidied up by the ledger itself; the day decides, whatever the time."""
    watch = running(store)
    watch.see({f"12 {(MONDAY - age).date()} {time}"}, MONDAY - age)

    watch.see(set(), MONDAY)

    assert watch.trust(MONDAY) is trust
