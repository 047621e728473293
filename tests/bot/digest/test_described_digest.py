"""Which digest is meant by where it comes: this channel's is here, another one's is changed there."""

import datetime as dt

import pytest

from bot.digest.described_digest import find_described
from bot.digest.records import Subscription
from bot.digest.unnamed_words import NamedDigest

NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
WEEKLY = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", NOW, NOW)


@pytest.mark.parametrize("where", ["this channel", "here", "our channel", "the channel", "my channel"])
def test_the_digest_in_this_channel_is_the_one_that_is_here(where: str) -> None:
    """However people call the place where they type."""
    assert find_described("off", f"weekly in {where}".split(), [WEEKLY], is_sentence=True) == NamedDigest(("off",))


def test_the_digest_of_another_channel_is_not_taken_for_the_one_that_is_here() -> None:
    """It is named, and what is here is offered and not done."""
    told = find_described("off", ["weekly", "in", "ml-news"], [WEEKLY], is_sentence=True)

    assert told == NamedDigest(
        offered=("digest off",), why="The digests of another channel (ml-news) are changed there."
    )
