"""What can be read of a damaged file is kept, row by row; what is missing is said, nothing begins afresh silently."""

import datetime as dt
import random
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.storage.database import FILE, Database
from analytics.storage.top_lists import TopListStore
from bot.digest.store import DigestStore
from bot.digest.tables import slots, subscriptions
from tests.analytics.storage.dump_schema import NOW, TOP_LIST, WANTED, WEEK
from tests.analytics.storage.old_databases import ADD_X, BEFORE, execute, history_with, lay_down
from tests.analytics.storage.room import no_file_grows_beyond

CHANNELS, WEEKS = 40, 20
PAGE = 4096


def much(folder: Path) -> None:
    """Fill a file with many channels and what was posted in them."""
    rows = [as_line(number, week) for number in range(1, CHANNELS + 1) for week in range(WEEKS)]
    with closing(Database(folder, lambda: NOW)) as database:
        TopListStore(database).add(TOP_LIST, "1")
        database.run(
            lambda connection: connection.execute(insert(subscriptions), [as_wanted(n) for n in range(CHANNELS)])
        )
        database.run(lambda connection: connection.execute(insert(slots), rows))


def as_wanted(number: int) -> dict[str, object]:
    """Give a subscription as it is stored."""
    kept = asdict(replace(WANTED, channel=f"C{number + 1}", id=number + 1))
    return kept | {"at": "09:00", "sections": "top", "state": "active"}


def as_line(number: int, week: int) -> dict[str, object]:
    """Give a line of the ledger as it is stored."""
    day = dt.date(2026, 6, 1) + dt.timedelta(weeks=week)
    moment = dt.datetime.combine(day, dt.time(9), dt.UTC)
    when = dict.fromkeys(("due_at", "claimed_at", "first_claimed_at", "posted_at"), moment)
    said = {"state": "posted", "owner": "one", "attempts": 2, "reason": "", "ts": f"{number}.{week}", "shown": "{}"}
    return {"subscription": number, "day": day.isoformat(), "at": "09:00", "details": True, **when, **said}


def pages_of(name: str, folder: Path) -> list[int]:
    """Give the numbers of the pages that hold the rows of a table or an index, counted from 1."""
    told = execute("SELECT name, pageno FROM dbstat WHERE pagetype = 'leaf' ORDER BY path", folder, None)
    return [int(str(page)) for one, page in told if one == name]


def spoil(folder: Path, page: int, what: bytes = b"\xff" * PAGE) -> None:
    """Write something over a page."""
    with (folder / FILE).open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(what)


