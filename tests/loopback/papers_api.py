"""
A stand-in for the successor of Papers with Code: counts with echoed filters, and a nested list of names.

It answers as its client (huggingface/pwc-cli 0.1.16) expects: pages of 1 to 100, filters joined by AND and echoed,
dates inclusive. What is not documented can be chosen: how it refuses an unknown framework, which filters it ignores.
"""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlparse

ROOT = "/api/v1"
FILTERS = ("start_date", "end_date", "framework")
MOST = 100
NOT_FOUND = 404


class ListedPaper(NamedTuple):
    """One paper of the catalogue: the day it was published and what it is associated with."""

    published: str
    frameworks: tuple[str, ...] = ()


class WrongAnswer(NamedTuple):
    """An answer given instead of the right one, `times` times."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}
    seconds: float = 0.0
    times: float = float("inf")


class PapersApi:
    """
    An API of these papers.

    `deaf`: filters it ignores. `echoes`: whether it says which filters it applied; `pretends`: it says that it applied
    those it ignored too. `unknown`: the status for a framework it does not know, 404, or 200 with a count of 0.
    `broken`: path -> what is answered instead. `gate`: cleared, it answers nobody until it is set; `reached`: somebody
    has asked.
    """

    def __init__(self, papers: list[ListedPaper], frameworks: tuple[str, ...]) -> None:
        self.papers, self.frameworks = papers, frameworks
        self.deaf: frozenset[str] = frozenset()
        self.echoes = True
        self.pretends = False
        self.unknown = 404
        self.broken: dict[str, WrongAnswer] = {}
        self.gate, self.reached = threading.Event(), threading.Event()
        self.gate.set()
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self._closing = threading.Event()
        api = self

        class PapersHandler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body, headers = api.respond(self.path, dict(self.headers.items()))
                self.send_response(status)
                for name, value in ({"Content-Type": "application/json"} | dict(headers)).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), PapersHandler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}{ROOT}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._closing.set()
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def respond(self, target: str, headers: dict[str, str]) -> tuple[int, bytes, Mapping[str, str]]:
        """Answer one request, or break it."""
        address = urlparse(target)
        path, query = address.path.removeprefix(ROOT), dict(parse_qsl(address.query))
        self.asked.append((path, query, {name.casefold(): value for name, value in headers.items()}))
        self.reached.set()
        self.gate.wait()
        broken = self.broken.get(path)
        if broken and broken.times > 0:
            self.broken[path] = broken._replace(times=broken.times - 1)
            self._closing.wait(broken.seconds)
            return broken.status, broken.body, broken.headers
        status, told = {"/frameworks/": self._names, "/papers/": lambda: self._found(query)}.get(path, _not_found)()
        return status, json.dumps(told).encode(), {}

    def _names(self) -> tuple[int, Any]:
        known = [
            {
                "id": str(n),
                "slug": name.lower(),
                "name": name,
                "platforms": ["gpu"],
                "paper_count": self._papers_of(name),
            }
            for n, name in enumerate(self.frameworks)
        ]
        category = {"slug": "all", "name": "All", "frameworks": known}
        return 200, {"domains": [{"slug": "ml", "name": "Machine Learning", "categories": [category]}]}

    def _papers_of(self, name: str) -> int:
        return sum(name in paper.frameworks for paper in self.papers)

    def _found(self, query: dict[str, str]) -> tuple[int, Any]:
        page, size = int(query.get("page", "1")), int(query.get("page_size", "20"))
        if not (1 <= page <= MOST and 1 <= size <= MOST) or query.get("start_date", "") > query.get("end_date", "9"):
            return 422, {"detail": "Input should be less than or equal to 100"}
        wanted = {name: query[name] for name in FILTERS if name in query and name not in self.deaf}
        name = wanted.get("framework", "").casefold()
        if name and name not in [one.casefold() for one in self.frameworks] and self.unknown == NOT_FOUND:
            return 404, {"detail": "Framework not found"}
        found = [paper for paper in self.papers if _fits(paper, wanted, name)]
        results = [{"id": n, "title": "A paper", "published": paper.published} for n, paper in enumerate(found)]
        told: dict[str, Any] = {"count": len(found), "results": results[(page - 1) * size :][:size]}
        said = {name: query[name] for name in FILTERS if name in query} if self.pretends else wanted
        return 200, told | ({"applied_filters": said} if self.echoes else {})


def _not_found() -> tuple[int, Any]:
    return 404, {"detail": "Not Found"}


def _fits(paper: ListedPaper, wanted: Mapping[str, str], name: str) -> bool:
    within = wanted.get("start_date", "") <= paper.published <= wanted.get("end_date", "9")
    return within and (not name or name in [one.casefold() for one in paper.frameworks])
