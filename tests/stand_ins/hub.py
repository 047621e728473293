"""
A stand-in for the Hugging Face Hub's listing API, no kinder than the Hub.

It holds to what was observed of `GET /api/models` in October 2026: a JSON array, `limit` clamped to 1000, `filter` as
AND, only the expanded fields that have a value, 400 for unknown names, absolute next links with an opaque cursor,
rate-limit headers on every answer. `python -m tests.stand_ins.hub --csv FILE` serves a list of models to a person.
"""

import argparse
import ast
import asyncio
import base64
import csv
import gzip
import io
import json
import sys
import threading
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.stand_ins.serving import Serving

Item = dict[str, Any]

PAGE = 1000
QUOTA, WINDOW = 500, 300
SORTS = frozenset(
    {"createdAt", "downloads", "likes", "lastModified", "likes30d", "trendingScore", "num_parameters", "mainSize", "id"}
)
EXPANDABLE = frozenset(
    {
        "author",
        "baseModels",
        "cardData",
        "config",
        "createdAt",
        "disabled",
        "downloads",
        "downloadsAllTime",
        "evalResults",
        "gated",
        "inference",
        "inferenceProviderMapping",
        "lastModified",
        "library_name",
        "likes",
        "mask_token",
        "model-index",
        "pipeline_tag",
        "private",
        "safetensors",
        "sha",
        "siblings",
        "spaces",
        "tags",
        "transformersInfo",
        "trendingScore",
        "widgetData",
        "gguf",
        "resourceGroup",
        "xetEnabled",
        "childrenModelCount",
        "usedStorage",
    }
)
"""What the Hub named in its 400 answer to a field it does not know, October 2026."""
DEFAULT = (
    *("likes", "trendingScore", "private", "downloads", "tags", "pipeline_tag", "library_name", "createdAt"),
    "modelId",
)


def model(name: str, downloads: int = 0, likes: int = 0, *, files: Iterable[str] | None = None, **fields: Any) -> Item:
    """Make an item as the Hub knows it; keywords are the Hub's own field names."""
    item = {"_id": base64.b16encode(name.encode())[:24].decode().lower(), "id": name, "author": name.partition("/")[0]}
    item |= {"downloads": downloads, "likes": likes, "tags": [], "private": False, "gated": False} | fields
    return item if files is None else item | {"siblings": [{"rfilename": file} for file in files]}


