"""Exactly once: a ledger put back from a copy, clocks, lost answers, owners that sleep, threads that end, one word."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.digest.records import State
from playground.faults import ClientMsgId
from tests.bot.digest.desk import DAY, HOUR, MINUTE, MONDAY, Desk

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Set up a desk on Monday, an hour before a digest is due."""
    desk = Desk(tmp_path)
    yield desk
    desk.close()


# --------------------------------------------------------------------------------------------- a copy that is put back


@pytest.mark.parametrize("later", [HOUR, 90 * dt.timedelta(seconds=1)])
def test_yesterdays_folder_put_back_posts_nothing_again(desk: Desk, later: dt.timedelta) -> None:
    """The ledger has forgotten Monday's digest; the channel has not."""
    desk.subscribe()
    desk.database.close()
    shutil.copytree(desk.home, desk.home / "copy")
    desk.open()
    desk.now = MONDAY
    desk.running()
    desk.database.close()
    shutil.copytree(desk.home / "copy", desk.home, dirs_exist_ok=True)
    desk.open()

    desk.now = MONDAY + later
    desk.process("b").tick()

    assert len(desk.posts()) == 1
    assert (desk.entry().state, desk.entry().reason) == (State.POSTED, "it was in the channel already")
    assert len(desk.thread()) == 2


def test_a_first_tick_posts_what_was_never_posted(desk: Desk) -> None:
    """A restart in the minute a digest is due costs a look, not the digest; late it comes as LATE."""
    desk.subscribe(2)
    desk.now = MONDAY
    desk.process().tick()
    assert [message.text for message in desk.posts()] == ["digest"]

    desk.now = MONDAY + WEEK + 3 * HOUR
    desk.process("b").tick()
    assert [message.text for message in desk.posts(2)] == ["digest", "LATE digest"]


def test_late_and_without_a_history_it_is_uncertain_and_not_posted(desk: Desk) -> None:
    """Whether an hour-old digest was posted cannot be seen: it is not posted, and Ann hears why."""
    desk.subscribe()
    desk.playground.world.tokens[desk.playground.bot_token].scopes -= {"channels:history"}
    desk.now = MONDAY + HOUR
    desk.process().tick()

    assert desk.posts() == []
    assert desk.entry().state is State.UNKNOWN
    assert "cannot be read (missing_scope). Nothing is sent twice." in desk.words()[0]


def test_just_due_at_a_first_tick_it_is_posted_even_without_a_history(desk: Desk) -> None:
    """No copy is put back within a minute."""
    desk.subscribe()
    desk.playground.world.tokens[desk.playground.bot_token].scopes -= {"channels:history"}
    desk.now = MONDAY + MINUTE
    desk.process().tick()

    assert len(desk.posts()) == 1


def test_in_a_channel_that_the_bot_was_taken_out_of_it_joins_to_look(desk: Desk) -> None:
    """Late and outside: the history is read after joining, and the digest comes."""
    desk.subscribe()
    desk.playground.world.channels["C0DESK001"].members.discard(desk.bot_user)
    desk.now = MONDAY + HOUR
    desk.process().tick()

    assert len(desk.posts()) == 1


# ------------------------------------------------------------------------------------- lost answers and Slack's own ids


@pytest.mark.parametrize("meaning", list(ClientMsgId))
def test_a_lost_answer_is_looked_for_whatever_slack_makes_of_our_ids(desk: Desk, meaning: ClientMsgId) -> None:
    """Honoured, ignored or refused: one post."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.client_msg_id = meaning
    desk.playground.faults.drop_after("chat.postMessage")
    desk.now = MONDAY
    digests.tick()

    assert len(desk.posts()) == 1
    assert desk.entry().state is State.POSTED


def test_every_digest_post_carries_an_id_of_its_slot(desk: Desk) -> None:
    """The same for one slot, another for each slot, channel and part of the thread."""
    desk.subscribe(2)
    digests = desk.running()
    desk.now = MONDAY
    digests.tick()

    sent = [request.arguments.get("client_msg_id") for request in desk.playground.requests("chat.postMessage")]
    assert len(sent) == len({number for number in sent if number}) == 4


def test_an_id_that_slack_refuses_though_nothing_is_there_is_renewed(desk: Desk) -> None:
    """`duplicate_message_not_found` for a post that no history holds: looked for, then posted under another id."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.error("chat.postMessage", "duplicate_message_not_found", times=2)
    desk.now = MONDAY
    digests.tick()

    sent = [request.arguments["client_msg_id"] for request in desk.playground.requests("chat.postMessage")]
    assert len(desk.posts()) == 1
    assert len(set(sent[:3])) == 3