def count(folder: Path) -> tuple[int, int]:
    """Count the subscriptions and the ledger's lines."""
    return (
        int(str(execute("SELECT count(*) FROM subscriptions", folder, None)[0][0])),
        int(str(execute("SELECT count(*) FROM slots", folder, None)[0][0])),
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a file with much in it."""
    folder = tmp_path_factory.mktemp("much")
    much(folder)
    return (folder / FILE).read_bytes()


@pytest.fixture
def home(tmp_path: Path, filled: bytes) -> Path:
    """Give a folder with that file."""
    (tmp_path / FILE).write_bytes(filled)
    return tmp_path


@pytest.mark.parametrize("which", [0, 3, -1])
def test_a_page_of_the_ledger_costs_the_lines_on_it(home: Path, which: int) -> None:
    """The first, one in the middle, the last: what lies before and behind is read, and said to be not all."""
    spoil(home, pages_of("slots", home)[which])

    with closing(Database(home, lambda: NOW)) as database:
        assert len(DigestStore(database).active()) == CHANNELS
        assert "40 rows of subscriptions and 1 row of top_lists); the rest is missing." in database.notices[0]
        assert database.damage
        assert database.damage.whole >= {"subscriptions", "readings", "top_lists"}
        assert "slots" not in database.damage.whole
    lost = CHANNELS * WEEKS - count(home)[1]
    assert 0 < lost < 60


def test_many_damaged_pages_leave_what_lies_between(home: Path) -> None:
    """Every third page of the ledger."""
    for page in pages_of("slots", home)[::3]:
        spoil(home, page, bytes(PAGE))
    Database(home, lambda: NOW).close()

    subscribed, lines = count(home)
    assert subscribed == CHANNELS
    assert lines > CHANNELS * WEEKS / 2


def test_lines_of_lost_digests_are_not_left_for_the_next(home: Path) -> None:
    """A new digest would get the number of a lost one, and inherit that its weeks were posted."""
    spoil(home, pages_of("subscriptions", home)[-1])
    Database(home, lambda: NOW).close()

    subscribed, lines = count(home)
    assert 0 < subscribed < CHANNELS
    assert execute(
        "SELECT count(*) FROM slots WHERE subscription NOT IN (SELECT id FROM subscriptions)", home, None
    ) == [(0,)]
    assert lines == subscribed * WEEKS


def test_a_broken_index_is_damage_and_costs_nothing(home: Path) -> None:
    """Otherwise the same week could be claimed twice."""
    page = pages_of("sqlite_autoindex_slots_1", home)[0]
    kept = (home / FILE).read_bytes()[(page - 1) * PAGE : page * PAGE]
    emptied = bytearray(kept)
    emptied[3:5] = (0).to_bytes(2, "big")  # no cells: a sound page of an index that lacks its lines
    spoil(home, page, bytes(emptied))

    with closing(Database(home, lambda: NOW)) as database:
        assert "Everything in it could be read and was kept." in database.notices[0]
    assert count(home) == (CHANNELS, CHANNELS * WEEKS)


@pytest.mark.parametrize("length", [16, 100, 140, PAGE])
@pytest.mark.parametrize("what", [b"\0", b"\xff", b"no database, "])
def test_a_spoilt_beginning_costs_nothing(home: Path, length: int, what: bytes) -> None:
    """It says where the tables are, which is the same in every file."""
    spoil(home, 1, (what * PAGE)[:length])

    with closing(Database(home, lambda: NOW)) as database:
        assert "Everything in it could be read and was kept." in database.notices[0]
        assert TopListStore(database).newest(TOP_LIST.ranking) == TOP_LIST
    assert count(home) == (CHANNELS, CHANNELS * WEEKS)


def test_a_file_cut_short_keeps_its_beginning(home: Path) -> None:
    """As a copy that ran out of room."""
    size = (home / FILE).stat().st_size
    with (home / FILE).open("r+b") as file:
        file.truncate(size * 3 // 4)
    Database(home, lambda: NOW).close()

    assert count(home)[0] > 0


def test_any_damage_leaves_a_database_that_works(home: Path, tmp_path: Path) -> None:
    """Twelve files damaged at random: each opens, says so, takes a new claim, and keeps the damaged one."""
    whole, chance = (home / FILE).read_bytes(), random.Random(7)  # noqa: S311 - no secret
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            at, length = chance.randrange(len(whole)), chance.choice([1, 40, 3000, 9000])
            broken[at : at + length] = chance.randbytes(len(broken[at : at + length]))
        (folder / FILE).write_bytes(broken)
        with closing(Database(folder, lambda: NOW)) as database:
            digests = DigestStore(database)
            digests.subscribe(replace(WANTED, channel="C0NEW"))
            assert database.is_kept
            assert digests.active()
            assert digests.keys(NOW) is not None
            digests.take_over("two", NOW, NOW)
            digests.list_posted(NOW - 52 * WEEK)
            assert bool(database.damage) == bool(database.notices) == bool(list(folder.glob("*.damaged-*Z")))


def test_damage_met_in_the_middle_of_the_work_loses_no_digest(home: Path) -> None:
    """The work that met it is done again on what was saved."""
    with closing(Database(home, lambda: NOW)) as database:
        digests = DigestStore(database)
        spoil(home, pages_of("top_lists", home)[-1])
        TopListStore(database).newest(TOP_LIST.ranking)
        assert len(digests.active()) == CHANNELS


def test_a_damaged_database_of_an_earlier_schema_is_saved_and_brought_up_to_date(tmp_path: Path) -> None:
    """What can be read is put into the tables it was in, which then go the usual way."""
    lay_down(BEFORE, tmp_path, None)
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(47)
        file.write(b"\x09")  # a format that SQLite does not have

    history = history_with(ADD_X, tmp_path / "versions")
    with closing(Database(tmp_path, lambda: NOW, history=history)) as database:
        assert DigestStore(database).active() == [replace(WANTED, id=1)]
    assert execute("SELECT x FROM top_lists", tmp_path, None) == [(7,)]


def test_what_the_log_holds_is_saved_too(home: Path) -> None:
    """A process that was killed leaves its last lines there."""
    with closing(sqlite3.connect(home / FILE)) as other:
        other.execute("UPDATE subscriptions SET zone = 'Asia/Tokyo' WHERE id = 1")
        other.commit()
        log = (home / f"{FILE}-wal").read_bytes()
        page = pages_of("readings", home)[0]
        main = bytearray((home / FILE).read_bytes())
    main[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    (home / FILE).write_bytes(main)
    (home / f"{FILE}-wal").write_bytes(log)

    Database(home, lambda: NOW).close()
    assert execute("SELECT zone FROM subscriptions WHERE id = 1", home, None) == [("Asia/Tokyo",)]


def test_without_room_the_damaged_file_is_left_where_it_is(home: Path) -> None:
    """Nothing is delivered on what cannot be kept; with room it is saved."""
    spoil(home, pages_of("slots", home)[0])
    before = (home / FILE).read_bytes()
    with no_file_grows_beyond(60_000):
        database = Database(home, lambda: NOW)
        assert not database.is_kept
        assert (home / FILE).read_bytes() == before
        assert {path.suffix.partition("-")[0] for path in home.iterdir()} == {".sqlite3", ".lock"}
    assert database.is_kept
    assert len(DigestStore(database).active()) == CHANNELS
    database.close()


def test_a_damage_is_remembered_by_the_next_process(home: Path) -> None:
    """Until whoever has done with the damaged file takes it away, and what is remembered of it."""
    spoil(home, pages_of("slots", home)[0])
    Database(home, lambda: NOW).close()
    with closing(Database(home, lambda: NOW + WEEK)) as database:
        damage = database.damage
        assert damage
        assert damage.met_at == NOW
        database.note_told(damage, "U1")
        assert database.damage
        assert database.damage.told == {"U1"}
    for path in home.glob("*.damaged-*"):
        path.unlink()
    with closing(Database(home, lambda: NOW + WEEK)) as database:
        assert database.damage is None
