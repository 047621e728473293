"""Slack gives a channel a new id, as when it becomes shared: what was set there goes on, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground import payloads
from playground.state import Channel
from tests.scenarios.test_alerts import SET
from tests.scenarios.test_digest import DigestStage, set_stage

MONDAY, NEXT = "2026-11-30T09:01", "2026-12-07T09:01"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[DigestStage]:
    """Ann has a digest in general."""
    with set_stage(tmp_path) as stage:
        stage.say("digest on mon 09:00 UTC", "gets a digest")
        yield stage


def share(stage: DigestStage) -> Channel:
    """Give general a new id; the bot has heard of it."""
    place = stage.playground.renumber("general")
    stage.playground.settled()
    return place


def test_a_digest_comes_under_the_new_id_once(stage: DigestStage) -> None:
    """Its first was posted under the old one, and that of the same week is not posted again."""
    stage.tick_at(MONDAY)
    assert len(stage.digests()) == 1

    share(stage)

    stage.tick_at(MONDAY)
    assert len(stage.digests()) == 1
    stage.tick_at(NEXT)
    assert len(stage.digests()) == 2
    stage.say("digest list", "Monday")


def test_a_post_that_was_not_confirmed_is_found_under_the_new_id(stage: DigestStage) -> None:
    """The line of the ledger moves with its digest."""
    stage.playground.faults.drop_after("chat.postMessage")
    stage.playground.faults.error("conversations.history", "internal_error", times=9)
    stage.tick_at(MONDAY)
    stage.playground.settled()
    stage.playground.faults.clear()

    share(stage)

    stage.tick_at("2026-11-30T09:31")
    assert len(stage.digests()) == 1


def test_alerts_and_previews_are_set_under_the_new_id(stage: DigestStage) -> None:
    """And so is whatever else is kept of a channel."""
    stage.say(SET, "Alert 1")
    stage.say("previews on", "Link previews are on in this channel.")

    share(stage)

    assert "TensorFlow" in str(stage.say("alerts", "Alert").blocks)
    stage.playground.ephemerals().clear()
    assert stage.say("previews", "Link previews are on in this channel.")


@pytest.mark.parametrize("is_off", [False, True])
def test_of_two_that_were_set_under_both_ids_one_goes_on(stage: DigestStage, *, is_off: bool) -> None:
    """The active one, that of the new id first; Slack may say it twice, and nobody hears of a channel that is gone."""
    playground = stage.playground
    playground.world.events -= {"channel_id_changed"}
    old = playground.channel("general").id
    new = share(stage).id
    for words in ("digest on tue 10:00 UTC", *(["digest off"] if is_off else [])):
        playground.command(f"/frameworks {words}")
        playground.settled()
    event = payloads.channel_id_changed(old, new, "1.2")
    for _ in range(2):
        playground.deliver(payloads.event_envelope(playground.world, playground.workspace, event), "events_api")
        playground.settled()

    stage.tick_at(MONDAY)
    assert len(stage.digests()) == int(is_off)
    stage.tick_at("2026-12-01T10:01")

    assert len(stage.digests()) == 1
    assert playground.bot_messages("dm") == []
