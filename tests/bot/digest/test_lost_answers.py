"""Slack's answer is lost, or its clock, history and ids are not ours: the post is looked for, and there is one."""

import pytest

from bot.digest.records import State
from playground.faults import ClientMsgId
from tests.bot.digest.harness import MONDAY, Harness


@pytest.mark.parametrize("meaning", list(ClientMsgId))
def test_a_lost_answer_is_looked_for_whatever_slack_makes_of_our_ids(harness: Harness, meaning: ClientMsgId) -> None:
    """Honoured, ignored or refused: one post."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.client_msg_id = meaning
    harness.playground.faults.drop_after("chat.postMessage")
    harness.now = MONDAY
    digests.tick()

    assert len(harness.posts()) == 1
    assert harness.entry().state is State.POSTED


def test_every_digest_post_carries_an_id_of_its_slot(harness: Harness) -> None:
    """The same for one slot, another for each slot, channel and part of the thread."""
    harness.subscribe(2)
    digests = harness.running()
    harness.now = MONDAY
    digests.tick()

    sent = [request.arguments.get("client_msg_id") for request in harness.playground.requests("chat.postMessage")]
    assert len(sent) == len({number for number in sent if number}) == 4


@pytest.mark.parametrize("word", ["duplicate_message_not_found", "duplicate_channel_not_found"])
def test_an_id_that_slack_refuses_though_nothing_is_there_is_renewed(harness: Harness, word: str) -> None:
    """Refused as seen before, for a post that no history holds: looked for, then posted under another id."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.error("chat.postMessage", word, times=2)
    harness.now = MONDAY
    digests.tick()

    sent = [request.arguments["client_msg_id"] for request in harness.playground.requests("chat.postMessage")]
    assert len(harness.posts()) == 1
    assert len(set(sent[:3])) == 3


def test_an_argument_that_slack_no_longer_takes_is_left_out(harness: Harness) -> None:
    """client_msg_id is not in Slack's list of arguments: refused, the post goes without."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.error("chat.postMessage", "invalid_arg_name")
    harness.now = MONDAY
    digests.tick()

    assert len(harness.posts()) == 1
    assert harness.entry().state is State.POSTED


def test_a_clock_six_minutes_ahead_and_a_lost_answer_make_one_post(harness: Harness) -> None:
    """Slack's times are older than the claim: the search reaches back a day."""
    harness.subscribe()
    digests = harness.running()
    harness.now = MONDAY
    harness.playground.site.world.clock = lambda: harness.now.timestamp() - 360.0
    harness.playground.faults.drop_after("chat.postMessage")
    digests.tick()

    assert len(harness.posts()) == 1


def test_a_history_without_metadata_cannot_tell(harness: Harness) -> None:
    """Slack took the post, the line dropped, and the history shows a digest without saying whose slot it is."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.metadata_lost = True
    harness.playground.faults.drop_after("chat.postMessage")
    harness.now = MONDAY
    digests.tick()

    assert len(harness.posts()) == 1
    assert (harness.entry().state, "gives no metadata" in harness.entry().reason) == (State.UNKNOWN, True)
