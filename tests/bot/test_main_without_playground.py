"""Production installs neither the playground nor aiohttp: without tokens the bot says so and what to do."""

import subprocess
import sys
from pathlib import Path

import pytest


def bot_without(module: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Start the bot with no token, in an interpreter that finds no such module."""
    code = f"import sys; sys.modules[{module!r}] = None; from bot.__main__ import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={"FRAMEWORKS_HOME": str(home), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("module", ["playground", "aiohttp"])
def test_without_tokens_and_without_the_extra_one_sentence_says_what_to_do(module: str, tmp_path: Path) -> None:
    """Whether the package is missing or what it needs: status 2, both ways out, no traceback."""
    done = bot_without(module, tmp_path)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or run `pip install " in done.stderr


def test_another_missing_module_is_not_taken_for_the_playground(tmp_path: Path) -> None:
    """A broken installation is shown as it is."""
    done = bot_without("slack_sdk.socket_mode", tmp_path)

    assert done.returncode == 1
    assert "No module named" in done.stderr or "halted" in done.stderr
