"""What passes by itself is waited for at a start, and said; what will never pass, later too, ends the bot."""

import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from analytics.domain.wording import clause
from bot.runtime.backoff import Backoff
from bot.runtime.credentials import await_slack
from bot.slack_client import slack_client
from bot.slack_errors import Lost
from playground.faults import Faults
from playground.server import Playground
from tests.bot.set_up import environment
from tests.programs import PATIENCE, Program, started


class Refusing:
    """Counts the pauses instead of waiting for them."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)


TROUBLES: list[Callable[[Faults], None]] = [
    lambda faults: faults.server_error("auth.test", 3),
    lambda faults: faults.garble("auth.test", "<html>no</html>", 503, 3),
    lambda faults: faults.drop_before("auth.test", 3),
    lambda faults: faults.error("auth.test", "internal_error", 3),
    lambda faults: faults.error("auth.test", "something_new", 3),
]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_passes_is_waited_for_in_growing_pauses(
    playground: Playground, caplog: pytest.LogCaptureFixture, trouble: Callable[[Faults], None]
) -> None:
    """Slack down or odd for a moment: each try is in the log, without the token, until Slack answers."""
    trouble(playground.faults)
    wait = Refusing()

    told = await_slack(slack_client(playground.bot_token, playground.api_url), wait, Backoff(lambda _, most: most))

    assert told["team"] == "Acme"
    assert wait.pauses == [1.25, 2.5, 5.0]
    assert caplog.text.count("Slack gives no answer yet") == 3
    assert playground.bot_token not in caplog.text


@pytest.mark.parametrize("word", ["ekm_access_denied", "team_added_to_org", "accesslimited"])
def test_what_slack_says_is_told_by_its_meaning(
    playground: Playground, caplog: pytest.LogCaptureFixture, word: str
) -> None:
    """A word that is known is no silence: the log has its meaning and the word, and it is tried again."""
    playground.faults.error("auth.test", word)

    await_slack(slack_client(playground.bot_token, playground.api_url), Refusing())

    assert f"Slack refuses for now: {clause(Lost(word).reason)} (auth.test was answered {word}" in caplog.text
    assert "gives no answer" not in caplog.text


def test_a_pause_that_slack_asks_for_is_kept(playground: Playground, caplog: pytest.LogCaptureFixture) -> None:
    """A 429 at the start with a Retry-After of ten minutes."""
    playground.faults.rate_limit("auth.test", retry_after=600)
    wait = Refusing()

    await_slack(slack_client(playground.bot_token, playground.api_url), wait)

    assert len(wait.pauses) == 1
    assert wait.pauses[0] >= 600
    assert "Slack asks for a pause of 600 s (auth.test was answered ratelimited" in caplog.text


def bot_started(playground: Playground, folder: Path, **settings: str) -> AbstractContextManager[Program]:
    """Start the bot; it is gone when the test ends."""
    return started("bot", folder=folder, environment=environment(playground, folder, settings))


def read_until(process: Program, words: str, times: int = 1) -> str:
    """Read the log until it holds the words so often, or ends."""
    read = ""
    for line in process.stderr:
        read += line
        if read.count(words) == times:
            break
    return read


def stop(process: Program) -> str:
    """Stop the bot, in order and soon; give the rest of its log."""
    process.terminate()
    _, rest = process.communicate()
    assert process.returncode == 0
    return rest


def test_a_connection_refused_at_the_start_is_tried_again(playground: Playground, tmp_path: Path) -> None:
    """Slack has no address for it just now: said in the log, and then it is connected."""
    playground.faults.server_error("apps.connections.open", 2)

    with bot_started(playground, tmp_path) as process:
        playground.wait_for_connection(timeout=PATIENCE)
        log = stop(process)

    assert "no connection to Slack" in log
    assert not any(word in log for word in ("Traceback", playground.bot_token, playground.app_token))


@pytest.mark.parametrize("others", [0, 1])
def test_an_app_token_that_is_revoked_later_ends_the_bot(playground: Playground, tmp_path: Path, others: int) -> None:
    """While it runs, or before it ever was connected: one sentence, then status 2."""
    playground.faults.server_error("apps.connections.open", others)

    with bot_started(playground, tmp_path) as process:
        log = read_until(process, "listening; stop with Ctrl-C")
        playground.revoke(playground.app_token)
        playground.drop_connections()
        _, rest = process.communicate()

    assert process.returncode == 2, log + rest
    said = "Slack says that this token was revoked (SLACK_APP_TOKEN: token_revoked). Copy it again from your app's page"
    assert rest.count(said) == 1
    assert [word for word in ("Traceback", playground.app_token) if word in log + rest] == []


@pytest.mark.parametrize(
    "trouble",
    [
        lambda faults: faults.cut_after("auth.test"),
        lambda faults: faults.garble("auth.test", '{"ok":tr', kind="application/json"),
        lambda faults: faults.garble("auth.test", "[1]", kind="application/json"),
    ],
)
def test_an_answer_that_breaks_off_after_the_first_is_waited_for_too(
    playground: Playground, tmp_path: Path, trouble: Callable[[Faults], None]
) -> None:
    """Slack is asked more than once who we are; whichever answer is no good, the start goes on by itself."""
    playground.faults.delay_after("auth.test", 0)
    trouble(playground.faults)

    with bot_started(playground, tmp_path) as process:
        playground.wait_for_connection(timeout=PATIENCE)
        log = stop(process)

    assert "Slack gives no answer yet" in log
    assert "Traceback" not in log


def test_a_slack_that_is_away_is_waited_for(tmp_path: Path) -> None:
    """Nobody listens there when the bot starts; it says so, tries in growing pauses, and is there when Slack is."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    playground = Playground(port)
    playground.site.base_url = f"http://127.0.0.1:{port}"

    with bot_started(playground, tmp_path) as process:
        log = read_until(process, "Slack gives no answer yet", 2)
        with playground:
            playground.wait_for_connection(timeout=PATIENCE)
            log += stop(process)

    assert "Traceback" not in log
    assert f"; SLACK_API_URL is http://127.0.0.1:{port}/api/)" in log
    assert "will be unused" not in log, "no warning that looks like somebody's mistake"


def test_a_wait_can_be_ended(playground: Playground, tmp_path: Path) -> None:
    """Told to stop while Slack is waited for, it stops at once and in order."""
    playground.faults.server_error("auth.test", 100)

    with bot_started(playground, tmp_path) as process:
        log = read_until(process, "Slack gives no answer yet") + stop(process)

    assert "Traceback" not in log
