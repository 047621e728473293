"""`frameworks-bot doctor`: a healthy set-up is called healthy, and each broken one named, with what to do."""

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from analytics.analyst import utc_now
from analytics.storage.database import Database
from analytics.storage.locks import lock
from bot.checkup.examination import look_at_all
from bot.checkup.machine_checks import check_database, check_fonts
from bot.config import Settings
from bot.runtime.doctor import Health, Symptom, lay_out, status_of
from bot.runtime.scopes import SCOPES
from playground.methods import METHODS
from playground.server import Playground
from tests.loopback import postgres
from tests.loopback.hub import LoopbackHub
from tests.programs import ended

ROOT = Path(__file__).parents[3]
NOWHERE = "http://127.0.0.1:9"
SECRET = "s3cretword"


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Start a stand-in for Slack."""
    with Playground(rate_limits=False, processing_seconds=0) as running:
        yield running


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Start a stand-in for the Hub that knows one token."""
    with LoopbackHub(tokens=frozenset({"hf_right"})) as running:
        yield running


Examined = Callable[..., tuple[Symptom, ...]]


@pytest.fixture
def examine(playground: Playground, hub: LoopbackHub, tmp_path: Path) -> Examined:
    """Give a doctor for a healthy set-up, changed by keywords."""

    def examined(channel: str | None = None, clock: Callable[[], dt.datetime] = utc_now, **changed: Any) -> Any:
        healthy = {
            "frameworks_home": tmp_path / "home",
            "hf_endpoint": hub.endpoint,
            "slack_bot_token": playground.bot_token,
            "slack_app_token": playground.app_token,
            "slack_api_url": playground.api_url,
        }
        settings = Settings(_env_file=None, **(healthy | changed))
        return tuple(look_at_all(settings, channel, clock, lambda _: None))

    return examined


def broken(findings: tuple[Symptom, ...]) -> list[str]:
    """Give what needs mending; each says what to do."""
    found = [finding for finding in findings if finding.state is Health.MEND]
    assert all(finding.advice.removesuffix(")").endswith(".") for finding in found)
    assert status_of(findings) == (2 if found else 0)
    return [f"{finding.name}: {finding.sentence}" for finding in found]


def test_a_healthy_set_up_needs_nothing(examine: Examined, playground: Playground) -> None:
    """Twelve things are looked at, a picture among them, and all are well."""
    findings = examine(playground.channel("general").id, hf_token="hf_right")

    assert broken(findings) == []
    assert [finding.name for finding in findings if finding.state is Health.WELL] == [
        *("bot token", "scopes", "app token", "connections", "same app"),
        *("clock", "folder", "database", "Hub", "collecting", "fonts", "picture"),
    ]
    assert "from a second account" in findings[-1].advice


def test_that_nothing_is_collected_is_worth_a_look(examine: Examined) -> None:
    """It was somebody's wish, and the samples grow old."""
    (said,) = [finding for finding in examine(collect="off") if finding.name == "collecting"]

    assert said.state is Health.LOOK
    assert "COLLECT=off" in said.sentence


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slack_bot_token": f"xoxb-{SECRET}"}, "bot token: Slack does not know this token"),
        ({"slack_app_token": f"xapp-1-{SECRET}"}, "app token: Slack does not know this token"),
        ({"slack_bot_token": None, "slack_app_token": None}, "Slack: No Slack token is set"),
        ({"slack_api_url": f"{NOWHERE}/api/"}, "bot token: Slack gave no answer: URLError"),
        ({"hf_token": "hf_wrong"}, "Hub: It does not take HF_TOKEN: it answered 401"),
        ({"hf_endpoint": NOWHERE}, "Hub: http://127.0.0.1:9/api/models: no connection could be made."),
        ({"database_url": f"postgresql://u:{SECRET}@127.0.0.1:9/name"}, "PostgreSQL's database name cannot be reached"),
        ({"database_url": f"postgresql://u:{SECRET}@127.0.0.1:9"}, "PostgreSQL's database u cannot be reached"),
        ({"database_url": f"postgresql://u:{SECRET}@h/n?port=x"}, "database: DATABASE_URL names hosts or ports behind"),
        ({"frameworks_home": Path(__file__)}, f"folder: Nothing can be kept in {__file__}: "),
    ],
)
def test_a_broken_setting_is_named(examine: Examined, changed: dict[str, Any], said: str) -> None:
    """What is wrong is told, with what to do, and no secret."""
    found = "\n".join(broken(examine(**changed)))

    assert said in found
    assert SECRET not in found


