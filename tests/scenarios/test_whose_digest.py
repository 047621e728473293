"""Whatever workspace a payload names, a channel has one digest, seen, paused and stopped where it is posted."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from analytics.storage.database import Database
from bot.app import Bot
from bot.digest.poster import Pace
from bot.digest.records import Subscription
from bot.digest.store import DigestStore
from playground.people import CLICK, COMMAND
from playground.server import Playground
from playground.start import clock_of
from playground.state import User
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected, is_scheduled

SUNDAY = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
ORG = "E0ORGANIZE"

TEAMS = [
    {"team_id": "T0PARTNER"},
    {"team_id": None},
    {},
    {"team_id": "T0GRID", "enterprise_id": "E0GRID", "is_enterprise_install": "true"},
]
"""What payloads carry: of a Slack Connect partner, of nobody, of an organization's other workspace."""


def say(playground: Playground, words: str, team: dict[str, Any]) -> None:
    """Type a command in #general, sent with another workspace than the token's."""
    sent = playground.command("/frameworks help")
    playground.settled()
    payload = {key: value for key, value in sent.payload.items() if key != "team_id"} | {"text": words} | team
    playground.deliver(payload, COMMAND, sent.response_url)
    playground.settled()


def last_word(playground: Playground) -> str:
    """Give what Ann was told last."""
    return playground.ephemerals()[-1].text


@pytest.mark.parametrize("team", TEAMS)
def test_a_command_of_any_workspace_is_about_the_same_digest(playground: Playground, team: dict[str, Any]) -> None:
    """Made by one, seen, paused and stopped by the other."""
    say(playground, "digest on mon 09:00 UTC", team)
    say(playground, "digest list", {"team_id": playground.workspace.id})
    assert "comes every Monday" in last_word(playground)

    say(playground, "digest on tue 09:00 UTC", {"team_id": playground.workspace.id})
    assert "This channel's digest comes every Tuesday" in last_word(playground)
    say(playground, "digest off", team)
    say(playground, "digest list", {"team_id": playground.workspace.id})
    assert "has no digest" in last_word(playground)


@pytest.mark.parametrize("team", [{"id": "T0PARTNER"}, None])
def test_a_button_of_any_workspace_is_about_the_same_digest(playground: Playground, team: Any) -> None:
    """Slack gives null where an organization installed the app."""
    playground.command("/frameworks digest on mon 09:00 UTC")
    told = playground.wait_for_ephemeral("gets a digest")
    clicked = playground.click(told, "Pause")
    playground.wait_for_message("paused the weekly digest")
    playground.deliver(
        clicked.payload | {"team": team, "actions": [stop(clicked.payload)]}, CLICK, clicked.response_url
    )

    assert playground.wait_for_message("stopped the weekly digest")


def stop(payload: dict[str, Any]) -> dict[str, Any]:
    """Make of a click on Pause one on Stop."""
    action: dict[str, Any] = payload["actions"][0]
    return action | {"action_id": action["action_id"].replace("pause", "off")}


Stored = Callable[..., tuple[Playground, Bot]]


@pytest.fixture
def begin(tmp_path: Path) -> Any:
    """Start a bot on a folder in which digests are stored under these workspaces, all of #general on Monday at nine."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def started(*teams: str, channel: str = "general") -> tuple[Playground, Bot]:
            playground = stack.enter_context(patient_slack(clock=SUNDAY.timestamp))
            known = playground.world.channels
            place = channel if channel in known or channel.startswith("C") else playground.channel(channel).id
            with closing(Database(tmp_path, lambda: SUNDAY)) as database:
                for team in teams:
                    row = Subscription(team, place, 0, dt.time(9), "UTC", playground.user("ann").id, SUNDAY, SUNDAY)
                    DigestStore(database).subscribe(row)
            pace = Pace(playground.advance, playground.now)
            bot = connected(playground, tmp_path, clock=clock_of(playground), pace=pace)
            return playground, stack.enter_context(bot)

        yield started


def tick_at_nine(playground: Playground, bot: Bot) -> list[str]:
    """Let it be Monday, one minute past nine; give the digests in the channel then, not the lines of who set them."""
    playground.settled()
    playground.advance(SUNDAY.replace(day=30, hour=9, minute=1).timestamp() - playground.now())
    bot.scheduler.digest()
    playground.settled()
    return [message.text for message in playground.bot_messages() if is_scheduled(message)]


@pytest.mark.parametrize("teams", [("T0PARTNER",), ("",), ("", "T0PARTNER"), ("E0GRID", "T0GRID", "")])
def test_what_was_stored_under_others_is_one_digest_that_comes_once(begin: Stored, teams: tuple[str, ...]) -> None:
    """Adopted at the first tick: one post, listed and stopped like any other."""
    playground, bot = begin(*teams)

    assert len(tick_at_nine(playground, bot)) == 1

    playground.command("/frameworks digest list")
    assert playground.wait_for_ephemeral("comes every Monday at 09:00")
    playground.command("/frameworks digest off")
    playground.wait_for_message("stopped the weekly digest")
    playground.command("/frameworks digest list")
    assert playground.wait_for_ephemeral("has no digest")


def test_it_is_seen_and_stopped_before_any_tick(begin: Stored) -> None:
    """Whoever asks in the channel proves whose it is."""
    playground, bot = begin("T0PARTNER", "")
    playground.command("/frameworks digest off")
    playground.wait_for_message("stopped the weekly digest")

    assert tick_at_nine(playground, bot) == []


def test_what_the_token_does_not_see_is_left_alone(begin: Stored) -> None:
    """Another workspace's digest in the same database: neither posted nor paused, and nobody is told anything."""
    playground, bot = begin("T0OTHER", channel="C0NOTOURS0")

    assert tick_at_nine(playground, bot) == []
    assert playground.bot_messages("dm") == []
    assert len(DigestStore(bot.analyst.context.database).active()) == 1


