"""What is written of a workspace after it was forgotten, by an answer in hand: it is deleted too, and only then."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, func, select, text

from analytics.storage.database import Database
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.digest.tables import slots, subscriptions
from bot.shared_marks import SharedMarks
from bot.workspaces.erasure import count_rows, erase, erase_again
from bot.workspaces.forgotten import list_forgotten
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal
from tests.bot.workspaces.test_erasure import NOW, fill, write
from tests.loopback import postgres

LATER = NOW + dt.timedelta(minutes=1)


def test_what_was_in_hand_is_deleted_with_the_next_look(database: Database) -> None:
    """In every table; of a workspace that nobody forgot nothing is."""
    fill(database, "T1")
    fill(database, "T2")
    erase(database, "T1", NOW)
    others = count_rows(database, "T2")
    write(database, "T1")

    assert [one.home for one in erase_again(database, LATER)] == ["T1"]
    assert count_rows(database, "T1").rows == {}
    assert count_rows(database, "T2") == others
    assert erase_again(database, LATER) == []


def test_who_installs_again_keeps_what_is_written_then(database: Database) -> None:
    """The same workspace, a minute later."""
    fill(database, "T1")
    erase(database, "T1", NOW)
    fill(database, "T1")

    assert erase_again(database, LATER) == []
    assert "subscriptions" in count_rows(database, "T1").rows


def test_who_was_forgotten_is_itself_forgotten_after_a_day(database: Database) -> None:
    """With what was written until then."""
    erase(database, "T1", NOW)
    write(database, "T1")

    assert len(erase_again(database, NOW + dt.timedelta(days=1) + dt.timedelta(seconds=1))) == 1
    assert list_forgotten(database) == []


def test_with_one_token_nothing_is_deleted_later(database: Database) -> None:
    """The bot goes on in its workspace, and what it writes from now on is wanted."""
    erase(database, "T1")
    write(database, "T1")

    assert erase_again(database, LATER) == []
    assert count_rows(database, "T1").rows


class InHand(threading.Thread):
    """Another process, which goes on writing of a workspace; `busy` once it has begun."""

    def __init__(self, database: Database, home: str) -> None:
        super().__init__(daemon=True)
        self._database, self._home = database, home
        self.busy, self.over = threading.Event(), threading.Event()

    def run(self) -> None:
        """Take slot after slot of a digest, and mark after mark."""
        store, marks = DigestStore(self._database, self._home), SharedMarks(self._database, lambda _: NOW, self._home)
        (wanted,) = store.active()
        for number in range(10_000):
            if self.over.is_set():
                return
            due = Slot(wanted.id, NOW.date() + dt.timedelta(days=number), dt.time(9), NOW)
            store.claim(due, "one", NOW)
            marks.claim([f"click {number}"], 120)
            if number > 2:
                self.busy.set()


@pytest.fixture
def writer(open_database: Callable[[], Database]) -> Iterator[InHand]:
    """Let another process be in the middle of something."""
    other = open_database()
    fill(other, "T1")
    writer = InHand(other, "T1")
    writer.start()
    assert writer.busy.wait(60)
    yield writer
    writer.over.set()
    writer.join()


def test_of_a_race_nothing_is_left(open_database: Callable[[], Database], writer: InHand) -> None:
    """One process forgets while another writes: after the next look no row is theirs, and none lacks its owner."""
    database = open_database()
    erase(database, "T1", NOW)
    erase_again(database, LATER)
    writer.over.set()
    writer.join()
    erase_again(database, LATER)

    assert count_rows(database, "T1").rows == {}
    lost = select(func.count()).where(slots.c.subscription.not_in(select(subscriptions.c.id)))
    assert database.run(lambda connection: connection.execute(lost).scalar_one()) == 0


def test_who_is_in_the_middle_of_a_writing_is_waited_for(tmp_path: Path, postgres_server: str) -> None:
    """A slot that is claimed and not kept yet: on PostgreSQL its digest could not be deleted under it."""
    url = postgres.fresh_database(postgres_server)
    with closing(Database(tmp_path, lambda: NOW, url)) as one, closing(Database(tmp_path, lambda: NOW, url)) as other:
        fill(one, "T1")
        ledger = slots.select().where(slots.c.subscription.is_not(None))
        erasing = threading.Thread(target=erase, args=(other, "T1", NOW))

        def write_and_wait(connection: Connection) -> None:
            row = connection.execute(ledger).one()._asdict()
            connection.execute(slots.insert().values(row | {"id": 77, "day": "2026-12-07"}))
            erasing.start()
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not connection.execute(waiting).scalar_one():
                threading.Event().wait(0.02)

        one.run(write_and_wait)
        erasing.join()
        assert count_rows(one, "T1").rows == {}


def test_an_installation_and_a_look_at_once(open_database: Callable[[], Database]) -> None:
    """Whoever is first: what the new installation writes afterwards stays."""
    one, other = open_database(), open_database()
    store = Installations(other, TokenSeal(Fernet.generate_key().decode()), lambda: NOW)
    for number in range(10):
        erase(one, "T1", NOW)
        looking = threading.Thread(target=erase_again, args=(one, LATER))
        looking.start()
        store.keep(Installed("T1", f"xoxb-{number}", NOW))
        write(other, "T1")
        looking.join()
        found = store.find("T1")
        assert found is not None
        assert found.token == f"xoxb-{number}"
        assert "subscriptions" in count_rows(other, "T1").rows
