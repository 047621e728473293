"""One message to one person, however much went wrong."""

import datetime as dt

import pytest

from bot.digest.notices import sum_up
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot
from tests.bot.digest.harness import DAY, MINUTE, MONDAY, Harness

NINE = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)


def missed(channels: int) -> list[tuple[Subscription, LedgerEntry]]:
    """Give so many channels whose Monday was skipped."""
    found = []
    for number in range(1, channels + 1):
        subscription = Subscription("T1", f"C{number}", 0, NINE.time(), "UTC", "U1", NINE, NINE, id=number)
        slot = Slot(number, NINE.date(), NINE.time(), NINE)
        found.append((subscription, LedgerEntry(slot, State.SKIPPED, NINE, NINE, "me", reason="it was off")))
    return found


def test_twenty_five_channels_are_twenty_lines_and_the_rest_in_a_number() -> None:
    """A message has an end; what it leaves out is counted, and where to look is said."""
    said = sum_up(missed(25)).splitlines()

    assert said[0] == "Digests that were not posted as planned:"
    assert [line[:2] for line in said[1:21]] == ["• "] * 20
    assert said[21].startswith("… and 5 more: `/frameworks digest history`")
    assert len(said) == 22


def test_one_channel_is_one_sentence_that_is_known_again() -> None:
    """Where Slack gives no metadata the message is found by how it begins."""
    assert sum_up(missed(1)).startswith("The weekly digest in <#C1> was skipped")


@pytest.mark.parametrize(("later", "words"), [(7 * DAY - MINUTE, 1), (7 * DAY + MINUTE, 0)])
def test_what_nobody_could_be_told_of_for_a_week_is_no_news(harness: Harness, later: dt.timedelta, words: int) -> None:
    """A digest that was skipped is told of up to seven days later, and not after that."""
    harness.subscribe()
    harness.store.claim(harness.slot(1), "gone", MONDAY)
    harness.store.mark(harness.slot(1), State.SKIPPED, MONDAY, "a reason", details=False)

    harness.now = MONDAY + later
    harness.process().tick()

    assert len([told for told in harness.words() if "a reason" in told]) == words
