"""The whole bot by HTTP: Slack posts signed requests, and people see what they see by Socket Mode."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
import pytest

from bot.app import Bot, build
from bot.config import Settings
from bot.web.hosting import application_of
from playground.server import Playground
from playground.signed_requests import SignedRequests
from playground.start import connect_to
from tests.loopback import postgres
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH

SECRET = "a-signing-secret-of-tests"


@dataclass
class Hosted:
    """A playground that posts to the web processes at these addresses."""

    playground: Playground
    addresses: list[str]

    def fetch(self, path: str) -> tuple[int, str]:
        """Get a page of the first; status and text."""
        answer = httpx2.get(self.addresses[0] + path, timeout=30)
        return answer.status_code, answer.text

    def send_raw(self, body: bytes, headers: dict[str, str]) -> int:
        """Post to the first as anybody could; the status."""
        return httpx2.post(self.addresses[0] + "/slack/events", content=body, headers=headers, timeout=30).status_code


def join(
    stack: ExitStack, playground: Playground, home: Path, database_url: str | None = None, **more: Any
) -> tuple[str, Bot]:
    """Start one more web process on the playground; its address, and its bot."""
    wanted = {"frameworks_home": home, "hf_endpoint": OUT_OF_REACH, "database_url": database_url, "collect": False}
    wanted |= more
    settings = connect_to(playground, Settings(_env_file=None, slack_signing_secret=SECRET, **wanted))
    settings = settings.model_copy(update={"slack_app_token": None})
    bots: list[Bot] = []

    def make() -> Bot:
        bots.append(build(settings, rhythms={}))
        return bots[0]

    address = stack.enter_context(served(application_of(settings, make, warm=False)))
    return address, bots[0]


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    """Start a playground and one web process."""
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        address, bot = join(stack, playground, tmp_path)
        playground.on_settling = bot.wait_until_idle
        playground.site.deliveries.send_by(SignedRequests(address + "/slack/events", SECRET))
        yield Hosted(playground, [address])


def test_a_command_a_mention_a_click_and_a_form_come_in_by_http(hosted: Hosted) -> None:
    """Each acknowledged in time, each answered where it is by Socket Mode."""
    playground = hosted.playground
    command = playground.command("/frameworks top30").wait()
    answer = playground.wait_for_message("of the top 30 models")
    mention = playground.mention("top30").wait()
    click = playground.click(answer, "How This Was Counted").wait()
    playground.command("/frameworks digest on").wait()
    playground.wait_for(playground.modal)

    playground.settled()
    assert [each.outcome for each in (command, mention, click)] == ["acked"] * 3
    assert len(playground.bot_messages()) == 2


def test_the_word_payload_in_a_command_is_a_word(hosted: Hosted) -> None:
    """As shipped, Bolt takes such a command for a form and loses it."""
    command = hosted.playground.command("/frameworks what is a payload= of top30 & payload").wait()

    reply = hosted.playground.wait_for_ephemeral("payload")
    assert command.outcome == "acked"
    assert "payload" in reply.text


JUNK = (b"{nope", b"payload=%7Bnope", b"payload=[1]", b"[1]", b"", b"\xff\xfe", b"payload=null", b"a=b")


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/json", "text/plain"])
@pytest.mark.parametrize("body", JUNK)
def test_signed_junk_is_refused_and_unsigned_is_not_read(hosted: Hosted, body: bytes, content_type: str) -> None:
    """A 4xx each, never a traceback; forged ones without a look at the body."""
    slack = SignedRequests("", SECRET)
    form = {"Content-Type": content_type}

    signed = hosted.send_raw(body, form | slack.sign(body, time.time()))
    forged = hosted.send_raw(body, form | SignedRequests("", "another").sign(body, time.time()))
    replayed = hosted.send_raw(body, form | slack.sign(body, time.time() - 400))

    assert 400 <= signed < 500
    assert (forged, replayed) == (401, 401)


SHAPES: tuple[dict[str, object], ...] = (
    {"type": "block_actions", "user": "U1", "team": [], "actions": [{"action_id": "x"}]},
    {"type": "block_actions", "user": {"id": "U1"}, "team": "T1", "actions": []},
    {"type": [], "event": "nothing"},
    {"type": "event_callback", "event": 0},
)


@pytest.mark.parametrize("payload", SHAPES)
def test_a_signed_payload_of_another_shape_is_no_error_of_ours(hosted: Hosted, payload: dict[str, object]) -> None:
    """Bolt stumbles over it before any handler; whoever sent it reads a 4xx, or that nobody takes it."""
    body = urlencode({"payload": json.dumps(payload)}).encode()

    assert hosted.send_raw(body, SignedRequests("", SECRET).sign(body, time.time())) < 500


ODD = (
    b'{"a":' * 100_000,
    b"payload=" + b"[" * 100_000,
    b'{"type":"event_callback","event":5}',
    b'{"type":"event_callback","event":{"type":"app_mention","user":5,"channel":[],"text":{},"ts":null}}',
    b'payload={"type":"block_actions","actions":[],"user":{"id":"U1"}}',
    b'payload={"type":"block_actions","actions":[5],"user":7}',
    b'payload={"type":"view_submission","view":5}',
    b"command=%2Fframeworks&text=top30",
)


@pytest.mark.parametrize("body", ODD)
def test_signed_payloads_of_another_form_end_in_no_fault(hosted: Hosted, body: bytes) -> None:
    """Nested without end, or with other types where Bolt looks: refused or acknowledged, never a 5xx."""
    signed = SignedRequests("", SECRET).sign(body, time.time())

    assert hosted.send_raw(body, {"Content-Type": "text/plain"} | signed) < 500


def test_what_is_too_large_is_refused_before_it_is_read(hosted: Hosted) -> None:
    """By the length it names, and by what it sends if it names none."""
    body = b"x" * (1_000_000 + 1)

    assert hosted.send_raw(body, {"Content-Type": "text/plain"}) == 413


def test_a_slow_sender_keeps_nobody_waiting(hosted: Hosted) -> None:
    """One who drips has a line of their own; others are answered meanwhile."""
    host = urlsplit(hosted.addresses[0])
    with socket.create_connection((host.hostname or "", host.port or 0)) as slow:
        slow.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nfew")
        assert hosted.playground.command("/frameworks help").wait().outcome == "acked"
        slow.settimeout(30)
        assert b" 408 " in slow.recv(1000).split(b"\r\n")[0]


@pytest.mark.parametrize("path", ["/", "/slack/events", "/nothing", "/readyz/more", "/%2e%2e/etc/passwd"])
def test_unknown_addresses_and_ways_are_refused(hosted: Hosted, path: str) -> None:
    """404 or 405, in an instant."""
    assert hosted.fetch(path)[0] in (404, 405)


def test_health_and_readiness_are_told_by_name(hosted: Hosted) -> None:
    """Alive at once; ready with each part, old readings among them, which refuse nobody."""
    assert hosted.fetch("/healthz") == (200, "ok\n")
    status, text = hosted.fetch("/readyz")

    told = json.loads(text)
    assert (status, told["ready"]) == (200, True)
    assert told["parts"]["database"] == {"well": True, "told": "it answers", "needed": True}
    assert not told["parts"]["top list"]["needed"]


def test_nothing_of_a_forged_request_is_logged(hosted: Hosted, caplog: pytest.LogCaptureFixture) -> None:
    """Neither its body nor its signature."""
    caplog.set_level("DEBUG")
    body = urlencode({"command": "/frameworks", "text": "a-strangers-words"}).encode()

    hosted.send_raw(body, SignedRequests("", "another").sign(body, time.time()))

    hosted.playground.settled()
    assert "a-strangers-words" not in caplog.text
    assert "v0=" not in caplog.text


def test_two_web_processes_on_one_postgresql_answer_each_question_once(tmp_path: Path, postgres_server: str) -> None:
    """Whichever of them Slack's balancer chooses; a click sent to both is done once."""
    url = postgres.fresh_database(postgres_server)
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack())
        addresses, bots = zip(*(join(stack, playground, tmp_path / name, url) for name in "ab"), strict=True)
        playground.on_settling = lambda seconds: all(bot.wait_until_idle(seconds) for bot in bots)
        lines = [SignedRequests(address + "/slack/events", SECRET) for address in addresses]
        playground.site.deliveries.send_by(lines[0])
        mention = playground.mention("top30").wait()
        playground.wait_for_message("of the top 30 models")
        playground.site.deliveries.send_by(lines[1])
        playground.resend(mention).wait()

        playground.settled()
        assert len(playground.bot_messages()) == 1
