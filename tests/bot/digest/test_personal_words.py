"""What one person is told by the digest, and by what it is known again."""

import datetime as dt
from typing import Any

from bot.digest.finder import Finder
from bot.digest.personal_words import PersonalWords
from bot.digest.slack_clock import SlackClock

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


class NotedPosts:
    """A Slack that takes what is posted, and notes it."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []

    def chat_postMessage(self, **message: Any) -> Any:  # noqa: N802 - as the SDK calls it
        """Take it."""
        self.posted.append(message)
        return {"ok": True, "ts": "1.2", "channel": message["channel"]}


def test_of_very_many_slots_the_newest_hundred_are_named() -> None:
    """Slack takes some thousand letters of metadata; of a message that it refused nobody would hear."""
    slack, clock = NotedPosts(), SlackClock(lambda: MONDAY)
    days = [(MONDAY + number * dt.timedelta(days=1)).date() for number in range(300)]
    words = PersonalWords(slack, clock, Finder(slack, clock))  # type: ignore[arg-type]  # only what is called

    assert words.tell("C1", "It could not be posted.", told=[f"7 {day}" for day in reversed(days)])
    named = slack.posted[0]["metadata"]["event_payload"]["told"]
    assert (named.count("7 "), f"7 {days[-1]}" in named, f"7 {days[199]}" in named) == (100, True, False)
