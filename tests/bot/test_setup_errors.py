"""Whatever is wrong with the set-up, a start says it in one sentence; what passes by itself is waited for."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from playground.server import Playground

ROOT = Path(__file__).parents[2]
SECRET = "s3cretword"
PATIENCE = 60


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Start a stand-in for Slack."""
    with Playground(rate_limits=False) as running:
        yield running


def environment(playground: Playground, folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """Give a healthy set-up, changed by `settings`."""
    return {
        "PYTHONPATH": str(ROOT),
        "PATH": os.defpath,
        "HOME": str(folder),
        "FRAMEWORKS_HOME": str(folder / "home"),
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        **settings,
    }


def refused(playground: Playground, folder: Path, **settings: str) -> str:
    """Start the bot, and give the sentence with which it ends; there is no traceback and no secret before it."""
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=folder,
        env=environment(playground, folder, settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    secrets = [SECRET, playground.bot_token, playground.app_token, "ticket="]
    assert done.returncode == 2, done.stderr
    assert not any(secret in done.stderr + done.stdout for secret in ["Traceback", "WARNING", *secrets])
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": f"xoxb-{SECRET}"}, "(SLACK_BOT_TOKEN: invalid_auth); copy it again from your app's page"),
        ({"SLACK_APP_TOKEN": f"xapp-1-{SECRET}"}, "(SLACK_APP_TOKEN: invalid_auth); copy it again from your app's"),
        ({"SLACK_APP_TOKEN": f"xapp-1-A9-1-{SECRET}"}, "of the app A9; copy both from the page of the same app."),
        ({"SLACK_BOT_TOKEN": f"xoxp-{SECRET}"}, "SLACK_BOT_TOKEN: must begin with xoxb- (OAuth & Permissions"),
        ({"SLACK_BOT_TOKEN": f"xoxb-{SECRET}é"}, "SLACK_BOT_TOKEN: holds characters that no token has: copy it again"),
        ({"SLACK_BOT_TOKEN": f"xoxb-{SECRET}\nx"}, "SLACK_BOT_TOKEN: holds characters that no token has: copy it"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is missing: Socket Mode needs both tokens"),
        ({"DATABASE_URL": f"postgresql://bot:{SECRET}"}, "DATABASE_URL: names no host, or a port that is no number:"),
        ({"DATABASE_URL": f"postgresql://bot:{SECRET}@/name"}, "DATABASE_URL: names no host: it must read"),
        ({"DATABASE_URL": f"postgresql://bot:{SECRET}@h:port/name"}, "DATABASE_URL: names no host, or a port"),
        ({"DATABASE_URL": f"postgresql://bot:p@{SECRET}@h/name"}, "DATABASE_URL: has an @ in its password or user"),
        ({"DATABASE_URL": f"postgresql://b:{SECRET}@h/n?ssl=x"}, "DATABASE_URL names an option behind its ? that"),
        ({"DATABASE_URL": f"mysql://bot:{SECRET}@h/name"}, "DATABASE_URL: must begin with postgresql://"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    playground: Playground, tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    """It names the setting and where the right one is, ends with 2, and shows no secret."""
    assert sentence in refused(playground, tmp_path, **settings)


def test_exchanged_tokens_are_recognised(playground: Playground, tmp_path: Path) -> None:
    """Each stands where the other should: one sentence, not two."""
    exchanged = {"SLACK_BOT_TOKEN": playground.app_token, "SLACK_APP_TOKEN": playground.bot_token}

    assert "hold each other's token: exchange the two." in refused(playground, tmp_path, **exchanged)


def test_a_revoked_token_is_named(playground: Playground, tmp_path: Path) -> None:
    """The bot's, and the app's."""
    playground.revoke(playground.app_token)
    assert "was revoked (SLACK_APP_TOKEN: token_revoked)" in refused(playground, tmp_path)

    playground.revoke()
    assert "was revoked (SLACK_BOT_TOKEN: token_revoked)" in refused(playground, tmp_path)


def test_an_app_token_without_its_scope_is_named(playground: Playground, tmp_path: Path) -> None:
    """With the scope, and where such a token is made."""
    playground.world.tokens[playground.app_token].scopes = frozenset()

    said = refused(playground, tmp_path)

    assert "SLACK_APP_TOKEN lacks the scope connections:write (missing_scope); make another" in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_a_file_of_settings_in_another_encoding_is_named(
    playground: Playground, tmp_path: Path, encoding: str
) -> None:
    """With its folder and the encoding it should have."""
    (tmp_path / ".env").write_bytes(f"SLACK_BOT_TOKEN=xoxb-{SECRET}é\n".encode(encoding))

    said = refused(playground, tmp_path)

    assert said.startswith(f"The file .env in {tmp_path} is not in UTF-8 (it seems to be ")
    assert said.endswith("): save it again as UTF-8.")


def test_a_folder_that_cannot_be_written_is_named(playground: Playground, tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "file").write_text("in the way")

    said = refused(playground, tmp_path, FRAMEWORKS_HOME=str(tmp_path / "file"))

    assert said.startswith(f"Nothing can be kept in {tmp_path / 'file'} (")


@contextmanager
def started(playground: Playground, folder: Path, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the bot with its log in a file; it is stopped as by a supervisor."""
    environ = environment(playground, folder, settings)
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([sys.executable, "-m", "bot"], cwd=folder, env=environ, stderr=log) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def log_of(folder: Path) -> str:
    """Read what was logged."""
    return (folder / "log").read_text()


@pytest.mark.parametrize(
    "trouble",
    [
        lambda faults: faults.server_error("auth.test", 2),
        lambda faults: faults.rate_limit("auth.test", 2, retry_after=6),
        lambda faults: faults.garble("auth.test", "<html>no</html>", 503, 2),
        lambda faults: faults.drop_before("auth.test", 2),
        lambda faults: faults.error("auth.test", "internal_error", 2),
        lambda faults: faults.error("auth.test", "something_new", 2),
        lambda faults: faults.server_error("apps.connections.open", 2),
        lambda faults: faults.rate_limit("apps.connections.open", 1, retry_after=2),
    ],
)
def test_what_passes_is_waited_for(
    playground: Playground, tmp_path: Path, trouble: Callable[[object], None]
) -> None:
    """Slack down, too busy or odd for a moment: said in the log, and then the bot is connected."""
    trouble(playground.faults)

    with started(playground, tmp_path) as process:
        playground.wait_for_connection(timeout=PATIENCE)

    assert process.returncode == 0
    assert any(words in log_of(tmp_path) for words in ("Slack gives no answer yet", "no connection to Slack"))
    assert not any(word in log_of(tmp_path) for word in ("Traceback", playground.bot_token, playground.app_token))


def test_a_slack_that_is_away_is_waited_for(tmp_path: Path) -> None:
    """Nobody listens there when the bot starts; it says so, tries in growing pauses, and is there when Slack is."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    playground = Playground(port)
    address = {"SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}
    playground.site.base_url = f"http://127.0.0.1:{port}"

    with started(playground, tmp_path, **address) as process:
        wait_until(lambda: log_of(tmp_path).count("Slack gives no answer yet") == 2)
        with playground:
            playground.wait_for_connection(timeout=PATIENCE)
            process.terminate()
            process.wait(PATIENCE)

    assert process.returncode == 0
    assert "Traceback" not in log_of(tmp_path)


def test_a_wait_can_be_ended(playground: Playground, tmp_path: Path) -> None:
    """Told to stop while Slack is waited for, it stops at once and in order."""
    playground.faults.server_error("auth.test", 100)

    with started(playground, tmp_path) as process:
        wait_until(lambda: "Slack gives no answer yet" in log_of(tmp_path))
        process.terminate()
        assert process.wait(5) == 0

    assert "Traceback" not in log_of(tmp_path)


def wait_until(so: Callable[[], bool]) -> None:
    """Wait until it is so: what another process writes wakes nobody here."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline
        os.sched_yield()
