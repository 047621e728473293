"""
The playground: a faithful stand-in for Slack on this machine, in a thread of its own.

    with Playground() as playground:
        client = WebClient(playground.bot_token, base_url=playground.api_url)
        delivery = playground.command("/frameworks top30").wait()

The real slack_sdk and slack_bolt talk to it over real HTTP and WebSockets. It binds 127.0.0.1 only.
"""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Self

from aiohttp import web

from playground import seed
from playground.agenda import Agenda
from playground.api import WebApi
from playground.authorize_page import AuthorizePage
from playground.barrier import Barrier
from playground.bodies import bound_bodies
from playground.control import Control
from playground.deliveries import Deliveries
from playground.downloads import Downloads
from playground.faults import Faults
from playground.modals import Modals
from playground.permissions import GRANTED
from playground.rates import Rates
from playground.response_urls import ResponseUrls
from playground.settling import show_outcome
from playground.site import Site
from playground.sockets import Sockets
from playground.webpage import WebPage, only_this_machine
from playground.world import RESPOND_WITHIN

HOST = "127.0.0.1"
TICK_SECONDS = 0.02
"""How often the agenda is looked at while something stands on it."""

TURNS_TO_CONNECT = range(3)
"""Turns of asyncio's loop from a connection that is taken to one that aiohttp knows, and so can close."""


class Playground(Control):
    """
    A stand-in for Slack. Also a context manager, which starts and closes it.

    `port`: tried first; a free one is taken if it is in use or 0. `processing_seconds`: how long an upload cannot be
    shown yet. `clock`: seconds since 1970. `scopes`, `events`: what the bot is granted and hears of. `respond_within`:
    the seconds that it has to acknowledge, to open a modal, to show details; Slack gives three.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        processing_seconds: float = 1.0,
        clock: Callable[[], float] = time.time,
        scopes: Iterable[str] = GRANTED,
        events: Iterable[str] = seed.EVENTS,
        rate_limits: bool = True,
        respond_within: float = RESPOND_WITHIN,
    ) -> None:
        world = seed.new_world(clock, scopes, events, respond_within)
        agenda, sockets = Agenda(world), Sockets(world)
        self.site = Site(
            world,
            agenda,
            Faults(processing_seconds=processing_seconds),
            Rates(enabled=rate_limits),
            sockets,
            Deliveries(world, agenda, sockets),
            ResponseUrls(world),
            Modals(world),
        )
        self.site.deliveries.on_settled = lambda delivery: show_outcome(self.site, delivery)
        self.barrier = Barrier(world, agenda, self.site.deliveries)
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="playground", daemon=True)
        self._stop = asyncio.Event()
        self._started = threading.Event()
        self._page = WebPage(self)

    @property
    def url(self) -> str:
        """The page."""
        return f"{self.site.base_url}/"

    @property
    def api_url(self) -> str:
        """What takes the place of https://slack.com/api/."""
        return f"{self.site.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token in the first workspace."""
        return self.workspace.bot_token

    @property
    def app_token(self) -> str:
        """The app's token for Socket Mode."""
        return next(token.value for token in self.world.tokens.values() if token.kind == "xapp")

    def start(self) -> Self:
        """Listen; give itself."""
        listening = _listen(self._port)
        self.site.base_url = f"http://{HOST}:{listening.getsockname()[1]}"
        self._socket = listening
        self._thread.start()
        self._started.wait()
        return self

    def close(self) -> None:
        """Stop listening and end the thread; safe to call twice."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        runner = web.AppRunner(self._routes(), access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._started.set()
        while not self._stop.is_set():
            self.site.agenda.run_due()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), TICK_SECONDS)
        self._page.close()
        self.site.sockets.close_all()
        await end_site(runner)

    def _routes(self) -> web.Application:
        middlewares = [only_this_machine(self.site), self.barrier.middleware(), bound_bodies]
        application = web.Application(middlewares=middlewares)
        downloads = Downloads(self.site)
        application.router.add_route("*", "/api/{method}", WebApi(self.site).handle)
        application.router.add_get("/link/", self.site.sockets.handle)
        application.router.add_post("/upload/v1/{file}/{secret}", downloads.upload)
        application.router.add_get("/files-pri/{file}/{name}", downloads.private)
        application.router.add_post("/response/{kind}/{team}/{secret}", downloads.respond)
        AuthorizePage(self.site).add_to(application)
        self._page.add_to(application)
        return application


async def end_site(runner: web.AppRunner) -> None:
    """
    Stop listening, and end what is connected, also what was taken at the last moment.

    asyncio (of Python 3.11) forgets, open as it is, a connection that it took and has not handed on when it stops.
    """
    for _ in TURNS_TO_CONNECT:
        await asyncio.sleep(0)
    await runner.cleanup()
    await asyncio.sleep(0)  # what is closed is told so in the turn after


def _listen(port: int) -> socket.socket:
    """Bind the port, or a free one if it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.bind((HOST, 0))
    listening.listen(128)
    return listening
