"""What is looked for in a channel's history, and when nothing can be told."""

import datetime as dt
from typing import Any

import pytest

from bot.blocks import button, section
from bot.digest.digest_messages import MANAGE
from bot.digest.finder import EVENT, TOLD_BLOCK, Finder, Word
from bot.digest.slack_clock import SlackClock
from bot.messages import REPLY
from bot.slack_errors import CannotTell

NOW = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
DIGEST = {"blocks": [section("Anything"), {"type": "actions", "elements": [button("Change", MANAGE, "C1")]}]}
ANSWER = {"text": "The weekly digest", "blocks": [section("How to get a digest")]}


class History:
    """A client that shows one message of ours, and nothing else."""

    def __init__(self, message: dict[str, Any]) -> None:
        self._message = {"ts": "1.0", "bot_id": "B1", **message}

    def conversations_history(self, **_: object) -> dict[str, Any]:
        """Give it."""
        return {"messages": [self._message]}

    def auth_test(self) -> dict[str, Any]:
        """Say who we are."""
        return {"bot_id": "B1", "user_id": "U1"}


class Heard(SlackClock):
    """A clock that learns nothing from an answer."""

    def heard(self, call: Any) -> Any:
        """Give the answer."""
        return call()


def find(message: dict[str, Any]) -> str | None:
    """Look for one slot's post in a history that holds one message."""
    finder = Finder(History(message), Heard(lambda: NOW))  # type: ignore[arg-type]  # only what is called
    found = finder.find("C1", "1 2026-11-30", dt.datetime.fromtimestamp(0, dt.UTC))
    return found.ts if found else None


@pytest.mark.parametrize(
    "message", [DIGEST, {"text": "Nothing new"}, {"text": "Nothing new", "blocks": [{"type": "rich_text"}]}]
)
def test_a_digest_without_metadata_is_known_by_its_buttons_or_by_having_no_blocks(message: dict[str, Any]) -> None:
    """Whatever it says, and in whatever words: then nothing can be told."""
    with pytest.raises(CannotTell):
        find(message)


def test_an_answer_that_speaks_of_a_digest_is_none() -> None:
    """What is read are blocks, not words."""
    assert find(ANSWER) is None


@pytest.mark.parametrize(
    "message", [{"files": [{"name": "top30.csv"}]}, {"text": "You are welcome.", "metadata": REPLY}]
)
def test_a_file_and_words_that_say_they_are_a_reply_are_none(message: dict[str, Any]) -> None:
    """Both come without blocks, as a digest in words alone does; said after it was due, they cost it its post."""
    assert find(message) is None


def test_a_post_is_found_by_its_key() -> None:
    """The metadata decides where there is any."""
    metadata = {"event_type": EVENT, "event_payload": {"slot": "1 2026-11-30"}}

    assert find(DIGEST | {"metadata": metadata}) == "1.0"


def test_a_word_to_a_person_is_known_by_its_block_whatever_it_says() -> None:
    """Where Slack gives no metadata; and an answer in the same conversation is none."""
    told = {"text": "Anything", "blocks": [section("Anything") | {"block_id": TOLD_BLOCK}]}

    def word(message: dict[str, Any]) -> Word | None:
        return next(Finder(History(message), Heard(lambda: NOW)).words_since("D1", NOW), None)  # type: ignore[arg-type]

    assert word(told) == Word("D1", "1.0", "Anything")
    assert word({"text": "The weekly digest in <#C1> was skipped", "blocks": [section("x")]}) is None
