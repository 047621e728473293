"""Exactly once: a ledger put back from a copy, clocks, lost answers, owners that sleep, threads that end, one word."""

import datetime as dt
import shutil
from dataclasses import replace

import pytest

from bot.digest.records import State
from playground.faults import ClientMsgId
from tests.bot.digest.harness import DAY, HOUR, MINUTE, MONDAY, Harness

WEEK = dt.timedelta(weeks=1)


# --------------------------------------------------------------------------------------------- a copy that is put back


@pytest.mark.parametrize("later", [HOUR, 90 * dt.timedelta(seconds=1)])
def test_yesterdays_folder_put_back_posts_nothing_again(harness: Harness, later: dt.timedelta) -> None:
    """The ledger has forgotten Monday's digest; the channel has not."""
    harness.subscribe()
    harness.database.close()
    shutil.copytree(harness.home, harness.home / "copy")
    harness.open()
    harness.now = MONDAY
    harness.running()
    harness.database.close()
    shutil.copytree(harness.home / "copy", harness.home, dirs_exist_ok=True)
    harness.open()

    harness.now = MONDAY + later
    harness.process("b").tick()

    assert len(harness.posts()) == 1
    assert (harness.entry().state, harness.entry().reason) == (State.POSTED, "it was in the channel already")
    assert len(harness.thread()) == 2


def test_a_first_tick_posts_what_was_never_posted(harness: Harness) -> None:
    """A restart in the minute a digest is due costs a look, not the digest; late it comes as LATE."""
    harness.subscribe(2)
    harness.now = MONDAY
    harness.process().tick()
    assert [message.text for message in harness.posts()] == ["digest"]

    harness.now = MONDAY + WEEK + 3 * HOUR
    harness.process("b").tick()
    assert [message.text for message in harness.posts(2)] == ["digest", "LATE digest"]


def test_late_and_without_a_history_it_is_uncertain_and_not_posted(harness: Harness) -> None:
    """Whether an hour-old digest was posted cannot be seen: it is not posted, and Ann hears why."""
    harness.subscribe()
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + HOUR
    harness.process().tick()

    assert harness.posts() == []
    assert harness.entry().state is State.UNKNOWN
    assert "cannot be read (missing_scope). Nothing is sent twice." in harness.words()[0]


def test_just_due_at_a_first_tick_it_is_posted_even_without_a_history(harness: Harness) -> None:
    """No copy is put back within a minute."""
    harness.subscribe()
    harness.playground.world.tokens[harness.playground.bot_token].scopes -= {"channels:history"}
    harness.now = MONDAY + MINUTE
    harness.process().tick()

    assert len(harness.posts()) == 1


def test_in_a_channel_that_the_bot_was_taken_out_of_it_joins_to_look(harness: Harness) -> None:
    """Late and outside: the history is read after joining, and the digest comes."""
    harness.subscribe()
    harness.playground.world.channels["C0DESK001"].members.discard(harness.bot_user)
    harness.now = MONDAY + HOUR
    harness.process().tick()

    assert len(harness.posts()) == 1


# ------------------------------------------------------------------------------------- lost answers and Slack's own ids


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


def test_an_id_that_slack_refuses_though_nothing_is_there_is_renewed(harness: Harness) -> None:
    """`duplicate_message_not_found` for a post that no history holds: looked for, then posted under another id."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.error("chat.postMessage", "duplicate_message_not_found", times=2)
    harness.now = MONDAY
    digests.tick()

    sent = [request.arguments["client_msg_id"] for request in harness.playground.requests("chat.postMessage")]
    assert len(harness.posts()) == 1
    assert len(set(sent[:3])) == 3


@pytest.mark.parametrize(
    "word", ["invalid_arg_name", "invalid_arguments", "unknown_argument", "invalid_client_msg_id", "never_heard_of"]
)
def test_an_argument_that_slack_no_longer_takes_is_left_out(harness: Harness, word: str) -> None:
    """Slack refuses whatever has a client_msg_id, for good: tried once, or once a message where the word is new."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.faults.ids_refused = word
    harness.now = MONDAY
    digests.tick()
    harness.now += 6 * MINUTE
    digests.tick()

    tried = [request.arguments.get("client_msg_id") for request in harness.playground.requests("chat.postMessage")]
    assert (len(harness.posts(1)), len(harness.posts(2)), len(harness.thread(1))) == (1, 1, 2)
    assert harness.entry().state is State.POSTED
    assert len([number for number in tried if number]) == (1 if word != "never_heard_of" else 4)


