"""SQLite's failures are told apart by their codes, whatever their words."""

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from analytics.storage.failures import is_away, is_damage, is_unwritable


def failed(code: int, words: str = "") -> OperationalError:
    """Make a failure as SQLAlchemy hands it on."""
    cause = sqlite3.OperationalError(words)
    cause.sqlite_errorcode = code
    return OperationalError("SELECT 1", None, cause)


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
