"""What stands in the log of a refusal: workspace, channel, person, duration, what is needed; no token, no words."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Bot
from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import clock_of
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

SUNDAY = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
TYPED = "secretish"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Playground, Bot]]:
    """Start a bot that lives by the stand-in's clock."""
    with patient_slack(clock=SUNDAY.timestamp, rate_limits=False) as playground:
        pace = Pace(playground.advance, playground.now)
        with connected(playground, tmp_path, clock=clock_of(playground), pace=pace) as bot:
            yield playground, bot


def lines_with(caplog: pytest.LogCaptureFixture, word: str) -> list[str]:
    """Give what was logged of a word of Slack's, by us."""
    return [r.getMessage() for r in caplog.records if r.name.startswith("bot") and word in r.getMessage()]


def names(line: str, playground: Playground, *, channel: bool = True) -> bool:
    """Tell whether a line names workspace, channel and person, and for how long it was worked on."""
    ids = [playground.workspace.id, playground.user("ann").id, *([playground.channel("general").id] if channel else [])]
    return all(one in line for one in ids) and bool(re.search(r"\d\.\d s\b", line))


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("chat.postMessage", "top30"),
        ("files.getUploadURLExternal", "top30"),
        ("files.completeUploadExternal", "top30"),
        ("files.info", "top30"),
        ("conversations.info", "digest on mon 09:00 UTC"),
        ("users.info", "digest on mon 09:00"),
        ("views.open", "digest on"),
    ],
)
def test_each_refusal_of_a_command_is_logged_whole(
    running: tuple[Playground, Bot], caplog: pytest.LogCaptureFixture, method: str, words: str
) -> None:
    """Whatever call it is."""
    caplog.set_level("INFO")
    playground, _ = running
    playground.faults.error(method, "missing_scope", needed="some:scope", provided="commands")
    playground.command(f"/frameworks {words}")

    playground.settled()
    (line, *_) = lines_with(caplog, "missing_scope")
    assert names(line, playground)
    assert "needed some:scope" in line
    assert method in line


@pytest.mark.parametrize(
    ("method", "word"),
    [
        ("chat.postMessage", "is_archived"),
        ("chat.postMessage", "missing_scope"),
        ("chat.postMessage", "internal_error"),
        ("conversations.history", "missing_scope"),
    ],
)
def test_each_refusal_of_a_digest_is_logged_whole(
    running: tuple[Playground, Bot], caplog: pytest.LogCaptureFixture, method: str, word: str
) -> None:
    """Who made it, where, of which workspace, and after how long."""
    caplog.set_level("INFO")
    playground, bot = running
    playground.command("/frameworks digest on mon 09:00 UTC")
    playground.settled()
    playground.faults.error(method, word, needed="some:scope")
    playground.advance(SUNDAY.replace(day=30, hour=9, minute=1).timestamp() - playground.now())
    bot.scheduler.digest()

    playground.settled()
    (line, *_) = lines_with(caplog, word)
    assert names(line, playground)
    assert "needed some:scope" in line


def test_a_refused_word_to_a_person_is_logged_with_whom(
    running: tuple[Playground, Bot], caplog: pytest.LogCaptureFixture
) -> None:
    """The direct message about a digest that is paused."""
    caplog.set_level("INFO")
    playground, bot = running
    playground.command("/frameworks digest on mon 09:00 UTC")
    playground.settled()
    playground.archive("general")
    playground.faults.error("conversations.open", "user_disabled", times=5)
    playground.advance(SUNDAY.replace(day=30, hour=9, minute=1).timestamp() - playground.now())
    bot.scheduler.digest()

    playground.settled()
    (line, *_) = lines_with(caplog, "user_disabled")
    assert names(line, playground, channel=False)


def test_nothing_that_was_typed_and_no_token_is_in_the_log(
    running: tuple[Playground, Bot], caplog: pytest.LogCaptureFixture
) -> None:
    """Not from commands, mentions, buttons, refusals, a proxy that sends back what we said, or a broken frame."""
    caplog.set_level("INFO")
    playground, _ = running
    playground.faults.garble("response_url", f"<p>{TYPED} {playground.bot_token}</p>", 404)
    playground.command(f"/frameworks top30 by {TYPED}")
    playground.mention(f"model {TYPED}/{TYPED}")
    playground.direct_message(f"digest {TYPED}")
    playground.command(f"/frameworks digest on {TYPED}")
    with playground.world.changing():
        for connection in playground.site.sockets.connections:
            connection.send(json.dumps({"type": "slash_commands", "text": TYPED})[:-1])

    playground.settled()
    assert "is no JSON" in caplog.text
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("bot", "slack")))
    assert TYPED not in said
    assert playground.bot_token not in said
