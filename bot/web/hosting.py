"""
The processes that serve by HTTP: the routes, the bot behind them, and the server (uvicorn) that runs one or several.

`web` takes Slack's requests and says how it is; `listen_beside` serves the second half beside a bot in Socket Mode.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.supervisors import Multiprocess

from analytics.analyst import Analyst, utc_now
from analytics.storage.lease_time import lease_clock
from bot.app import Bot, build
from bot.config import Settings, hide_from_bolt
from bot.log_lines import write_log
from bot.observer import UNOBSERVED, Observer
from bot.outlets import report_errors, trace
from bot.runtime.credentials import SetUpWrong
from bot.shared_marks import SharedMarks
from bot.slackbot import TOOL_META, add_blocks
from bot.web.health import WAITS, HealthPages, PartOfHealth
from bot.web.leaving import Leaving
from bot.web.metrics import SHARED, Metrics
from bot.web.momentary import Momentary
from bot.web.parts import look_at
from bot.web.rate_limits import READY, Buckets, ByAddress
from bot.web.signatures import SIGNATURE
from bot.web.slack_requests import PATH, SlackRequests
from bot.workspaces.install_states import InstallStates
from bot.workspaces.installation_store import Installations
from bot.workspaces.token_seal import seal_of

log = logging.getLogger(__name__)

APPLICATION = "bot.web.hosting:create"
HEALTH, ASSISTANTS = "/healthz", "/mcp"
GRACE_SECONDS = 8
"""How long requests under way may take to finish: `docker stop` kills after ten seconds."""


def serve(settings: Settings) -> None:
    """Serve until stopped, in as many processes as the settings say; each makes its own bot."""
    with TemporaryDirectory(prefix="frameworks-metrics-", ignore_cleanup_errors=True) as folder:
        if settings.metrics and settings.web_concurrency > 1:
            os.environ[SHARED] = folder  # read by prometheus_client when the processes import it
        _serve_here(settings)


def refuse_taken(host: str, port: int) -> None:
    """
    Look whether anybody can listen there, before a bot is made: the server would tell it in the middle of its log.

    Raises:  SetUpWrong.
    """
    try:
        ((family, _, _, _, address), *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        socket.create_server(address[:2], family=family).close()
    except (OSError, UnicodeError) as trouble:  # a name that no name server could be asked for is the second
        why = getattr(trouble, "strerror", None) or "it is no host"
        raise SetUpWrong(
            f"WEB_HOST and PORT: nothing can listen at {host}:{port} ({why}).",
            "Name another port, end what has this one, or name an address of this machine.",
        ) from None


def _serve_here(settings: Settings) -> None:
    refuse_taken(settings.web_host, settings.port)
    options: dict[str, Any] = {
        "factory": True,
        "host": settings.web_host,
        "port": settings.port,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,  # TRUSTED_PROXIES says whose are believed
    }
    if settings.web_concurrency == 1:
        uvicorn.run(APPLICATION, **options)
        return
    config = PromptConfig(APPLICATION, workers=settings.web_concurrency, **options)
    Multiprocess(config, sockets=[config.bind_socket()]).run()


class PromptConfig(uvicorn.Config):
    """What several processes share, with a socket that sends each part of an answer at once."""

    def bind_socket(self) -> socket.socket:
        """
        Give the socket; what is accepted by it inherits the option.

        An answer is sent in two parts. asyncio lets the second go at once only where a socket names TCP, which that of
        uvicorn does not: it waited for the reader to confirm the first, 40 ms on each connection that is kept open.
        """
        shared = super().bind_socket()
        shared.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return shared


def create() -> Starlette:
    """Make the application of one process from its environment; uvicorn calls it."""
    settings = Settings()
    write_log(settings.log_level, settings.log_format)  # of several, each is a process begun anew
    hide_from_bolt(os.environ)
    report_errors(settings)
    shared = os.environ.get(SHARED)
    metrics = Metrics(Path(shared) if shared else None) if settings.metrics else None
    observer = trace(metrics or UNOBSERVED, settings)
    return application_of(settings, lambda: build(settings, observer=observer, run_apart=True), metrics=metrics)


def application_of(
    settings: Settings,
    make: Callable[[], Bot],
    *,
    warm: bool = True,
    metrics: Metrics | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Starlette:
    """
    Put the routes before the bot that `make` gives; it starts and ends with the application.

    `clock` gives the seconds by which it is counted how often one asks.
    """
    bot = replace(make(), keeps_time=not settings.database_url)  # alone, it keeps the time itself

    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        leaving.listen()
        async with assistants.router.lifespan_context(assistants):
            bot.start(warm=warm)
            yield
            await run_in_threadpool(bot.close)

    secret = settings.slack_signing_secret
    observer: Observer = metrics or UNOBSERVED
    leaving, turns = Leaving(), Buckets(settings.workspace_rate, clock)
    assistants = open_to_assistants(bot.analyst, settings, turns, observer)
    slack = SlackRequests(bot.app, secret.get_secret_value() if secret else "", turns=turns, observer=observer)
    routes = [Route(PATH, slack.take, methods=["POST"]), *health_routes(lambda: bot, metrics, leaving)]
    routes += assistants.routes
    routes += routes_of_installing(bot.analyst, settings)
    served = Starlette(routes=[*routes, *routes_of_pages(bot.analyst, settings)], lifespan=live)
    served.router.redirect_slashes = False
    is_exempt = partial(is_counted_elsewhere, lets_slack_in=settings.mcp_slack)
    served.add_middleware(
        ByAddress, buckets=Buckets(settings.address_rate, clock), is_exempt=is_exempt, observer=observer
    )
    if settings.trusted_proxies:  # the outermost: what stands behind it sees who asks
        served.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    return served


def is_counted_elsewhere(scope: Scope, *, lets_slack_in: bool) -> bool:
    """
    Tell whether a request is not counted by its address: Slack's, which come from few, and the balancer's look.

    What comes to /mcp with a signature and nothing else is Slack's, which is counted by workspace, or refused as not
    signed. Whoever has a token beside it, or guesses at one, is counted: anybody can write a signature's header.
    """
    if scope["path"] != ASSISTANTS:
        return scope["path"] in (PATH, HEALTH)
    named = {name for name, _ in scope["headers"]}
    return lets_slack_in and SIGNATURE.encode() in named and b"authorization" not in named


GOES = PartOfHealth(is_well=False, told="this process is being stopped: send nothing more")


def health_routes(
    find: Callable[[], Bot | None], metrics: Metrics | None = None, leaving: Leaving | None = None
) -> list[BaseRoute]:
    """
    Give the addresses for load balancers and operators; `/metrics` only where there are any.

    `find` gives the bot, or nothing while Slack is waited for: the process is alive all the same.
    """

    def look() -> Mapping[str, PartOfHealth]:
        if leaving and leaving.is_so:
            return {"process": GOES}
        bot = find()
        return look_at(bot) if bot else {"slack": WAITS}

    health = HealthPages(look)
    routes: list[BaseRoute] = [Route(HEALTH, health.alive), Route(READY, health.ready)]
    if metrics is None:
        return routes

    async def tell(_: Request) -> Response:
        bot = find()
        moment = [Momentary(bot, metrics.list_processes())] if bot else []
        return Response(await run_in_threadpool(metrics.write, *moment), media_type=CONTENT_TYPE_LATEST)

    return [*routes, Route("/metrics", tell)]


def routes_of_installing(analyst: Analyst, settings: Settings) -> list[BaseRoute]:
    """Give the doors by which workspaces install the app, where it is for many."""
    if not settings.is_for_many:
        return []
    from bot.web.install_doors import install_routes

    database, clock = analyst.context.database, analyst.context.clock
    return install_routes(
        settings, Installations(database, seal_of(settings), clock), InstallStates(database, lease_clock(clock))
    )


def routes_of_pages(analyst: Analyst, settings: Settings) -> list[BaseRoute]:
    """Give the pages of the same answers, where they are switched on."""
    if not settings.pages:
        return []
    from analytics.pages.web_pages import lookups_of, page_routes

    return page_routes(lookups_of(analyst), settings.pages_url)


def open_to_assistants(analyst: Analyst, settings: Settings, turns: Buckets, observer: Observer) -> Starlette:
    """Give what answers assistants at /mcp; nothing does unless it is switched on, or without the extra it needs."""
    secret = settings.slack_signing_secret if settings.mcp_slack else None
    if settings.mcp_token is None and secret is None:
        return Starlette()
    try:
        from analytics.assistants.http_door import create_mcp_app, nobody_signs
        from bot.web.slack_identity import SlackIdentity
    except ModuleNotFoundError as missing:
        log.warning("MCP_TOKEN or MCP_SLACK is set, and /mcp is not served: %s (pip install '.[mcp]')", missing)
        return Starlette()
    marks = SharedMarks(analyst.context.database, lease_clock(utc_now)) if settings.database_url else None
    signed = nobody_signs
    if secret:
        signed = SlackIdentity(secret.get_secret_value(), turns, shared=marks, observer=observer).is_signed
    return create_mcp_app(analyst.for_strangers(), settings, extras=add_blocks, tool_meta=TOOL_META, signed=signed)


class Beside:
    """Serves how a bot that listens on no port of its own is, in a thread beside it."""

    def __init__(self, routes: list[BaseRoute], host: str, port: int) -> None:
        served = Starlette(routes=routes)
        config = uvicorn.Config(served, host=host, port=port, log_config=None, access_log=False, server_header=False)
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