def test_where_the_id_is_not_to_blame_it_stays(harness: Harness) -> None:
    """Both are refused, with it and without: the next digest has its id again."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.faults.error("chat.postMessage", "invalid_arguments", times=2)
    harness.now = MONDAY
    digests.tick()

    assert (harness.entry().state, len(harness.posts(2))) == (State.FAILED, 1)
    assert "in none of its forms (invalid_arguments)" in harness.entry().reason
    assert harness.playground.requests("chat.postMessage")[2].arguments["client_msg_id"]


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


def test_a_long_pause_that_slack_asks_for_leaves_the_slot_and_holds_up_nobody(harness: Harness) -> None:
    """Four hours: the tick goes on to the next channel at once, and the slot comes when Slack allows."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.faults.rate_limit("chat.postMessage", 1, 4 * 3600)
    harness.now = MONDAY
    digests.tick()
    assert (len(harness.posts(1)), len(harness.posts(2))) == (0, 1)
    assert harness.now - MONDAY < MINUTE

    harness.now = MONDAY + HOUR + 2 * MINUTE
    digests.tick()
    assert len(harness.posts(1)) == 1


# ------------------------------------------------------------------------------------------------ a process that wakes


@pytest.mark.parametrize("step", ["claimed", "built", "posting", "posted", "marked", "thread", "detailed"])
def test_a_process_that_slept_goes_on_with_nothing(harness: Harness, step: str) -> None:
    """It stops at a step for a quarter of an hour, another settles its slot meanwhile, it wakes: one of each."""
    harness.subscribe()
    other, slept = harness.running("b"), [False]

    def stop(passed: str) -> None:
        if passed == step and not slept[0]:
            slept[0] = True
            harness.now += 15 * MINUTE
            other.tick()

    sleepy = harness.running("a", stop)
    harness.now = MONDAY
    sleepy.tick()

    assert slept[0]
    assert (len(harness.posts()), len(harness.thread())) == (1, 2)
    assert (harness.entry().state, harness.entry().details) == (State.POSTED, True)


def test_a_process_that_slept_for_a_day_posts_nothing(harness: Harness) -> None:
    """Nobody else took the slot, but by now it is too late."""
    harness.subscribe()

    def stop(passed: str) -> None:
        if passed == "built":
            harness.now += 26 * HOUR

    digests = harness.running(at=stop)
    harness.now = MONDAY
    digests.tick()
    digests.tick()

    assert harness.posts() == []
    assert (harness.entry().state, harness.entry().reason) == (State.SKIPPED, "it could not be posted within a day")


# ---------------------------------------------------------------------------------------------------------- the thread


def test_a_thread_whose_post_is_gone_is_given_up_at_once_and_uploads_nothing(harness: Harness) -> None:
    """Somebody deleted the digest before its table came: said in the ledger, never tried again."""
    harness.subscribe()

    def delete(passed: str) -> None:
        if passed == "marked":
            harness.playground.world.channels["C0DESK001"].messages.clear()

    digests = harness.running(at=delete)
    harness.now = MONDAY
    for _ in range(20):
        digests.tick()
        harness.now += 6 * MINUTE

    assert harness.entry().details
    assert "the post is gone" in harness.entry().reason
    assert harness.playground.requests("files.getUploadURLExternal") == []
    assert len(harness.playground.requests("chat.postMessage")) == 2


def test_a_thread_is_given_up_after_a_day(harness: Harness) -> None:
    """Slack asks for a pause whenever the table is to be posted: tried ever more rarely, then said to be missing."""
    harness.subscribe()
    digests = harness.running(
        at=lambda step: harness.playground.faults.rate_limit("chat.postMessage") if step == "thread" else None
    )
    harness.now = MONDAY
    for _ in range(320):
        digests.tick()
        harness.now += 5 * MINUTE

    assert (harness.entry().state, harness.entry().details) == (State.POSTED, True)
    assert "could not be posted within a day" in harness.entry().reason
    assert 10 < len(harness.playground.requests("chat.postMessage")) < 40


