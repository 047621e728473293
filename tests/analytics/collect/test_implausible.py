"""Which counts cannot be right: each limit on both its sides."""

from dataclasses import replace

import pytest

from analytics.catalogues.register import COLLECTIONS
from analytics.catalogues.stored_counts import Counted
from analytics.collect.collection_counting import implausible

COLLECTION = replace(next(each for each in COLLECTIONS if each.full_name == "TorchAudio"), least=20, most=1000)
LAST = Counted(100, "2.9", "2026-11-16")


@pytest.mark.parametrize(
    ("number", "unread", "said"),
    [
        (20, 0, ""),
        (19, 0, "where 20 to 1,000 are plausible"),
        (1000, 0, ""),
        (1001, 0, "where 20 to 1,000 are plausible"),
        (100, 5, ""),
        (100, 6, "6 entries besides 100"),
    ],
)
def test_a_count_lies_in_its_range_and_nearly_all_of_it_was_read(number: int, unread: int, said: str) -> None:
    """One in twenty entries may be unreadable."""
    told = implausible(COLLECTION, Counted(number, "2.10", "2026-11-23", unread=unread), None)

    assert said in told
    assert bool(told) is bool(said)


@pytest.mark.parametrize(("number", "fell"), [(95, False), (94, True), (200, False)])
def test_a_collection_that_falls_by_more_than_a_twentieth_was_read_wrongly(number: int, fell: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """It may grow as it likes."""
    assert ("it fell too far" in implausible(COLLECTION, Counted(number, "2.10", "2026-11-23"), LAST)) is fell
