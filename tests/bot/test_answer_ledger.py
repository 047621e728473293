"""The ledger of answers: by the workspace of the token, whatever a payload calls home."""

import datetime as dt

import pytest

from analytics.storage.database import Database
from bot.answer_ledger import AnswerLedger, Said
from bot.place import Place

NOW = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)


def now() -> dt.datetime:
    """Tell the time."""
    return NOW


@pytest.mark.parametrize("team", ["T1", "TPARTNER", ""])
def test_a_thread_is_known_whoever_asks_in_it(database: Database, team: str) -> None:
    """Somebody of another workspace in a shared channel clicked for the answer; a member goes on from it."""
    ledger = AnswerLedger(database, now, "T1")
    ledger.remember(Place("C1", "U1", team=team), "1.2", ["top30 attributed"], NOW)

    there = Place("C1", "U2", thread_ts="1.2", in_thread=True, team="T1")
    assert ledger.recall(there) == Said(("top30 attributed",), NOW)


def test_two_workspaces_of_one_database_know_nothing_of_each_other(database: Database) -> None:
    """Each token sees its own."""
    place = Place("C1", "U1", thread_ts="1.2", in_thread=True)
    AnswerLedger(database, now, "T1").remember(place, "1.2", ["top30 attributed"], NOW)

    assert AnswerLedger(database, now, "T2").recall(place) is None


def test_what_one_person_alone_saw_is_their_subject_alone(database: Database) -> None:
    """The others in the thread go on from what they have seen; so does everybody from what comes after it."""
    ledger = AnswerLedger(database, now, "T1")
    ann, bob = (Place("C1", user, thread_ts="1.2", in_thread=True) for user in ("UANN", "UBOB"))
    ledger.remember(ann, "", ["top30 attributed"], NOW)
    ledger.remember(ann, "", ["model lab/secret"], NOW, alone=True)
    assert ledger.recall(ann) == Said(("model lab/secret",), NOW)
    assert ledger.recall(bob) == Said(("top30 attributed",), NOW)

    ledger.remember(bob, "", ["totals attributed"], NOW)
    assert ledger.recall(ann) == Said(("totals attributed",), NOW)


@pytest.mark.parametrize(("days", "is_there"), [(30, True), (31, False)])
def test_what_was_said_is_forgotten_after_thirty_days(database: Database, days: int, is_there: bool) -> None:  # noqa: FBT001 - a case
    """When the next thing is said; a thread is gone on from for a month."""
    place, later = Place("C1", "U1", thread_ts="1.2", in_thread=True), NOW + dt.timedelta(days=days)
    AnswerLedger(database, now, "T1").remember(place, "1.2", ["top30 attributed"], NOW)
    ledger = AnswerLedger(database, lambda: later, "T1")
    ledger.remember(Place("C2", "U1"), "9.9", ["totals attributed"], NOW)

    assert (ledger.recall(place) is not None) == is_there
