"""Who sees what: threads that are there, private words in them, and files."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from playground.server import Playground
from tests.playground.refused_calls import refusal

Upload = Callable[..., str]
Fetch = Callable[..., tuple[int, bytes]]


def picture(file_id: str) -> list[dict[str, Any]]:
    """Make blocks that show an upload."""
    return [{"type": "image", "alt_text": "A chart", "slack_file": {"id": file_id}}]


def test_a_thread_begins_with_a_message_that_is_no_reply(
    playground: Playground, client: WebClient, general: str, upload: Upload
) -> None:
    """A stamp of no message, of another channel's, of a reply: nothing is posted there, neither words nor files."""
    parent = playground.write("hello").ts
    reply = client.chat_postMessage(channel=general, text="x", thread_ts=parent)["ts"]
    elsewhere = playground.write("hello", "random", age=5).ts

    for wrong, word in (
        (reply, "cannot_reply_to_message"),
        ("1.0", "thread_not_found"),
        (elsewhere, "thread_not_found"),
    ):
        assert refusal(client.chat_postMessage, channel=general, text="x", thread_ts=wrong) == word
        assert refusal(upload, channel=general, thread_ts=wrong) == word
    assert len(playground.messages()) == 2


def test_private_words_in_a_thread_without_replies_are_seen_by_nobody(
    playground: Playground, client: WebClient, general: str
) -> None:
    """By either way, and Slack says ok; after the first reply they are seen."""
    url = playground.command("/frameworks help").payload["response_url"]
    parent = playground.write("hello").ts
    ann = playground.user("ann").id
    before = len(playground.ephemerals())

    def whisper() -> None:
        assert client.chat_postEphemeral(channel=general, user=ann, text="psst", thread_ts=parent)["message_ts"]
        assert WebhookClient(url, retry_handlers=[]).send_dict({"text": "psst", "thread_ts": parent}).status_code == 200

    whisper()
    assert len(playground.ephemerals()) == before
    client.chat_postMessage(channel=general, text="x", thread_ts=parent)
    whisper()
    assert len(playground.ephemerals()) == before + 2


def test_a_reply_for_all_needs_a_thread_that_is_there(playground: Playground) -> None:
    """A response_url refuses what a post would be refused."""
    url = playground.command("/frameworks help").payload["response_url"]
    said = {"text": "x", "thread_ts": "1.0", "response_type": "in_channel"}

    answer = WebhookClient(url, retry_handlers=[]).send_dict(said)

    assert (answer.status_code, answer.body) == (400, "thread_not_found")
    assert playground.messages() == []


def test_a_picture_is_seen_where_it_was_posted_and_nowhere_before(
    playground: Playground, client: WebClient, general: str, upload: Upload, fetch: Fetch
) -> None:
    """Uploaded alone it is the bot's; posted in a channel its members see it, and files.info says so a little later."""
    file_id = upload()
    assert fetch(f"/page/files/{file_id}?user=ann")[0] == 404

    client.chat_postMessage(channel=general, text="x", blocks=picture(file_id))

    assert fetch(f"/page/files/{file_id}?user=ann")[0] == 200
    assert fetch(f"/page/files/{file_id}?user=dave")[0] == 404
    assert client.files_info(file=file_id)["file"]["channels"] == []
    playground.advance(2)
    assert client.files_info(file=file_id)["file"]["channels"] == [general]


@pytest.mark.parametrize("way", ["update", "ephemeral"])
def test_a_picture_that_no_post_brought_is_not_found(
    playground: Playground, client: WebClient, general: str, upload: Upload, fetch: Fetch, way: str
) -> None:
    """Put in by chat.update or in a message for one, Slack takes it and people see "file not found"."""
    file_id, ann = upload(), playground.user("ann").id
    ts = client.chat_postMessage(channel=general, text="x")["ts"]

    if way == "update":
        client.chat_update(channel=general, ts=ts, text="x", blocks=picture(file_id))
    else:
        client.chat_postEphemeral(channel=general, user=ann, text="x", blocks=picture(file_id))

    assert fetch(f"/page/files/{file_id}?user=ann")[0] == 404


def test_what_is_uploaded_into_a_channel_takes_no_markdown(client: WebClient, general: str, fetch: Fetch) -> None:
    """Slack answers internal_error, and takes the same file with other blocks; a thread stands in one channel."""
    ask = client.files_getUploadURLExternal(filename="a.txt", length=1)
    fetch(str(ask["upload_url"]), b"x")
    done: dict[str, Any] = {"files": [{"id": ask["file_id"], "title": "a"}]}
    finish = client.files_completeUploadExternal

    assert refusal(finish, **done, channel_id=general, blocks='[{"type": "markdown", "text": "x"}]') == "internal_error"
    assert refusal(finish, **done, channels=[], thread_ts="1.0") == "invalid_arguments"
    assert finish(**done, channel_id=general, blocks='[{"type": "divider"}]')["ok"]
