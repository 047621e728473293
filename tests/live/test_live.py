"""The contracts of `make live`, tried against the stand-ins: each can be asked, and finds out what is otherwise."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from huggingface_hub import close_session
from slack_sdk import WebClient

from analytics.analyst import Analyst, utc_now
from analytics.catalogues.register import COLLECTIONS
from analytics.collect.census_collector import DAILY, WEEKLY
from analytics.collect.official_collector import Outside, collect_from
from analytics.sources.github import Archives
from analytics.sources.hub.client import HubClient
from playground.faults import ClientMsgId
from playground.server import Playground
from tests.analytics.census.hubs import items, parquet
from tests.live import run
from tests.live.contracts import HELD, Contract, Outcome, differs, judge, report
from tests.live.hub_contracts import HUB
from tests.live.hub_door import HubDoor
from tests.live.run import NEEDED, lacking
from tests.live.slack_contracts import SLACK
from tests.live.slack_door import SlackDoor
from tests.loopback import papers_archive
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import says
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import Item, model
from tests.loopback.package_index import PackageIndex, wheel
from tests.loopback.papers_api import Paper, PapersApi
from tests.loopback.wheel_shelf import WheelShelf
from tests.programs import ended

ROOT = Path(__file__).parents[2]
NOON = 1_795_435_200.0
NOWHERE = "http://127.0.0.1:9/"


# --------------------------------------------------------------------------------------------------------------- Slack


@dataclass
class AtThePlayground:
    """Ann, whose screen is the stand-in's; Bob looks from elsewhere."""

    playground: Playground

    @property
    def id(self) -> str:
        """Ann's."""
        return self.playground.user("ann").id

    def sees(self, words: str, *, elsewhere: bool = False) -> bool | None:
        """Look for a message and for the pictures in it."""
        who = self.playground.user("bob" if elsewhere else "ann").id
        place = self.playground.channel("general")
        shown = [m for m in [*place.messages, *place.ephemerals] if words in m.text and m.visible_to in (None, who)]
        files = [file for message in shown for file in self.playground.site.files_in(message.blocks)]
        return bool(shown) and all(file.is_seen_by(who) for file in files)

    def types(self) -> dict[str, Any]:
        """Type it; nobody but the contract listens."""
        return self.playground.command("/frameworks live").payload

    def submits(self) -> bool | None:
        """Press Send, if there is a form."""
        return self.playground.modal() is not None and bool(self.playground.submit())


@pytest.fixture
def slack() -> Iterator[SlackDoor]:
    """Open the door to the playground, whose clock moves while a contract waits."""
    with Playground(clock=lambda: NOON, processing_seconds=2) as playground:
        client = WebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[])
        general = playground.channel("general").id
        yield SlackDoor(client, playground.app_token, general, AtThePlayground(playground), playground.advance)


def stand_in(door: SlackDoor) -> Playground:
    """Give what is behind the door."""
    assert isinstance(door.person, AtThePlayground)
    return door.person.playground


NO_DOOR = {"slack-18", "slack-19", "slack-20"}


@pytest.mark.parametrize("contract", SLACK, ids=lambda one: one.id)
def test_the_stand_in_for_slack_keeps_each_contract(slack: SlackDoor, contract: Contract[SlackDoor]) -> None:
    """What the bot has no door for cannot be tried; all else holds."""
    finding = judge(contract, slack)

    assert finding.outcome is (Outcome.UNTRIED if contract.id in NO_DOOR else Outcome.HELD), finding.what


@pytest.mark.parametrize("contract", SLACK, ids=lambda one: one.id)
def test_nothing_is_left_behind_in_slack(slack: SlackDoor, contract: Contract[SlackDoor]) -> None:
    """Neither messages to all nor files; what only one person sees goes by itself."""
    judge(contract, slack)
    slack.clean_up()

    assert stand_in(slack).bot_messages() == []
    assert [file for file in stand_in(slack).files() if not file.deleted] == []