def models_in(path: Path) -> list[Item]:
    """Read a table with the columns modelId, downloads, tags (a Python list), pipeline_tag; gzip or not."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = csv.DictReader(io.StringIO(text.decode("utf-8")))
    return [
        model(
            row["modelId"],
            int(row["downloads"]),
            tags=ast.literal_eval(row["tags"]),
            **({"pipeline_tag": row["pipeline_tag"]} if row["pipeline_tag"] else {}),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


Fault = Callable[["LoopbackHub", web.Request], Awaitable[web.StreamResponse]]
"""What is answered instead of the listing; it is handed the stand-in and the request."""


@dataclass
class LoopbackHub(Serving):
    """The stand-in. `faults` are taken one a request, oldest first; `fault` stays until it is removed."""

    models: list[Item] = field(default_factory=list)
    port: int = 0
    requests: list[Asked] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault: Fault | None = None
    largest_page: int = PAGE
    next_link: Callable[[str], str] = str
    refused_fields: frozenset[str] = frozenset()
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        super().__init__(self.port)
        self._spent: dict[int, int] = {}

    def application(self) -> web.Application:
        """Serve the listing; everything else is not found, as a path the Hub does not have."""
        application = web.Application(middlewares=[self._counted])
        application.router.add_get("/api/models", self._listing)
        return application

    @web.middleware
    async def _counted(self, request: web.Request, handler: Callable[..., Awaitable[web.StreamResponse]]) -> Any:
        query = {key: request.query.getall(key) for key in request.query}
        self.requests.append(Asked(request.path, query, {k.lower(): v for k, v in request.headers.items()}))
        window = int(self.now()) // WINDOW
        self._spent[window] = spent = self._spent.get(window, 0) + 1
        reset = WINDOW - int(self.now()) % WINDOW
        fault = self.faults.pop(0) if self.faults else self.fault
        if fault is None and spent > QUOTA:
            fault = too_many(reset)
        try:
            response = await (fault(self, request) if fault else handler(request))
        except web.HTTPException as refusal:
            response = refusal
        if not response.prepared:
            response.headers.setdefault("RateLimit", f'"api";r={max(0, QUOTA - spent)};t={reset}')
            response.headers["RateLimit-Policy"] = f'"fixed window";"api";q={QUOTA};w={WINDOW}'
            response.headers["X-Request-Id"] = f"Root=1-{uuid.uuid4()}"
        return response

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        sort, direction = query.get("sort", "trendingScore"), query.get("direction", "-1")
        if sort not in SORTS or (direction == "1" and sort != "createdAt"):
            return refusal(400, "Invalid sort parameter")
        wanted = [*query.getall("expand", []), *query.getall("expand[]", [])]
        if unknown := [name for name in wanted if name not in EXPANDABLE - self.refused_fields]:
            return refusal(400, f'Invalid option: "{unknown[0]}"')
        found = sorted(
            (m for m in self.models if _matches(m, query)), key=lambda m: _key(m, sort), reverse=direction != "1"
        )
        if "cursor" in query:
            after = json.loads(base64.b64decode(query["cursor"]))["$lt"]
            found = [m for m in found if list(_key(m, sort)) < after]
        limit = min(int(query.get("limit", PAGE)), PAGE, self.largest_page)
        page = [_shown(item, wanted) for item in found[:limit]]
        response = web.json_response(page)
        if len(found) > limit:
            response.headers["Link"] = f'<{self.next_link(self._next(request, found[limit - 1], sort))}>; rel="next"'
        return response

    def _next(self, request: web.Request, last: Item, sort: str) -> str:
        cursor = base64.b64encode(json.dumps({"$lt": _key(last, sort)}).encode()).decode()
        query = [(key, value) for key, value in request.query.items() if key != "cursor"]
        return str(request.url.origin().with_path("/api/models").with_query([*query, ("cursor", cursor)]))


def _matches(item: Item, query: Any) -> bool:
    """`filter` is AND over tags; `library` is ignored, as it is on the real listing."""
    return (
        all(tag in item["tags"] for tag in query.getall("filter", []))
        and query.get("pipeline_tag") in (None, item.get("pipeline_tag"))
        and query.get("author", item["author"]).casefold() == item["author"].casefold()
        and query.get("search", "").casefold() in item["id"].casefold()
    )


def _key(item: Item, sort: str) -> tuple[Any, str]:
    return (item.get(sort) or 0, item["_id"])


def _shown(item: Item, wanted: list[str]) -> Item:
    names = wanted or DEFAULT
    return {"_id": item["_id"], "id": item["id"]} | {name: item[name] for name in names if item.get(name) is not None}


def refusal(status: int, error: str) -> web.Response:
    """Refuse as the Hub does: JSON with `error`, the same in X-Error-Message."""
    return web.json_response({"error": error}, status=status, headers={"X-Error-Message": error})


# -------------------------------------------------------------------------------------------------------------- faults


def body(text: str, status: int = 200, kind: str = "application/json") -> Fault:
    """Answer with any text."""

    async def fault(_hub: LoopbackHub, _request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status, content_type=kind)

    return fault


def too_many(seconds: int, **headers: str) -> Fault:
    """Answer 429; how long to wait stands in RateLimit unless other headers are given."""

    async def fault(_hub: LoopbackHub, _request: web.Request) -> web.StreamResponse:
        response = refusal(429, "We had to rate limit you, you hit the quota of 500 api requests per 5 minutes period.")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response.headers.update(named or {"RateLimit": f'"api";r=0;t={seconds}'})
        return response

    return fault


async def stall(hub: LoopbackHub, _request: web.Request) -> web.StreamResponse:
    """Say nothing until the stand-in is closed."""
    await hub.stopping.wait()
    return web.Response()


async def drip(hub: LoopbackHub, request: web.Request) -> web.StreamResponse:
    """Send one byte every tenth of a second: each read succeeds, the answer never ends."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while not hub.stopping.is_set():
        try:
            await response.write(b" ")
        except ConnectionError:
            break
        await asyncio.sleep(0.1)
    return response


async def break_off(_hub: LoopbackHub, request: web.Request) -> web.StreamResponse:
    """Promise more bytes than are sent."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'[{"id":')
    if request.transport:
        request.transport.close()
    return response


WEB_PAGE = body("<!DOCTYPE html><title>Hugging Face</title>", kind="text/html")
BAD_GATEWAY = body("<html>502 Bad Gateway</html>", 502, "text/html")
ARRAY_500 = body("[]", 500)
TRUNCATED = body('[{"id": "a/b", "downloads":')
EMPTY = body("")


def main() -> None:
    """Serve a list of models until stopped."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--csv", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with LoopbackHub(models_in(options.csv), options.port) as hub:
        sys.stdout.write(f"HF_ENDPOINT={hub.endpoint}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
