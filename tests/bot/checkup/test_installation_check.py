"""What the doctor says of many workspaces: whether keys read the tokens, and Slack takes them."""

import datetime as dt
from contextlib import closing
from pathlib import Path

from cryptography.fernet import Fernet

from analytics.storage.database import Database
from bot.checkup.installation_check import check_installations
from bot.config import Settings
from bot.slack_client import slack_client
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal
from playground.server import Playground

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
KEY, OTHER = (Fernet.generate_key().decode() for _ in range(2))


def look(playground: Playground, folder: Path, tokens: dict[str, str], key: str = KEY, signing: str = "s") -> str:
    """Keep installations with one key, and give what the doctor says with another."""
    with closing(Database(folder, lambda: NOW)) as database:
        for home, token in tokens.items():
            Installations(database, TokenSeal(KEY), lambda: NOW).keep(Installed(home, token, NOW))
    many = {"slack_client_id": "1.2", "slack_client_secret": "s", "slack_token_keys": key}
    settings = Settings(_env_file=None, frameworks_home=folder, slack_signing_secret=signing, **many)
    client = slack_client(None, playground.api_url)
    return "\n".join(f"{one.state.name} {one.sentence}" for one in check_installations(settings, client))


def test_all_is_well(playground: Playground, tmp_path: Path) -> None:
    """The keys read it, Slack takes it."""
    said = look(playground, tmp_path, {"T1": playground.bot_token})

    assert said == "WELL They read every token that is kept (1).\nWELL 1 installation; Slack takes the 1 tried."


def test_what_is_wrong_is_said(playground: Playground, tmp_path: Path) -> None:
    """A refused token, another key, no secret, no installation; no token is shown."""
    assert "LOOK The app is installed in no workspace yet." in look(playground, tmp_path, {})
    refused = look(playground, tmp_path, {"T1": playground.bot_token, "T2": "xoxb-wrong"})
    unread = look(playground, tmp_path, {}, OTHER)

    assert "LOOK Slack does not take 1 of the 2 tokens that were tried." in refused
    assert "MEND 2 of 2 tokens kept cannot be read with the keys in SLACK_TOKEN_KEYS." in unread
    assert "MEND SLACK_SIGNING_SECRET is missing" in look(playground, tmp_path, {}, signing="")
    assert "xoxb" not in refused + unread


def test_a_slack_that_does_not_answer_refuses_no_token(playground: Playground, tmp_path: Path) -> None:
    """A pause it asks for, or a line that breaks: nobody is told to install again."""
    playground.faults.rate_limit("auth.test", retry_after=40)

    said = look(playground, tmp_path, {"T1": playground.bot_token, "T2": playground.bot_token})

    assert "SKIPPED Of 1 of the 2 tokens that were tried Slack did not say whether it takes them." in said
