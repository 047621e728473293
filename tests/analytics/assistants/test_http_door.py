"""The door over real HTTP on this machine: the official client comes in, all others are refused, fast and shortly."""

import asyncio
import json
import random
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings

from analytics.analyst import Analyst
from analytics.assistants.http_door import NO_CALL, Guard, NotOpen, create_mcp_app, nobody_signs
from analytics.settings import AnalyticsSettings
from tests.loopback.mcp_door import ERAS, TOKEN, over_http, run, served

CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "official", "arguments": {}}}
RIGHT = {
    "Authorization": f"Bearer {TOKEN}",
    "Accept": "application/json, text/event-stream",
    "Content-Type": "application/json",
}
FAST = 5.0
"""Seconds in which a refusal is there; it takes a millisecond, and a busy machine needs room."""


def settings(**more: Any) -> AnalyticsSettings:
    """Give settings of a door that is open, asked by two names more."""
    wanted = {"mcp_token": TOKEN, "mcp_hosts": "bot.example.com, [::2]", "mcp_origins": "https://page.example.com"}
    return AnalyticsSettings(_env_file=None, **wanted | more)


@pytest.fixture(scope="module")
def address(analyst: Analyst) -> Iterator[str]:
    """Serve the door."""
    with served(create_mcp_app(analyst, settings())) as where:
        yield where


@pytest.fixture
def http() -> Iterator[httpx2.Client]:
    """Give a client that asks no proxy."""
    with httpx2.Client(trust_env=False, timeout=30) as client:
        yield client


@pytest.mark.parametrize("era", ERAS)
def test_the_official_client_is_answered(address: str, era: str) -> None:
    """Without a session and without a handshake of the server's: each call stands for itself, in both eras."""

    async def talk() -> Any:
        async with over_http(address, era) as client:
            return client.protocol_version, await client.call_tool("top", {"n": 30})

    version, answered = run(talk)

    assert version == era
    assert sum(answered.structured_content["counts"].values()) == 30


