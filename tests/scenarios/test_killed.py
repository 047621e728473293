"""A bot that is killed by SIGKILL in the middle of something: the next one answers, once, or says that it is lost."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from playground.server import Playground
from playground.state import PostedMessage
from tests.bot.set_up import environment
from tests.programs import PATIENCE, Program, started

UPLOAD, POST = "files.getUploadURLExternal", "chat.postMessage"
NEVER = 3600.0
"""Seconds that Slack takes to answer: until the bot is killed."""


@pytest.fixture
def slack() -> Iterator[Playground]:
    """Start the stand-in alone."""
    with Playground(processing_seconds=0.0) as playground:
        yield playground


Start = Callable[[], AbstractContextManager[Program]]


@pytest.fixture
def start(slack: Playground, tmp_path: Path) -> Start:
    """Give what starts a process of the bot in one folder, and waits until it hears."""

    @contextmanager
    def begin() -> Iterator[Program]:
        with started("bot", folder=tmp_path, environment=environment(slack, tmp_path, {})) as program:
            slack.wait_for_connection(timeout=PATIENCE)
            yield program

    return begin


def kill_at(slack: Playground, start: Start, method: str, ask: Callable[[], object]) -> None:
    """Ask, and kill the bot while it waits for Slack's answer to a call."""
    slack.faults.delay_after(method, NEVER)
    before = len(slack.requests(method))
    with start() as program:
        ask()
        slack.wait_for(lambda: len(slack.requests(method)) > before)
        program.kill()
    slack.wait_for(lambda: not slack.site.sockets.connections)


def answers(slack: Playground) -> list[PostedMessage]:
    """List the answers in the channel."""
    return [said for said in slack.bot_messages() if "of the top 30 models" in said.text]


def test_a_mention_is_answered_by_the_next_process(slack: Playground, start: Start) -> None:
    """Killed with its picture on the way: asked once, answered once, where it was asked."""
    kill_at(slack, start, UPLOAD, lambda: slack.mention("top30"))
    assert answers(slack) == []

    with start():
        answer = slack.wait_for_message("of the top 30 models")

    assert answer.thread_ts
    assert len(answers(slack)) == 1


def test_a_command_is_answered_by_the_next_process(slack: Playground, start: Start) -> None:
    """Without its response_url, which is kept by nobody."""
    kill_at(slack, start, UPLOAD, lambda: slack.command("/frameworks top30"))

    with start():
        slack.wait_for_message("of the top 30 models")

    assert len(answers(slack)) == 1


def test_what_stands_there_is_not_said_again(slack: Playground, start: Start) -> None:
    """Killed after its post and before it knew of that."""
    slack.faults.delay_after(POST, NEVER, times=5)
    with start() as program:
        slack.mention("top30")
        slack.wait_for(lambda: answers(slack))
        program.kill()
    slack.faults.clear()

    with start():
        slack.wait_for(lambda: slack.requests("conversations.replies"))
        slack.mention("thanks")
        slack.wait_for_ephemeral("welcome")

    assert len(answers(slack)) == 1


def test_looking_up_does_not_stay(slack: Playground, start: Start) -> None:
    """The line that said so is taken back by the next process."""
    slack.faults.delay_after(UPLOAD, NEVER)
    with start() as program:
        slack.mention("top30")
        slack.wait_for_message("Looking up")
        program.kill()

    with start():
        slack.wait_for_message("of the top 30 models")
        slack.wait_for(lambda: not [said for said in slack.bot_messages() if "Looking up" in said.text])


def test_what_one_person_may_have_been_shown_is_asked_again_by_a_button(slack: Playground, start: Start) -> None:
    """Nobody can look whether it was seen."""
    kill_at(slack, start, "response_url", lambda: slack.command("/frameworks privately top30"))

    with start():
        said = slack.wait_for_ephemeral("while my answer to `top30")
        assert "If you do not see it, ask again" in said.text


def test_a_setting_that_may_have_been_changed_is_told(slack: Playground, start: Start) -> None:
    """It is not changed by itself: nobody knows how far that went."""
    kill_at(slack, start, "conversations.info", lambda: slack.command("/frameworks digest on mon 09:00 UTC"))

    with start():
        slack.wait_for_ephemeral("cannot tell whether it was done")


def test_a_question_that_kills_is_asked_anew_once(slack: Playground, start: Start) -> None:
    """The third process leaves it alone, and says so."""
    kill_at(slack, start, UPLOAD, lambda: slack.mention("top30"))
    kill_at(slack, start, UPLOAD, lambda: None)

    with start():
        said = slack.wait_for_ephemeral("that answer is lost")

    assert "`top30" in said.text
    assert answers(slack) == []
