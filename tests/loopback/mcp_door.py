"""The door for assistants on this machine, in a thread of its own, and the official client at either door."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult
from starlette.types import ASGIApp

from tests.forked_command import forked
from tests.loopback import web_process

TOKEN = "a-token-of-loopback-tests"
ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds that a server has to start, and to end."""

ERAS = ("2026-07-28", "2025-11-25")
"""The newest revision of either era that the SDK speaks: a call by itself, and after a handshake."""

MODES = dict(zip(ERAS, ("auto", "legacy"), strict=True))


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an app over real HTTP; give its address."""
    with web_process.served(app) as address:
        yield f"{address}/mcp"


@asynccontextmanager
async def over_http(address: str, era: str = ERAS[0], token: str = TOKEN) -> AsyncIterator[Client]:
    """Connect the official client over HTTP."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=PATIENCE, trust_env=False) as http,
        Client(streamable_http_client(address, http_client=http), mode=MODES[era]) as client,
    ):
        yield client


@asynccontextmanager
async def over_streams(environment: Mapping[str, str], era: str = ERAS[0]) -> AsyncIterator[Client]:
    """Start `frameworks mcp` as a desktop assistant does, forked, and connect the official client to it."""
    command, *typed = forked("analytics", "requirements.few_grammars", "tests.preloaded_door")
    program = StdioServerParameters(command=command, args=[*typed, "mcp"], env=dict(environment), cwd=ROOT)
    async with Client(stdio_client(program), mode=MODES[era]) as client:
        yield client


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    """Run one conversation to its end."""
    return asyncio.run(work())  # type: ignore[arg-type]  # a coroutine function is called


def text_of(result: CallToolResult) -> str:
    """Give what a result says in words."""
    return "\n".join(part.text for part in result.content if part.type == "text")
