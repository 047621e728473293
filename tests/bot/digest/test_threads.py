"""The thread of a digest: when it is given up, what of it comes, and how long it rests when Slack takes nothing."""

import datetime as dt

import pytest

from bot.digest.records import State
from tests.bot.digest.harness import HOUR, MINUTE, MONDAY, Harness


@pytest.mark.parametrize(("later", "tables"), [(6 * HOUR - MINUTE, 0), (6 * HOUR + MINUTE, 1)])
def test_a_thread_rests_for_six_hours_at_most(harness: Harness, later: dt.timedelta, tables: int) -> None:
    """Slack asks for a pause of ten hours; who reads the digest waits for its table no longer than six."""
    harness.subscribe()
    pauses = [10 * 3600]

    def slow_down(step: str) -> None:
        if step == "thread" and pauses:
            harness.playground.faults.rate_limit("chat.postMessage", retry_after=pauses.pop())

    digests = harness.running(at=slow_down)
    harness.now = MONDAY
    digests.tick()
    assert (len(harness.posts()), harness.thread()) == (1, [])

    harness.now += later
    digests.tick()

    assert len([message for message in harness.thread() if "The table" in message.text]) == tables


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


@pytest.mark.parametrize(("later", "given_up"), [(24 * HOUR - 5 * MINUTE, False), (24 * HOUR + 5 * MINUTE, True)])
def test_a_thread_that_slack_never_takes_is_given_up_after_twenty_four_hours(
    harness: Harness, later: dt.timedelta, *, given_up: bool
) -> None:
    """Until then it is tried at whatever tick there is; after that the ledger says what is missing."""
    harness.subscribe()
    digests = harness.running(
        at=lambda step: harness.playground.faults.rate_limit("chat.postMessage") if step == "thread" else None
    )
    for harness.now in (MONDAY, MONDAY + later):
        digests.tick()

    assert harness.entry().state is State.POSTED
    assert ("could not be posted within a day" in harness.entry().reason) is given_up


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
