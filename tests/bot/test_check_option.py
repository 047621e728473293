"""`frameworks-bot --check`: what a container needs before it has a token or a network."""

from contextlib import closing
from pathlib import Path

import pytest

from analytics.analyst import utc_now
from analytics.settings import find_misspelt
from analytics.storage.database import Database
from tests.bot.test_main import run


def test_a_new_home_is_well_without_token_or_network(tmp_path: Path) -> None:
    """Settings, folder, database and fonts are named; nothing is made, status 0."""
    home = tmp_path / "home"
    done = run("bot", "--check", home=home, HF_ENDPOINT="http://127.0.0.1:9")

    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ok")] == [
        *("settings", "folder", "database", "fonts")
    ]
    assert not home.exists()


def test_the_revision_of_the_tables_is_told(tmp_path: Path) -> None:
    """Of a database that there is."""
    with closing(Database(tmp_path, utc_now)):
        pass

    assert "its tables are of revision" in " ".join(run("bot", "--check", home=tmp_path).stdout.split())


def test_what_has_to_be_mended_is_status_2(tmp_path: Path) -> None:
    """A setting that cannot be, a database that is damaged, a server that is away."""
    (tmp_path / "frameworks.sqlite3").write_bytes(b"no database" * 500)

    for wrong in ({"PORT": "no number"}, {}, {"DATABASE_URL": "postgresql://u:s3cret@127.0.0.1:9/x"}):
        done = run("bot", "--check", home=tmp_path, **wrong)
        assert done.returncode == 2
        assert "MEND" in done.stdout
        assert "s3cret" not in done.stdout


def test_it_stands_alone(tmp_path: Path) -> None:
    """Beside a command it would be asked in vain."""
    done = run("bot", "web", "--check", home=tmp_path)

    assert done.returncode == 2
    assert "--check stands alone" in done.stderr


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKN", "SLACK_BOTTOKEN", "slack_bot_tokens"])
def test_a_misspelt_setting_is_noticed(tmp_path: Path, name: str) -> None:
    """Nothing reads it, so without a word the playground would start where Slack was meant."""
    (tmp_path / ".env").write_text(f"{name}=x\n")

    misspelt = list(find_misspelt({"SLACK_BOT_TOKEN", "PORT"}, {"SPORT": "", "PATH": "/bin"}, tmp_path / ".env"))

    assert misspelt == [(name.upper(), "SLACK_BOT_TOKEN")]
    assert not list(find_misspelt({"SLACK_BOT_TOKEN"}, {"SLACK_BOT_TOKEN": "y"}, tmp_path / ".env"))


def test_the_look_names_the_misspelt_setting(tmp_path: Path) -> None:
    """With the one that was meant, and the status that says so."""
    done = run("bot", "--check", home=tmp_path, SLACK_BOT_TOKN="x")

    assert done.returncode == 2
    assert "SLACK_BOT_TOKN is no setting, and SLACK_BOT_TOKEN is not set." in " ".join(done.stdout.split())