def test_an_argument_that_slack_no_longer_takes_is_left_out(desk: Desk) -> None:
    """client_msg_id is not in Slack's list of arguments: refused, the post goes without."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.error("chat.postMessage", "invalid_arg_name")
    desk.now = MONDAY
    digests.tick()

    assert len(desk.posts()) == 1
    assert desk.entry().state is State.POSTED


def test_a_clock_six_minutes_ahead_and_a_lost_answer_make_one_post(desk: Desk) -> None:
    """Slack's times are older than the claim: the search reaches back a day."""
    desk.subscribe()
    digests = desk.running()
    desk.now = MONDAY
    desk.playground.site.world.clock = lambda: desk.now.timestamp() - 360.0
    desk.playground.faults.drop_after("chat.postMessage")
    digests.tick()

    assert len(desk.posts()) == 1


def test_a_history_without_metadata_cannot_tell(desk: Desk) -> None:
    """Slack took the post, the line dropped, and the history shows a digest without saying whose slot it is."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.metadata_lost = True
    desk.playground.faults.drop_after("chat.postMessage")
    desk.now = MONDAY
    digests.tick()

    assert len(desk.posts()) == 1
    assert (desk.entry().state, "gives no metadata" in desk.entry().reason) == (State.UNKNOWN, True)


def test_a_long_pause_that_slack_asks_for_leaves_the_slot_and_holds_up_nobody(desk: Desk) -> None:
    """Four hours: the tick goes on to the next channel at once, and the slot comes when Slack allows."""
    desk.subscribe(2)
    digests = desk.running()
    desk.playground.faults.rate_limit("chat.postMessage", 1, 4 * 3600)
    desk.now = MONDAY
    digests.tick()
    assert (len(desk.posts(1)), len(desk.posts(2))) == (0, 1)
    assert desk.now - MONDAY < MINUTE

    desk.now = MONDAY + HOUR + 2 * MINUTE
    digests.tick()
    assert len(desk.posts(1)) == 1


# ------------------------------------------------------------------------------------------------ a process that wakes


@pytest.mark.parametrize("step", ["claimed", "built", "posting", "posted", "marked", "thread", "detailed"])
def test_a_process_that_slept_goes_on_with_nothing(desk: Desk, step: str) -> None:
    """It stops at a step for a quarter of an hour, another settles its slot meanwhile, it wakes: one of each."""
    desk.subscribe()
    other, slept = desk.running("b"), [False]

    def stop(passed: str) -> None:
        if passed == step and not slept[0]:
            slept[0] = True
            desk.now += 15 * MINUTE
            other.tick()

    sleepy = desk.running("a", stop)
    desk.now = MONDAY
    sleepy.tick()

    assert slept[0]
    assert (len(desk.posts()), len(desk.thread())) == (1, 2)
    assert (desk.entry().state, desk.entry().details) == (State.POSTED, True)


def test_a_process_that_slept_for_a_day_posts_nothing(desk: Desk) -> None:
    """Nobody else took the slot, but by now it is too late."""
    desk.subscribe()

    def stop(passed: str) -> None:
        if passed == "built":
            desk.now += 26 * HOUR

    digests = desk.running(at=stop)
    desk.now = MONDAY
    digests.tick()
    digests.tick()

    assert desk.posts() == []
    assert (desk.entry().state, desk.entry().reason) == (State.SKIPPED, "it could not be posted within a day")


# ---------------------------------------------------------------------------------------------------------- the thread


def test_a_thread_whose_post_is_gone_is_given_up_at_once_and_uploads_nothing(desk: Desk) -> None:
    """Somebody deleted the digest before its table came: said in the ledger, never tried again."""
    desk.subscribe()

    def delete(passed: str) -> None:
        if passed == "marked":
            desk.playground.world.channels["C0DESK001"].messages.clear()

    digests = desk.running(at=delete)
    desk.now = MONDAY
    for _ in range(20):
        digests.tick()
        desk.now += 6 * MINUTE

    assert desk.entry().details
    assert "the post is gone" in desk.entry().reason
    assert desk.playground.requests("files.getUploadURLExternal") == []
    assert len(desk.playground.requests("chat.postMessage")) == 2


def test_a_thread_is_given_up_after_a_day(desk: Desk) -> None:
    """Slack asks for a pause whenever the table is to be posted: tried ever more rarely, then said to be missing."""
    desk.subscribe()
    digests = desk.running(
        at=lambda step: desk.playground.faults.rate_limit("chat.postMessage") if step == "thread" else None
    )
    desk.now = MONDAY
    for _ in range(320):
        digests.tick()
        desk.now += 5 * MINUTE

    assert (desk.entry().state, desk.entry().details) == (State.POSTED, True)
    assert "could not be posted within a day" in desk.entry().reason
    assert 10 < len(desk.playground.requests("chat.postMessage")) < 40


def test_a_file_that_fails_is_uploaded_twice_at_most_and_its_absence_said(desk: Desk) -> None:
    """The table stands in the thread before the file is tried; the reason why there is none follows."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.server_error("files.completeUploadExternal", times=50)
    desk.now = MONDAY
    for _ in range(20):
        digests.tick()
        desk.now += 6 * MINUTE

    assert len(desk.playground.requests("files.completeUploadExternal")) == 2
    assert [message.text for message in desk.thread()] == [
        "The table, and how it was counted.",
        "The table as a file is missing: Slack did not confirm it.",
    ]


