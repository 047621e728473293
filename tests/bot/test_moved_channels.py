"""Moving a channel's rows where the database is away."""

from collections.abc import Callable

from analytics.errors import DatabaseTrouble
from analytics.storage.database import Database
from bot.moved_channels import MovedChannels


class AwayOnce(Database):
    """A database that is away at the first call."""

    def __init__(self) -> None:
        """Need none."""
        self.calls = 0

    def run(self, work: Callable[..., object]) -> object:  # type: ignore[override]  # it does none
        """Fail once."""
        self.calls += 1
        if self.calls == 1:
            raise DatabaseTrouble("The database is away.", "It is asked again.")
        return 0


def test_a_database_that_is_away_is_asked_again() -> None:
    """Slack does not say a second time that a channel has a new id."""
    database, pauses = AwayOnce(), list[float]()

    def later(seconds: float, work: Callable[[], None]) -> None:
        pauses.append(seconds)
        work()

    MovedChannels(database, "T1", later).move("C1", "C2")

    assert (database.calls, pauses) == (2, [60.0])
