"""The states of installations: good once, for ten minutes, whichever process is asked."""

import datetime as dt
from collections.abc import Callable

from analytics.storage.database import Database
from bot.workspaces.install_states import InstallStates

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def test_a_state_is_good_once_in_any_process(open_database: Callable[[], Database]) -> None:
    """Issued by one process, used in another, then nowhere again."""
    one, other = (InstallStates(open_database(), lambda _: NOW) for _ in range(2))
    state = one.issue()

    assert other.consume(state)
    assert not one.consume(state)


def test_a_state_is_over_after_ten_minutes(database: Database) -> None:
    """And one that was never issued is none."""
    state = InstallStates(database, lambda _: NOW).issue()

    assert not InstallStates(database, lambda _: NOW + dt.timedelta(minutes=10) + dt.timedelta(seconds=1)).consume(
        state
    )
    assert not InstallStates(database, lambda _: NOW).consume("a-guess")


def test_two_at_once_are_two(database: Database) -> None:
    """Each is good."""
    states = InstallStates(database, lambda _: NOW)
    issued = [states.issue(), states.issue()]

    assert [states.consume(one) for one in issued] == [True, True]
