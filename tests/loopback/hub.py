"""
A stand-in for the Hugging Face Hub on this machine, in a thread of its own.

    with LoopbackHub([model("google-bert/bert-base-uncased", downloads=9, tags=["pytorch", "tf"])]) as hub:
        hub.faults.put(BAD_GATEWAY)
        Hub(endpoint=hub.endpoint).top(...)
        assert len(hub.requests) == 1

It answers as the real one was seen to in 2026: shapes, errors, headers, cursors. It binds 127.0.0.1 only. Served from
the command line, so that a person can look at what comes of it:

    python -m tests.loopback.hub --port 8800 --csv hf_models_2024-09-20.csv.gz
    HF_ENDPOINT=http://127.0.0.1:8800 frameworks top30 declared --json
"""

import argparse
import asyncio
import contextlib
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler

from playground.server import end_site
from tests.loopback import hub_datasets, hub_files, hub_listing, hub_single
from tests.loopback.hub_answers import EXPANDABLE, RefusedByHub
from tests.loopback.hub_faults import WITHOUT_RATES, HubFaults
from tests.loopback.hub_items import Item, models_of_2024_09
from tests.loopback.hub_rates import WINDOW, HubRates, bucket_of

HOST = "127.0.0.1"
RENEWED = "2026-11-23T09:00:00.000Z"
"""When the datasets were last changed, unless a test says otherwise (`renewed`)."""
ID = "{id:[^/]+(?:/[^/]+)?}"


@dataclass(frozen=True, slots=True)
class HubRequest:
    """One request as it arrived: query parameters in order, header names in lower case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]

    def all(self, name: str) -> list[str]:
        """Give every value of a query parameter."""
        return [value for key, value in self.query if key == name]


class LoopbackHub:
    """
    A Hub holding `models`. Also a context manager, which starts and closes it.

    `endpoint` takes the place of https://huggingface.co; once closed, nobody listens there.
    `moved`: old names and where they lead now. `tokens`: those it knows; None for any. `quota`: API requests in
    `window` seconds of `clock`. `most_a_page`: what `limit` is clamped to. `expandable`: the fields a listing gives
    (without baseModels in 2025). `contents`: what is in the models' files.
    `datasets`: files of datasets; `site_total`: what models-json counts, None where it gives no count.
    """

    def __init__(
        self,
        models: Iterable[Item] = (),
        *,
        moved: Mapping[str, str] | None = None,
        tokens: frozenset[str] | None = None,
        quota: int | None = None,
        window: float = WINDOW,
        clock: Callable[[], float] = time.monotonic,
        most_a_page: int = hub_listing.MOST_A_PAGE,
        expandable: frozenset[str] = EXPANDABLE,
        contents: hub_files.Contents | None = None,
        datasets: hub_datasets.Datasets | None = None,
        site_total: int | None = None,
        port: int = 0,
    ) -> None:
        self._contents = contents or {}
        self.datasets = datasets or {}
        self.renewed = RENEWED
        self.site_total = site_total
        self.models = list(models)
        self.requests: list[HubRequest] = []
        self.faults = HubFaults()
        self._moved = moved or {}
        self._tokens = tokens
        self._rates = HubRates(quota, window, clock)
        self.most_a_page = most_a_page
        self.expandable = expandable
        self._socket = socket.create_server((HOST, port))
        self.endpoint = f"http://{HOST}:{self._socket.getsockname()[1]}"
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loopback-hub", daemon=True)

    def asked(self, path: str = "/api/models") -> list[HubRequest]:
        """Give the requests of one path."""
        return [request for request in self.requests if request.path == path]

    # ------------------------------------------------------------------------------------------------ start and close

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *exception: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        runner = web.AppRunner(self._routes(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, self._socket).start()
        self._started.set()
        await self._stop.wait()
        await end_site(runner)

    # ------------------------------------------------------------------------------------------------------- answering

    def _routes(self) -> web.Application:
        """List what is served; anything else (/api/agent-harnesses too) is 404."""
        application = web.Application(middlewares=[self._logged, self._counted, self._spoiled, self._refused])
        application.on_response_prepare.append(self._signed)
        application.router.add_get("/api/models", self._listing)
        application.router.add_get(f"/api/models/{ID}/revision/{{revision}}", self._single)
        application.router.add_get(f"/api/models/{ID}", self._single)
        application.router.add_get(f"/api/datasets/{ID}", self._dataset)
        application.router.add_get(f"/api/datasets/{ID}/tree/{{revision}}/{{path:.+}}", self._tree)
        application.router.add_get(f"/datasets/{ID}/resolve/{{revision}}/{{path:.+}}", self._resolve)
        application.router.add_get("/models-json", self._count)
        application.router.add_get(f"/{ID}/resolve/{{revision}}/{{file:.+}}", self._file)
        return application

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        return hub_listing.page(self.models, request.url, self.most_a_page, self.expandable)

    async def _single(self, request: web.Request) -> web.StreamResponse:
        name, revision = request.match_info["id"], request.match_info.get("revision", "main")
        known = "authorization" in request.headers
        return hub_single.answer(self.models, self._moved, name, revision, request.url, known=known)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        known = "authorization" in request.headers
        return hub_files.answer(self.models, self._contents, request, known=known)

    async def _dataset(self, request: web.Request) -> web.StreamResponse:
        return hub_datasets.info(self.datasets, request.match_info["id"], self.renewed)

    async def _tree(self, request: web.Request) -> web.StreamResponse:
        return hub_datasets.tree(self.datasets, request.match_info["id"], request.match_info["path"])

    async def _resolve(self, request: web.Request) -> web.StreamResponse:
        return hub_datasets.resolve(self.datasets, request.match_info["id"], request.match_info["path"], request)

    async def _count(self, request: web.Request) -> web.StreamResponse:
        libraries = request.query.get("library")
        total = hub_datasets.count_tagged(self.models, libraries) if libraries else self.site_total
        return hub_datasets.count(total)

    @web.middleware
    async def _logged(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.requests.append(HubRequest(request.method, request.path, tuple(request.query.items()), headers))
        return await handler(request)

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        bucket = bucket_of(request.path)
        return await handler(request) if self._rates.take(bucket) else self._rates.refusal(bucket)

    @web.middleware
    async def _spoiled(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = self.faults.take(request.path)
        return await fault(request, handler) if fault else await handler(request)

    @web.middleware
    async def _refused(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme and self._tokens is not None and token not in self._tokens:
            return RefusedByHub(401, "Invalid username or password.").answer()
        try:
            return await handler(request)
        except RefusedByHub as refused:
            return refused.answer()

    async def _signed(self, request: web.Request, response: web.StreamResponse) -> None:
        """Put on every answer what the Hub puts there: what is left of the quota, and a name for the exchange."""
        told = {} if request.get(WITHOUT_RATES) else self._rates.headers(bucket_of(request.path))
        named = {"X-Request-Id": f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)}"}
        for name, value in (told | named).items():
            response.headers.setdefault(name, value)


def main() -> None:
    """Serve a CSV of models until interrupted."""
    parser = argparse.ArgumentParser(description="Serve a stand-in for the Hugging Face Hub on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--csv", type=Path, required=True, help="models of September 2024, gzip CSV")
    options = parser.parse_args()
    with LoopbackHub(models_of_2024_09(options.csv), port=options.port) as hub, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"{hub.endpoint}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