@pytest.mark.parametrize(
    "headers",
    [{}, {"Host": "bot.example.com"}, {"Host": "bot.example.com:8443"}, {"Origin": "https://page.example.com"}],
)
def test_who_is_named_in_the_settings_comes_in(address: str, http: httpx2.Client, headers: dict[str, str]) -> None:
    """By the names of this machine, by those that are set, and from pages that are set."""
    answered = http.post(address, headers=RIGHT | headers, json=CALL)

    assert answered.status_code == 200
    assert answered.json()["result"]["structuredContent"]["question"] == "official"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": f"Bearer {TOKEN[:-1]}"}, 401),
        ({"Authorization": f"Bearer {TOKEN} {TOKEN}"}, 401),
        ({"Authorization": "Bearer tökén".encode()}, 401),
        ({"Authorization": "Bearer " + "x" * 9_000}, 401),
        ({"Host": "evil.example.com"}, 421),
        ({"Host": "127.0.0.1.evil.example.com"}, 421),
        ({"Host": "bot.example.com.evil.example.com:80"}, 421),
        ({"Origin": "https://evil.example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:9"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_who_may_not_come_in_is_refused(address: str, http: httpx2.Client, headers: Any, status: int) -> None:
    """Each for its own reason, in a line that repeats nothing of what came, and at once."""
    begun = time.monotonic()
    answered = http.post(address, headers=RIGHT | headers, content=json.dumps(CALL))

    assert answered.status_code == status
    assert set(answered.json()) == {"error"}
    assert len(answered.content) < 100
    assert TOKEN not in answered.text
    assert time.monotonic() - begun < FAST


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_post_is_taken(address: str, http: httpx2.Client, method: str) -> None:
    """A GET would open a stream that stays open; it is told what is taken."""
    answered = http.request(method, address, headers=RIGHT)

    assert (answered.status_code, answered.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("path", ["/", "/mcp/", "/mcp/x", "//mcp", "/.well-known/oauth-protected-resource"])
def test_there_is_one_path(address: str, http: httpx2.Client, path: str) -> None:
    """Nothing else is served."""
    assert http.post(address.removesuffix("/mcp") + path, headers=RIGHT, json=CALL).status_code == 404


def test_a_body_that_is_too_long_is_not_read(address: str, http: httpx2.Client) -> None:
    """Whether its length is said or it comes in pieces; nor is that of somebody without the token."""
    for _ in range(30):  # who is still sending when he is refused must read the reason all the same
        pieces = (b"x" * 10_000 for _ in range(60))
        told = [http.post(address, headers=RIGHT, content=body) for body in (b"x" * (64_000 + 1), pieces)]
        told.append(http.post(address, headers=RIGHT | {"Authorization": "Bearer x"}, content=b"x" * 500_000))
        assert [one.status_code for one in told] == [413, 413, 401]


JUNK = (
    b"",
    b"{",
    b"null",
    b"[]",
    b"[[[[" * 5_000,
    b'{"a":' * 5_000,
    b"\xff\xfe\x00",
    b'{"jsonrpc":"2.0"}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"top","arguments":[]}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"top","arguments":{"n":1e999}}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"top","_meta":{"slack":{"user_id":[]}}}}',
    b'{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}',
    b'{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"debug"}}',
    b'{"jsonrpc":"1.0","id":{},"method":"x"}',
)


NO_CALLS = (
    b"{}",
    b"[]",
    b"{",
    b'{"jsonrpc":"1.0","id":{},"method":"x"}',
    b'{"jsonrpc":"2.0","id":null,"method":"ping"}',  # taken for a notification, it would be waited for for ever
    b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}',
    b'{"jsonrpc":"2.0","id":{},"method":"ping"}',
    b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"\\ud800"}}',  # half of a character
    b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":' + b"[" * 300 + b"]" * 300 + b"}}",
    b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"ping"}',
    '{"jsonrpc":"2.0","id":1,"method":"ping"}'.encode("utf-16"),
)


@pytest.mark.parametrize("body", NO_CALLS)
def test_junk_is_refused_in_one_sentence(address: str, http: httpx2.Client, body: bytes) -> None:
    """What the SDK says of it takes a dozen lines, with links to the pages of its validator."""
    answered = http.post(address, headers=RIGHT, content=body)

    assert answered.status_code == 400
    assert answered.json() == {"error": NO_CALL[1]}


@pytest.mark.parametrize("body", JUNK)
@pytest.mark.parametrize("version", [None, "2025-11-25", "2026-07-28", "1999-01-01", "\x7f"])
def test_junk_with_the_right_token_is_no_fault_of_ours(
    address: str, http: httpx2.Client, body: bytes, version: str | None
) -> None:
    """Whatever is sent, the answer is a refusal of the protocol's, never a 5xx and never a traceback."""
    headers = RIGHT | ({"MCP-Protocol-Version": version} if version else {})
    answered = http.post(address, headers=headers, content=body)

    assert answered.status_code < 500
    assert "Traceback" not in answered.text


def test_random_bytes_on_the_wire_are_no_fault_of_ours(address: str) -> None:
    """Three hundred connections with what is no HTTP: each is refused or dropped, and the next call is answered."""
    chance = random.Random(19)  # noqa: S311 - repeatable junk
    host, port = address.removeprefix("http://").removesuffix("/mcp").split(":")
    for _ in range(300):
        with socket.create_connection((host, int(port)), timeout=30) as line:
            start = chance.choice([b"POST /mcp HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n", b""])
            line.sendall(start + chance.randbytes(chance.randrange(400)) + b"\r\n\r\n")
            line.shutdown(socket.SHUT_WR)
            told = line.recv(9)
            assert not told.startswith(b"HTTP/1.1 5")
            assert line.recv(4)[:1] != b"5"

    test_the_official_client_is_answered(address, ERAS[0])


