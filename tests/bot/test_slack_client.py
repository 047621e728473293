"""The bot's two ways to Slack try nothing twice, as they are put together in the bot itself."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState

from bot.app import Bot, build
from bot.config import Settings
from bot.slack_client import PatientRateLimit, ReplyOnce
from playground.server import Playground
from playground.start import connect_to


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
