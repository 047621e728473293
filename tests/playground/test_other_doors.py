"""The doors beside command, mention and button, as Slack's pages describe them: what is sent, and what is refused."""

import json
from pathlib import Path

import pytest

from playground.people import NotThere
from playground.server import Playground

MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8"))


def test_a_message_shortcut_brings_the_message_and_a_way_back(playground: Playground) -> None:
    """Also where the bot is no member; of nothing that only one person sees."""
    message = playground.write("openai/whisper-large-v3", "secret", "bob")

    sent = playground.use_shortcut(message).payload

    assert (sent["type"], sent["callback_id"], sent["message_ts"]) == ("message_action", "lookup_models", message.ts)
    assert sent["message"]["text"] == "openai/whisper-large-v3"
    assert (sent["user"]["id"], sent["channel"]["name"]) == (playground.user("ann").id, "privategroup")
    assert sent["response_url"].startswith(playground.url)
    message.visible_to = message.user
    with pytest.raises(NotThere):
        playground.use_shortcut(message)


def test_the_menu_has_the_shortcuts_of_the_manifest(playground: Playground) -> None:
    """Their names too."""
    shortcuts = MANIFEST["features"]["shortcuts"]

    assert {one["callback_id"]: one["name"] for one in shortcuts} == playground.world.shortcuts
    assert all(one["type"] == "message" and len(one["description"]) <= 150 for one in shortcuts)
