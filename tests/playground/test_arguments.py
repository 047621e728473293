"""What a call brings with it: words, numbers and moments as Slack writes them, and nothing else."""

import base64
from typing import Any

import pytest
from slack_sdk import WebClient

from playground.server import Playground
from tests.playground.conftest import Fetch
from tests.playground.methods.test_web_api import refusal

NO_MOMENTS = ("nan", "inf", "-inf", "1_0", "1e9", "-1", " 1", "\u0661", "yesterday", "1.1234567", "9" * 400)


@pytest.mark.parametrize("moment", NO_MOMENTS)
@pytest.mark.parametrize("name", ["oldest", "latest"])
def test_a_moment_is_written_in_digits(client: WebClient, general: str, name: str, moment: str) -> None:
    """What Python alone reads as a number is invalid_ts_oldest or invalid_ts_latest."""
    assert refusal(client.conversations_history, channel=general, **{name: moment}) == f"invalid_ts_{name}"


@pytest.mark.parametrize("moment", ["0", "1795435200", "1795435200.000001"])
def test_moments_as_slack_writes_them_are_taken(client: WebClient, general: str, moment: str) -> None:
    """Seconds, with or without their microseconds."""
    assert client.conversations_history(channel=general, oldest=moment, latest=moment)["ok"]


@pytest.mark.parametrize("inside", [f"next_ts:{moment}" for moment in NO_MOMENTS] + ["1795435200.1", "next_ts:"])
def test_a_cursor_is_one_that_was_given_out(client: WebClient, general: str, inside: str) -> None:
    """Whatever else is written in base64 is invalid_cursor, in a channel and in a thread."""
    ts = client.chat_postMessage(channel=general, text="x")["ts"]
    cursor = base64.b64encode(inside.encode()).decode()
    assert refusal(client.conversations_history, channel=general, cursor=cursor) == "invalid_cursor"
    assert refusal(client.conversations_replies, channel=general, ts=ts, cursor=cursor) == "invalid_cursor"


@pytest.mark.parametrize("limit", [5000, 1001, -5, 0, "1_0", "x", 1.5])
def test_a_page_has_so_many_items_and_no_more(client: WebClient, general: str, limit: Any) -> None:
    """A history gives at most 999 at once, a thread 1,000, and nobody fewer than one."""
    ts = client.chat_postMessage(channel=general, text="x")["ts"]
    assert refusal(client.conversations_history, channel=general, limit=limit) == "invalid_arguments"
    assert refusal(client.conversations_replies, channel=general, ts=ts, limit=limit) == "invalid_arguments"
    assert client.conversations_history(channel=general, limit=999)["ok"]
    assert refusal(client.conversations_history, channel=general, limit=1000) == "invalid_arguments"


@pytest.mark.parametrize(("text", "word"), [(["a"], "invalid_array_arg"), ({"a": 1}, "invalid_arguments")])
def test_words_are_words(playground: Playground, client: WebClient, general: str, text: Any, word: str) -> None:
    """A list or an object as text is refused, and never posted as Python writes it."""
    ann = playground.user("ann").id
    for method in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
        arguments = {"channel": general, "user": ann, "ts": "1.0", "text": text}
        ts = client.chat_postMessage(channel=general, text="before")["ts"]
        assert refusal(client.api_call, api_method=method, json=arguments | {"ts": ts}) == word
    assert {message.text for message in playground.messages()} == {"before"}


@pytest.mark.parametrize("title", [["a"], {"a": 1}, 5])
def test_the_title_of_a_file_is_a_word(client: WebClient, title: Any) -> None:
    """The third step of an upload takes no other."""
    files = [{"id": "F0000000001", "title": title}]
    word = refusal(client.api_call, api_method="files.completeUploadExternal", json={"files": files})
    assert word == "invalid_arguments"


def test_markdown_stands_alone(playground: Playground, client: WebClient, general: str) -> None:
    """markdown_text with a text or with blocks is markdown_text_conflict; alone it is a message of 12,000 at most."""
    for more in ({"text": "x"}, {"text": "", "blocks": [{"type": "divider"}]}):
        word = refusal(client.chat_postMessage, channel=general, markdown_text="*y*", **more)
        assert word == "markdown_text_conflict"
    posted = {"channel": general, "user": playground.user("ann").id, "text": "x", "markdown_text": "*y*"}
    assert refusal(client.api_call, api_method="chat.postEphemeral", json=posted) == "markdown_text_conflict"
    alone = {"channel": general, "markdown_text": "y" * 12_000}
    assert client.api_call("chat.postMessage", json=alone)["ok"]
    alone["markdown_text"] += "y"
    assert refusal(client.api_call, api_method="chat.postMessage", json=alone) == "msg_too_long"


@pytest.mark.parametrize("kind", ["", " ", None, 5])
def test_metadata_has_a_type_that_can_be_read(client: WebClient, general: str, kind: Any) -> None:
    """event_type is a human readable string, so nothing and a blank are none."""
    metadata = {"event_type": kind, "event_payload": {}}
    assert refusal(client.chat_postMessage, channel=general, text="x", metadata=metadata) == "invalid_metadata_format"


@pytest.mark.parametrize("thread_ts", ["banana", "1700000000.000001", "nan"])
def test_private_words_stand_in_threads_that_are_there(
    playground: Playground, client: WebClient, general: str, thread_ts: str
) -> None:
    """A thread_ts of no message is thread_not_found for one person's eyes too, that of a reply no thread."""
    said = {"channel": general, "user": playground.user("ann").id, "text": "psst"}
    assert refusal(client.chat_postEphemeral, thread_ts=thread_ts, **said) == "thread_not_found"
    parent = client.chat_postMessage(channel=general, text="x")["ts"]
    reply = client.chat_postMessage(channel=general, text="y", thread_ts=parent)["ts"]
    assert refusal(client.chat_postEphemeral, thread_ts=reply, **said) == "cannot_reply_to_message"
    assert playground.ephemerals() == []


def test_nothing_is_changed_in_an_archived_channel(playground: Playground, client: WebClient, general: str) -> None:
    """chat.update answers is_inactive there, and the words stay."""
    ts = client.chat_postMessage(channel=general, text="old")["ts"]
    playground.archive("general")
    assert refusal(client.chat_update, channel=general, ts=ts, text="new") == "is_inactive"
    assert playground.messages()[-1].text == "old"


def test_only_a_reply_can_be_shown_to_the_channel_too(playground: Playground, client: WebClient, general: str) -> None:
    """reply_broadcast outside a thread means nothing."""
    client.chat_postMessage(channel=general, text="x", reply_broadcast=True)
    assert not playground.messages()[-1].broadcast


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("road", ["/api/auth.test", "/api/chat.postMessage", "/page/say"])
def test_a_body_that_says_it_is_packed_is_answered_400(fetch: Fetch, road: str, coding: str) -> None:
    """By the Web API and by the page alike: it might be a lie."""
    headers = {"Content_Type": "application/json", "Content_Encoding": coding}
    assert fetch(road, b"\x00\x01", **headers)[0] == 400


@pytest.mark.parametrize("number", ["9" * 400, "-" + "9" * 400, "9" * 5000, "1e400"])
def test_numbers_beyond_all_readers_are_no_json(playground: Playground, fetch: Fetch, number: str) -> None:
    """With a point or without: what overflows into infinity elsewhere is refused."""
    body = f'{{"channel": "{playground.channel("general").id}", "text": {number}}}'.encode()
    headers = {"Content_Type": "application/json", "Authorization": f"Bearer {playground.bot_token}"}
    assert b"invalid_json" in fetch("/api/chat.postMessage", body, **headers)[1]
