"""
The page in the browser: its files, the state it draws, and what is typed and clicked in it.

Only this machine, only this page: the Host header must be ours (a foreign name that resolves to 127.0.0.1 is refused),
posts must come from the page itself, and the page may load nothing from elsewhere.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from playground.behind import look_behind
from playground.bodies import Malformed, read_object
from playground.downloads import bytes_of
from playground.page_acts import ACTS, Act
from playground.page_acts import word_in as _word
from playground.people import NotThere
from playground.screen import HOME, screen
from playground.site import Site
from playground.state import Json
from playground.typing_in import type_in

if TYPE_CHECKING:
    from playground.control import Control

BAD_REQUEST, FORBIDDEN, NOT_FOUND = 400, 403, 404
FARTHEST = 400 * 86_400
"""Seconds: no further than about a year ahead."""
FOLDER = Path(__file__).parent / "page"
FILES = {"/": "index.html"} | {f"/page/{file.name}": file.name for file in FOLDER.iterdir()}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def only_this_machine(site: Site) -> Middleware:
    """Refuse requests under any name but 127.0.0.1 and localhost, and posts of other pages to the page's routes."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        name, _, port = request.host.rpartition(":")
        # The SDK's WebSocket client leaves the port out of its Host header.
        own_port = port == site.base_url.rpartition(":")[2] or request.path == "/link/"
        if (name or port) not in ("127.0.0.1", "localhost") or not own_port:
            return web.Response(status=FORBIDDEN, text="The playground answers to 127.0.0.1 and localhost only.")
        own = f"http://{request.host}"
        foreign = request.headers.get("Origin", own) != own
        unasked = request.method == "POST" and request.content_type != "application/json"
        if request.path.startswith("/page/") and (foreign or unasked):
            return web.Response(status=FORBIDDEN, text="Only the playground's own page may ask this.")
        return await handler(request)

    return check


