"""What did not arrive of somebody's digests stands in their Home tab, in words, until it comes again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.server import Playground
from tests.scenarios.test_digest import DigestStage, set_stage
from tests.scenarios.test_home_tab import opened

ARCHIVED = "could not be posted: the channel is archived."


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Ann has a digest in general."""
    with set_stage(tmp_path) as stage:
        stage.say("digest on mon 09:00 UTC", "gets a digest")
        yield stage


def fail(stage: DigestStage, moment: str = "2026-11-30T09:01") -> None:
    """Let a slot come due while the channel is archived."""
    channel = stage.playground.channel("general")
    stage.playground.archive(channel)
    stage.tick_at(moment)
    stage.playground.settled()
    channel.archived = False


def test_a_failure_is_shown_in_words_and_goes_when_it_comes_again(stage: DigestStage) -> None:
    """With where, when and why; a paused digest that is resumed has still not come."""
    fail(stage)
    shown = str(opened(stage.playground))
    stage.playground.click_home("Resume")
    stage.playground.settled()
    resumed = str(stage.playground.home())
    stage.tick_at("2026-12-07T09:01")
    stage.playground.settled()

    assert f"The digest of <#{stage.playground.channel('general').id}>, <!date^1796029200^" in shown
    assert ARCHIVED in shown
    assert ARCHIVED in resumed
    assert len(stage.digests()) == 1
    assert "Not delivered" not in str(opened(stage.playground))


def test_what_was_skipped_is_shown_for_five_weeks(stage: DigestStage) -> None:
    """Nobody reads of last winter."""
    stage.tick_at("2026-12-05T09:01")
    stage.playground.settled()
    assert "was skipped: the bot did not get to it when it was due" in str(opened(stage.playground))
    stage.playground.command("/frameworks digest pause")
    stage.playground.settled()

    stage.tick_at("2027-01-05T09:01")
    assert "Not delivered" not in str(opened(stage.playground))


def test_failures_go_with_the_digest(stage: DigestStage) -> None:
    """Who has left it is asked nothing."""
    fail(stage)
    assert ARCHIVED in str(opened(stage.playground))

    stage.playground.click_home("Leave")
    stage.playground.settled()

    assert "Not delivered" not in str(stage.playground.home())


def test_nobody_reads_of_the_failures_of_others(stage: DigestStage) -> None:
    """An admin sees the digest and that it is paused, and why; the failure is Ann's."""
    fail(stage)

    assert "Not delivered" not in str(opened(stage.playground, "chie"))
    assert "Not delivered" not in str(opened(stage.playground, "bob"))


@pytest.mark.parametrize("word", ["internal_error", "missing_scope", "ratelimited"])
def test_a_tab_that_slack_does_not_take_is_told_once(playground: Playground, word: str) -> None:
    """By direct message, since an old or empty tab says nothing; and anew only after it was taken."""
    told = lambda: [said.text for said in playground.bot_messages("dm") if "Home tab" in said.text]  # noqa: E731 - a look
    playground.faults.error("views.publish", word, times=2)
    for _ in range(2):
        playground.open_home()
        playground.settled()
    assert len(told()) == 1
    opened(playground)

    playground.faults.error("views.publish", word)
    playground.open_home()

    playground.settled()
    assert len(told()) == 2


def test_an_old_tab_of_somebody_who_does_not_look_is_told_to_nobody(stage: DigestStage) -> None:
    """It is published anew when they open it."""
    stage.playground.faults.error("views.publish", "internal_error", times=9)

    stage.playground.command("/frameworks digest pause")

    stage.playground.settled()
    assert stage.playground.requests("views.publish")
    assert [said for said in stage.playground.bot_messages("dm") if "Home tab" in said.text] == []