def test_where_uploads_are_off_the_table_comes_all_the_same_and_the_reason(desk: Desk) -> None:
    """Text before file."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.uploads_disabled = True
    desk.now = MONDAY
    digests.tick()

    assert [message.text for message in desk.thread()] == [
        "The table, and how it was counted.",
        "The table as a file is missing: uploads are switched off in this workspace.",
    ]
    assert desk.entry().reason == "its file is missing: uploads are switched off in this workspace"


def test_a_crash_between_table_and_file_brings_the_file_and_no_second_table(desk: Desk) -> None:
    """The thread is looked at part by part."""
    desk.subscribe()
    digests = desk.running()
    desk.playground.faults.drop_before("files.getUploadURLExternal")
    desk.now = MONDAY
    digests.tick()
    desk.now += 6 * MINUTE
    digests.tick()

    assert [len(message.files) for message in desk.thread()] == [0, 1]


def test_a_hundred_threads_that_fail_do_not_starve_a_crashed_claim(desk: Desk) -> None:
    """The claim is settled at the next tick, although all the threads are older."""
    desk.subscribe(121)
    for number in range(1, 122):
        subscription = desk.store.by_id(number)
        assert subscription
        slot = replace(desk.slot(number), due_at=MONDAY - (HOUR if number < 121 else dt.timedelta()))
        desk.store.claim(slot, "dead", MONDAY - (2 * HOUR if number < 121 else dt.timedelta()))
        if number < 121:
            desk.store.mark(slot, State.POSTED, MONDAY, ts=f"{MONDAY.timestamp():.6f}")
    desk.playground.faults.server_error("conversations.replies", times=1000)

    desk.now = MONDAY + 6 * MINUTE
    desk.process().tick()

    assert len(desk.posts(121)) == 1
    assert len(desk.playground.requests("conversations.replies")) <= 21


# ----------------------------------------------------------------------------------------------------------- one word


def test_five_weeks_off_are_one_message_to_a_person(desk: Desk) -> None:
    """Ten channels, five Mondays each: one message that sums them up, however often the clock ticks."""
    desk.subscribe(10)
    digests = desk.process()
    desk.now = MONDAY + 4 * WEEK + 2 * DAY
    for _ in range(5):
        digests.tick()
        desk.now += HOUR

    (told,) = desk.words()
    assert told.count("was skipped (30 Nov, 7 Dec, 14 Dec, 21 Dec and 28 Dec)") == 10


def test_what_befalls_a_person_later_that_day_is_added_to_the_days_message(desk: Desk) -> None:
    """At most one message a day, even when a ledger was put back that knows of none."""
    desk.subscribe(2)
    digests = desk.running()
    desk.playground.archive(desk.playground.world.channels["C0DESK001"])
    desk.now = MONDAY
    digests.tick()
    assert "is paused: the channel is archived." in desk.words()[0]

    desk.store.mark(desk.entry(2).slot, State.SKIPPED, desk.now, "a reason", details=False)
    desk.store.untell([desk.entry(1)])
    desk.process("b").tick()
    (told,) = desk.words()
    assert ("is paused" in told, "was skipped (30 Nov): a reason." in told) == (True, True)


def test_news_of_another_day_are_another_message(desk: Desk) -> None:
    """A day after the last one; and where the day's message was deleted, no second one comes that day."""
    desk.subscribe(2)
    digests = desk.running()
    desk.playground.archive(desk.playground.world.channels["C0DESK001"])
    desk.now = MONDAY
    digests.tick()
    desk.playground.world.direct_channel(desk.playground.workspace, desk.playground.user("ann")).messages.clear()
    desk.store.mark(desk.entry(2).slot, State.SKIPPED, desk.now, "a reason", details=False)

    desk.process("b").tick()
    assert desk.words() == []
    desk.now += DAY + MINUTE
    desk.process("c").tick()
    assert ["was skipped" in told for told in desk.words()] == [True]