def test_a_caller_who_hangs_up_leaves_nothing(address: str) -> None:
    """A body that never comes is not waited for once the line is closed; others are answered meanwhile."""
    host, port = address.removeprefix("http://").removesuffix("/mcp").split(":")
    head = "".join(f"{name}: {value}\r\n" for name, value in RIGHT.items())
    lines = [socket.create_connection((host, int(port))) for _ in range(50)]
    for line in lines:
        line.sendall(f"POST /mcp HTTP/1.1\r\nHost: {host}:{port}\r\n{head}Content-Length: 500\r\n\r\n{{".encode())

    test_the_official_client_is_answered(address, ERAS[0])
    for line in lines:
        line.close()
    test_the_official_client_is_answered(address, ERAS[1])


def test_a_body_that_comes_too_slowly_is_not_waited_for() -> None:
    """After its time the caller is told, and nothing was handed on."""
    scope = {"type": "http", "method": "POST", "path": "/mcp", "query_string": b"", "headers": HEADERS}
    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    async def never() -> Any:
        await asyncio.Event().wait()

    security = TransportSecurityMiddleware(TransportSecuritySettings(allowed_hosts=["here"]))
    asyncio.run(Guard(never, security, TOKEN.encode(), nobody_signs, seconds=0.05)(scope, never, send))

    assert told[0]["status"] == 408


@pytest.mark.parametrize(("pieces", "taken"), [(5, 5), (10_000, 10)])
def test_who_is_refused_may_finish_within_bounds(pieces: int, taken: int) -> None:
    """A line that is closed while its caller still sends brings no reason; one that sends without end is closed."""
    order: list[str] = []

    async def send(message: Any) -> None:
        order.append(message["type"])

    async def receive() -> Any:
        order.append("piece")
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": len(order) < pieces}

    scope = {"type": "http", "method": "GET", "path": "/mcp", "query_string": b"", "headers": HEADERS}
    security = TransportSecurityMiddleware(TransportSecuritySettings(allowed_hosts=["here"]))
    asyncio.run(Guard(receive, security, TOKEN.encode(), nobody_signs)(scope, receive, send))

    assert order == [*["piece"] * taken, "http.response.start", "http.response.body"]


HEADERS = [(name.lower().encode(), value.encode()) for name, value in (RIGHT | {"Host": "here"}).items()]


def test_without_a_token_the_door_stays_shut(analyst: Analyst) -> None:
    """There is no open way by mistake: it says which setting is missing."""
    with pytest.raises(NotOpen, match="MCP_TOKEN is not set"):
        create_mcp_app(analyst, settings(mcp_token=None))


def test_who_signs_needs_no_token(analyst: Analyst, http: httpx2.Client) -> None:
    """A signature over the body lets in; a wrong one does not, and neither opens the door to an empty token."""
    app = create_mcp_app(
        analyst,
        settings(mcp_token=None),
        signed=lambda headers, body: headers.get("x-signed") == str(len(body)),
    )
    body = json.dumps(CALL).encode()
    unsigned = {name: value for name, value in RIGHT.items() if name != "Authorization"}
    with served(app) as address:
        statuses = [
            http.post(address, headers=unsigned | more, content=body).status_code
            for more in (
                {"X-Signed": str(len(body))},
                {"X-Signed": "0"},
                {},
                {"Authorization": "Bearer"},
                {"Authorization": "Bearer x"},
            )
        ]

    assert statuses == [200, 401, 401, 401, 401]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mcp_token", "short"),
        ("mcp_token", "with a space in the middle of it"),
        ("mcp_hosts", "https://bot.example.com"),
        ("mcp_hosts", "*"),
        ("mcp_origins", "*"),
        ("mcp_origins", "page.example.com/path"),
    ],
)
def test_settings_that_would_not_do_are_refused(name: str, value: str) -> None:
    """A token that can be guessed, a host or an origin that nothing would ever match, or that all would."""
    with pytest.raises(ValueError, match="1 validation error"):
        settings(**{name: value})
