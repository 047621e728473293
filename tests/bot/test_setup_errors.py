"""Whatever is wrong with the set-up, a start says it in one sentence, and ends."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from analytics.settings import UnreadableSettings, check_env_file, explain_settings
from bot.config import Settings
from playground.server import Playground
from tests.bot.set_up import ROOT, environment
from tests.programs import ended

SECRET = "s3cretword"


def refused(playground: Playground, folder: Path, *words: str, **settings: str) -> str:
    """Start the bot, and give the sentence with which it ends; there is no traceback and no secret before it."""
    done = ended("bot", *words, folder=folder, environment=environment(playground, folder, settings))
    secrets = [SECRET, playground.bot_token, playground.app_token, "ticket="]
    assert done.returncode == 2, done.stderr
    assert not any(secret in done.stderr + done.stdout for secret in ["Traceback", "WARNING", *secrets])
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": f"xoxb-{SECRET}"}, "(SLACK_BOT_TOKEN: invalid_auth). Copy it again from your app's page"),
        ({"SLACK_APP_TOKEN": f"xapp-1-{SECRET}"}, "(SLACK_APP_TOKEN: invalid_auth). Copy it again from your app's"),
        ({"SLACK_APP_TOKEN": f"xapp-1-A9-1-{SECRET}"}, "of the app A9. Copy both from the page of the same app."),
        ({"DATABASE_URL": f"postgresql://bot:{SECRET}"}, "DATABASE_URL: names no host, or a port that cannot be:"),
        ({"DATABASE_URL": f"postgresql://b:{SECRET}@h/n?ssl=x"}, "DATABASE_URL names an option behind its ? that"),
        ({"DATABASE_URL": f"postgresql://b:{SECRET}@127.0.0.1:9/n?sslmode=x"}, "DATABASE_URL asks for what cannot be"),
        ({"DATABASE_URL": f"postgresql://b:{SECRET}@h/n?port=x"}, "hosts or ports behind its ? that do"),
        ({"DATABASE_URL": f"postgresql://b:{SECRET}@/n?host=a,b&port=1,2,3"}, "ports behind its ? that do not go"),
        ({"HTTPS_PROXY": f"no proxy {SECRET}"}, "HTTPS_PROXY or HTTP_PROXY is no address of a proxy. Write"),
        ({"http_proxy": f"http:/{SECRET}:9"}, "HTTPS_PROXY or HTTP_PROXY is no address of a proxy. Write it as"),
        ({"HTTPS_PROXY": f"http://u:{SECRET}@h:port"}, "HTTPS_PROXY or HTTP_PROXY is no address of a proxy"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    playground: Playground, tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    """It names the setting and where the right one is, ends with 2, and shows no secret."""
    assert sentence in refused(playground, tmp_path, **settings)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", f"xoxp-{SECRET}", "SLACK_BOT_TOKEN: must begin with xoxb- (OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", f"xoxb-{SECRET}é", "SLACK_BOT_TOKEN: holds characters that no token has: copy it again"),
        ("SLACK_BOT_TOKEN", f'"xoxb-{SECRET}', "SLACK_BOT_TOKEN: holds characters that no token has: copy it again"),
        ("SLACK_BOT_TOKEN", f"xoxb-{SECRET}\nx", "SLACK_BOT_TOKEN: holds characters that no token has: copy it"),
        (
            "SLACK_APP_TOKEN",
            "",
            "(or none, for the playground); `frameworks-bot web` SLACK_SIGNING_SECRET instead",
        ),
        ("DATABASE_URL", f"postgresql://bot:{SECRET}@/name", "DATABASE_URL: names no host: it must read"),
        ("DATABASE_URL", f"postgresql://bot:{SECRET}@h:port/name", "DATABASE_URL: names no host, or a port"),
        ("DATABASE_URL", f"postgresql://bot:p@{SECRET}@h/name", "DATABASE_URL: has an @ in its password or user"),
        (
            "DATABASE_URL",
            f"postgresql://bot:{SECRET}@h:99999/name",
            "DATABASE_URL: names no host, or a port that cannot",
        ),
        ("HF_ENDPOINT", f"https://{SECRET}:abc", "HF_ENDPOINT: holds a port or an IPv6 host that cannot be"),
        ("HF_ENDPOINT", f"https://{SECRET}:99999", "HF_ENDPOINT: holds a port or an IPv6 host that cannot be"),
        ("HF_ENDPOINT", f"https://{SECRET}..corp", "HF_ENDPOINT: holds a name of a host that cannot be"),
        ("HF_ENDPOINT", f"https://{SECRET}{'a' * 64}.corp", "HF_ENDPOINT: holds a name of a host that cannot be"),
        ("HF_ENDPOINT", f"https://[::1{SECRET}", "HF_ENDPOINT: holds a port or an IPv6 host that cannot be"),
        ("HF_ENDPOINT", f"https://hub\x01{SECRET}", "HF_ENDPOINT: holds a space or a character that no address has"),
        ("HF_ENDPOINT", f"https:///{SECRET}", "HF_ENDPOINT: must be a web address"),
        ("PAPERS_API_URL", f"https://p/?key={SECRET}", "PAPERS_API_URL: must end before any ? or #"),
        ("SLACK_API_URL", f"https://slack.com/{SECRET} /", "SLACK_API_URL: holds a space or a character"),
        ("SLACK_API_URL", f"http://127.0.0.1:0/{SECRET}", "SLACK_API_URL: must be a web address"),
        ("SLACK_API_URL", f"https://me:{SECRET}@slack.com/api/", "SLACK_API_URL: must hold no name and no password"),
        ("HF_TOKEN", f"hf_{SECRET}\nx", "HF_TOKEN: holds characters that no token has: copy it again"),
        ("HF_TOKEN", f"“hf_{SECRET}”", "HF_TOKEN: holds characters that no token has: copy it again"),
        ("DATABASE_URL", f"mysql://bot:{SECRET}@h/name", "DATABASE_URL: must begin with postgresql://"),
    ],
)
def test_a_wrong_setting_is_told_without_its_value(
    playground: Playground, tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    """As the settings are read, before anything is begun; no secret is in what is said."""
    given = {key.lower(): held for key, held in environment(playground, tmp_path, {name: value}).items()}

    with pytest.raises(ValidationError) as wrong:
        Settings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]  # pydantic-settings' own keyword

    assert [sentence in said and SECRET not in said for said in explain_settings(wrong.value)] == [True]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "no.such.host.invalid", "192.0.2.1"])
def test_where_nobody_can_listen_is_named(playground: Playground, tmp_path: Path, host: str) -> None:
    """A port that is taken, a host that is none or another machine's: with both settings, before anything is begun."""
    web = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET, "WEB_HOST": host}

    said = refused(playground, tmp_path, "web", PORT=playground.url.split(":")[2].strip("/"), **web)

    assert said.startswith(f"WEB_HOST and PORT: nothing can listen at {host}:")


