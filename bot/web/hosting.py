"""
The processes that serve by HTTP: the routes, the bot behind them, and the server (uvicorn) that runs one or several.

`web` takes Slack's requests and says how it is; `listen_beside` serves the second half beside a bot in Socket Mode.
"""

import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.analyst import Analyst
from bot.app import Bot, build
from bot.config import Settings, hide_from_bolt
from bot.log_lines import write_log
from bot.slackbot import TOOL_META, add_blocks
from bot.web.health import HealthPages, PartOfHealth
from bot.web.leaving import Leaving
from bot.web.metrics import SHARED, Metrics
from bot.web.momentary import Momentary
from bot.web.parts import look_at
from bot.web.slack_requests import PATH, SlackRequests

log = logging.getLogger(__name__)

GRACE_SECONDS = 8
"""How long requests under way may take to finish: `docker stop` kills after ten seconds."""


def serve(settings: Settings) -> None:
    """Serve until stopped, in as many processes as the settings say; each makes its own bot."""
    with TemporaryDirectory(prefix="frameworks-metrics-", ignore_cleanup_errors=True) as folder:
        if settings.metrics and settings.web_concurrency > 1:
            os.environ[SHARED] = folder  # read by prometheus_client when the processes import it
        _serve_here(settings)


def _serve_here(settings: Settings) -> None:
    uvicorn.run(
        "bot.web.hosting:create",
        factory=True,
        host=settings.web_host,
        port=settings.port,
        workers=settings.web_concurrency,
        timeout_graceful_shutdown=GRACE_SECONDS,
        log_config=None,
        access_log=False,
        server_header=False,
    )


def create() -> Starlette:
    """Make the application of one process from its environment; uvicorn calls it."""
    settings = Settings()
    write_log(settings.log_level, settings.log_format)  # of several, each is a process begun anew
    hide_from_bolt(os.environ)
    if not settings.metrics:
        return application_of(settings, lambda: build(settings))
    shared = os.environ.get(SHARED)
    metrics = Metrics(Path(shared) if shared else None)
    return application_of(settings, lambda: build(settings, observer=metrics), metrics=metrics)


def application_of(
    settings: Settings, make: Callable[[], Bot], *, warm: bool = True, metrics: Metrics | None = None
) -> Starlette:
    """Put the routes before the bot that `make` gives; it starts and ends with the application."""
    bot = replace(make(), keeps_time=not settings.database_url)  # alone, it keeps the time itself

    assistants, leaving = open_to_assistants(bot.analyst, settings), Leaving()

    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        leaving.listen()
        async with assistants.router.lifespan_context(assistants):
            bot.start(warm=warm)
            yield
            await run_in_threadpool(bot.close)

    secret = settings.slack_signing_secret
    slack = SlackRequests(bot.app, secret.get_secret_value() if secret else "")
    routes = [Route(PATH, slack.take, methods=["POST"]), *health_routes(bot, metrics, leaving), *assistants.routes]
    served = Starlette(routes=[*routes, *routes_of_pages(bot.analyst, settings)], lifespan=live)
    served.router.redirect_slashes = False
    return served


GOES = PartOfHealth(is_well=False, told="this process is being stopped: send nothing more")


def health_routes(bot: Bot, metrics: Metrics | None = None, leaving: Leaving | None = None) -> list[BaseRoute]:
    """Give the addresses for load balancers and operators; `/metrics` only where there are any."""
    health = HealthPages(lambda: {"process": GOES} if leaving and leaving.is_so else look_at(bot))
    routes: list[BaseRoute] = [Route("/healthz", health.alive), Route("/readyz", health.ready)]
    if metrics is None:
        return routes

    async def tell(_: Request) -> Response:
        page = await run_in_threadpool(lambda: metrics.write(Momentary(bot, metrics.list_processes())))
        return Response(page, media_type=CONTENT_TYPE_LATEST)

    return [*routes, Route("/metrics", tell)]


def routes_of_pages(analyst: Analyst, settings: Settings) -> list[BaseRoute]:
    """Give the pages of the same answers, where they are switched on."""
    if not settings.pages:
        return []
    from analytics.pages.web_pages import lookups_of, page_routes

    return page_routes(lookups_of(analyst), settings.pages_url)


def open_to_assistants(analyst: Analyst, settings: Settings) -> Starlette:
    """Give what answers assistants at /mcp; nothing does without a token, or without the extra it needs."""
    if settings.mcp_token is None:
        return Starlette()
    try:
        from analytics.assistants.http_door import create_mcp_app
    except ModuleNotFoundError as missing:
        log.warning("MCP_TOKEN is set, and /mcp is not served: %s (pip install '.[mcp]')", missing)
        return Starlette()
    return create_mcp_app(analyst.for_strangers(), settings, extras=add_blocks, tool_meta=TOOL_META)


class Beside:
    """Serves how a bot in Socket Mode is, in a thread of its own."""

    def __init__(self, bot: Bot, host: str, port: int, metrics: Metrics | None = None) -> None:
        config = uvicorn.Config(
            Starlette(routes=health_routes(bot, metrics)), host=host, port=port, log_config=None, access_log=False
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="health", daemon=True)

    def _serve(self) -> None:
        """Serve; a port that is taken ends this thread with a line in the log, and keeps nobody from an answer."""
        try:
            self._server.run()
        except SystemExit:
            log.warning("nothing is told by HTTP: the port %d is taken", self._server.config.port)

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(1.0)
