"""The manifest for many workspaces is the first one but for what HTTP and OAuth need."""

import json
from pathlib import Path

from bot.steps.step_manifest import add_step
from bot.web.install_doors import BACK as DOOR
from bot.web.slack_requests import PATH
from bot.workspaces.oauth_manifest import BACK, EVENTS, HOST, serve_many

ROOT = Path(__file__).parents[3]
FIRST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
WRITTEN = json.loads((ROOT / "manifest.oauth.json").read_text(encoding="utf-8"))


def test_it_is_what_is_written() -> None:
    """By docs/write_manifests.py."""
    assert serve_many(FIRST) == WRITTEN


def test_its_addresses_are_those_that_are_served() -> None:
    """Commands, events and clicks at one address, the way back at the other; no Socket Mode."""
    assert (EVENTS, BACK) == (HOST + PATH, HOST + DOOR)
    assert WRITTEN["features"]["slash_commands"][0]["url"] == EVENTS
    assert WRITTEN["oauth_config"]["redirect_urls"] == [BACK]
    assert not WRITTEN["settings"]["socket_mode_enabled"]


def test_it_asks_for_no_more_permissions() -> None:
    """And hears of four events more: who leaves, and which workspaces of an organization it is given."""
    assert WRITTEN["oauth_config"]["scopes"] == FIRST["oauth_config"]["scopes"]
    heard, before = (set(one["settings"]["event_subscriptions"]["bot_events"]) for one in (WRITTEN, FIRST))
    assert heard - before == {"app_uninstalled", "tokens_revoked", "team_access_granted", "team_access_revoked"}


def test_with_the_workflow_step_it_is_both() -> None:
    """By HTTP, for many, with the step's functions and its event, installed for a whole organization."""
    both = json.loads((ROOT / "manifest.oauth.workflow.json").read_text(encoding="utf-8"))

    assert both == add_step(WRITTEN)
    heard = both["settings"]["event_subscriptions"]
    assert heard["request_url"] == EVENTS
    assert "function_executed" in heard["bot_events"]
    assert both["settings"]["org_deploy_enabled"]