def test_exchanged_tokens_are_recognised(playground: Playground, tmp_path: Path) -> None:
    """Each stands where the other should: one sentence, not two."""
    exchanged = {"SLACK_BOT_TOKEN": playground.app_token, "SLACK_APP_TOKEN": playground.bot_token}

    assert "hold each other's token: exchange the two." in refused(playground, tmp_path, **exchanged)


@pytest.mark.parametrize("path", ["", "api/v2/", "api/chat/"])
def test_an_address_that_is_not_slacks_is_named(playground: Playground, tmp_path: Path, path: str) -> None:
    """What is found nowhere at any time is not waited for; the setting is named, and what to write."""
    address = playground.api_url.removesuffix("api/") + path

    said = refused(playground, tmp_path, SLACK_API_URL=address)

    assert said.startswith(f"SLACK_API_URL is no address of Slack's: {address}auth.test was answered 404.")
    assert said.endswith("Take it out, or write https://slack.com/api/.")


def test_an_address_at_slacks_where_it_knows_no_such_call_is_named(playground: Playground, tmp_path: Path) -> None:
    """Slack says so in its own word."""
    playground.faults.error("auth.test", "unknown_method")

    assert "was answered unknown_method. Take it out, or write" in refused(playground, tmp_path)


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

    assert "SLACK_APP_TOKEN lacks the scope connections:write (missing_scope). Make another" in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_a_file_of_settings_in_another_encoding_is_named(playground: Playground, tmp_path: Path, encoding: str) -> None:
    """With its folder and the encoding it should have."""
    (tmp_path / ".env").write_bytes(f"SLACK_BOT_TOKEN=xoxb-{SECRET}é\n".encode(encoding))

    said = refused(playground, tmp_path)

    assert said.startswith(f"The file .env in {tmp_path} is not in UTF-8 (it seems to be ")
    assert said.endswith("). Save it again as UTF-8.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"SLACK_BOT_TOKEN: xoxb-{SECRET}\n", "has a line that is no setting (line 1). Write it as NAME=value"),
        (f"# mine\n\nHF_TOKEN=x\n\nSLACK_BOT_TOKEN: xoxb-{SECRET}\n", "has a line that is no setting (line 5)."),
        (f"HF_TOKEN=x\nSLACK_BOT_TOKEN xoxb-{SECRET}\n", "has a line that is no setting (line 2)."),
        (f"HF_TOKEN=x\nSLACK_BOT_TOKEN='xoxb-{SECRET}\n", "has a line that is no setting (line 2)."),
        (f'$env:SLACK_BOT_TOKEN="xoxb-{SECRET}"\n', "has a line that is no setting (line 1)."),
        (f"-e SLACK_BOT_TOKEN=xoxb-{SECRET}\n", "has a line that is no setting (line 1)."),
        ("SLACK_BOT_TOKEN\n", "has a line that is no setting (line 1)."),
        (f"\ufeffSLACK_BOT_TOKEN=xoxb-{SECRET}\n", "begins with a byte-order mark. Save it again as UTF-8 without"),
    ],
)
def test_a_line_of_the_settings_that_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    """By file and line, and without what stands there; else it would be left out, and the playground would start."""
    file = tmp_path / ".env"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableSettings) as wrong:
        check_env_file(file)

    assert str(wrong.value).startswith(f"The file .env in {tmp_path} {said}")
    assert SECRET not in str(wrong.value)


