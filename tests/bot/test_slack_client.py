"""The bot's two ways to Slack try nothing twice, as they are put together in the bot itself."""

import contextlib
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState

from bot.app import Bot, build
from bot.config import Settings
from bot.observer import UNOBSERVED
from bot.slack_client import PatientRateLimit, ReplyOnce, doubting_client, slack_client
from bot.slack_errors import SLACK_FAILURES, Unconfirmed, sort_failures
from playground.server import Playground
from playground.start import connect_to

JSON = "application/json"


@pytest.fixture
def bot(playground: Playground, tmp_path: Path) -> Iterator[Bot]:
    """Give a bot that is put together and not connected."""
    settings = Settings(_env_file=None, frameworks_home=tmp_path, hf_endpoint="http://127.0.0.1:9")  # type: ignore[call-arg]  # pydantic-settings' own keyword
    made = build(connect_to(playground, settings))
    yield made
    made.close()


def test_a_reply_is_sent_once_even_if_its_answer_is_lost(playground: Playground, bot: Bot) -> None:
    """Bolt's own respond sends it again, and the asker reads it twice."""
    given: list[Any] = []
    assert isinstance(bot.app, App)
    bot.app.command("/probe")(lambda ack, respond: (ack(), given.append(respond)))
    channel, ann = playground.channel("general"), playground.user("ann")
    url = playground.site.response_urls.new(playground.workspace, channel, ann, "commands")
    body = {"command": "/probe", "team_id": playground.workspace.id, "user_id": ann.id, "channel_id": channel.id}
    bot.app.dispatch(BoltRequest(mode="socket_mode", body=body | {"response_url": playground.site.base_url + url.path}))
    playground.faults.drop_after("response_url")

    assert isinstance(given[0], ReplyOnce)
    with contextlib.suppress(OSError):
        given[0](text="once", response_type="ephemeral")
    assert [message.text for message in playground.ephemerals()] == ["once"]


@pytest.mark.parametrize(("head", "waits"), [("3", [3.0]), ("1.5", [2.0]), ("6", []), (None, []), ("soon", [])])
def test_a_short_pause_is_waited_out_as_slack_words_it(head: str | None, waits: list[float]) -> None:
    """Halves have been seen, at which the SDK's own waiting fails; a pause that is long or unknown is handed on."""
    waited: list[float] = []
    patient = PatientRateLimit(waited.append)
    response = HttpResponse(status_code=429, headers={"retry-after": [head]} if head else {})
    request = HttpRequest(method="POST", url="https://slack.com/api/files.info", headers={})

    if patient.can_retry(state=RetryState(), request=request, response=response):
        patient.prepare_for_next_attempt(state=RetryState(), request=request, response=response)

    assert waited == waits


def post_twice_refused(playground: Playground, newer: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Post with a token that is revoked; give what was heard of it, and what stands in the channel."""
    heard: list[tuple[str, str]] = []
    tokens = iter(newer)

    def turn_to(word: str, token: str) -> str:
        heard.append((word, token))
        return next(tokens, "")

    client = doubting_client(playground.bot_token, playground.api_url, UNOBSERVED, turn_to)
    for _ in range(2):
        with contextlib.suppress(SlackApiError):
            client.chat_postMessage(channel=playground.channel("general").id, text="once")
    return heard, [one.text for one in playground.bot_messages()]


def test_who_was_installed_again_is_spoken_for_with_the_newer_token(playground: Playground) -> None:
    """The refused call once more, the next ones at once."""
    old = playground.bot_token
    newer = playground.new_token(["chat:write"])
    playground.world.tokens[old].revoked = True

    heard, said = post_twice_refused(playground, [newer])
    assert heard == [("token_revoked", old)]
    assert said == ["once", "once"]


def test_a_newer_token_that_is_refused_too_is_not_tried_again(playground: Playground) -> None:
    """Both are told of, so that the newer one is doubted as well; and what has no newer one is refused at once."""
    old = playground.bot_token
    newer = playground.new_token(["chat:write"])
    playground.world.tokens[old].revoked = playground.world.tokens[newer].revoked = True

    heard, said = post_twice_refused(playground, [newer])
    assert heard == [("token_revoked", old), ("token_revoked", newer), ("token_revoked", newer)]
    assert said == []


@pytest.mark.parametrize(
    "answer", [{}, {"upload_url": "nowhere", "file_id": "F1"}, {"upload_url": 7, "file_id": "F1"}, {"upload_url": []}]
)
def test_an_upload_to_no_address_is_an_answer_that_cannot_be_read(
    playground: Playground, answer: dict[str, object]
) -> None:
    """The SDK stumbles over each in its own way, before a byte is sent."""
    client = slack_client(playground.bot_token, playground.api_url)
    playground.faults.garble("files.getUploadURLExternal", json.dumps({"ok": True} | answer), kind=JSON)

    with pytest.raises(SLACK_FAILURES):
        client.files_upload_v2(file=b"png", filename="a.png")


@pytest.mark.parametrize(
    ("body", "kind"), [("a page", "text/html; charset=none"), ("caf\u00e9", "text/html; charset=ascii")]
)
@pytest.mark.parametrize("status", [200, 502])
def test_a_reply_whose_answer_has_no_known_encoding_may_have_arrived(
    playground: Playground, body: str, kind: str, status: int
) -> None:
    """It is told as any page of a proxy's, and never as a mistake of ours."""
    url = playground.site.response_urls.new(
        playground.workspace, playground.channel("general"), playground.user("ann"), "x"
    )
    reply = ReplyOnce(playground.site.base_url + url.path, slack_client(None, playground.api_url))
    playground.faults.garble("response_url", body, status, kind=kind)

    with pytest.raises(Unconfirmed), sort_failures():
        reply(text="once", response_type="ephemeral")


def read_request(server: socket.socket) -> str:
    """Take one request and answer with a page; give the request."""
    line, _ = server.accept()
    with line:
        asked = line.recv(65_536).decode()
        line.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>log in</html>")
    return asked


def test_a_token_does_not_follow_where_somebody_sends_us_on_to(playground: Playground) -> None:
    """A login page of the network's; it is no answer of Slack's either."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(read_request, server)
        playground.faults.send_on("chat.postMessage", f"http://127.0.0.1:{server.getsockname()[1]}/login")
        with pytest.raises(Unconfirmed), sort_failures():
            slack_client(playground.bot_token, playground.api_url).chat_postMessage(channel="C1", text="once")

    assert asked.result().startswith("GET /login")
    assert playground.bot_token not in asked.result()