def shares_stay_away(playground: Playground) -> None:
    """Never tell of a share."""
    playground.faults.shares_never_appear = True


def ids_are_honoured(playground: Playground) -> None:
    """Post nothing a second time."""
    playground.faults.client_msg_id = ClientMsgId.HONOURED


def charts_are_refused(playground: Playground) -> None:
    """Take no chart."""
    playground.faults.refuse_charts = True


def pictures_are_ready_at_once(playground: Playground) -> None:
    """Work on nothing."""
    playground.faults.processing_seconds = 0


OTHERWISE: dict[str, tuple[Callable[[Playground], None], str]] = {
    "slack-03": (shares_stay_away, "files.info told of no share within 30 s; set SLACK_PICTURES=share"),
    "slack-04": (pictures_are_ready_at_once, "it was answered ok"),
    "slack-05": (ids_are_honoured, "both have one ts: the second was not posted"),
    "slack-07": (charts_are_refused, "it was answered invalid_blocks"),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_slack_that_is_otherwise_is_found_out(slack: SlackDoor, name: str) -> None:
    """The line says what differs and which rule to change."""
    change, what = OTHERWISE[name]
    change(stand_in(slack))
    contract = next(one for one in SLACK if one.id == name)

    ((line, finding),) = report([contract], slack)

    assert finding == differs(what)
    assert f"then change: {contract.rule}" in line


class Nobody:
    """A person who does not look, type or send."""

    id = "U0"

    def sees(self, words: str, *, elsewhere: bool = False) -> bool | None:
        """Give no answer."""
        return None

    def types(self) -> dict[str, Any] | None:
        """Type nothing."""
        return None

    def submits(self) -> bool | None:
        """Send nothing."""
        return None


def test_what_nobody_looks_at_could_not_be_tried(slack: SlackDoor) -> None:
    """Neither held nor otherwise."""
    slack.person = Nobody()
    looked_at = ("slack-01", "slack-02", "slack-03", "slack-06", "slack-09", "slack-10", "slack-14")
    found = [judge(one, slack) for one in SLACK if one.id in looked_at]

    assert {finding.outcome for finding in found} == {Outcome.UNTRIED}


def test_what_goes_wrong_on_the_way_is_a_reason() -> None:
    """Nobody listens: no contract holds, none keeps the next from being tried."""
    client = WebClient("xoxb-nobody", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    door = SlackDoor(client, "xapp-nobody", "C0", Nobody(), lambda _: None)

    found = [finding for _, finding in report(SLACK, door)]

    assert len(found) == len(SLACK)
    assert HELD not in found
    assert "URLError" in found[0].what


POSTING = ("chat.postMessage", "chat.postEphemeral", "files.info", "blocks.validate")
CLOSED: dict[str, Callable[[Playground], object]] = {
    "is_archived": lambda playground: playground.archive("general"),
    "not_in_channel": lambda playground: playground.remove_bot("general"),
    "token_revoked": Playground.revoke,
    "ratelimited": lambda playground: [playground.faults.rate_limit(method, times=99) for method in POSTING],
    "500": lambda playground: [playground.faults.server_error(method, 99) for method in POSTING],
    "restricted_action": lambda playground: setattr(playground.channel("general"), "posting_restricted", True),
    "missing_scope": lambda playground: setattr(playground.world.tokens[playground.bot_token], "scopes", frozenset()),
}


@pytest.mark.parametrize("word", CLOSED)
def test_a_way_that_is_closed_is_no_difference(slack: SlackDoor, word: str) -> None:
    """No rule of the stand-in is wrong because the channel, the token or Slack itself will not have us now."""
    CLOSED[word](stand_in(slack))
    slack.person = Nobody()
    found = {contract.id: judge(contract, slack) for contract in SLACK}

    assert Outcome.DIFFERS not in {finding.outcome for finding in found.values()}
    for name in ("slack-04", "slack-05", "slack-07", "slack-11", "slack-12", "slack-13", "slack-22"):
        assert (found[name].outcome, word in found[name].what) == (Outcome.UNTRIED, True), found[name].what


@pytest.mark.parametrize("channel", ["C0NOTHERE1", "general"])
def test_a_channel_that_is_none_is_no_difference(slack: SlackDoor, channel: str) -> None:
    """Mistyped, or a name instead of an id."""
    slack.channel = channel
    found = [judge(contract, slack) for contract in SLACK]

    assert [finding.what for finding in found if finding.outcome is Outcome.DIFFERS] == []
    assert sum("channel_not_found" in finding.what for finding in found) >= 10


@pytest.mark.parametrize("tokens", [{"LIVE_SLACK_APP_TOKEN": "xapp-1-A9-1-bad"}, {"SLACK_API_URL": NOWHERE}])
def test_what_cannot_be_reached_is_a_line_for_each_contract_and_the_hub_is_tried(
    slack: SlackDoor, tmp_path: Path, tokens: dict[str, str]
) -> None:
    """A wrong app token, or no Slack: no traceback, nothing differs, each line says why."""
    behind = stand_in(slack)
    ours = {"LIVE_SLACK_BOT_TOKEN": behind.bot_token, "LIVE_SLACK_APP_TOKEN": behind.app_token}
    where = {"LIVE_SLACK_CHANNEL": slack.channel, "LIVE_SLACK_PERSON": slack.person.id, "SLACK_API_URL": behind.api_url}
    away = {"HF_ENDPOINT": NOWHERE, "PAPERS_API_URL": NOWHERE, "NO_PROXY": "127.0.0.1", "PATH": ""}
    said: list[str] = []

    door = run.hub_door({**ours, **where, **away, **tokens}, tmp_path)
    outcomes = run.try_slack({**ours, **where, **tokens}, said.append, lambda _: "", behind.advance)
    outcomes += run.try_hub(replace(door, collect=lambda _: (0, "")), said.append)

    assert len(outcomes) == len(SLACK) + len(HUB)
    assert Outcome.DIFFERS not in outcomes, said
    assert (Outcome.HELD in outcomes[: len(SLACK)]) is ("SLACK_API_URL" not in tokens)
    assert "LIVE_SLACK_APP_TOKEN" in "".join(line for line in said if line.startswith(("slack-09", "slack-10")))


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_hub_that_will_not_have_us_now_is_no_difference(status: int) -> None:
    """Too many questions, a token that will not do, or a Hub that is down."""
    with LoopbackHub() as served:
        served.faults.put(says("{}", status), "*", times=99)
        door = HubDoor(served.endpoint, served.endpoint, lambda _: (0, ""), sample=5)
        found = [judge(one, door) for one in HUB if one.id in ("hub-01", "hub-02", "hub-05", "hub-06", "papers-01")]

    assert [(one.outcome, str(status) in one.what) for one in found] == [(Outcome.UNTRIED, True)] * 5


# ------------------------------------------------------------------------------------------------------------- the Hub


def kinds() -> list[Item]:
    """Give repositories with all kinds of files, and as many others as fill a page."""
    named = {"childrenModelCount": {"adapter": 1}, "usedStorage": 5, "trendingScore": 2}
    few = [
        model("lab/pt", tags=["pytorch"], siblings=["a.pt"], downloads=9, **named),
        model("lab/saved", tags=["tf-keras"], siblings=["saved_model.pb"], downloads=8),
        model("lab/safe", tags=["safetensors"], siblings=["model.safetensors"], downloads=7),
        model("lab/both", tags=["pytorch", "tf"], siblings=["pytorch_model.bin", "tf_model.h5"], downloads=6),
        model("lab/tf", tags=["tf"], siblings=["tf_model.h5"], downloads=5),
    ]
    return few + [model(f"lab/m{number}", downloads=1, tags=["pytorch"]) for number in range(1_000)]


def with_files(table: pa.Table) -> pa.Table:
    """Add what siblings look like in a snapshot."""
    files = pa.array([[{"rfilename": "a.bin"}]] * table.num_rows)
    return table.append_column("siblings", files)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubDoor]:
    """Open the door to a Hub with snapshots, a papers' API, an archive and an index of packages."""
    models = items(1_500, until=utc_now())
    sound = parquet(models, with_files)
    datasets: Any = {
        DAILY: {"models.parquet": sound},
        WEEKLY: {f"models/2026-11-{day}/models.parquet": sound for day in (11, 18)},
        **papers_archive.datasets(papers_archive.real_links(), {}),
    }
    api = PapersApi([Paper("2026-08-15", ("PyTorch",))] * 5, ("PyTorch", "TensorFlow", "JAX"))
    contents = {("lab/safe", "model.safetensors"): safetensors("pt")}
    close_session()
    with (
        LoopbackHub(kinds(), datasets=datasets, contents=contents, site_total=1_500) as served,
        api,
        PackageIndex() as index,
    ):
        served.renewed = f"{utc_now() - dt.timedelta(minutes=5):%Y-%m-%dT%H:%M:%S.000Z}"
        collectors = Collectors(served, api.address, index, tmp_path_factory.mktemp("home"))
        yield HubDoor(served.endpoint, api.address, collectors.collect, sample=3)
    close_session()


@dataclass
class Collectors:
    """Collects from what is on this machine: in a process of its own, but the packages, which come from our index."""

    hub: LoopbackHub
    papers: str
    index: PackageIndex
    home: Path

    def collect(self, word: str) -> tuple[int, str]:
        """Collect; give the exit status and what was said."""
        if word == "official":
            return self._official()
        folder = str(self.home)
        sources = {"HF_ENDPOINT": self.hub.endpoint, "PAPERS_API_URL": self.papers, "NO_PROXY": "127.0.0.1"}
        environment = {**sources, "FRAMEWORKS_HOME": folder, "HF_HOME": folder}
        done = ended("analytics", "collect", word, folder=self.home, environment=environment)
        return done.returncode, done.stdout + done.stderr

    def _official(self) -> tuple[int, str]:
        self.index.add(wheel("torchaudio", "2.10.0", {"torchaudio/pipelines/a.py": "A = _Bundle()\n" * 40}))
        audio = [one for one in COLLECTIONS if one.full_name == "TorchAudio"]
        archives = Archives(self.index.address, self.index.address)
        wheels: Any = WheelShelf(self.index)
        outside = Outside(wheels, archives, HubClient(self.hub.endpoint), utc_now)
        analyst = Analyst(self.home / "official", self.hub.endpoint)
        said = list(collect_from(outside, replace(analyst.context, clock=utc_now), accept=False, collections=audio))
        analyst.close()
        return int(any("FAILED" in one for one in said)), "\n".join(said)


@pytest.mark.parametrize("contract", HUB, ids=lambda one: one.id)
def test_the_stand_ins_for_the_hub_keep_each_contract(hub: HubDoor, contract: Contract[HubDoor]) -> None:
    """Each is asked as it will be asked in earnest."""
    finding = judge(contract, hub)

    assert finding == HELD, finding.what


def test_a_hub_that_is_otherwise_is_found_out() -> None:
    """Tags missing, fields refused, short pages, other formats: each contract says what it saw."""
    models = [
        model("lab/pt", tags=["x"], siblings=["a.pt"]),
        model("lab/safe", tags=["safetensors"], siblings=["a.safetensors"]),
    ]
    contents = {("lab/safe", "a.safetensors"): safetensors("mlx")}
    with LoopbackHub(models, contents=contents, expandable=frozenset({"siblings", "tags"}), most_a_page=1) as served:
        door = HubDoor(served.endpoint, served.endpoint, lambda _: (4, "Not collected."), sample=5)
        found = {contract.id: judge(contract, door) for contract in HUB}

    told = {name: finding.what for name, finding in found.items() if finding.outcome is Outcome.DIFFERS}
    assert told["hub-01"].startswith("both are not fewer than either: pytorch 0, tf 0")
    assert told["hub-02"].startswith("it was answered 400")
    assert told["hub-05"] == "the page has 1 models"
    assert told["hub-06"] == "1 of 1 lack the tag pytorch: lab/pt"
    assert told["hub-08"] == "of 1 headers 1 state a format, 1 another than pt: ['mlx']"
    assert told["collect-01"] == "it ended with 4: Not collected."


@pytest.mark.parametrize("said", ["The live successor could not\nbe read: x.", "timm: FAILED, x."])
def test_what_is_collected_in_part_differs(said: str) -> None:
    """A collector that goes on without a source ends with 0; the contract reads what it says."""
    door = HubDoor("", "", lambda _: (0, said))
    found = [judge(one, door) for one in HUB if one.id.startswith("collect")]

    assert found == [differs(f"it ended with 0: {' '.join(said.split())}")] * 3


def test_a_week_without_files_is_named() -> None:
    """Every week is opened."""
    file = io.BytesIO()
    pq.write_table(pa.table({"id": ["a"]}), file)
    datasets = {WEEKLY: {"models/2026-11-11/models.parquet": file.getvalue()}}
    with LoopbackHub(datasets=datasets) as served:
        door = HubDoor(served.endpoint, "", lambda _: (0, ""))
        finding = judge(next(one for one in HUB if one.id == "hub-10"), door)

    assert finding == differs("1 of 1 weeks lack siblings: 2026-11-11")


# ------------------------------------------------------------------------------------------------------ the first step


def test_it_starts_nothing_without_its_environment(tmp_path: Path) -> None:
    """Each name that is missing is told with what it is for; nothing is asked."""
    said: list[str] = []

    assert run.main({"LIVE_SLACK_CHANNEL": "C1"}, tmp_path, said.append) == 2

    assert [line for line in said[0].splitlines() if "is not set" in line] == lacking({"LIVE_SLACK_CHANNEL": "C1"})
    assert len(lacking({})) == len(NEEDED) == 4
    assert "LIVE_SLACK_CHANNEL" not in said[0]


def test_a_whole_evening_at_the_terminal(slack: SlackDoor) -> None:
    """With the real client and a socket; somebody types when asked and looks where asked."""
    playground = stand_in(slack)
    doing: dict[str, Callable[[], object]] = {"Type": slack.person.types, "Press": slack.person.submits}
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        doing.get(line.partition(" ")[0], bool)()

    def look(question: str) -> str:
        words = question.partition('"')[2].partition('"')[0]
        return "y" if slack.person.sees(words, elsewhere="second account" in question) else "n"

    tokens = {"LIVE_SLACK_BOT_TOKEN": playground.bot_token, "LIVE_SLACK_APP_TOKEN": playground.app_token}
    people = {"LIVE_SLACK_CHANNEL": slack.channel, "LIVE_SLACK_PERSON": slack.person.id}
    outcomes = run.try_slack({**tokens, **people, "SLACK_API_URL": playground.api_url}, say, look, playground.advance)

    assert outcomes.count(Outcome.HELD) == len(SLACK) - len(NO_DOOR), said
    assert playground.bot_messages() == []


def test_the_document_lists_what_the_script_tries() -> None:
    """docs/unverified.md has each contract, in order, by its id, its claim and the rule to change."""
    text = (ROOT / "docs/unverified.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z]+-\d\d) \| (.*) \| (.*) \|$", text, re.MULTILINE)

    assert listed == [(one.id, one.claim, one.rule) for one in [*SLACK, *HUB]]