def test_a_folder_in_the_place_of_the_settings_is_named(tmp_path: Path) -> None:
    """A container's runtime makes one where the file to mount is missing; the playground would start."""
    (tmp_path / ".env").mkdir()

    with pytest.raises(UnreadableSettings, match=r"The file \.env in .* is a folder"):
        check_env_file(tmp_path / ".env")


@pytest.mark.parametrize(
    ("name", "value"),
    [("hf_token", "hf_a"), ("database_url", "postgresql://u:p@h/n"), ("slack_bot_token", "xoxb-1")],
)
def test_white_space_around_a_secret_is_not_part_of_it(name: str, value: str) -> None:
    """A file that a secret is read from ends in a new line."""
    given: dict[str, Any] = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", name: f" {value}\r\n"}

    assert getattr(Settings(_env_file=None, **given), name).get_secret_value() == value


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_around_a_setting_of_the_environment_are_not_part_of_it(
    monkeypatch: pytest.MonkeyPatch, quote: str
) -> None:
    """Docker's --env-file hands them on, where compose and python-dotenv take them away; so with empty ones."""
    given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "PAGES": "on", "PORT": "80", "MCP_HOSTS": ""}
    for name, value in given.items():
        monkeypatch.setenv(name, f"{quote}{value}{quote}")

    read = Settings(_env_file=None)

    assert (read.slack_bot_token, read.slack_app_token) == (SecretStr("xoxb-1"), SecretStr("xapp-1"))
    assert (read.pages, read.port, read.mcp_hosts) == (True, 80, "")


