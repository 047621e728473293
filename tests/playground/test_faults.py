"""Faults on purpose: what the SDK makes of them, and what Slack has stored meanwhile."""

from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.server import Playground


def test_a_dropped_answer_hides_a_stored_message(playground: Playground, client: WebClient, general: str) -> None:
    """The client sees a lost connection, the channel a message."""
    playground.faults.drop_after("chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=general, text="once")
    playground.settled()
    assert [message.text for message in playground.messages()] == ["once"]


def test_the_sdks_default_client_posts_twice_then(playground: Playground, general: str) -> None:
    """Which is why a bot must not retry a post when the connection drops."""
    eager = WebClient(playground.bot_token, base_url=playground.api_url)
    playground.faults.drop_after("chat.postMessage")
    eager.chat_postMessage(channel=general, text="twice")
    playground.settled()
    assert [message.text for message in playground.messages()] == ["twice", "twice"]


def test_a_dropped_request_stores_nothing(playground: Playground, client: WebClient, general: str) -> None:
    """The same to the client, the opposite to the channel."""
    playground.faults.drop_before("chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=general, text="never")
    playground.settled()
    assert playground.messages() == []


def test_an_answer_may_come_after_the_clients_patience(playground: Playground, general: str) -> None:
    """The client times out; the message is stored."""
    hasty = WebClient(playground.bot_token, base_url=playground.api_url, timeout=1, retry_handlers=[])
    playground.faults.delay_after("chat.postMessage", seconds=30)
    with pytest.raises((TimeoutError, URLError)):
        hasty.chat_postMessage(channel=general, text="slow")
    playground.settled()
    assert [message.text for message in playground.messages()] == ["slow"]


def test_a_broken_server_answers_with_a_page(playground: Playground, client: WebClient, general: str) -> None:
    """500 and HTML become a SlackApiError; then all is well again."""
    playground.faults.server_error("chat.postMessage")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=general, text="x")
    assert caught.value.response.status_code == 500
    assert client.chat_postMessage(channel=general, text="x")["ok"]


def test_named_errors_come_as_often_as_asked(playground: Playground, client: WebClient, general: str) -> None:
    """Twice fatal_error, then success; each request is on the record."""
    playground.faults.error("chat.postMessage", "fatal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            client.chat_postMessage(channel=general, text="x")
    assert client.chat_postMessage(channel=general, text="x")["ok"]
    playground.settled()
    assert len(playground.requests("chat.postMessage")) == 3


def test_one_can_wait_for_what_happens(playground: Playground) -> None:
    """Waiting looks again at every change, and says when in vain."""
    with pytest.raises(TimeoutError):
        playground.wait_for(lambda: None, timeout=0.01)
    assert playground.wait_for(lambda: "now") == "now"


def test_a_taken_port_is_no_reason_to_fail(playground: Playground) -> None:
    """The second playground that wants the same port takes another."""
    with Playground(port=int(playground.url.rpartition(":")[2].strip("/"))) as second:
        assert second.url != playground.url
        assert second.url.startswith("http://127.0.0.1:")
