"""What an operator does to the store by hand, as typed: forget a workspace, change the key of the tokens."""

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from analytics.storage.database import Database
from bot.__main__ import main
from bot.config import Settings
from bot.previews.preview_store import PreviewStore
from bot.upkeep import NobodyToAsk, check_keys, forget
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import SealBroken, TokenSeal

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def settings(folder: Path, keys: str = OLD) -> Settings:
    """Give the settings of many workspaces."""
    many = {"slack_client_id": "1.2", "slack_client_secret": "s", "slack_token_keys": keys}
    return Settings(_env_file=None, frameworks_home=folder, **many)


def fill(folder: Path) -> None:
    """Install into two workspaces, and have previews on in each."""
    with closing(Database(folder, lambda: NOW)) as database:
        for home in ("T1", "T2"):
            Installations(database, TokenSeal(OLD), lambda: NOW).keep(Installed(home, "xoxb-1", NOW))
            PreviewStore(database, lambda: NOW, home).want("C1", "U1", wanted=True)


def test_forget_deletes_one_workspace_and_says_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As typed, with --yes; the other stays."""
    fill(tmp_path)
    monkeypatch.setenv("FRAMEWORKS_HOME", str(tmp_path))

    assert main(["forget", "--workspace", "T1", "--yes"]) == 0
    assert capsys.readouterr().out == "2 rows of T1 deleted: 1 of installations, 1 of preview_settings.\n"
    with closing(Database(tmp_path, lambda: NOW)) as database:
        assert Installations(database, TokenSeal(OLD), lambda: NOW).list_homes() == ["T2"]


@pytest.mark.parametrize("typed", ["", "yes", "T2"])
def test_without_the_right_word_nothing_is_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    """Its own id alone confirms."""
    fill(tmp_path)

    assert forget(settings(tmp_path), "T1", is_sure=False, ask=lambda _: typed) == 1
    assert capsys.readouterr().out == "Nothing was deleted.\n"
    assert forget(settings(tmp_path), "T1", is_sure=False, ask=lambda _: "T1") == 0


def test_where_nobody_can_be_asked_nothing_is_deleted(tmp_path: Path) -> None:
    """A script has to say --yes."""
    fill(tmp_path)

    with pytest.raises(NobodyToAsk, match=r"2 rows of T1 would be deleted.* Say --yes\."):
        forget(settings(tmp_path), "T1", is_sure=False)


@pytest.mark.parametrize("words", [["forget"], ["forget", "--yes"], ["web", "--yes"], ["rekey", "--workspace", "T1"]])
def test_forget_has_to_be_told_of_whom(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """And its options go with nothing else."""
    with pytest.raises(SystemExit):
        main(words)
    assert "frameworks-bot forget --workspace T0123ABCD" in capsys.readouterr().err


def test_rekey_says_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then the old key can go."""
    fill(tmp_path)
    monkeypatch.setenv("FRAMEWORKS_HOME", str(tmp_path))
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    monkeypatch.setenv("SLACK_TOKEN_KEYS", f"{NEW},{OLD}")

    assert main(["rekey"]) == 0
    assert capsys.readouterr().out == "2 tokens of 2 encrypted anew; the first key reads all of them.\n"
    check_keys(settings(tmp_path, NEW))


def test_a_wrong_key_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, and the number of tokens that it does not read."""
    fill(tmp_path)
    monkeypatch.setenv("FRAMEWORKS_HOME", str(tmp_path))
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    monkeypatch.setenv("SLACK_TOKEN_KEYS", NEW)

    assert main(["rekey"]) == 2
    assert "2 of 2 tokens cannot be read with the keys in SLACK_TOKEN_KEYS." in capsys.readouterr().err
    with pytest.raises(SealBroken):
        check_keys(settings(tmp_path, NEW))


def test_a_new_key_is_a_key(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """As SLACK_TOKEN_KEYS takes it."""
    assert main(["new-key"]) == 0
    assert settings(tmp_path, capsys.readouterr().out.strip()).is_for_many


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"slack_token_keys": "short"}, "must be keys of 44 characters"),
        ({"slack_token_keys": ""}, "SLACK_TOKEN_KEYS is missing: many workspaces need"),
        ({"slack_client_secret": ""}, "SLACK_CLIENT_SECRET is missing"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}, "not both"),
        ({"show_private_models": "true"}, "SHOW_PRIVATE_MODELS would show every workspace"),
    ],
)
def test_settings_of_many_workspaces_go_together(given: dict[str, str], sentence: str) -> None:
    """What does not is said by name."""
    many = {"slack_client_id": "1.2", "slack_client_secret": "s", "slack_token_keys": OLD}

    with pytest.raises(ValueError, match=sentence):
        Settings(_env_file=None, **many | given)