def test_every_way_to_write_a_setting_is_taken(tmp_path: Path) -> None:
    """Remarks, blank lines, quotes, spaces, `export`, several lines in quotes, and nothing behind the sign."""
    file = tmp_path / ".env"
    file.write_text("# a\n\nexport A=1\nB = 'x y'\nC=\"1\n2\"\n  D=a:b # why\nE=\n", encoding="utf-8")

    check_env_file(file)
    check_env_file(ROOT / ".env.example")


def test_a_colon_in_the_settings_does_not_start_the_playground(playground: Playground, tmp_path: Path) -> None:
    """The start ends with the sentence."""
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN: xoxb-{SECRET}\n")

    assert "(line 1)" in refused(playground, tmp_path, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"show_private_models": "maybe"}, "SHOW_PRIVATE_MODELS: must be on or off."),
        ({"show_private_models": "2"}, "SHOW_PRIVATE_MODELS: must be on or off."),
        ({"collect": "maybe"}, "COLLECT: must be on or off."),
        ({"port": "abc"}, "PORT: must be a whole number."),
        ({"workspace_rate": "many"}, "WORKSPACE_RATE: must be a whole number."),
        ({"frameworks_home": "~nobody-of-that-name/x"}, "FRAMEWORKS_HOME: begins with ~ and a name that nobody"),
        ({"hf_endpoint": 5}, "HF_ENDPOINT: cannot be understood: .env.example says what it may be."),
        ({"log_level": None}, "LOG_LEVEL: cannot be understood"),
        ({"log_level": "loud"}, "LOG_LEVEL: must be one of DEBUG, INFO, WARNING, ERROR."),
        ({"slack_pictures": "paint"}, "SLACK_PICTURES: must be block, share or off"),
        ({"hf_token": 5}, "HF_TOKEN: cannot be understood"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said_in_our_words(given: dict[str, Any], said: str) -> None:
    """None of the library's reach people."""
    with pytest.raises(ValidationError) as wrong:
        Settings(_env_file=None, **given)  # type: ignore[call-arg]  # pydantic-settings' own keyword

    (sentence,) = explain_settings(wrong.value)
    assert sentence.startswith(said)
    assert not any(word in sentence.lower() for word in ("input", "valid ", "pathlib", "interpret"))


@pytest.mark.parametrize(
    ("written", "is_on"), [("True", True), ("on", True), (" 1 ", True), ("no", False), ("", False)]
)
def test_a_switch_is_written_as_people_write_it(written: str, is_on: bool) -> None:  # noqa: FBT001 - the claim
    """On and off in a handful of words; nothing is off."""
    assert Settings(_env_file=None, show_private_models=written).shows_private is is_on  # type: ignore[call-arg, arg-type]


def test_the_folder_is_read_as_a_shell_reads_it(tmp_path: Path) -> None:
    """~ is the home of whoever starts it, in .env too."""
    (tmp_path / ".env").write_text("FRAMEWORKS_HOME=~/frameworks\n")

    assert Settings(_env_file=tmp_path / ".env").frameworks_home == Path.home() / "frameworks"  # type: ignore[call-arg]


def test_a_folder_that_cannot_be_written_is_named(playground: Playground, tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "file").write_text("in the way")

    said = refused(playground, tmp_path, FRAMEWORKS_HOME=str(tmp_path / "file"))

    assert said.startswith(f"Nothing can be kept in {tmp_path / 'file'} (")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1.evil.example/api/", "http://localhost@evil.example/", "https:///"]
)
def test_a_token_travels_in_the_open_on_this_machine_only(address: str) -> None:
    """What only begins like this machine's address is another's."""
    with pytest.raises(ValidationError, match="https://"):
        Settings(slack_api_url=address)
    assert Settings(slack_api_url="http://127.0.0.1:3000/api").slack_api_url == "http://127.0.0.1:3000/api/"
