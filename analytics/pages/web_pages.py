"""
The routes of the pages: a question's address, its picture, its data, its table, the badge of a model, and `/ask`.

Everything is GET and HEAD, public, and cached by its ETag; no page has a script, a cookie or anything of a third party.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from urllib.parse import unquote, urlencode

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from analytics import charts, grammar
from analytics.analyst import Analyst
from analytics.answering.freshness import freshness
from analytics.domain import requests
from analytics.domain.answer import Answer
from analytics.domain.requests import OneModel, last_instant
from analytics.domain.staleness import PAGE_OF_THE_PAST, PAGE_OF_TODAY
from analytics.pages.model_badge import draw_badge, draw_refusal
from analytics.pages.page_addresses import address_of, form_address, read_address
from analytics.pages.page_lookups import PageLookups
from analytics.pages.page_refusals import PageRefused, not_understood, refuse_at_all, refuse_in_words, suggest
from analytics.pages.page_templates import looks, read_file
from analytics.pages.page_writing import PlacedAnswer, write_front, write_page, write_refusal
from analytics.refusals import leave_out_unknown_days

THREADS, MOST_WAITING = 6, 60
"""Pages made at once, in threads of their own, so that Slack's requests keep theirs; and how many may wait."""

FRESH, PAST = (int(kept.total_seconds()) for kept in (PAGE_OF_TODAY, PAGE_OF_THE_PAST))

HTML, JSON, CSV, PNG, SVG = "text/html", "application/json", "text/csv", "image/png", "image/svg+xml"
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GUARDS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
EMBEDDABLE = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Of pictures, which stand on other people's pages."""

FILES = {"colours.css": "text/css", "pages.css": "text/css", "favicon.svg": SVG}

