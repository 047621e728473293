"""Whoever made a digest has left: who changed it last hears of it, else the channel."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.digest.poster import Pace
from bot.scheduler import Scheduler
from playground.server import Playground
from playground.start import clock_of
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

SATURDAY = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
LATE = "2026-12-05T12:00"
"""Five days after Monday's slot: it is skipped, and somebody has to hear of that."""


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[tuple[Playground, Scheduler]]:
    """Ann makes a digest."""
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack(clock=SATURDAY.timestamp))
        pace = Pace(playground.advance, playground.now)
        bot = stack.enter_context(connected(playground, tmp_path, clock=clock_of(playground), pace=pace))
        say(playground, "digest on mon 09:00 UTC")
        yield playground, bot.scheduler


def say(playground: Playground, words: str, user: str = "ann") -> None:
    """Type a command and wait until all is done."""
    playground.command(f"/frameworks {words}", user=user)
    playground.settled()


def miss(playground: Playground, scheduler: Scheduler, moment: str = LATE) -> None:
    """Let a slot be missed by days; whoever it is handed on to hears of it at the next tick."""
    playground.settled()
    target = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC).timestamp()
    playground.advance(target - playground.now())
    for _ in range(3):
        scheduler.digest()
    playground.settled()


def skipped(playground: Playground, channel: str) -> list[str]:
    """Give what was told of skipped digests in a conversation."""
    playground.settled()
    return [one.text for one in playground.bot_messages(channel) if "was skipped" in one.text]


def delete(playground: Playground, name: str) -> None:
    """Switch off somebody's account."""
    playground.user(name).deleted = True


@pytest.mark.parametrize("word", ["", "user_not_found", "account_inactive"])
def test_who_changed_it_last_hears_in_the_place_of_who_left(scene: tuple[Playground, Scheduler], word: str) -> None:
    """Once, and why they do; whichever way Slack says it."""
    playground, scheduler = scene
    say(playground, "digest on mon 10:00 UTC", "bob")
    if word:
        playground.faults.error("users.info", word)
    else:
        delete(playground, "ann")
    miss(playground, scheduler)

    (told,) = skipped(playground, "dm:bob")
    assert told.endswith("Whoever made it has left this workspace.")
    assert skipped(playground, "general") == []


def test_where_nobody_else_changed_it_the_channel_hears(scene: tuple[Playground, Scheduler]) -> None:
    """Once, as one message that all read."""
    playground, scheduler = scene
    delete(playground, "ann")
    miss(playground, scheduler)

    (told,) = skipped(playground, "general")
    assert told.endswith("Whoever made it has left this workspace.")


def test_where_both_have_left_the_channel_hears(scene: tuple[Playground, Scheduler]) -> None:
    """Bob leaves a week after Ann, whose successor he was."""
    playground, scheduler = scene
    say(playground, "digest on mon 10:00 UTC", "bob")
    delete(playground, "ann")
    miss(playground, scheduler)
    delete(playground, "bob")
    miss(playground, scheduler, "2026-12-12T12:00")

    assert (len(skipped(playground, "dm:bob")), len(skipped(playground, "general"))) == (1, 1)


def test_who_changes_it_then_hears_of_it(scene: tuple[Playground, Scheduler]) -> None:
    """The channel heard until somebody took it up."""
    playground, scheduler = scene
    delete(playground, "ann")
    miss(playground, scheduler)
    say(playground, "digest on mon 10:00 UTC", "bob")
    miss(playground, scheduler, "2026-12-12T12:00")

    assert (len(skipped(playground, "dm:bob")), len(skipped(playground, "general"))) == (1, 1)


def pause_of_slack(playground: Playground) -> None:
    """Let Slack say nothing of anybody now."""
    playground.faults.error("users.info", "internal_error")


def our_own_account(playground: Playground) -> None:
    """Let Slack say that an account is switched off, which is ours."""
    playground.faults.error("users.info", "account_inactive")
    playground.faults.error("auth.test", "account_inactive", 3)


@pytest.mark.parametrize("fault", [pause_of_slack, our_own_account])
def test_a_word_that_tells_nothing_of_them_takes_nobody_away(
    scene: tuple[Playground, Scheduler], fault: Callable[[Playground], None]
) -> None:
    """Ann hears of it as ever."""
    playground, scheduler = scene
    fault(playground)
    miss(playground, scheduler)

    assert (len(skipped(playground, "dm")), skipped(playground, "general")) == (1, [])
