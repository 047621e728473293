"""response_urls: five uses in thirty minutes, bare words for bad blocks, no membership needed."""

import json
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient, WebhookResponse

from playground.server import Playground


def answer_to(playground: Playground, channel: str = "general") -> WebhookClient:
    """Type a command that nobody hears and take its response_url."""
    url = playground.command("/frameworks top30", channel=channel).payload["response_url"]
    return WebhookClient(url, retry_handlers=[])


def shown(playground: Playground, channel: str = "general") -> list[str]:
    """Give what only Ann sees, apart from Slackbot's regret that nobody heard her."""
    return [message.text for message in playground.ephemerals(channel) if message.by_bot and message.app_id]


def statuses(*replies: WebhookResponse) -> list[tuple[int, str]]:
    """Give status and body of each reply."""
    return [(reply.status_code, reply.body) for reply in replies]


def test_it_works_five_times(playground: Playground) -> None:
    """The sixth use is answered 404 and changes nothing."""
    answer = answer_to(playground)
    replies = [answer.send(text=str(number)) for number in range(6)]
    assert [reply.status_code for reply in replies] == [200] * 5 + [404]
    assert "used_url" in replies[5].body
    assert shown(playground) == ["0", "1", "2", "3", "4"]


def test_it_works_for_thirty_minutes(playground: Playground) -> None:
    """Just before they are over it still works, just after not."""
    answer = answer_to(playground)
    playground.advance(30 * 60)
    assert answer.send(text="in time").status_code == 200
    playground.advance(1)
    assert "expired_url" in answer.send(text="too late").body
    assert shown(playground) == ["in time"]


def test_it_works_where_the_bot_is_no_member(playground: Playground) -> None:
    """In a private channel and between two people the asker gets an answer."""
    bot = playground.bot_user.id
    between = next(c.id for c in playground.world.channels.values() if c.kind == "im" and bot not in c.members)
    for channel in ("secret", between):
        assert answer_to(playground, channel).send(text="here").status_code == 200
        assert shown(playground, channel) == ["here"]


def test_it_is_for_the_asker_unless_it_says_in_channel(playground: Playground) -> None:
    """in_channel is visible to all, with what was typed."""
    answer = answer_to(playground)
    answer.send(text="mine")
    answer.send(text="ours", response_type="in_channel")
    assert shown(playground) == ["mine"]
    assert [message.text for message in playground.messages()] == ["/frameworks top30", "ours"]


def test_what_a_command_showed_cannot_be_changed(playground: Playground) -> None:
    """replace_original posts anew, delete_original does nothing: a command has no message of its own."""
    answer = answer_to(playground)
    answer.send(text="Looking")
    answer.send(text="Found", replace_original=True)
    answer.send(delete_original=True)
    assert shown(playground) == ["Looking", "Found"]


def test_a_clicked_private_message_can_be_replaced_and_deleted(playground: Playground) -> None:
    """replace_original changes it in place and keeps it private, delete_original takes it away."""
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}, "value": "x"}
    answer_to(playground).send(text="Choose", blocks=[{"type": "actions", "elements": [button]}])
    message = playground.ephemerals()[-1]
    url = playground.click(message, "a").payload["response_url"]
    WebhookClient(url).send(text="Chosen", replace_original=True, response_type="in_channel")
    assert (shown(playground), playground.bot_messages()) == (["Chosen"], [])
    WebhookClient(url).send(delete_original=True)
    assert shown(playground) == []


def test_bad_blocks_are_answered_with_a_bare_word(playground: Playground) -> None:
    """HTTP 400, `invalid_blocks`, no pointer; the use is spent."""
    answer = answer_to(playground)
    bad: list[Any] = [{"type": "image", "image_url": "https://example.com/a.png"}]
    assert statuses(*[answer.send(text="x", blocks=bad) for _ in range(5)]) == [(400, "invalid_blocks")] * 5
    assert answer.send(text="x").status_code == 404
    assert shown(playground) == []


def test_bad_blocks_are_answered_with_404_and_json_elsewhere(playground: Playground) -> None:
    """Both are reported, so the body tells, not the status; the address is not used up."""
    playground.faults.json_refusals = True
    answer = answer_to(playground)

    refused = answer.send(text="x", blocks=[{"type": "nothing"}])  # type: ignore[list-item]

    assert (refused.status_code, json.loads(refused.body)) == (404, {"ok": False, "error": "invalid_blocks"})
    assert answer.send(text="x").status_code == 200


def test_an_empty_answer_is_refused(playground: Playground) -> None:
    """Neither words nor blocks: no_text."""
    assert statuses(answer_to(playground).send(text="")) == [(400, "no_text")]


def test_an_address_nobody_gave_out_is_not_there(playground: Playground) -> None:
    """A made-up address is answered 404."""
    made_up = WebhookClient(f"{playground.url}response/commands/T1/deadbeef")
    assert made_up.send(text="x").status_code == 404


def test_faults_reach_response_urls_too(playground: Playground) -> None:
    """429 and 500 are for the bot to notice: the SDK does not raise."""
    answer = answer_to(playground)
    playground.faults.rate_limit("response_url")
    playground.faults.server_error("response_url")
    assert [answer.send(text="x").status_code for _ in range(3)] == [429, 500, 200]


def test_ephemeral_answers_are_not_in_the_history(playground: Playground, general: str) -> None:
    """What only the asker sees is in no history."""
    client = WebClient(playground.new_token({"channels:history"}), base_url=playground.api_url)
    answer_to(playground).send(text="mine")
    assert client.conversations_history(channel=general)["messages"] == []