def test_a_proxy_that_is_none_is_named(examine: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word of it, and nobody is asked by it."""
    monkeypatch.setenv("HTTPS_PROXY", f"http:/{SECRET}:9")

    found = "\n".join(broken(examine()))
    assert "proxy: HTTPS_PROXY or HTTP_PROXY is no address of a proxy." in found
    assert SECRET not in found


def test_another_process_on_the_app_token_is_named(examine: Examined, playground: Playground) -> None:
    """Slack's hello counts it: in another folder it would post every digest a second time."""
    playground.site.sockets.troubles.strangers = 1

    (said,) = broken(examine())
    assert said.startswith("connections: 1 other connection uses the same SLACK_APP_TOKEN")
    assert not playground.site.sockets.connections


def test_the_bot_of_this_folder_is_no_stranger(examine: Examined, playground: Playground, tmp_path: Path) -> None:
    """It holds the folder's lock; a second one besides is."""
    playground.site.sockets.troubles.strangers = 1
    (tmp_path / "home").mkdir()
    with lock(tmp_path / "home" / "bot.lock", "process 7"):
        assert broken(examine()) == []
        playground.site.sockets.troubles.strangers = 2
        assert len(broken(examine())) == 1


def test_a_revoked_token_is_named(examine: Examined, playground: Playground) -> None:
    """It was taken back."""
    playground.revoke()

    assert broken(examine())[0].startswith("bot token: Slack says that this token was revoked")


@pytest.mark.parametrize(("name", "method"), [("bot token", "auth.test"), ("app token", "apps.connections.open")])
def test_a_pause_that_slack_asks_for_passes_by_itself(
    examine: Examined, playground: Playground, name: str, method: str
) -> None:
    """However Slack spells it: nothing of the set-up needs mending, and no network is suspected."""
    playground.faults.rate_limit(method, retry_after=40, word="too_many_requests", times=2)
    findings = examine()
    (said,) = (finding for finding in findings if finding.name == name)

    assert broken(findings) == []
    assert said.sentence == f"Slack asks for a pause of 40 s ({method} was answered too_many_requests)."
    assert said.advice.startswith("It passes by itself")


@pytest.mark.parametrize(
    ("word", "said", "advice"),
    [
        ("ekm_access_denied", "an admin has suspended", "A workspace admin"),
        ("team_added_to_org", "is being moved into an organization", "status.slack.com"),
    ],
)
def test_a_word_of_slacks_is_told_by_its_meaning(
    examine: Examined, playground: Playground, word: str, said: str, advice: str
) -> None:
    """It answered, so it is not called silent; who can change what lasts is named."""
    playground.faults.error("auth.test", word, times=9)
    findings = examine()

    assert broken(findings)[0].startswith("bot token: Slack refuses for now: ")
    assert said in broken(findings)[0]
    assert advice in next(finding.advice for finding in findings if finding.name == "bot token")


def test_an_app_token_without_its_scope_is_named(examine: Examined, playground: Playground) -> None:
    """There will be no Socket Mode."""
    playground.world.tokens[playground.app_token].scopes = frozenset()

    assert broken(examine()) == ["app token: SLACK_APP_TOKEN lacks the scope connections:write (missing_scope)."]


def test_tokens_of_two_apps_are_named(examine: Examined, playground: Playground) -> None:
    """Each works, yet they do not belong together."""
    playground.world.tokens["xapp-1-A999-1-x"] = playground.world.tokens[playground.app_token]

    assert "of the app A999." in broken(examine(slack_app_token="xapp-1-A999-1-x"))[0]


@pytest.mark.parametrize("scope", [scope for scope in SCOPES if not scope.optional], ids=lambda scope: scope.name)
def test_each_missing_scope_is_named_with_its_calls(examine: Examined, playground: Playground, scope: Any) -> None:
    """Call by call: what fails, and what it is for."""
    token = playground.new_token({other.name for other in SCOPES} - {scope.name})

    assert broken(examine(slack_bot_token=token)) == [
        f"scopes: {scope.name} is missing: {', '.join(scope.calls)} fails ({scope.purpose})."
    ]


@pytest.mark.parametrize("scope", [scope for scope in SCOPES if scope.optional], ids=lambda scope: scope.name)
def test_an_optional_scope_is_said_to_be_missing_and_breaks_nothing(
    examine: Examined, playground: Playground, scope: Any
) -> None:
    """What is absent without it is named, and that the rest works."""
    token = playground.new_token({other.name for other in SCOPES} - {scope.name})
    findings = examine(slack_bot_token=token)

    assert broken(findings) == []
    told = [one.sentence for one in findings if one.name == "scopes" and one.state is Health.LOOK]
    assert told == [
        f"{scope.name} is not granted, so {', '.join(scope.calls)} fails ({scope.purpose}). Everything else works."
    ]


def test_the_scopes_are_those_of_the_manifest() -> None:
    """The manifest is not installed, so the program has a table of its own."""
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))

    asked = manifest["oauth_config"]["scopes"]
    assert [scope.name for scope in SCOPES] == asked["bot"]
    assert [scope.name for scope in SCOPES if scope.optional] == asked["bot_optional"]


