"""The stand-in says what proxies, limits and admins say, and is no kinder than Slack."""

import logging
from collections.abc import Callable, Iterator
from http.client import IncompleteRead
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin.connection import Connection

from playground.server import Playground

Upload = Callable[..., str]


def refusal(method: Any, **arguments: Any) -> Any:
    """Give the answer with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        method(**arguments)
    return caught.value.response


@pytest.mark.parametrize(("after", "posted"), [(True, 1), (False, 0)])
def test_a_page_may_come_after_the_post_or_instead(
    playground: Playground, client: WebClient, general: str, *, after: bool, posted: int
) -> None:
    """The client reads the same both times, the channel does not."""
    playground.faults.garble("chat.postMessage", "<html>no</html>", 502, after=after)

    answer = refusal(client.chat_postMessage, channel=general, text="x")

    assert answer.status_code == 502
    assert len(playground.messages()) == posted


def test_an_answer_may_be_cut_in_the_middle(playground: Playground, client: WebClient, general: str) -> None:
    """The message is there, half of the answer is not."""
    playground.faults.cut_after("chat.postMessage")
    with pytest.raises(IncompleteRead):
        client.chat_postMessage(channel=general, text="x")
    assert len(playground.messages()) == 1


def test_a_named_error_says_more_if_asked(playground: Playground, client: WebClient, general: str) -> None:
    """A missing scope comes with what is needed."""
    playground.faults.error("chat.postMessage", "missing_scope", needed="chat:write")
    assert refusal(client.chat_postMessage, channel=general, text="x")["needed"] == "chat:write"


@pytest.mark.parametrize(("said", "header"), [(2, "2"), ("0.5", "0.5"), (None, None)])
def test_a_limit_comes_in_all_its_spellings(
    playground: Playground, client: WebClient, general: str, said: float | str | None, header: str | None
) -> None:
    """With a whole number, with half a one or with none; as a status or as a word."""
    playground.faults.rate_limit("chat.postMessage", retry_after=said, word="rate_limited", status=200)
    playground.faults.rate_limit("chat.postMessage", retry_after=said)

    first, second = (refusal(client.chat_postMessage, channel=general, text="x") for _ in range(2))

    assert (first.status_code, first["error"], second.status_code) == (200, "rate_limited", 429)
    assert second.headers.get("Retry-After") == header


def test_a_method_is_held_for_as_long_as_it_says(playground: Playground, client: WebClient, general: str) -> None:
    """Every call meanwhile is refused with what is left; then it works again."""
    playground.rates.hold("chat.postMessage", playground.now() + 60)
    assert refusal(client.chat_postMessage, channel=general, text="x").headers["Retry-After"] == "60"
    playground.advance(50)
    assert refusal(client.chat_postMessage, channel=general, text="x").headers["Retry-After"] == "10"
    playground.advance(10)
    assert client.chat_postMessage(channel=general, text="x")["ok"]


def test_a_private_message_in_a_thread_without_replies_is_shown_to_nobody(
    playground: Playground, client: WebClient, general: str
) -> None:
    """Slack says ok all the same; once the thread has a reply it is shown."""
    first, ann = playground.write("a talk"), playground.user("ann").id
    assert client.chat_postEphemeral(channel=general, user=ann, text="lost", thread_ts=first.ts)["ok"]
    assert playground.ephemerals() == []
    playground.write("goes on", thread_ts=first.ts)
    client.chat_postEphemeral(channel=general, user=ann, text="seen", thread_ts=first.ts)
    assert [message.text for message in playground.ephemerals()] == ["seen"]


def test_a_channel_shared_with_others_may_take_no_files(
    playground: Playground, client: WebClient, general: str, upload: Upload
) -> None:
    """Neither inside a message nor as an upload; words are taken."""
    picture = [{"type": "image", "slack_file": {"id": upload()}, "alt_text": "A chart"}]
    playground.channel("general").externally_shared = True
    assert client.chat_postMessage(channel=general, text="x", blocks=picture)["ok"]
    playground.faults.connect_blocks_files = True

    inside = refusal(client.chat_postMessage, channel=general, text="x", blocks=picture)
    with pytest.raises(SlackApiError, match="slack_connect_file_upload_sharing_blocked"):
        upload(processed=False, channel=general)

    assert inside["error"] == "slack_connect_file_link_sharing_blocked"
    assert client.chat_postMessage(channel=general, text="x")["ok"]


@pytest.fixture
def dial(playground: Playground) -> Iterator[Callable[[], Connection]]:
    """Give a way to open one connection with the SDK's own WebSocket."""
    client = WebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[])
    opened: list[Connection] = []

    def dialled() -> Connection:
        url = client.apps_connections_open(app_token=playground.app_token)["url"]
        line = Connection(str(url), logging.getLogger("dialled"))
        opened.append(line)
        line.connect()
        return line

    yield dialled
    for line in opened:
        line.disconnect()


def test_a_dark_line_answers_nothing(playground: Playground, dial: Callable[[], Connection]) -> None:
    """It stays open for whoever only looks whether it is."""
    playground.site.sockets.troubles.dark = True
    line = dial()
    line.sock.settimeout(0.2)
    line.ping("x:1")
    assert line.sock.recv(1) == b"\n"  # the SDK leaves the last byte of the handshake unread
    with pytest.raises(TimeoutError):
        line.sock.recv(1)


def test_a_reset_line_is_an_error_and_not_an_end(playground: Playground, dial: Callable[[], Connection]) -> None:
    """As a router answers that has forgotten it."""
    line = dial()
    playground.wait_for_connection()
    playground.site.sockets.reset_all()
    with pytest.raises(ConnectionResetError):
        list(iter(lambda: line.sock.recv(1024), b""))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the SDK drops the socket unclosed
def test_an_upgrade_may_be_refused(playground: Playground, dial: Callable[[], Connection]) -> None:
    """With a fresh ticket, and no connection counted."""
    playground.site.sockets.troubles.refuse_upgrades = True
    assert not dial().is_active()
    assert playground.site.sockets.handshakes == 1
    assert playground.site.sockets.connections == []
