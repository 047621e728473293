"""Failures are told apart by SQLite's codes and by PostgreSQL's, whatever their words."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from analytics.storage.failures import Trouble, diagnose, is_away, is_damage, is_unwritable
from analytics.storage.trouble_words import explain_failure


def failed(code: int, words: str = "") -> OperationalError:
    """Make a failure of SQLite's as SQLAlchemy hands it on."""
    cause = sqlite3.OperationalError(words)
    cause.sqlite_errorcode = code
    return OperationalError("SELECT 1", None, cause)


def refused(code: str, words: str = "Wörter einer anderen Sprache") -> DBAPIError:
    """Make a failure of PostgreSQL's with its code, in words that nobody is to read."""
    kind = psycopg.errors.lookup(code)
    wrapped = OperationalError if issubclass(kind, psycopg.OperationalError) else ProgrammingError
    return wrapped("SELECT 1", None, kind(words))


def at_the_door(words: str) -> DBAPIError:
    """Make a failure to connect: libpq gives its words without a code."""
    return OperationalError("", None, psycopg.OperationalError(f"connection failed: {words}"))


@pytest.mark.parametrize(
    "code",
    [sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY_DBMOVED, sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_FULL],
)
def test_no_room_no_right_and_no_turn_are_known_by_their_codes(code: int) -> None:
    """The longer ones, which say more, too."""
    assert is_unwritable(failed(code))
    assert not is_damage(failed(code))
    assert not is_away(failed(code))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT_INDEX, sqlite3.SQLITE_NOTADB])
def test_damage_is_known_by_its_code(code: int) -> None:
    """It is not a matter of room."""
    assert is_damage(failed(code))
    assert not is_unwritable(failed(code))


def test_a_wrong_statement_is_neither_whatever_it_says() -> None:
    """A table may be called anything."""
    wrong = failed(sqlite3.SQLITE_ERROR, "no such table: locked, readonly, malformed")

    assert not is_damage(wrong)
    assert not is_unwritable(wrong)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("08006", Trouble.AWAY),
        ("57P01", Trouble.AWAY),
        ("57P03", Trouble.AWAY),
        ("08P01", Trouble.POOLER),
        ("26000", Trouble.POOLER),
        ("28P01", Trouble.REFUSED),
        ("28000", Trouble.REFUSED),
        ("3D000", Trouble.MISSING),
        ("53300", Trouble.CROWDED),
        ("53100", Trouble.FULL),
        ("53200", Trouble.FULL),
        ("55P03", Trouble.LOCKED),
        ("40P01", Trouble.LOCKED),
        ("57014", Trouble.SLOW),
        ("42501", Trouble.NO_RIGHT),
        ("25006", Trouble.READ_ONLY),
        ("58030", Trouble.DISK),
        ("XX001", Trouble.DAMAGED),
        ("42P01", Trouble.OURS),
        ("23505", Trouble.OURS),
        ("25P02", Trouble.OURS),
    ],
)
def test_a_servers_failures_are_told_apart_by_their_codes(code: str, trouble: Trouble) -> None:
    """Each means something else to do; only a server that is gone is away."""
    assert diagnose(refused(code)) is trouble
    assert is_away(refused(code)) == (trouble in (Trouble.AWAY, Trouble.POOLER))
    assert (explain_failure(refused(code), "It", "frameworks") is None) == (trouble is Trouble.OURS)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (sqlite3.SQLITE_READONLY, Trouble.READ_ONLY),
        (sqlite3.SQLITE_FULL, Trouble.FULL),
        (sqlite3.SQLITE_IOERR_SHMSIZE, Trouble.FULL),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, Trouble.CANNOT_OPEN),
        (sqlite3.SQLITE_CORRUPT_INDEX, Trouble.DAMAGED),
        (sqlite3.SQLITE_NOTADB, Trouble.DAMAGED),
        (sqlite3.SQLITE_BUSY_RECOVERY, Trouble.LOCKED),
        (sqlite3.SQLITE_IOERR_SHMMAP, Trouble.DISK),
        (sqlite3.SQLITE_AUTH, Trouble.NO_RIGHT),
        (sqlite3.SQLITE_ERROR, Trouble.OURS),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, Trouble.OURS),
    ],
)
def test_a_files_failures_are_told_apart_by_their_codes(code: int, trouble: Trouble) -> None:
    """The longer ones mean what their beginning means, but for the one that a full disk has."""
    assert diagnose(failed(code)) is trouble
    assert (explain_failure(failed(code), "/home/frameworks.sqlite3") is None) == (trouble is Trouble.OURS)


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ('invalid sslmode value: "bogus"', Trouble.WRONG_ADDRESS),
        ('invalid target_session_attrs value: "read"', Trouble.WRONG_ADDRESS),
        ('invalid port number: "99999"', Trouble.WRONG_ADDRESS),
        ('invalid integer value "x" for connection option "connect_timeout"', Trouble.WRONG_ADDRESS),
        ('definition of service "x" not found', Trouble.WRONG_ADDRESS),
        ('root certificate file "/root.crt" does not exist', Trouble.WRONG_ADDRESS),
        ('FATAL:  password authentication failed for user "x"', Trouble.REFUSED),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", database "y", no encryption', Trouble.REFUSED),
        ("fe_sendauth: no password supplied", Trouble.REFUSED),
        ('FATAL:  role "x" does not exist', Trouble.REFUSED),
        ('FATAL:  database "y" does not exist', Trouble.MISSING),
        ("FATAL:  sorry, too many clients already", Trouble.CROWDED),
        ('FATAL:  too many connections for role "x"', Trouble.CROWDED),
        ('FATAL:  too many connections for database "y"', Trouble.CROWDED),
        ("FATAL:  MaxClientsInSessionMode: max clients reached", Trouble.CROWDED),
        ("FATAL:  Max client connections reached", Trouble.CROWDED),
        ("FATAL:  remaining connection slots are reserved for roles with SUPERUSER", Trouble.CROWDED),
        ("FATAL:  the database system is starting up", Trouble.AWAY),
        ("ERROR:  no such database: y", Trouble.MISSING),
        ("FATAL:  unsupported startup parameter: options", Trouble.POOLER),
        ("ERROR:  unsupported startup parameter in options: statement_timeout", Trouble.POOLER),
        ("connection refused", Trouble.AWAY),
        ("FATAL:  Passwort-Authentifizierung fehlgeschlagen", Trouble.AWAY),
    ],
)
def test_who_is_not_let_in_is_told_why(words: str, trouble: Trouble) -> None:
    """Here the words are all there is; of another language they mean that it is tried again."""
    assert diagnose(at_the_door(words)) is trouble


def test_a_missing_right_is_told_with_the_role_and_what_to_do() -> None:
    """What the server says of the right stands in it, on one line."""
    denied = refused("42501", "permission denied for table slots\nLINE 1: INSERT")

    said = str(explain_failure(denied, "PostgreSQL's database x", "frameworks"))

    assert "the role frameworks lacks a right (permission denied for table slots)" in said
    assert "GRANT USAGE, CREATE ON SCHEMA public" in said
    assert said.endswith("IN SCHEMA public TO frameworks.")