def test_what_fails_without_a_scope_is_called_as_slack_calls_it() -> None:
    """A method, an event or the command: what is said to fail can be looked up."""
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])

    assert {call for scope in SCOPES for call in scope.calls} <= METHODS.keys() | events | {"/frameworks"}


@pytest.mark.parametrize(("minutes", "side"), [(6, "behind"), (-6, "ahead of")])
def test_a_clock_that_is_off_is_named(examine: Examined, playground: Playground, minutes: int, side: str) -> None:
    """Slack's own clock is the measure."""
    playground.world.skipped += 60 * minutes

    assert broken(examine())[0].endswith(f" s {side} Slack's.")
    assert broken(examine())[0].startswith("clock: It is 3")


def test_letters_that_are_missing_are_named(tmp_path: Path) -> None:
    """Without them no chart can be drawn; one that is no font counts as missing."""
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"no font")

    assert broken((check_fonts(tmp_path),)) == [
        "fonts: DejaVuSans.ttf and DejaVuSans-Bold.ttf cannot be read, so no chart can be drawn."
    ]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "is of a newer version of this program"),
        (
            "CREATE TRIGGER t BEFORE UPDATE ON alembic_version BEGIN SELECT RAISE(FAIL, 'no'); END",
            "cannot be written: no",
        ),
    ],
)
def test_a_database_that_will_not_do_is_named(tmp_path: Path, sql: str, said: str) -> None:
    """It is of a newer version, or it cannot be written; it is left as it is."""
    Database(tmp_path, utc_now).close()
    with closing(sqlite3.connect(tmp_path / "frameworks.sqlite3")) as file:
        file.execute(sql)
        file.commit()

    assert said in broken((check_database(tmp_path, None),))[0]


def test_a_damaged_database_is_named_and_left_alone(tmp_path: Path) -> None:
    """The doctor sets nothing aside."""
    file = tmp_path / "frameworks.sqlite3"
    file.write_bytes(b"no database, " * 100)

    assert "is damaged" in broken((check_database(tmp_path, None),))[0]
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_database_that_is_gone_is_named_and_not_made_anew(tmp_path: Path) -> None:
    """Its lock says that there was one."""
    Database(tmp_path, utc_now).close()
    file = tmp_path / "frameworks.sqlite3"
    file.unlink()

    assert broken((check_database(tmp_path, None),)) == [f"database: {file} is gone, though there was one."]
    assert not file.exists()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_sound_database_is_well(postgres_server: str, tmp_path: Path, kind: str) -> None:
    """Of either kind, with its revision."""
    url = postgres.fresh_database(postgres_server) if kind == "postgresql" else None
    Database(tmp_path, utc_now, url).close()

    finding = check_database(tmp_path, url)

    assert finding.state is Health.WELL
    assert "can be written; its tables are of revision" in finding.sentence