class WebPage:
    """Serves the page; the page asks for the screen again whenever it is told that something changed."""

    def __init__(self, control: "Control") -> None:
        self._control = control
        self._streams: set[asyncio.Event] = set()
        self._closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        control.world.listeners.append(self._tell_change)

    def add_to(self, application: web.Application) -> None:
        """Add the page's routes; called in the server's loop."""
        self._loop = asyncio.get_running_loop()
        for path in FILES:
            application.router.add_get(path, self._file)
        application.router.add_get("/page/screen", self._screen)
        application.router.add_get("/page/behind", self._behind)
        application.router.add_get("/page/changes", self._changes)
        application.router.add_get("/page/files/{file}", self._picture)
        application.router.add_post("/page/say", self._say)
        application.router.add_post("/page/click", self._click)
        application.router.add_post("/page/home", self._home)
        application.router.add_post("/page/submit", self._submit)
        application.router.add_post("/page/clock", self._clock)
        application.router.add_post("/page/collect", self._collect)
        application.router.add_post("/page/offer", self._offer)
        for name, act in ACTS.items():
            application.router.add_post(f"/page/{name}", self._take(act))

    def close(self) -> None:
        """End the open streams."""
        self._closing = True
        for stream in self._streams:
            stream.set()

    def _tell_change(self) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for stream in self._streams:
            stream.set()

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(FOLDER / FILES[request.path], headers=HEADERS)

    async def _screen(self, request: web.Request) -> web.StreamResponse:
        with _answering_what_is_wrong(), self._control.world.condition:
            shown = screen(self._control, request.query.get("user", "ann"))
        return web.json_response(shown, headers=HEADERS)

    async def _behind(self, _: web.Request) -> web.StreamResponse:
        with self._control.world.condition:
            return web.json_response(look_behind(self._control), headers=HEADERS)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Tell the page, by Server-Sent Events, that something changed; what, it asks itself."""
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await stream.prepare(request)
        changed = asyncio.Event()
        self._streams.add(changed)
        try:
            while not self._closing:
                await stream.write(b"data: changed\n\n")
                await changed.wait()
                changed.clear()
        finally:
            self._streams.discard(changed)
        return stream

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        file = self._control.world.files.get(request.match_info["file"])
        with _answering_what_is_wrong():
            person = self._control.user(request.query.get("user", "ann"))
        if file is None or not file.ready or not file.is_image or not file.is_seen_by(person.id):
            return web.Response(status=NOT_FOUND)
        return bytes_of(file)

    async def _say(self, request: web.Request) -> web.StreamResponse:
        said = await _read_body(request)
        with _answering_what_is_wrong():
            words, place, person = (_word(said, name) for name in ("text", "channel", "user"))
            type_in(self._control, words, place, person, _thread_of(self._control, said))
        return web.json_response({})

    async def _click(self, request: web.Request) -> web.StreamResponse:
        said = await _read_body(request)
        control = self._control
        with _answering_what_is_wrong():
            if said.get("channel") == HOME:
                delivery = control.click_home(_word(said, "action_id"), _word(said, "user"))
                return web.json_response({"delivery": id(delivery), "outcome": delivery.outcome})
            place, ts = control.channel(_word(said, "channel")), _word(said, "ts")
            found = next((m for m in [*place.messages, *place.ephemerals] if m.ts == ts), None)
            if found is None:
                return web.json_response({"outcome": "gone"})
            picked = None if said.get("value") is None else _word(said, "value")
            delivery = control.click(found, _word(said, "action_id"), _word(said, "user"), value=picked)
        return web.json_response({"delivery": id(delivery), "outcome": delivery.outcome})

    async def _home(self, request: web.Request) -> web.StreamResponse:
        """Open the Home tab: the bot hears of it."""
        said = await _read_body(request)
        with _answering_what_is_wrong():
            self._control.open_home(_word(said, "user"))
        return web.json_response({})

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        """Submit the form a person sees, or close it."""
        said = await _read_body(request)
        with _answering_what_is_wrong():
            user = _word(said, "user")
            if said.get("close"):
                self._control.dismiss(user)
            elif self._control.modal(user):
                self._control.submit(_values(said), user)
        return web.json_response({})

    async def _collect(self, request: web.Request) -> web.StreamResponse:
        """Have the bot read what it reads only when somebody asks for it."""
        await _read_body(request)
        if self._control.on_collect:
            self._control.on_collect()
            with self._control.world.changing():
                pass  # every open page looks again
        return web.json_response({})

    async def _offer(self, request: web.Request) -> web.StreamResponse:
        """Give what the bot offers for what is typed into the menu of questions."""
        said = await _read_body(request)
        with _answering_what_is_wrong():
            sent = self._control.offer_questions(_word(said, "query"), _word(said, "user"))
        with contextlib.suppress(TimeoutError):
            await asyncio.get_running_loop().run_in_executor(None, sent.wait)
        return web.json_response({"options": self._control.options_of(sent)})

    def _take(self, act: Act) -> Handler:
        """Make what takes one of the acts that need nothing but their words."""

        async def take_act(request: web.Request) -> web.StreamResponse:
            said = await _read_body(request)
            with _answering_what_is_wrong():
                act(self._control, said)
            return web.json_response({})

        return take_act

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        """Move the playground's clock on, and let the bot see what falls due."""
        said = await _read_body(request)
        to = said.get("to")
        seconds = to - self._control.now() if isinstance(to, int | float) else 0
        if not 0 < seconds <= FARTHEST:
            return web.json_response({"moved": False}, status=BAD_REQUEST)
        await asyncio.get_running_loop().run_in_executor(None, self._control.advance, seconds)
        return web.json_response({"moved": True})


def _thread_of(control: "Control", said: Json) -> str | None:
    """Give the thread that something is said in; None where it is said in none."""
    if said.get("thread_ts") is None:
        return None
    root = control.world.message(control.channel(_word(said, "channel")), _word(said, "thread_ts"))
    if root is None:
        raise NotThere("this message was deleted")
    return root.thread_ts or root.ts


async def _read_body(request: web.Request) -> Json:
    """Read what the page sends: an object of JSON."""
    body = await request.read()
    with _answering_what_is_wrong():
        return read_object(body)


def _values(said: Json) -> dict[str, str | list[str] | None]:
    """Give what was filled in: a word, some words or nothing in each field."""
    values = said.get("values")
    if not isinstance(values, dict) or not all(_is_filled_in(value) for value in values.values()):
        raise Malformed("values must be words by field")
    return values


def _is_filled_in(value: object) -> bool:
    words = value if isinstance(value, list) else [] if value is None else [value]
    return all(isinstance(word, str) for word in words)


@contextlib.contextmanager
def _answering_what_is_wrong() -> Iterator[None]:
    """Answer 400 with what is wrong, instead of falling over it."""
    try:
        yield
    except (NotThere, Malformed) as wrong:
        raise web.HTTPBadRequest(text=str(wrong)) from None
