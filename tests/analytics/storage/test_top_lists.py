"""Readings are kept for good, and no bad day of the disk loses one silently or stops an answer."""

import datetime as dt
import itertools
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.errors import NewerDatabase
from analytics.storage.database import FILE, Database
from analytics.storage.top_lists import TopListStore
from tests.analytics.storage.room import no_file_grows_beyond

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
HUB = Origin("Hugging Face Hub", "model listing", "https://huggingface.co/api/models", "2026-11-02", licence="none")


def listed(as_of: dt.datetime = NOW, ranking: Ranking | None = None, *models: Model) -> TopList:
    """Make a list, of two models unless others are given."""
    models = models or (Model("a/a", 2, tags=("pytorch",), files=()), Model("b/b", 1))
    return TopList(ranking or Ranking(), as_of, models, len(models), complete=True, origin=HUB)


@contextmanager
def opened(folder: Path) -> Iterator[TopListStore]:
    """Open the store of a folder."""
    with closing(Database(folder, lambda: NOW)) as database:
        yield TopListStore(database)


def test_a_list_comes_back_as_it_was_seen(tmp_path: Path) -> None:
    """What was observed survives a restart, the unknown still unknown and the empty still empty."""
    with opened(tmp_path) as store:
        store.add(listed(), "1")

    with opened(tmp_path) as store:
        assert store.newest(Ranking()) == listed()


models = st.builds(
    Model,
    id=st.text(min_size=1),
    downloads_30d=st.none() | st.integers(0, 10**12),
    trending=st.none() | st.floats(0, 1e9),
    library=st.none() | st.text(),
    tags=st.none() | st.lists(st.text()).map(tuple),
    files=st.none() | st.lists(st.text()).map(tuple),
    number=st.none() | st.text("0123456789abcdef", min_size=24, max_size=24),
)


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TopListStore]:
    """Open one store for all examples; each has a later moment."""
    with opened(tmp_path_factory.mktemp("store")) as store:
        yield store


_minutes = itertools.count()


@given(seen=st.lists(models, min_size=1))
def test_any_model_survives_the_round_trip(one_store: TopListStore, seen: list[Model]) -> None:
    """Odd names, missing values and empty lists come back as they were."""
    later = listed(NOW + dt.timedelta(minutes=next(_minutes)), None, *seen)
    one_store.add(later, "1")

    assert one_store.newest(Ranking()) == later


def test_newest_as_of_and_before_choose_by_date(tmp_path: Path) -> None:
    """At or before, strictly before, and the newest are three different questions."""
    monday, tuesday = listed(NOW), listed(NOW + dt.timedelta(days=1))
    with opened(tmp_path) as store:
        for one in (tuesday, monday):
            store.add(one, "1")

        assert store.newest(Ranking()) == tuesday
        assert store.as_of(Ranking(), monday.as_of) == monday
        assert store.before(Ranking(), tuesday.as_of) == monday
        assert store.before(Ranking(), monday.as_of) is None


def test_rankings_do_not_mix_and_authors_ignore_case(tmp_path: Path) -> None:
    """A list by likes is not one by downloads; accounts of the Hub differ in more than case."""
    by_google = Ranking(author="Google")
    with opened(tmp_path) as store:
        store.add(listed(NOW, by_google), "1")

        found = store.newest(Ranking(author="google"))

        assert found
        assert found.models == listed().models
        assert store.newest(Ranking()) is None


def test_keeping_the_same_list_twice_keeps_one(tmp_path: Path) -> None:
    """A list is known by its ranking and its moment."""
    with opened(tmp_path) as store:
        assert store.add(listed(), "1")
        assert store.add(listed(), "1")

    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        assert file.execute("select count(*), method from top_lists").fetchone() == (1, "1")


def test_threads_may_write_at_once(tmp_path: Path) -> None:
    """Eight threads keep their lists and none is lost."""
    with opened(tmp_path) as store:
        moments = [NOW + dt.timedelta(minutes=i) for i in range(8)]
        threads = [threading.Thread(target=store.add, args=(listed(moment), "1")) for moment in moments]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert all(store.as_of(Ranking(), moment) == listed(moment) for moment in moments)


# ----------------------------------------------------------------------------------------------------------- bad days


def spoil_header(path: Path) -> None:
    """Make the file something else altogether."""
    path.write_bytes(b"this is not a database" * 100)


