"""SQLite's file on bad days that pass: what kept it from being written is gone, and the bot goes on by itself."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.domain.observations import Ranking
from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.database import FILE, Database
from analytics.storage.database_look import look_at
from analytics.storage.locks import lock
from analytics.storage.network_drives import kind_of_network, warn_of_network
from analytics.storage.top_lists import TopListStore
from bot.digest.store import DigestStore
from tests.analytics.storage.dump_schema import CLAIMED, NOW, TOP_LIST, WANTED, WEEK, fill
from tests.analytics.storage.old_databases import BEFORE, execute, lay_down
from tests.analytics.storage.room import no_file_grows_beyond


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a file as a database browser or a backup does."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def filled(folder: Path) -> None:
    """Leave a file with a little of everything."""
    with closing(Database(folder, lambda: NOW)) as database:
        fill(database)


def test_a_file_that_is_locked_at_the_start_is_gone_back_to(tmp_path: Path) -> None:
    """Digests rest while it is, and not until the next start; what was told of it is told no more."""
    filled(tmp_path)
    with locked(tmp_path):
        database = Database(tmp_path, lambda: NOW)
        digests = DigestStore(database)
        assert not digests.is_kept
        assert "is locked by another program" in digests.why_not_kept
        assert "Nothing can be stored (database is locked)" in database.notices[0]

    assert digests.is_kept
    assert database.notices == ()
    assert digests.active() == [replace(WANTED, id=1)]
    assert digests.claim(replace(CLAIMED, day=CLAIMED.day + WEEK), "two", NOW)
    database.close()
    assert execute("SELECT count(*) FROM slots", tmp_path, None) == [(3,)]


def test_a_folder_that_could_not_be_made_is_gone_back_to(tmp_path: Path) -> None:
    """The next piece of work finds that it can be."""
    (tmp_path / "file").write_text("in the way")
    with closing(Database(tmp_path / "file" / "home", lambda: NOW)) as database:
        assert not database.is_kept
        assert "Nothing can be stored" in database.notices[0]
        (tmp_path / "file").unlink()

        assert TopListStore(database).add(TOP_LIST, "1")
        assert database.is_kept
        assert database.notices == ()


def test_an_upgrade_that_had_no_room_is_taken_when_there_is(tmp_path: Path) -> None:
    """And told of then."""
    lay_down(BEFORE, tmp_path, None)
    with no_file_grows_beyond(20_000):
        database = Database(tmp_path, lambda: NOW)
        assert not database.is_kept
    assert TopListStore(database).newest(Ranking()) == TOP_LIST
    assert database.is_kept
    assert database.upgrade
    database.close()


def test_a_file_that_is_locked_later_leaves_a_notice_while_it_is(tmp_path: Path) -> None:
    """An answer goes out without it, a wish for a digest is refused in words, and afterwards all is well."""
    filled(tmp_path)
    with closing(Database(tmp_path, lambda: NOW)) as database:
        with locked(tmp_path):
            assert TopListStore(database).newest(Ranking()) is None
            assert "is locked by another program" in database.notices[0]
            with pytest.raises(DatabaseTrouble, match="Close whatever has it open"):
                DigestStore(database).subscribe(WANTED)
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
        assert database.notices == ()


def test_a_disk_that_was_full_is_told_of_until_it_is_not(tmp_path: Path) -> None:
    """The first that can be written again ends the notice."""
    filled(tmp_path)
    with closing(Database(tmp_path, lambda: NOW)) as database:
        store = TopListStore(database)
        with no_file_grows_beyond(10_000):
            assert not store.add(replace(TOP_LIST, as_of=NOW + WEEK), "1")
            assert "The newest list could not be stored." in store.notices[0]
        assert store.add(replace(TOP_LIST, as_of=NOW + WEEK), "1")
        assert store.notices == ()


def test_a_file_that_is_gone_is_not_begun_afresh(tmp_path: Path) -> None:
    """Somebody moved it: that is said, and put back it is used again."""
    filled(tmp_path)
    with closing(Database(tmp_path, lambda: NOW)) as database:
        (tmp_path / FILE).rename(tmp_path / "elsewhere")
        assert TopListStore(database).newest(Ranking()) is None
        assert "cannot be opened" in database.notices[0]
        assert not (tmp_path / FILE).exists()
        (tmp_path / "elsewhere").rename(tmp_path / FILE)
        assert TopListStore(database).newest(Ranking()) == TOP_LIST


def test_a_file_copied_while_it_is_written_is_used_or_mended(tmp_path: Path) -> None:
    """The copy has half of what was written: what was committed before is there, by whichever way."""
    (tmp_path / "copy").mkdir()
    with closing(Database(tmp_path, lambda: NOW)) as database:
        fill(database)
        reader = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM slots").fetchone()  # so that the log is not written back
        half = (tmp_path / FILE).read_bytes()[:16_384]
        TopListStore(database).add(replace(TOP_LIST, as_of=NOW + WEEK), "1")
        (tmp_path / "copy" / FILE).write_bytes(half + (tmp_path / FILE).read_bytes()[16_384:])
        reader.close()

    with closing(Database(tmp_path / "copy", lambda: NOW)) as copied:
        assert copied.is_kept
        assert TopListStore(copied).newest(Ranking()) == TOP_LIST
        assert DigestStore(copied).active() == [replace(WANTED, id=1)]


# ------------------------------------------------------------------------------------------------------ 0600 and 0700


def rights(folder: Path) -> dict[str, int]:
    """Give the rights of every file in a folder."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_everything_kept_is_ours_alone(tmp_path: Path) -> None:
    """The file, its log and index, the copy of before, the damaged one, the locks: of every rights there were."""
    lay_down(BEFORE, tmp_path, None)
    (tmp_path / FILE).chmod(0o644)
    database = Database(tmp_path, lambda: NOW)
    with closing(sqlite3.connect(tmp_path / FILE)) as reader, lock(tmp_path / "bot.lock", "a test"):
        reader.execute("SELECT count(*) FROM slots").fetchone()
        fill_again(database)
        seen = rights(tmp_path)
    database.close()
    (tmp_path / FILE).write_bytes(b"damage" * 1000)
    (tmp_path / FILE).chmod(0o644)
    Database(tmp_path, lambda: NOW).close()
    seen |= rights(tmp_path)

    assert {name.removeprefix(FILE)[:8] for name in seen} >= {"", "-wal", "-shm", ".before-", ".damaged", "bot.hold"}
    assert {name: mode for name, mode in seen.items() if mode & 0o077} == {}


