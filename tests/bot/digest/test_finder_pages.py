"""Looking for what was posted: how far back."""

from typing import Any

import pytest

from bot.digest.finder import Finder
from bot.digest.slack_clock import SlackClock
from bot.slack_errors import CannotTell
from tests.bot.digest.harness import MONDAY


class Talkative:
    """A client of a channel in which so many pages were written since."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.read: list[int] = []

    def conversations_history(self, *, limit: int, **_rest: Any) -> dict[str, Any]:
        """Give the next page, full of other people's words."""
        self.read.append(limit)
        more = len(self.read) < self.pages
        return {"messages": [{"ts": "1.0", "text": "x"}], "response_metadata": {"next_cursor": "on" if more else ""}}


def finder(client: Talkative) -> Finder:
    """Look through its history."""
    return Finder(client, SlackClock(lambda: MONDAY))  # type: ignore[arg-type]  # only what is called


def test_ten_thousand_messages_are_looked_through() -> None:
    """Fifty pages of two hundred: what is not in them was not posted."""
    client = Talkative(pages=50)

    assert finder(client).find("C1", "key", MONDAY) is None
    assert sum(client.read) == 10_000


def test_beyond_them_nothing_can_be_told() -> None:
    """A channel may be louder than anybody can read; then absent is not said."""
    client = Talkative(pages=51)

    with pytest.raises(CannotTell, match="too much was written since"):
        finder(client).find("C1", "key", MONDAY)
    assert len(client.read) == 50