def spoil_pages(path: Path) -> None:
    """Overwrite everything behind the first page."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


def cut_short(path: Path) -> None:
    """Keep the first page and a half."""
    os.truncate(path, 6000)


def spoil_format(path: Path) -> None:
    """Claim a format that SQLite does not have; it has no code for that."""
    with path.open("r+b") as file:
        file.seek(47)
        file.write(b"\x09")


@pytest.mark.parametrize("spoil", [spoil_header, spoil_pages, cut_short])
def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """Damage never stops the work and never deletes anything: the file lies beside one of what can be read of it."""
    with opened(tmp_path) as store:
        store.add(listed(), "1")
    spoil(tmp_path / FILE)
    damaged = (tmp_path / FILE).read_bytes()

    with opened(tmp_path) as store:
        assert store.newest(Ranking()) is None
        assert store.add(listed(), "1")
        assert "damaged and set aside as frameworks.sqlite3.damaged-20261102T090000" in store.notices[0]

    assert [path.read_bytes() for path in tmp_path.glob(f"{FILE}.damaged-*Z")] == [damaged]


def test_a_head_that_cannot_be_read_loses_nothing(tmp_path: Path) -> None:
    """It is the same in every file, so it is written anew."""
    with opened(tmp_path) as store:
        store.add(listed(), "1")
    spoil_format(tmp_path / FILE)

    with opened(tmp_path) as store:
        assert store.newest(Ranking()) == listed()
        assert "Everything in it could be read and was kept." in store.notices[0]


def test_damage_met_in_the_middle_of_the_work_is_mended(tmp_path: Path) -> None:
    """A file that goes bad while it is open is set aside at the next question."""
    with opened(tmp_path) as store:
        store.add(listed(), "1")
        (tmp_path / f"{FILE}-wal").write_bytes(b"")
        spoil_header(tmp_path / FILE)

        assert store.newest(Ranking()) is None
        assert store.add(listed(), "1")
        assert "damaged" in store.notices[0]


def test_a_row_that_cannot_be_read_gives_way_to_the_one_before(tmp_path: Path) -> None:
    """One bad row costs one reading, and is said."""
    with opened(tmp_path) as store:
        store.add(listed(), "1")
        store.add(listed(NOW + dt.timedelta(days=1)), "1")
        with closing(sqlite3.connect(tmp_path / FILE)) as file, file:
            file.execute("update top_lists set models = x'00' where as_of like '2026-11-03%'")

        assert store.newest(Ranking()) == listed()
        assert store.notices == ("A stored list of 3 Nov 2026 cannot be read and is passed over.",)


def test_a_folder_that_cannot_be_made_leaves_the_work_in_memory(tmp_path: Path) -> None:
    """A file in the folder's place: answers go out, and say that nothing is kept."""
    (tmp_path / "file").write_text("in the way")

    with opened(tmp_path / "file" / "home") as store:
        assert store.add(listed(), "1")
        assert store.newest(Ranking()) == listed()
        assert "Nothing can be stored" in store.notices[0]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's rights for a while: to root no folder is read-only."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_read_only_folder_is_read_and_not_written() -> None:
    """What is stored there still answers; what is new is kept in memory and said not to be stored."""
    with tempfile.TemporaryDirectory() as folder:
        with opened(Path(folder)) as store:
            store.add(listed(), "1")
        Path(folder, FILE).chmod(0o444)
        Path(folder).chmod(0o555)

        with as_nobody(), opened(Path(folder)) as store:
            assert store.newest(Ranking()) == listed()
            assert store.add(listed(NOW + dt.timedelta(days=1)), "1")
            assert "Nothing can be stored" in store.notices[0]

        Path(folder).chmod(0o755)


def test_a_read_only_file_is_noticed_when_it_is_opened() -> None:
    """Not by the first claim of a digest: in a folder of ours, such a file can be read as any other."""
    with tempfile.TemporaryDirectory() as folder:
        with opened(Path(folder)) as store:
            store.add(listed(), "1")
        Path(folder, FILE).chmod(0o444)
        Path(folder).chmod(0o777)

        with as_nobody(), closing(Database(Path(folder), lambda: NOW)) as database:
            assert not database.is_kept
            assert TopListStore(database).newest(Ranking()) == listed()


def test_a_disk_that_fills_up_does_not_stop_an_answer(tmp_path: Path) -> None:
    """A write that finds no room returns False and leaves a notice; what was stored stays readable."""
    big = tuple(Model(os.urandom(20).hex()) for _ in range(20_000))
    with opened(tmp_path) as store:
        store.add(listed(), "1")

        with no_file_grows_beyond(100_000):
            assert store.add(listed(NOW + dt.timedelta(days=1), None, *big), "1") is False

        assert "could not be stored" in store.notices[0]
        assert store.newest(Ranking()) == listed()


def test_a_file_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    """An older program does not write into what it does not understand."""
    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        file.execute("PRAGMA user_version = 99")
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(NewerDatabase, match="newer version"):
        Database(tmp_path, lambda: NOW)

    assert (tmp_path / FILE).read_bytes() == before
