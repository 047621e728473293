"""The body of a request, read up to a limit and within a time, for every door by HTTP: who sends more is refused."""

import anyio
from starlette.requests import ClientDisconnect, Request

LARGEST = 1_000_000
"""Bytes of what Slack sends at most: a form with all its fields stays far below; its pages name no limit."""

PATIENCE = 5.0
"""Seconds for a whole body: Slack gives up on an answer after three."""


class SentTooMuch(Exception):
    """More than is read."""


class SentTooSlowly(Exception):
    """It did not come within the time."""


class HungUp(SentTooSlowly):
    """The sender is gone, so nobody reads an answer."""


async def read_body(request: Request, largest: int = LARGEST, patience: float = PATIENCE) -> bytes:
    """
    Read a body.

    Raises:  SentTooMuch; SentTooSlowly, as HungUp when the sender went away in the middle.
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > largest:  # the server refuses what is no number
        raise SentTooMuch
    try:
        with anyio.fail_after(patience):
            return await _gather(request, largest)
    except TimeoutError:
        raise SentTooSlowly from None
    except ClientDisconnect:
        raise HungUp from None


async def _gather(request: Request, largest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise SentTooMuch
    return bytes(body)