def test_a_file_that_fails_is_uploaded_twice_at_most_and_its_absence_said(harness: Harness) -> None:
    """The table stands in the thread before the file is tried; the reason why there is none follows."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.server_error("files.completeUploadExternal", times=50)
    harness.now = MONDAY
    for _ in range(20):
        digests.tick()
        harness.now += 6 * MINUTE

    assert len(harness.playground.requests("files.completeUploadExternal")) == 2
    assert [message.text for message in harness.thread()] == [
        "The table, and how it was counted.",
        "The table as a file is missing: Slack did not confirm it.",
    ]


def test_where_uploads_are_off_the_table_comes_all_the_same_and_the_reason(harness: Harness) -> None:
    """Text before file."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.uploads_disabled = True
    harness.now = MONDAY
    digests.tick()

    assert [message.text for message in harness.thread()] == [
        "The table, and how it was counted.",
        "The table as a file is missing: uploads are switched off in this workspace.",
    ]
    assert harness.entry().reason == "its file is missing: uploads are switched off in this workspace"


def test_a_crash_between_table_and_file_brings_the_file_and_no_second_table(harness: Harness) -> None:
    """The thread is looked at part by part."""
    harness.subscribe()
    digests = harness.running()
    harness.playground.faults.drop_before("files.getUploadURLExternal")
    harness.now = MONDAY
    digests.tick()
    harness.now += 6 * MINUTE
    digests.tick()

    assert [len(message.files) for message in harness.thread()] == [0, 1]


def test_a_hundred_threads_that_fail_do_not_starve_a_crashed_claim(harness: Harness) -> None:
    """The claim is settled at the next tick, although all the threads are older."""
    harness.subscribe(121)
    for number in range(1, 122):
        subscription = harness.store.by_id(number)
        assert subscription
        slot = replace(harness.slot(number), due_at=MONDAY - (HOUR if number < 121 else dt.timedelta()))
        harness.store.claim(slot, "dead", MONDAY - (2 * HOUR if number < 121 else dt.timedelta()))
        if number < 121:
            harness.store.mark(slot, State.POSTED, MONDAY, ts=f"{MONDAY.timestamp():.6f}")
    harness.playground.faults.server_error("conversations.replies", times=1000)

    harness.now = MONDAY + 6 * MINUTE
    harness.process().tick()

    assert len(harness.posts(121)) == 1
    assert len(harness.playground.requests("conversations.replies")) <= 21


# ----------------------------------------------------------------------------------------------------------- one word


def test_five_weeks_off_are_one_message_to_a_person(harness: Harness) -> None:
    """Ten channels, five Mondays each: one message that sums them up, however often the clock ticks."""
    harness.subscribe(10)
    digests = harness.process()
    harness.now = MONDAY + 4 * WEEK + 2 * DAY
    for _ in range(5):
        digests.tick()
        harness.now += HOUR

    (told,) = harness.words()
    assert told.count("was skipped (30 Nov 2026, 7 Dec 2026, 14 Dec 2026, 21 Dec 2026 and 28 Dec 2026)") == 10


def test_what_befalls_a_person_later_that_day_is_added_to_the_days_message(harness: Harness) -> None:
    """At most one message a day, even when a ledger was put back that knows of none."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.archive(harness.playground.world.channels["C0DESK001"])
    harness.now = MONDAY
    digests.tick()
    assert "is paused: the channel is archived." in harness.words()[0]

    harness.store.mark(harness.entry(2).slot, State.SKIPPED, harness.now, "a reason", details=False)
    harness.store.untell([harness.entry(1)])
    harness.process("b").tick()
    (told,) = harness.words()
    assert ("is paused" in told, "was skipped (30 Nov 2026): a reason." in told) == (True, True)


def test_news_of_another_day_are_another_message(harness: Harness) -> None:
    """A day after the last one; and where the day's message was deleted, no second one comes that day."""
    harness.subscribe(2)
    digests = harness.running()
    harness.playground.archive(harness.playground.world.channels["C0DESK001"])
    harness.now = MONDAY
    digests.tick()
    harness.playground.world.direct_channel(
        harness.playground.workspace, harness.playground.user("ann")
    ).messages.clear()
    harness.store.mark(harness.entry(2).slot, State.SKIPPED, harness.now, "a reason", details=False)

    harness.process("b").tick()
    assert harness.words() == []
    harness.now += DAY + MINUTE
    harness.process("c").tick()
    assert ["was skipped" in told for told in harness.words()] == [True]
