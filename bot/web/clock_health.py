"""How the process that keeps the time is, on its HEALTH_PORT: whether it leads, and then how its bot is."""

from collections.abc import Mapping
from typing import Protocol

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.app import Bot
from bot.web.health import WAITS, HealthPages, PartOfHealth
from bot.web.metrics import Metrics
from bot.web.momentary import Lead, Momentary
from bot.web.parts import look_at

LEADS, STANDS_BY = "it keeps the time", "standing by: another process keeps the time"


class Keeper(Protocol):
    """Who may keep the time."""

    @property
    def bot(self) -> Bot | None:
        """The bot that ticks, if it is this process's."""

    @property
    def has_begun(self) -> bool:
        """Whether it stands by, or leads; not while Slack is waited for."""


def clock_routes(keeper: Keeper, metrics: Metrics | None) -> list[BaseRoute]:
    """Give the addresses for operators; `/metrics` only where there are any."""
    health = HealthPages(lambda: look_at_clock(keeper))
    routes: list[BaseRoute] = [Route("/healthz", health.alive), Route("/readyz", health.ready)]
    if metrics is None:
        return routes

    def write() -> bytes:
        bot = keeper.bot
        return metrics.write(Lead(leads=bot is not None), *([Momentary(bot, ())] if bot else []))

    async def tell(_: Request) -> Response:
        return Response(await run_in_threadpool(write), media_type=CONTENT_TYPE_LATEST)

    return [*routes, Route("/metrics", tell)]


def look_at_clock(keeper: Keeper) -> Mapping[str, PartOfHealth]:
    """Say whether it leads; who stands by is as ready as can be."""
    bot = keeper.bot
    if not keeper.has_begun:
        return {"slack": WAITS}
    lead = {"lead": PartOfHealth(is_well=True, told=LEADS if bot else STANDS_BY, needed=False)}
    return lead | dict(look_at(bot)) if bot else lead
