"""The body of a request, read up to a limit and within a time: who sends more, or drips, is refused."""

import asyncio

from starlette.requests import ClientDisconnect, Request

LARGEST = 1_000_000
"""Bytes. A form with all its fields stays far below; docs.slack.dev names no limit of its own."""

PATIENCE = 5.0
"""Seconds for a whole body: Slack gives up on an answer after three."""


class SentTooMuch(Exception):
    """More than is read."""


class SentTooSlowly(Exception):
    """It did not come within the time."""


async def read_body(request: Request, largest: int = LARGEST, patience: float = PATIENCE) -> bytes:
    """
    Read a body.

    Raises:  SentTooMuch; SentTooSlowly, also when the sender hangs up in the middle.
    """
    if int(request.headers.get("content-length", "0")) > largest:  # the server refuses what is no number
        raise SentTooMuch
    try:
        async with asyncio.timeout(patience):
            return await _gather(request, largest)
    except (TimeoutError, ClientDisconnect):
        raise SentTooSlowly from None


async def _gather(request: Request, largest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise SentTooMuch
    return bytes(body)
