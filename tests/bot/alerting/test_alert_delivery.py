"""The message of alerts: once, whatever fails; at most one a day; none in quiet hours; back to normal."""

import datetime as dt

import pytest

from bot.digest.records import State
from tests.bot.alerting.watching import DAY, HOUR, MINUTE, NOON, SHARE, TEN, AlertWatch
from tests.simulation.virtual_time import Killed


def die_at(step: str) -> object:
    """Make what ends a process at a step."""

    def at(now: str) -> None:
        if now == step:
            raise Killed

    return at


def news(watch: AlertWatch) -> None:
    """Set an alert a day before noon, then let TensorFlow leave the list."""
    watch.list_models(tensorflow=2)
    watch.wait_for(TEN)
    watch.now = NOON
    watch.list_models(tensorflow=0)


def test_what_fires_is_told_once_with_numbers_dates_and_source(watch: AlertWatch) -> None:
    """However often the clock ticks; with the reading of now and that of the start."""
    news(watch)
    alerts = watch.process()
    for _ in range(3):
        alerts.tick()
        watch.now += MINUTE

    (post,) = watch.posts()
    assert "TensorFlow is in 0 of the top 10 on 30 Nov 2026" in post.text
    assert "it was: TensorFlow is in 2 of the top 10 (29 Nov 2026)" in post.text
    assert "huggingface.co/models" in str(post.blocks)


def test_nothing_new_is_nothing_said(watch: AlertWatch) -> None:
    """No message and no line of the ledger."""
    watch.list_models(tensorflow=2)
    watch.wait_for(TEN)
    watch.now = NOON
    watch.list_models(tensorflow=1)
    watch.process().tick()

    assert (watch.posts(), watch.store.history(1)) == ([], [])


def test_back_to_normal_is_told_on_another_day(watch: AlertWatch) -> None:
    """At most one message a day: what returns the same day is told the next."""
    news(watch)
    alerts = watch.process()
    alerts.tick()
    watch.now += HOUR
    watch.list_models(tensorflow=3)
    alerts.tick()
    assert len(watch.posts()) == 1

    watch.now += 20 * HOUR
    alerts.tick()
    assert [one.text.startswith("Alert: Back to normal: ") for one in watch.posts()] == [False, True]
    assert "it was: TensorFlow is in 0 of the top 10 (30 Nov 2026)" in watch.posts()[1].text


def test_two_alerts_are_one_message(watch: AlertWatch) -> None:
    """Each in a line of its own."""
    watch.list_models(tensorflow=2, pytorch=1)
    watch.wait_for(TEN, SHARE)
    watch.now = NOON
    watch.list_models(tensorflow=0, pytorch=5)
    watch.process().tick()

    (post,) = watch.posts()
    assert "And 1 more alert." in post.text
    assert "PyTorch has 50.0 % (5 of the top 10)" in str(post.blocks)


@pytest.mark.parametrize(("hour", "posts"), [(7, 0), (8, 1), (19, 1), (20, 0), (23, 0)])
def test_quiet_hours_are_kept_in_the_zone_of_the_channel(watch: AlertWatch, hour: int, posts: int) -> None:
    """Quiet from eight in the evening until eight in the morning, in Tokyo."""
    watch.list_models(tensorflow=2)
    channel = watch.wait_for(TEN)
    watch.store.set_quiet(channel.id, dt.time(20), dt.time(8), "Asia/Tokyo", "UBEN")
    watch.now = NOON.replace(hour=hour) - 9 * HOUR
    watch.list_models(tensorflow=0)
    watch.process().tick()

    assert len(watch.posts()) == posts


@pytest.mark.parametrize("step", ["claimed", "built", "posting", "posted", "marked"])
def test_a_process_killed_anywhere_leaves_one_message(watch: AlertWatch, step: str) -> None:
    """The next one settles what it left: found where it was posted, posted where it was not."""
    news(watch)
    with pytest.raises(Killed):
        watch.process("dead", at=die_at(step)).tick()  # type: ignore[arg-type]  # it takes a step
    watch.now += 6 * MINUTE
    after = watch.process("heir")
    after.tick()
    watch.now += 6 * MINUTE
    after.tick()

    assert len(watch.posts()) == 1
    assert watch.entry().state is State.POSTED


def test_a_lost_answer_is_looked_for(watch: AlertWatch) -> None:
    """Slack took it and the line dropped: one message, and told as posted."""
    news(watch)
    watch.playground.faults.drop_after("chat.postMessage")
    watch.process().tick()

    assert (len(watch.posts()), watch.entry().state) == (1, State.POSTED)


def test_where_it_cannot_be_looked_for_it_is_not_said_twice(watch: AlertWatch) -> None:
    """Slack shows no metadata: uncertain, and the next day says no more of the same."""
    news(watch)
    watch.playground.faults.metadata_lost = True
    alerts = watch.process()
    watch.playground.faults.drop_after("chat.postMessage")
    alerts.tick()
    assert watch.entry().state is State.UNKNOWN

    watch.now += DAY
    watch.list_models(tensorflow=0)
    alerts.tick()
    assert len(watch.posts()) == 1


def test_two_processes_tell_it_once(watch: AlertWatch) -> None:
    """The day's slot is one's."""
    news(watch)
    watch.process("one").tick()
    watch.process("other").tick()

    assert len(watch.posts()) == 1


def test_what_a_crash_leaves_over_into_quiet_hours_waits_for_the_morning(watch: AlertWatch) -> None:
    """Claimed a minute before eight, settled after it: told next morning, and that is that day's message."""
    news(watch)
    watch.now = NOON.replace(hour=19, minute=59)
    with pytest.raises(Killed):
        watch.process("dead", at=die_at("built")).tick()  # type: ignore[arg-type]  # it takes a step
    heir = watch.process("heir")
    watch.now += 10 * MINUTE
    heir.tick()
    assert watch.posts() == []

    watch.now = NOON.replace(hour=8, minute=1) + DAY
    for _ in range(3):
        heir.tick()
        watch.now += 6 * MINUTE
    assert len(watch.posts()) == 1
    watch.list_models(tensorflow=3)
    heir.tick()
    assert len(watch.posts()) == 1

    watch.now += DAY
    heir.tick()
    assert len(watch.posts()) == 2


def test_a_channel_that_is_gone_is_paused_and_its_maker_hears(watch: AlertWatch) -> None:
    """As for digests."""
    news(watch)
    watch.playground.faults.error("chat.postMessage", "is_archived")
    watch.process().tick()

    assert watch.entry().state is State.FAILED
    assert watch.store.active() == []
    assert "The alert message in" in watch.playground.bot_messages("dm")[0].text


def test_a_digest_takes_no_alert_for_its_own(watch: AlertWatch) -> None:
    """Their keys differ: what looks for a digest of another day passes an alert by."""
    news(watch)
    watch.process().tick()

    assert watch.entry().slot.key.startswith("alert-1 2026-11-30")
