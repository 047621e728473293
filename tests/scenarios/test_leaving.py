"""Who wants no more of what is sent to them is asked what that is; a channel's digest ends by nobody's `me`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.test_digest import DigestStage, set_stage
from tests.scenarios.test_unnamed_words import left, say

UNCERTAIN = "I am not certain what shall end, so nothing has yet."


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Have Bob make the digest of general."""
    with set_stage(tmp_path) as stage:
        stage.playground.command("/frameworks digest on mon 09:00 UTC", user="bob")
        stage.playground.settled()
        yield stage


@pytest.mark.parametrize(
    "words",
    [
        "unsubscribe me",
        "unsubscribe me please",
        "please unsubscribe me from this",
        "stop messaging me",
        "stop sending me these messages",
        "leave me alone",
        "mute me",
        "take me off the list",
        "don’t message me any more",
        "opt me out",
        "no more digests for me",
        "digest off for me",
        "melde mich ab",
        "отпишите меня",
    ],
)
def test_nothing_ends_by_it_and_what_may_be_meant_is_asked(stage: DigestStage, words: str) -> None:
    """The digest here with a button, and that the channel can be muted."""
    asked = say(stage, words)

    assert UNCERTAIN in asked
    assert "the weekly digest in this channel, for everybody here: every Monday at 09:00" in asked
    assert "mute this channel in Slack" in asked
    assert "End All That I Made" not in asked
    assert left(stage) == {""}


def test_the_button_ends_the_one_it_names(stage: DigestStage) -> None:
    """Said in the channel, by name."""
    say(stage, "unsubscribe me")
    stage.playground.settled()
    stage.playground.click(stage.playground.ephemerals()[-1], "End the Weekly Digest")
    stage.playground.settled()

    assert stage.playground.bot_messages()[-1].text.startswith("ann stopped the weekly digest here")
    assert left(stage) == set()


def test_what_somebody_made_elsewhere_is_offered(stage: DigestStage) -> None:
    """With one button that ends all of it, and nothing that others made."""
    stage.playground.command("/frameworks digest on named own mon 09:00 UTC", channel="random")
    stage.playground.settled()
    assert "all that you made, wherever it comes: 1 digest" in say(stage, "leave me alone")

    stage.playground.settled()
    stage.playground.click(stage.playground.ephemerals()[-1], "End All That I Made")
    stage.playground.settled()
    assert left(stage) == {""}


def test_where_nothing_comes_it_is_said(stage: DigestStage) -> None:
    """There is nothing to end, and when the bot writes at all."""
    stage.playground.command("/frameworks unsubscribe me", channel="random", user="chie")
    stage.playground.settled()

    assert "there is nothing to end" in stage.playground.ephemerals("random", "chie")[-1].text


def test_in_a_direct_message_it_is_of_that_conversation(stage: DigestStage) -> None:
    """Nobody else reads there."""
    stage.playground.direct_message("digest on mon 09:00 UTC")
    stage.playground.settled()
    stage.playground.direct_message("stop messaging me")
    stage.playground.settled()

    asked = stage.playground.bot_messages("dm")[-1]
    assert "the weekly digest in this conversation" in str(asked.blocks)
    assert "mute" not in str(asked.blocks)
