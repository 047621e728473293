"""Moving a channel's rows where the database is away, or holds what cannot be read."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import insert, select, update

from analytics.domain.reading_kinds import WAITING_QUESTION
from analytics.domain.requests import Papers
from analytics.errors import DatabaseTrouble
from analytics.storage.database import Database
from analytics.storage.readings import Reading, ReadingStore, readings
from bot.later_answers import WaitingQuestion
from bot.moved_channels import MovedChannels
from bot.open_rows import keep_place, open_questions
from bot.place import Place

NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)


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


def test_a_row_that_is_damaged_keeps_no_other_from_moving(database: Database) -> None:
    """Whatever was written there; a later version may write a place that is none to us."""
    bodies = ["no JSON", "[]", '{"place": "C1"}', '{"place": {"channel": "C1"}}']
    kept = [
        {"team": "T1", "mark": str(number), "owner": "", "until": NOW, "taken_at": NOW, "tries": 0, "body": body}
        for number, body in enumerate(bodies)
    ]
    database.run(lambda connection: connection.execute(insert(open_questions), kept))

    MovedChannels(database, "T1").move("C1", "C2")

    left = database.run(lambda connection: connection.execute(select(open_questions.c.body)).scalars().all())
    assert sorted(left) == sorted([*bodies[:3], '{"place": {"channel": "C2"}}'])


def test_what_waits_and_cannot_be_read_keeps_no_other_from_moving(database: Database) -> None:
    """Nor does what was asked at the same moment under the new id; what was answered stays so."""
    kept = ReadingStore(database)
    body = {"place": keep_place(Place("C1", "U1")), "words": Papers().words, "privately": False, "home": "T1"}
    moved = WaitingQuestion(Place("C2", "U1"), Papers()).mark
    for mark, method, said in (
        *((str(number), "", odd) for number, odd in enumerate((7, [], {}, {"home": "T1"}, {"home": "T1", "place": 1}))),
        *((moved, "", body | {"place": keep_place(Place("C2", "U1"))}), ("old", "", body), ("old", "answered", {})),
        ("theirs", "", body | {"home": "T2"}),
    ):
        kept.add(Reading(WAITING_QUESTION, mark, NOW, method, said))
    query = update(readings).where(readings.c.key == "0").values(body=b"damaged")
    database.run(lambda connection: connection.execute(query))

    for _ in range(2):
        MovedChannels(database, "T1").move("C1", "C2")

    found = kept.newest_of(WAITING_QUESTION, None, NOW)
    assert sorted(found) == sorted(["1", "2", "3", "4", "theirs", moved])
    assert found[moved].method == "answered"
    assert found[moved].body["place"]["channel"] == "C2"
    assert found["theirs"].body["place"]["channel"] == "C1"