@pytest.mark.parametrize("team", TEAMS)
def test_it_is_stored_under_the_workspace_of_the_token(begin: Stored, team: dict[str, Any]) -> None:
    """At once, not only when it is next asked for."""
    playground, bot = begin()
    say(playground, "digest on mon 09:00 UTC", team)

    (stored,) = DigestStore(bot.analyst.context.database).active()
    assert stored.team == playground.workspace.id


# ------------------------------------------------------------------------------------------------- organization-wide


@pytest.fixture
def organization(tmp_path: Path) -> Iterator[tuple[Playground, Bot]]:
    """Start a bot whose app an organization installed for all of its workspaces."""
    with patient_slack(clock=SUNDAY.timestamp) as playground:
        playground.world.enterprise_id = ORG
        pace = Pace(playground.advance, playground.now)
        with connected(playground, tmp_path, clock=clock_of(playground), pace=pace) as bot:
            yield playground, bot


def test_an_organizations_digest_is_of_the_organization(organization: tuple[Playground, Bot]) -> None:
    """By command, button and form, none of whose payloads need name a workspace; it comes once."""
    playground, bot = organization
    playground.command("/frameworks digest on tue 09:00 UTC")
    playground.click(playground.wait_for_ephemeral("gets a digest"), "Pause")
    playground.wait_for_message("paused the weekly digest")
    playground.command("/frameworks digest on")
    playground.wait_for(playground.modal)
    assert playground.submit({"day": "0", "zone": "UTC"}).payload["team"] is None
    playground.settled()

    (stored,) = DigestStore(bot.analyst.context.database).active()
    assert (stored.team, stored.channel) == (ORG, playground.channel("general").id)
    assert len(tick_at_nine(playground, bot)) == 1


def test_an_organizations_people_are_answered(organization: tuple[Playground, Bot]) -> None:
    """A mention and a direct message whose authorization names no workspace."""
    playground, _ = organization
    playground.mention("top30")
    playground.direct_message("top10")

    assert playground.wait_for_message("PyTorch")
    assert playground.wait_for_message("PyTorch", channel="dm")


def test_an_organizations_digest_of_before_is_brought_home(tmp_path: Path) -> None:
    """It was stored under the workspace that a payload named."""
    with patient_slack(clock=SUNDAY.timestamp) as playground:
        playground.world.enterprise_id = ORG
        general, ann = playground.channel("general").id, playground.user("ann").id
        with closing(Database(tmp_path, lambda: SUNDAY)) as database:
            for team in (playground.workspace.id, ""):
                row = Subscription(team, general, 0, dt.time(9), "UTC", ann, SUNDAY, SUNDAY)
                DigestStore(database).subscribe(row)
        pace = Pace(playground.advance, playground.now)
        with connected(playground, tmp_path, clock=clock_of(playground), pace=pace) as bot:
            assert len(tick_at_nine(playground, bot)) == 1
            (stored,) = DigestStore(bot.analyst.context.database).active()

    assert stored.team == ORG


@pytest.mark.parametrize(
    "words", ["digest on mon 09:00 UTC", "alert when TensorFlow enters or leaves the top 10", "digest resume"]
)
def test_a_partner_sets_up_nothing_in_a_shared_channel(playground: Playground, words: str) -> None:
    """They are told who can; what others posted there stays as it is."""
    partner = User("U0PARTNER1", "pat", "Pat", "T0PARTNER")
    shared = playground.channel("general")
    playground.world.users[partner.id] = partner
    shared.members.add(partner.id)
    shared.externally_shared = True
    playground.command("/frameworks digest on tue 09:00 UTC")
    playground.command("/frameworks digest pause")
    playground.settled()
    before = len(playground.bot_messages())

    playground.mention(words, user=partner)
    playground.settled()

    assert "only people of the workspace that I am installed in" in playground.ephemerals(user=partner)[-1].text
    assert len(playground.bot_messages()) == before


def test_a_member_sets_up_a_digest_in_a_shared_channel(playground: Playground) -> None:
    """Also where Slack does not say now who they are: that they are a partner's is nowhere said."""
    playground.channel("general").externally_shared = True
    playground.faults.error("users.info", "internal_error", 9)

    playground.mention("digest on mon 09:00 UTC")
    playground.settled()

    assert "gets a digest every Monday" in last_word(playground)
