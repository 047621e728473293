"""The doors beside command, mention and button, as Slack's pages describe them: what is sent, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from playground.people import NotThere
from playground.server import Playground
from playground.state import Json, PostedMessage
from tests.playground.refused_calls import refusal

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


def test_a_partner_has_neither_command_nor_shortcut(playground: Playground) -> None:
    """In a channel shared with them they can mention the app alone; the event names their own workspace."""
    partner = next(iter(playground.world.users[id_] for id_ in playground.world.users if _is_partner(playground, id_)))
    playground.channel("general").members.add(partner.id)

    assert playground.command("/frameworks top30", user=partner).outcome == "not_sent"
    assert playground.use_shortcut(playground.write("openai/whisper-large-v3"), partner).outcome == "not_sent"
    assert playground.mention("top30", user=partner).payload["event"]["team"] == partner.team_id


def _is_partner(playground: Playground, user: str) -> bool:
    person = playground.world.users[user]
    return person.team_id == playground.other_workspace.id and not person.is_bot


def test_a_message_of_a_person_has_the_mark_of_its_gesture(playground: Playground) -> None:
    """Another one for each: client_msg_id, also in what the bot hears."""
    first, second = (playground.mention("top30").payload["event"]["client_msg_id"] for _ in range(2))

    assert len(first) == 36
    assert first != second


def test_the_menu_has_the_shortcuts_of_the_manifest(playground: Playground) -> None:
    """Their names too."""
    shortcuts = MANIFEST["features"]["shortcuts"]

    assert {one["callback_id"]: one["name"] for one in shortcuts} == playground.world.shortcuts
    assert all(one["type"] == "message" and len(one["description"]) <= 150 for one in shortcuts)


LINK = "https://huggingface.co/openai/whisper-large-v3"
ENTITY: dict[str, Any] = {
    "app_unfurl_url": LINK,
    "url": LINK,
    "external_ref": {"id": "openai/whisper-large-v3", "type": "model"},
    "entity_type": "slack#/entities/item",
    "entity_payload": {
        "attributes": {"title": {"text": "whisper"}},
        "custom_fields": [{"key": "tf", "label": "TensorFlow", "type": "string", "value": "no", "tag_color": "gray"}],
        "display_order": ["tf"],
    },
}
DETAILS = {key: value for key, value in ENTITY.items() if key != "app_unfurl_url"}
BLOCKS = {LINK: {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}]}}


def shared(playground: Playground, text: str = f"<{LINK}>", channel: str = "random") -> tuple[PostedMessage, Json]:
    """Share a link; give its message and what the app is told."""
    message = playground.write(text, channel)
    sent = playground.share_links(message)
    assert sent is not None
    return message, sent.payload["event"]


def named(event: Json) -> dict[str, str]:
    """Name the links of an event, as an app answers it."""
    return {"unfurl_id": event["unfurl_id"], "source": event["source"]}


def test_the_manifest_names_the_domains_and_the_work_objects(playground: Playground) -> None:
    """Five domains at most."""
    features = MANIFEST["features"]

    assert tuple(features["unfurl_domains"]) == playground.world.unfurl_domains
    assert set(features["rich_previews"]["entity_types"]) == playground.world.entity_types
    assert features["rich_previews"]["is_active"]


def test_links_are_told_of_in_every_channel(playground: Playground) -> None:
    """Those of the app's domains, of people's messages; whether the bot is there is said."""
    _, event = shared(playground, f"<{LINK}> <https://example.com/a> <https://hf.co/a/b|label>")

    assert [link["domain"] for link in event["links"]] == ["huggingface.co", "hf.co"]
    assert (event["channel"], event["is_bot_user_member"]) == (playground.channel("random").id, False)
    assert playground.share_links(playground.write("<https://example.com/a>")) is None
    by_app = playground.write(f"<{LINK}>")
    by_app.bot_id = "B0123456789"
    assert playground.share_links(by_app) is None


def test_a_link_that_is_not_sent_yet_is_of_no_channel(playground: Playground, client: WebClient) -> None:
    """It is answered by its own name and shown to nobody."""
    sent = playground.compose(f"<{LINK}>")
    assert sent is not None

    assert (sent.payload["event"]["channel"], sent.payload["event"]["source"]) == ("COMPOSER", "composer")
    assert client.chat_unfurl(**named(sent.payload["event"]), unfurls=BLOCKS)["ok"]


def test_a_preview_stands_under_its_message(playground: Playground, client: WebClient) -> None:
    """By either name, as blocks or Work Object; the second answer takes the place of the first."""
    message, event = shared(playground)
    client.chat_unfurl(**named(event), unfurls=BLOCKS)
    assert message.attachments[0]["blocks"]
    client.chat_unfurl(channel=event["channel"], ts=event["message_ts"], metadata={"entities": [ENTITY]})

    assert [one.get("entity") for one in message.attachments] == [ENTITY]


RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}
UNTAKEN = {
    "missing_unfurls": {},
    "cannot_unfurl_url": {"unfurls": {"https://huggingface.co/other/one": BLOCKS[LINK]}},
    "cannot_parse_attachment": {"unfurls": {LINK: {"blocks": [RICH]}}},
    "invalid_blocks": {"unfurls": {LINK: {"blocks": [{"type": "nothing"}]}}},
    "invalid_metadata_format": {"metadata": {"entities": [DETAILS]}},
}


@pytest.mark.parametrize("error", UNTAKEN)
def test_what_cannot_stand_under_a_link_is_refused(playground: Playground, client: WebClient, error: str) -> None:
    """Nothing, a link of another message, blocks that have no place there, an entity without its link."""
    _, event = shared(playground)

    assert refusal(client.chat_unfurl, **named(event), **UNTAKEN[error]) == error


@pytest.mark.parametrize(
    ("named_so", "error"),
    [
        ({"unfurl_id": "U1"}, "missing_source"),
        ({"source": "composer"}, "missing_unfurl_id"),
        ({"unfurl_id": "U1", "source": "elsewhere"}, "invalid_source"),
        ({"unfurl_id": "U1", "source": "composer"}, "invalid_unfurl_id"),
        ({"channel": "C1", "ts": "1.2"}, "cannot_find_message"),
    ],
)
def test_links_that_are_not_there_are_refused(client: WebClient, named_so: dict[str, str], error: str) -> None:
    """Half a name, a source of its own, a message of nobody."""
    assert refusal(client.chat_unfurl, **named_so, unfurls=BLOCKS) == error


SPOILT = (
    {"fields": {}},
    {"attributes": {}},
    {"display_order": ["other"]},
    {"custom_fields": [{"key": "a", "label": "A", "type": "string", "value": 7}]},
    {"custom_fields": [{"key": "a", "label": "A", "type": "integer", "value": 7, "tag_color": "gray"}]},
    {"custom_fields": [{"key": "a", "label": "A", "type": "string", "value": "b", "tag_color": "pink"}]},
    {"custom_fields": [{"key": "a", "label": "A", "type": "array", "value": [{"value": "b"}]}]},
    {"actions": {"primary_actions": [{"text": "a", "action_id": "b"}] * 3}},
)


@pytest.mark.parametrize("spoilt", SPOILT, ids=str)
def test_a_work_object_that_breaks_a_rule_is_refused(
    playground: Playground, client: WebClient, spoilt: dict[str, Any]
) -> None:
    """Fields that an item has not, values of another type, a colour where none stands."""
    _, event = shared(playground)
    entity = ENTITY | {"entity_payload": {"attributes": {"title": {"text": "a"}}} | spoilt}

    assert refusal(client.chat_unfurl, **named(event), metadata={"entities": [entity]}) == "invalid_metadata_format"


def test_a_workspace_without_work_objects_says_so(playground: Playground, client: WebClient) -> None:
    """Blocks are taken all the same."""
    playground.world.entity_types = frozenset()
    _, event = shared(playground)

    assert refusal(client.chat_unfurl, **named(event), metadata={"entities": [ENTITY]}) == "feature_not_enabled"
    assert client.chat_unfurl(**named(event), unfurls=BLOCKS)["ok"]


def test_details_are_shown_once_within_three_seconds(playground: Playground, client: WebClient) -> None:
    """To who opened them, of the same thing; or why there are none."""
    message, event = shared(playground, channel="general")
    client.chat_unfurl(**named(event), metadata={"entities": [ENTITY]})
    first, second, third = (playground.open_details(message).payload["event"] for _ in range(3))
    other = DETAILS | {"external_ref": {"id": "another", "type": "model"}}
    present = client.entity_presentDetails

    assert refusal(present, trigger_id=first["trigger_id"], metadata=other) == "entity_metadata_does_not_match_trigger"
    assert refusal(present, trigger_id=first["trigger_id"], metadata=ENTITY) == "invalid_metadata"
    assert present(trigger_id=first["trigger_id"], metadata=DETAILS)["ok"]
    assert refusal(present, trigger_id=first["trigger_id"], metadata=DETAILS) == "invalid_trigger_id"
    assert present(trigger_id=second["trigger_id"], error={"status": "not_found"})["ok"]
    playground.advance(3.1)
    assert refusal(present, trigger_id=third["trigger_id"], metadata=DETAILS) == "invalid_trigger_id"


def test_a_click_in_a_preview_names_the_link_and_no_message(playground: Playground, client: WebClient) -> None:
    """It has a way back to who clicked."""
    message, event = shared(playground)
    payload = ENTITY["entity_payload"] | {"actions": {"primary_actions": [{"text": "Evidence", "action_id": "ask:x"}]}}
    client.chat_unfurl(**named(event), metadata={"entities": [ENTITY | {"entity_payload": payload}]})

    sent = playground.click_preview(message).payload

    assert (sent["container"]["type"], sent["app_unfurl"]["app_unfurl_url"]) == ("message_attachment", LINK)
    assert (sent["actions"][0]["action_id"], "message" in sent) == ("ask:x", False)
    assert sent["response_url"].startswith(playground.url)
