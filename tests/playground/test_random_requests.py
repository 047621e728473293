"""Whatever is sent to the playground, it says what is wrong with it, and goes on."""

import json
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from slack_sdk import WebClient

from playground.control import PATIENCE
from playground.server import Playground
from tests.playground.random_requests import RandomRequest, RandomRequests

SEED = 14
Fetch = Callable[..., tuple[int, bytes]]
JSON = {"Content_Type": "application/json"}


@pytest.fixture
def lively(playground: Playground, client: WebClient) -> Iterator[Playground]:
    """Give a playground with a message, an upload under way and no limits of speed."""
    playground.rates.enabled = False
    playground.write("hello")
    client.files_getUploadURLExternal(filename="a.png", length=10)
    yield playground
    assert client.auth_test()["ok"]


def statuses(playground: Playground, asked: list[RandomRequest]) -> Counter[tuple[int, str]]:
    """Send requests one by one over one line; count the answers by status and road."""
    counted: Counter[tuple[int, str]] = Counter()
    with closing(HTTPConnection(playground.url.removeprefix("http://").rstrip("/"), timeout=PATIENCE)) as line:
        for one in asked:
            line.request(one.verb, one.path, one.body, one.headers)
            answer = line.getresponse()
            answer.read()
            counted[answer.status, one.path.partition("?")[0]] += 1
    return counted


@pytest.mark.parametrize("count", [1_000, pytest.param(20_000, marks=pytest.mark.simulation)])
def test_no_request_brings_the_playground_down(lively: Playground, count: int) -> None:
    """Of so many random requests none is answered with a fault of its own, and the page can be drawn afterwards."""
    asking = RandomRequests(lively, SEED)

    counted = statuses(lively, [asking.make() for _ in range(count)])

    assert {road: status for status, road in counted if status >= 500} == {}
    assert {200, 400, 403, 404, 405} <= {status for status, _ in counted}
    assert counted.total() == count


@pytest.mark.parametrize(
    ("road", "body", "said"),
    [
        ("/page/say", b"{}", b"text must be a word"),
        ("/page/say", b"[", b"invalid_json"),
        ("/page/say", b'{"text": "x", "channel": "nowhere", "user": "ann"}', b"no channel nowhere"),
        ("/page/click", b'{"channel": "general", "user": "ann", "ts": 1}', b"ts must be a word"),
        ("/page/submit", b'{"user": "nobody"}', b"no user nobody"),
        ("/page/clock", b'{"to": NaN}', b"invalid_json"),
        ("/page/screen?user=nobody", None, b"no user nobody"),
    ],
)
def test_what_the_page_cannot_have_sent_is_answered_400(fetch: Fetch, road: str, body: bytes, said: bytes) -> None:
    """With the reason, on each of its roads."""
    assert fetch(road, body, **JSON) == (400, said)


@pytest.mark.parametrize(
    ("kind", "body", "word"),
    [
        ("application/json", b'{"text": NaN}', "invalid_json"),
        ("application/json", b'{"text": 1e999}', "invalid_json"),
        ("application/json", b"\xff\xfe{}", "invalid_json"),
        ("application/json; charset=nonsense", b"[]", "json_not_object"),
        ("application/json", b"[" * 5_000, "invalid_json"),
        ("application/json", b'{"a": ' * 200 + b"1" + b"}" * 200, "invalid_json"),
        ("application/x-www-form-urlencoded", b"text=%FF", "invalid_form_data"),
        ("multipart/form-data", b"text", "invalid_form_data"),
        ("application/x-www-form-urlencoded", b"blocks=[NaN]&channel={general}&text=x", "invalid_blocks_format"),
    ],
)
def test_the_web_api_names_what_it_cannot_read(
    playground: Playground, fetch: Fetch, general: str, kind: str, body: bytes, word: str
) -> None:
    """NaN, numbers beyond all numbers, other encodings and endless nests are no JSON."""
    sent = body.replace(b"{general}", general.encode())
    bearer = {"Authorization": f"Bearer {playground.bot_token}", "Content_Type": kind}

    status, reply = fetch("/api/chat.postMessage", sent, **bearer)

    assert (status, json.loads(reply)["error"]) == (200, word)


@pytest.mark.parametrize(("road", "most"), [("/page/say", 64_000), ("/api/auth.test", 1_000_000)])
def test_each_road_takes_only_so_much(fetch: Fetch, road: str, most: int) -> None:
    """A body as long as the road is wide is read, one byte more is refused unread."""
    assert fetch(road, b" " * most, **JSON)[0] != 413
    assert fetch(road, b" " * (most + 1), **JSON)[0] == 413


def test_what_nobody_asked_to_upload_is_not_even_read(lively: Playground, fetch: Fetch) -> None:
    """An address that was never given out is answered at once; a given one takes what was announced."""
    path = lively.files()[0].upload_path

    assert fetch("/upload/v1/F1/secret", b"x" * 2_000_000)[0] == 404
    assert fetch(path, b"x" * 11) == (400, b"10 bytes were announced, 11 came")
    assert fetch(path, b"x" * 10)[0] == 200


def test_what_is_no_http_is_answered_400(playground: Playground) -> None:
    """Another protocol that strays in hears so."""
    host, _, port = playground.url.removeprefix("http://").rstrip("/").partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=PATIENCE)) as line:
        line.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.0 400")