def fill_again(database: Database) -> None:
    """Write something beside a reader, so that there is a log."""
    TopListStore(database).add(replace(TOP_LIST, as_of=NOW + WEEK), "1")


# -------------------------------------------------------------------------------------------------------- the network

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
31 22 0:27 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
32 31 254:1 / /home/local rw - xfs /dev/vdb rw
33 22 0:28 / /mnt/with\\040space rw master:1 - cifs //server/share rw
34 22 0:29 / /srv/bucket rw - fuse.s3fs s3fs rw
35 22 0:30 / /srv/usb rw - fuseblk /dev/sda1 rw
36 22 0:31 / /c rw - 9p C: rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/frameworks", ""),
        ("/home/ann/.local/share/frameworks", "nfs4"),
        ("/home/local/ann", ""),
        ("/homestead", ""),
        ("/mnt/with space/data", "cifs"),
        ("/srv/bucket/x", "fuse.s3fs"),
        ("/srv/usb/x", ""),
        ("/c/Users/ann", "9p"),
    ],
)
def test_a_network_drive_is_known_by_its_file_system(folder: str, kind: str) -> None:
    """The mount that lies nearest above the folder says it."""
    assert kind_of_network(Path(folder), MOUNTS) == kind


def test_where_no_mounts_are_told_nothing_is_said(tmp_path: Path) -> None:
    """On another system, or in a container without /proc."""
    assert kind_of_network(tmp_path, "") == ""
    assert warn_of_network(tmp_path) is None


def test_a_file_on_a_network_drive_is_kept_without_the_log_beside_it(tmp_path: Path) -> None:
    """One that has it is changed; who looks is told what to do."""
    filled(tmp_path)
    assert execute("PRAGMA journal_mode", tmp_path, None) == [("wal",)]
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 0:1 / {tmp_path} rw - nfs4 server:/x rw\n")

    with closing(Database(tmp_path, lambda: NOW, mounts=mounts)) as database:
        assert TopListStore(database).newest(Ranking()) == TOP_LIST
    assert execute("PRAGMA journal_mode", tmp_path, None) == [("delete",)]
    warning = look_at(tmp_path, None, mounts=mounts).warning
    assert warning
    assert "lies on a network drive (nfs4)" in warning.what
    assert "Set FRAMEWORKS_HOME to a folder on a disk of this machine" in warning.advice
    shutil.rmtree(tmp_path)


