"""The contracts with Slack, tried against the playground, and `make live` as a whole; the Hub's: test_live_hub.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from playground.faults import ClientMsgId
from playground.server import Playground
from tests.live import run
from tests.live.contracts import HELD, Contract, ContractOutcome, differs, judge, report
from tests.live.hub_contracts import HUB
from tests.live.hub_door import HubDoor
from tests.live.run import NEEDED, lacking
from tests.live.slack_contracts import SLACK
from tests.live.slack_door import SlackDoor
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import says

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


NO_DOOR = {"slack-18", "slack-19", "slack-20", "slack-24", "slack-25"}


@pytest.mark.parametrize("contract", SLACK, ids=lambda one: one.id)
def test_the_stand_in_for_slack_keeps_each_contract(slack: SlackDoor, contract: Contract[SlackDoor]) -> None:
    """What the bot has no door for cannot be tried; all else holds."""
    finding = judge(contract, slack)

    assert finding.outcome is (ContractOutcome.UNTRIED if contract.id in NO_DOOR else ContractOutcome.HELD), (
        finding.what
    )


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


class AbsentPerson:
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
    slack.person = AbsentPerson()
    looked_at = ("slack-01", "slack-02", "slack-03", "slack-06", "slack-09", "slack-10", "slack-14")
    found = [judge(one, slack) for one in SLACK if one.id in looked_at]

    assert {finding.outcome for finding in found} == {ContractOutcome.UNTRIED}


def test_what_goes_wrong_on_the_way_is_a_reason() -> None:
    """Nobody listens: no contract holds, none keeps the next from being tried."""
    client = WebClient("xoxb-nobody", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    door = SlackDoor(client, "xapp-nobody", "C0", AbsentPerson(), lambda _: None)

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
    slack.person = AbsentPerson()
    found = {contract.id: judge(contract, slack) for contract in SLACK}

    assert ContractOutcome.DIFFERS not in {finding.outcome for finding in found.values()}
    for name in ("slack-04", "slack-05", "slack-07", "slack-11", "slack-12", "slack-13", "slack-22"):
        assert (found[name].outcome, word in found[name].what) == (ContractOutcome.UNTRIED, True), found[name].what


@pytest.mark.parametrize("channel", ["C0NOTHERE1", "general"])
def test_a_channel_that_is_none_is_no_difference(slack: SlackDoor, channel: str) -> None:
    """Mistyped, or a name instead of an id."""
    slack.channel = channel
    found = [judge(contract, slack) for contract in SLACK]

    assert [finding.what for finding in found if finding.outcome is ContractOutcome.DIFFERS] == []
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
    assert ContractOutcome.DIFFERS not in outcomes, said
    assert (ContractOutcome.HELD in outcomes[: len(SLACK)]) is ("SLACK_API_URL" not in tokens)
    assert "LIVE_SLACK_APP_TOKEN" in "".join(line for line in said if line.startswith(("slack-09", "slack-10")))


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_hub_that_will_not_have_us_now_is_no_difference(status: int) -> None:
    """Too many questions, a token that will not do, or a Hub that is down."""
    with LoopbackHub() as served:
        served.faults.put(says("{}", status), "*", times=99)
        door = HubDoor(served.endpoint, served.endpoint, lambda _: (0, ""), sample=5)
        found = [judge(one, door) for one in HUB if one.id in ("hub-01", "hub-02", "hub-05", "hub-06", "papers-01")]

    assert [(one.outcome, str(status) in one.what) for one in found] == [(ContractOutcome.UNTRIED, True)] * 5


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

    assert outcomes.count(ContractOutcome.HELD) == len(SLACK) - len(NO_DOOR), said
    assert playground.bot_messages() == []


def test_the_document_lists_what_the_script_tries() -> None:
    """docs/unverified.md has each contract, in order, by its id, its claim and the rule to change."""
    text = (ROOT / "docs/unverified.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z]+-\d\d) \| (.*) \| (.*) \|$", text, re.MULTILINE)

    assert listed == [(one.id, one.claim, one.rule) for one in [*SLACK, *HUB]]
