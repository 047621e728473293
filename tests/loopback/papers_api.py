"""A stand-in for the successor of Papers with Code: counts with echoed filters, and a nested list of names."""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlparse

Papers = list[tuple[str, str]]
"""(day published, framework or "")."""


class PapersApi:
    """An API of these papers. `broken` replaces the answer of a path by these bytes; `deaf` filters are ignored."""

    def __init__(self, papers: Papers, frameworks: tuple[str, ...], deaf: frozenset[str] = frozenset()) -> None:
        self.papers, self.frameworks, self.deaf = papers, frameworks, deaf
        self.broken: dict[str, tuple[int, bytes]] = {}
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urlparse(self.path)
                status, body = api.broken.get(address.path) or api.answer(address.path, parse_qs(address.query))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/api/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, query: Mapping[str, list[str]]) -> tuple[int, bytes]:
        """Answer one request."""
        if path == "/api/v1/frameworks/":
            known = [{"id": str(n), "slug": name.lower(), "name": name} for n, name in enumerate(self.frameworks)]
            told: Any = {"domains": [{"name": "All", "categories": [{"name": "Training", "frameworks": known}]}]}
            return 200, json.dumps(told).encode()
        if path != "/api/v1/papers/" or not 1 <= int(query["page_size"][0]) <= 100:
            return 404, b'{"detail": "Not found"}'
        filters = {name: query[name][0] for name in ("start_date", "end_date", "framework") if name in query}
        heard = {name: value for name, value in filters.items() if name not in self.deaf}
        found = [paper for paper in self.papers if self._fits(paper, heard)]
        return 200, json.dumps({"count": len(found), "results": [], "applied_filters": heard}).encode()

    def _fits(self, paper: tuple[str, str], filters: Mapping[str, str]) -> bool:
        day, framework = paper
        within = filters.get("start_date", "") <= day <= filters.get("end_date", "9")
        return within and filters.get("framework", framework).lower() == framework.lower()
