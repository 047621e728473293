"""What the token may do is what manifest.json asks for, call by call."""

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import seed
from playground.methods import METHODS
from playground.permissions import GRANTED, NEEDED
from playground.server import Playground

MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8"))
CALLS = sorted(NEEDED.keys() & METHODS.keys() - {"apps.connections.open"})


def test_the_token_has_the_permissions_of_the_manifest_and_no_other(playground: Playground) -> None:
    """Also its events, its command and its tabs."""
    features, settings = MANIFEST["features"], MANIFEST["settings"]

    assert sorted(GRANTED) == MANIFEST["oauth_config"]["scopes"]["bot"]
    assert playground.world.tokens[playground.bot_token].scopes == GRANTED
    assert sorted(seed.EVENTS) == settings["event_subscriptions"]["bot_events"]
    assert playground.world.commands == {command["command"] for command in features["slash_commands"]}
    assert playground.world.home_tab == features["app_home"]["home_tab_enabled"]
    assert playground.world.messages_tab == features["app_home"]["messages_tab_enabled"]


def test_whatever_is_not_in_the_table_needs_nothing() -> None:
    """Ten methods of Slack's pages name no permission; a new one has to be thought about."""
    assert METHODS.keys() - NEEDED.keys() == {
        "auth.test",
        "blocks.validate",
        "chat.getPermalink",
        "entity.presentDetails",
        "functions.completeError",
        "functions.completeSuccess",
        "oauth.v2.access",
        "views.open",
        "views.publish",
        "views.update",
    }


@pytest.mark.parametrize("method", CALLS)
def test_a_call_without_its_permission_is_refused_before_anything_else(playground: Playground, method: str) -> None:
    """Whatever its arguments are; the answer says what is needed and what there is."""
    others = {scope for scope in GRANTED | {"channels:read"} if not scope.endswith(NEEDED[method])}
    client = WebClient(playground.new_token(others), base_url=playground.api_url, retry_handlers=[])

    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json={})

    answer: Any = refused.value.response
    assert answer["error"] == "missing_scope"
    assert all(scope.endswith(NEEDED[method]) for scope in answer["needed"].split(","))
    assert answer["provided"] == ",".join(sorted(others))


def test_the_kind_of_conversation_decides(playground: Playground) -> None:
    """With the permission for public channels alone, a private one is refused with its own."""
    playground.invite_bot("secret")
    client = WebClient(playground.new_token({"channels:history"}), base_url=playground.api_url, retry_handlers=[])

    with pytest.raises(SlackApiError) as refused:
        client.conversations_history(channel=playground.channel("secret").id)

    assert client.conversations_history(channel=playground.channel("general").id)["ok"]
    assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", "groups:history")