def test_a_file_without_a_byte_that_had_tables_is_a_damage_and_no_beginning(tmp_path: Path) -> None:
    """SQLite takes it for a new one; what was in it is said to be missing. A file that never had any is just new."""
    filled(tmp_path)
    (tmp_path / FILE).write_bytes(b"")
    with closing(Database(tmp_path, lambda: NOW)) as database:
        assert database.damage is not None
        assert database.damage.whole == frozenset()
        assert "Nothing of it could be read" in database.notices[0]

    new = tmp_path / "new"
    new.mkdir()
    (new / FILE).touch()
    assert not look_at(new, None).is_gone
    with closing(Database(new, lambda: NOW)) as database:
        assert database.damage is None


def test_a_file_made_in_the_place_of_a_damaged_one_is_told_of(tmp_path: Path) -> None:
    """With where the damaged one is kept: `migrate` says so, and not that nothing was done."""
    (tmp_path / FILE).write_text("hello world " * 100, encoding="utf-8")
    with closing(Database(tmp_path, lambda: NOW)) as database:
        said = str(database.upgrade)

    (aside,) = (path for path in tmp_path.glob("*.damaged-*") if path.suffix != ".json")
    assert "was made anew, with tables of revision" in said
    assert said.endswith(f"the one that was there is kept as {aside}.")


def test_a_file_that_was_taken_away_is_no_beginning(tmp_path: Path) -> None:
    """Its lock lies there still: that it is gone is said, once, and whoever looks is told before the start."""
    assert look_at(tmp_path, None).is_new
    filled(tmp_path)
    for path in tmp_path.glob(f"{FILE}*"):
        if path.name != f"{FILE}.lock":
            path.unlink()
    assert look_at(tmp_path, None).is_gone

    for _ in range(2):
        with closing(Database(tmp_path, lambda: NOW)) as database:
            assert database.damage is not None
            assert (database.damage.gone, database.damage.whole) == (True, frozenset())
            assert DigestStore(database).active() == []
    assert len(list(tmp_path.glob(f"{FILE}.damaged-*.json"))) == 1
    assert rights(tmp_path)[FILE] == 0o600


def test_that_a_file_is_gone_is_told_in_the_log_and_with_answers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With what to do; a folder in which nothing was yet says nothing."""
    filled(tmp_path)
    assert caplog.text == ""
    (tmp_path / FILE).unlink()

    with closing(Database(tmp_path, lambda: NOW)) as database:
        (said,) = database.notices
    assert said.startswith("The database that was here is gone, so a new one was begun:")
    assert said in caplog.text


def test_the_log_beside_a_file_that_was_taken_away_is_read(tmp_path: Path) -> None:
    """What was not yet written back from it is saved."""
    with closing(Database(tmp_path, lambda: NOW)) as database:
        fill(database)
        reader = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM slots").fetchone()
        TopListStore(database).add(replace(TOP_LIST, as_of=NOW + WEEK), "1")
        left = (tmp_path / f"{FILE}-wal").read_bytes()
        reader.close()
    (tmp_path / FILE).unlink()
    (tmp_path / f"{FILE}-wal").write_bytes(left)

    with closing(Database(tmp_path, lambda: NOW)) as database:
        assert database.damage is not None
        assert database.damage.gone
        assert database.is_kept


def test_a_pipe_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    """It is not read, for what comes out may never end: a device, set aside as damaged, filled the disk."""
    os.mkfifo(tmp_path / FILE)
    (tmp_path / FILE).chmod(0o644)  # not at its making: a program that a test began here may have left its umask
    held_open = os.open(tmp_path / FILE, os.O_RDWR)  # so that who opens it all the same need not wait for another end

    with pytest.raises(DatabaseUnusable, match="is a device or a pipe, and no file"):
        Database(tmp_path, lambda: NOW)
    with pytest.raises(DatabaseUnusable, match="is a device or a pipe, and no file"):
        look_at(tmp_path, None)
    os.close(held_open)
    assert [one.name for one in tmp_path.iterdir()] == [FILE]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o644