def test_a_database_without_tables_is_left_without(postgres_server: str, tmp_path: Path) -> None:
    """The first start makes them, not the doctor."""
    url = postgres.fresh_database(postgres_server)

    assert check_database(tmp_path, url) == check_database(tmp_path, url)
    assert "is of an older revision; the next start" in check_database(tmp_path, url).sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pictures", "channel", "said"),
    [
        ("block", "general", "yet Slack did not share its picture in 30 s"),
        ("share", "general", "Slack did not show the file in "),
        ("block", "random", "It could not be posted: I am not in the channel."),
        ("share", "random", "It could not be posted: I am not in the channel."),
        ("block", "old", "It could not be posted: the channel is archived."),
    ],
)
def test_a_picture_that_others_cannot_see_is_named(
    examine: Examined, playground: Playground, pictures: str, channel: str, said: str
) -> None:
    """The upload was taken and never shared, or the bot may not post there."""
    playground.faults.shares_never_appear = True

    assert said in broken(examine(playground.channel(channel).id, slack_pictures=pictures))[0]


def test_a_picture_goes_the_way_of_the_setting(examine: Examined, playground: Playground) -> None:
    """In a message, as a file, or not at all."""
    general = playground.channel("general").id
    findings = [examine(general, slack_pictures=pictures)[-1] for pictures in ("block", "share", "off")]

    assert [finding.state for finding in findings] == [Health.WELL, Health.WELL, Health.SKIPPED]
    assert [len(message.files) for message in playground.bot_messages()] == [0, 1]
    assert "SLACK_PICTURES=share" in findings[0].advice
    assert "SLACK_PICTURES=off" in findings[1].advice


def test_a_channel_by_name_is_not_guessed(examine: Examined) -> None:
    """Only the id will do, and where it stands is said."""
    assert broken(examine("#general")) == ["picture: '#general' is no channel's id."]


def test_it_is_readable_in_eighty_columns(examine: Examined) -> None:
    """Marks in front, advice below, a sum at the end."""
    shown = lay_out(examine(slack_bot_token="xoxb-wrong", hf_endpoint=NOWHERE))

    assert max(map(len, shown.splitlines())) <= 80
    assert "MEND  bot token         Slack does not know" in shown
    assert shown.endswith("\n2 things need mending.\n")


def doctor(folder: Path, *words: str, **settings: str) -> CompletedProcess[str]:
    """Start the program."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "HOME": str(folder), **settings}
    return ended("bot", "doctor", *words, folder=folder, environment=environment)


def test_the_program_tells_programs_too(playground: Playground, hub: LoopbackHub, tmp_path: Path) -> None:
    """As it is started: status 0 and JSON where all is well, and nothing beside it."""
    done = doctor(
        tmp_path,
        "--json",
        SLACK_BOT_TOKEN=playground.bot_token,
        SLACK_APP_TOKEN=playground.app_token,
        SLACK_API_URL=playground.api_url,
        HF_ENDPOINT=hub.endpoint,
        FRAMEWORKS_HOME=str(tmp_path),
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["healthy"] is True


def test_settings_that_cannot_be_read_are_a_finding(tmp_path: Path) -> None:
    """Nothing else can be looked at then."""
    (tmp_path / ".env").write_bytes("LOG_LEVEL=INFO\n".encode("utf-16"))

    done = doctor(tmp_path)

    assert done.returncode == 2
    assert "MEND  settings" in done.stdout
    assert done.stderr == ""
