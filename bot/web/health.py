"""
What a load balancer and an operator ask: is the process alive, can it do its work, and what of it cannot.

`/healthz` says that the process answers at all. `/readyz` names each part; it is 503 only for what would keep people
without an answer: the database, and in Socket Mode the line to Slack. Old readings are told and refuse nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response


@dataclass(frozen=True, slots=True)
class PartOfHealth:
    """How one part of the bot is; `needed`: without it nobody is answered."""

    is_well: bool
    told: str
    needed: bool = True


WAITS = PartOfHealth(is_well=False, told="Slack has not answered yet; it is asked again until it does")
"""How a process is that alone cannot begin."""

Look = Callable[[], Mapping[str, PartOfHealth]]
"""Looks at every part, each under its name; it may ask the database and must not raise."""


class HealthPages:
    """Answers the two questions."""

    def __init__(self, look: Look) -> None:
        self._look = look

    async def alive(self, _: Request) -> Response:
        """Say that the process answers."""
        return PlainTextResponse("ok\n")

    async def ready(self, _: Request) -> Response:
        """Say how each part is; 503 where one that is needed is not well."""
        parts = await run_in_threadpool(self._look)
        is_ready = all(part.is_well for part in parts.values() if part.needed)
        return JSONResponse(_write_parts(parts, is_ready=is_ready), 200 if is_ready else 503)


def _write_parts(parts: Mapping[str, PartOfHealth], *, is_ready: bool) -> dict[str, Any]:
    return {
        "ready": is_ready,
        "parts": {
            name: {"well": part.is_well, "told": part.told, "needed": part.needed} for name, part in parts.items()
        },
    }