Give = Callable[[Request], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def page_routes(lookups: PageLookups, address: str = "") -> list[BaseRoute]:
    """Give the routes, the last of which takes every path; `address` is the site's own, if it is not the one asked."""
    pages = Pages(lookups, address)
    return [
        Route("/", pages.serve(pages.front, HTML)),
        *(Route(f"/{name}", _file(name, media)) for name, media in FILES.items()),
        Route("/ask", pages.serve(pages.ask, HTML)),
        Route("/badge/{model:path}.svg", pages.serve(pages.badge, SVG)),
        Route("/picture/{path:path}.png", pages.serve(pages.picture, PNG)),
        Route("/data/{path:path}.json", pages.serve(pages.data, JSON)),
        Route("/table/{path:path}.csv", pages.serve(pages.table, CSV)),
        Route("/{path:path}", pages.serve(pages.question, HTML)),
    ]


def lookups_of(analyst: Analyst) -> PageLookups:
    """Give what asks an analyst for pages: whoever reads them is told nothing of private models."""
    return PageLookups(analyst.for_strangers())


def _file(name: str, media: str) -> Endpoint:
    """Give a file as it is."""

    async def endpoint(request: Request) -> Response:
        return _send(request, media, _tag(looks()), lambda: read_file(name), PAST)

    return endpoint


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A question, as of when, and the query that says so."""

    question: requests.Request
    as_of: dt.datetime | None
    moment: str


class Moved(Exception):
    """The question has another address, its only one."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Pages:
    """Makes pages; safe for many requests at once."""

    def __init__(self, lookups: PageLookups, address: str) -> None:
        self._lookups = lookups
        self._address = address.rstrip("/")
        self._line = CapacityLimiter(THREADS)

    # ------------------------------------------------------------------------------------------------- one request

    def serve(self, give: Give, media: str) -> Endpoint:
        """Make an endpoint: work in a thread, refusals in the form of what was asked for."""

        async def endpoint(request: Request) -> Response:
            if self._line.statistics().tasks_waiting >= MOST_WAITING:
                return _refuse(request, PageRefused(503, "Too many pages are asked for.", seconds=1), media)
            return await run_sync(partial(_give, give, request, media), limiter=self._line)

        return endpoint

    def front(self, request: Request) -> Response:
        """Show what can be asked."""
        sentences = tuple(freshness(self._lookups.analyst.context))
        base = self._base(request)
        return _send(request, HTML, _tag(looks(), base, sentences), lambda: write_front(base, sentences), FRESH)

    def ask(self, request: Request) -> Response:
        """Read what was typed and lead to its address; what is no question is refused, for nothing is set here."""
        typed = request.query_params.get("q", "")
        understood = grammar.understand(typed, self._today())
        if understood.request is not None:
            asked = f"?{urlencode({'asked': typed})}" if understood.note or understood.also else ""
            return RedirectResponse(address_of(understood.request) + asked, 303, GUARDS | {"Cache-Control": "no-store"})
        match understood.kind:
            case grammar.Intent.HELP | grammar.Intent.STATUS | grammar.Intent.THANKS:
                return RedirectResponse("/", 303, GUARDS | {"Cache-Control": "no-store"})
            case grammar.Intent.DIGEST | grammar.Intent.PREVIEWS:
                said = f"Understood as “{understood.words}”. Settings are made in Slack; these pages only read."
                raise PageRefused(400, said)
            case _:
                offered = leave_out_unknown_days(understood, self._lookups.analyst.can_answer).also
                raise PageRefused(400, understood.problem, suggest(offered))

    def question(self, request: Request) -> Response:
        """Show the page of a question."""
        asked = _read(request, "")
        placed = self._note(request, PlacedAnswer(self._answer(asked), self._base(request), asked.moment))
        return _send(request, HTML, _tag_of(placed), lambda: write_page(placed), self._seconds(asked))

    def data(self, request: Request) -> Response:
        """Give the answer as JSON, the same that `--json` prints."""
        asked = _read(request, "data")
        told = self._answer(asked).as_json()
        tag = _tag(JSON, _lasting(told))
        return _send(request, JSON, tag, lambda: json.dumps(told, ensure_ascii=False), self._seconds(asked))

    def table(self, request: Request) -> Response:
        """Give the table as CSV."""
        asked = _read(request, "table")
        answer = self._answer(asked)
        if answer.table is None:
            raise PageRefused(404, "This answer has no table.")
        return _send(request, CSV, _tag(CSV, answer.as_csv()), answer.as_csv, self._seconds(asked))

    def picture(self, request: Request) -> Response:
        """Give the picture; an ETag that still fits spares the drawing."""
        asked = _read(request, "picture")
        answer = self._answer(asked)
        if answer.chart is None:
            raise PageRefused(404, "This answer has no picture.")
        tag = f'W/"{charts.fingerprint(answer)}"'
        try:
            return _send(request, PNG, tag, lambda: self._lookups.draw(answer), self._seconds(asked), EMBEDDABLE)
        except charts.NothingToDraw:
            raise PageRefused(404, "This answer has no picture.") from None

    def badge(self, request: Request) -> Response:
        """Give a model's badge."""
        read = read_address(f"model/{request.path_params['model']}")
        if not isinstance(read, OneModel) or read.framework:
            raise PageRefused(404, "no such model")
        svg = draw_badge(self._answer(AskedPage(read, None, "")))
        return _send(request, SVG, _tag(svg), lambda: svg, FRESH, EMBEDDABLE)

    # ---------------------------------------------------------------------------------------------------- of it all

    def _answer(self, asked: AskedPage) -> Answer:
        with refuse_in_words(asked.question, self._lookups.analyst.context, asked.as_of):
            return self._lookups.answer(asked.question, asked.as_of)

    def _note(self, request: Request, placed: PlacedAnswer) -> PlacedAnswer:
        """Say how words that were typed were understood, and what else they may mean."""
        understood = grammar.understand(request.query_params.get("asked", ""), self._today())
        if understood.request is None or address_of(understood.request) != address_of(placed.answer.request):
            return placed
        return replace(placed, note=understood.note_with(placed.answer), also=suggest(understood.also))

    def _seconds(self, asked: AskedPage) -> int:
        """Say for how long others may keep an answer: of a past day nothing changes any more."""
        is_past = asked.as_of is not None and asked.as_of.date() < self._today()
        return PAST if is_past else FRESH

    def _base(self, request: Request) -> str:
        return self._address or str(request.base_url).rstrip("/")

    def _today(self) -> dt.date:
        return self._lookups.analyst.context.clock().date()


def _read(request: Request, form: str) -> AskedPage:
    """Read the question of a path, and as of when. Raises PageRefused; Moved, where it has another address."""
    path = request.path_params["path"]
    question = read_address(path)
    if isinstance(question, grammar.Unclear):
        raise not_understood(question)
    as_of, moment = _read_moment(request.query_params.get("as-of"))
    own = address_of(question)
    if unquote(own) != f"/{path}":
        raise Moved((form_address(form, own) if form else own) + moment)
    return AskedPage(question, as_of, moment)


def _read_moment(text: str | None) -> tuple[dt.datetime | None, str]:
    if text is None:
        return None, ""
    try:
        return last_instant(text).astimezone(dt.UTC), f"?{urlencode({'as-of': text})}"
    except (ValueError, OverflowError):
        said = "“as-of” takes a day such as 2026-08-22, or the moment that stands in a receipt."
        raise PageRefused(400, said) from None


def _give(give: Give, request: Request, media: str) -> Response:
    """Give a page, or say why there is none."""
    try:
        with refuse_at_all():
            try:
                return give(request)
            except Moved as moved:
                cached = {"Cache-Control": f"public, max-age={FRESH}"}
                return RedirectResponse(moved.address, 301, GUARDS | cached)
    except PageRefused as refused:
        return _refuse(request, refused, media)


def _refuse(request: Request, refused: PageRefused, media: str) -> Response:
    """Write a refusal in the form of what was asked for; nobody keeps it."""
    headers = GUARDS | {"Cache-Control": "no-store"}
    headers |= {"Retry-After": str(refused.seconds)} if refused.seconds else {}
    match media:
        case "application/json":
            told = {"error": refused.said, "tries": [one.words for one in refused.tries]}
            return Response(json.dumps(told, ensure_ascii=False), refused.status, headers, JSON)
        case "image/svg+xml":
            told_short = "no such model" if refused.status == HTTPStatus.NOT_FOUND else "try again later"
            return Response(draw_refusal(told_short), refused.status, headers | EMBEDDABLE, SVG)
        case "text/html":
            return Response(write_refusal(refused, request.query_params.get("q", "")), refused.status, headers, HTML)
        case _:
            return PlainTextResponse(refused.said + "\n", refused.status, headers)


# --------------------------------------------------------------------------------------------------- kept by others


def _send(
    request: Request,
    media: str,
    tag: str,
    make: Callable[[], str | bytes],
    seconds: int,
    more: dict[str, str] | None = None,
) -> Response:
    """Send what is made, or that it has not changed."""
    headers = GUARDS | {"ETag": tag, "Cache-Control": f"public, max-age={seconds}"} | (more or {})
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(make(), headers=headers, media_type=media)


def _has(kept: str, tag: str) -> bool:
    """Tell whether a reader has this version already; compared weakly, as RFC 9110 has it for GET."""
    return any(one.strip() in ("*", tag) or f"W/{one.strip()}" == tag for one in kept.split(","))


def _tag(*parts: object) -> str:
    return f'W/"{hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:24]}"'


def _tag_of(placed: PlacedAnswer) -> str:
    """Name the version of a page: its looks, its numbers and its words, not the moment of asking in its receipt."""
    return _tag(looks(), placed.base, placed.moment, placed.note, placed.also, _lasting(placed.answer.as_json()))


def _lasting(told: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if key != "reproduce"}
