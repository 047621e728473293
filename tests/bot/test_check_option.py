"""`frameworks-bot --check`: what a container needs before it has a token or a network."""

from contextlib import closing
from pathlib import Path

from analytics.analyst import utc_now
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
