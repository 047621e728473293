"""A digest says that one can ask in its thread, and a mention there goes on from what it told."""

from pathlib import Path

import pytest

from playground.state import PostedMessage
from tests.scenarios.test_conversations import in_thread
from tests.scenarios.test_digest import DigestStage, set_stage

HINT = "Ask on in the thread: “@frameworks and in TensorFlow?”."


def post_digest(stage: DigestStage) -> PostedMessage:
    """Have the first digest of general come."""
    stage.say("digest on mon 09:00 UTC", "gets a digest")
    stage.tick_at("2026-11-30 09:00")
    (digest,) = stage.digests()
    return digest


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("and in TensorFlow?", "top30 in tensorflow attributed"),
        ("top 20", "top20 attributed"),
        ("without copies", "top30 originals attributed"),
        ("since 2026-11-21", "changes since 2026-11-21"),
        ("#2", "model lab/m0"),
    ],
)
def test_the_hint_works_as_it_is_written(tmp_path: Path, words: str, understood: str) -> None:
    """And so do other words that go on from a list."""
    with set_stage(tmp_path) as stage:
        digest = post_digest(stage)
        answer = in_thread(stage.playground, digest.ts, words)

    assert HINT in str(digest.blocks)
    assert answer.thread_ts == digest.ts
    assert f"asked `/frameworks {understood}" in str(answer.blocks)


def test_why_tells_how_the_digest_was_counted(tmp_path: Path) -> None:
    """To the one who asks, and of the digest's own answer."""
    with set_stage(tmp_path) as stage:
        digest = post_digest(stage)
        stage.playground.mention("why?", thread_ts=digest.ts)

        told = stage.playground.wait_for_ephemeral("How this was counted: 1 new in the top 30")
        assert told.thread_ts in (None, digest.ts)


@pytest.mark.parametrize("word", ["test", "now"])
def test_one_that_was_posted_by_hand_can_be_asked_too(tmp_path: Path, word: str) -> None:
    """It says so as well."""
    with set_stage(tmp_path) as stage:
        stage.say("digest on mon 09:00 UTC", "gets a digest")
        stage.playground.command(f"/frameworks digest {word}")
        stage.playground.settled()
        digest = next(one for one in stage.playground.bot_messages() if HINT in str(one.blocks))

        assert "top30 in tensorflow" in str(in_thread(stage.playground, digest.ts, "and in tf?").blocks)


def test_what_was_asked_in_the_thread_is_gone_on_with(tmp_path: Path) -> None:
    """A file that fails and is brought by a later tick does not begin the talk anew."""
    with set_stage(tmp_path) as stage:
        stage.playground.faults.error("files.completeUploadExternal", "internal_error", 3)
        digest = post_digest(stage)
        in_thread(stage.playground, digest.ts, "top 20")
        stage.tick_at("2026-11-30 09:30")
        stage.playground.settled()

        assert "`/frameworks top20 declared`" in str(in_thread(stage.playground, digest.ts, "declared").blocks)
