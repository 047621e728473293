"""None of the manifest's permissions is asked for in vain: without any one of them something is refused to the bot."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.digest.poster import Pace
from bot.runtime.scopes import SCOPES
from playground.permissions import GRANTED
from playground.server import Playground
from playground.start import clock_of
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

SATURDAY = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 30, 9, 1, tzinfo=dt.UTC)


def subscribe(playground: Playground, channel: str) -> None:
    """Order a digest and wait until it is confirmed."""
    playground.command("/frameworks digest on mon 09:00 UTC", channel=channel)
    playground.wait_for_ephemeral("gets a digest", channel=channel)


def tick_on_monday(playground: Playground) -> None:
    """Let the digest fall due at the first tick, which looks into the history before it posts."""
    playground.settled()
    playground.advance(MONDAY.timestamp() - playground.now())


def digest_in_public(playground: Playground) -> None:
    """Let a digest fall due in a public channel."""
    subscribe(playground, "general")
    tick_on_monday(playground)


def digest_in_private(playground: Playground) -> None:
    """Let a digest fall due in a private channel."""
    playground.invite_bot("secret")
    subscribe(playground, "secret")
    tick_on_monday(playground)


def order_in_private(playground: Playground) -> None:
    """Order a digest in a private channel, which is looked at first."""
    playground.invite_bot("secret")
    playground.command("/frameworks digest on mon 09:00 UTC", channel="secret")


def digest_that_is_lost(playground: Playground) -> None:
    """Let a digest lose its channel: the person is told, in a conversation that has to be opened."""
    subscribe(playground, "general")
    playground.settled()
    playground.archive("general")
    tick_on_monday(playground)


def share_a_link(playground: Playground) -> None:
    """Share a link to a model where previews were wanted while every permission was granted."""
    token = playground.world.tokens[playground.bot_token]
    token.scopes, granted = GRANTED, token.scopes
    playground.command("/frameworks previews on")
    playground.settled()
    token.scopes = granted
    playground.share_links(playground.write("<https://huggingface.co/openai/whisper-large-v3>"))


WITHOUT: dict[str, Callable[[Playground], object]] = {
    "app_mentions:read": lambda playground: playground.mention("top10"),
    "channels:history": digest_in_public,
    "channels:join": lambda playground: playground.command("/frameworks top10", channel="random"),
    "channels:read": lambda playground: playground.command("/frameworks digest on mon 09:00 UTC"),
    "chat:write": lambda playground: playground.command("/frameworks top10"),
    "commands": lambda playground: playground.command("/frameworks top10"),
    "files:read": lambda playground: playground.command("/frameworks top10"),
    "files:write": lambda playground: playground.command("/frameworks top10"),
    "groups:history": digest_in_private,
    "groups:read": order_in_private,
    "im:history": lambda playground: playground.direct_message("top10"),
    "im:write": digest_that_is_lost,
    "links:read": share_a_link,
    "links:write": share_a_link,
    "users:read": lambda playground: playground.command("/frameworks digest on mon 09:00"),
}
"""Permission -> what a person does that shows its lack."""


def refused_for(playground: Playground, scope: str) -> list[str]:
    """Give what the bot was refused for want of a permission, and what it was therefore not told."""
    playground.settled()
    calls = [asked.method for asked in playground.requests() if lacks(asked.reply, scope)]
    return calls + [one.kind for one in playground.deliveries() if one.outcome == "not_sent"]


def lacks(reply: object, scope: str) -> bool:
    """Whether an answer refuses for want of just this permission."""
    said = reply if isinstance(reply, dict) else {}
    return said.get("error") == "missing_scope" and scope in str(said.get("needed")).split(",")


def trying(home: Path, scopes: set[str], scope: str) -> list[str]:
    """Do what needs a permission, with these granted; give what was refused."""
    with (
        patient_slack(clock=SATURDAY.timestamp, scopes=scopes) as playground,
        connected(playground, home, clock=clock_of(playground), pace=Pace(playground.advance, playground.now)) as bot,
    ):
        playground.on_moved = bot.scheduler.digest
        WITHOUT[scope](playground)
        return refused_for(playground, scope)


@pytest.mark.parametrize("scope", [scope.name for scope in SCOPES])
def test_without_any_one_permission_something_fails(tmp_path: Path, scope: str) -> None:
    """What a person does is refused without it and not with it."""
    assert trying(tmp_path / "without", {*GRANTED} - {scope}, scope) != []
    assert trying(tmp_path / "with", {*GRANTED}, scope) == []
