"""
A package index as the world runs one, on this machine: two hosts, two forms of a page, and releases with a fate.

    with SimpleIndex() as index:
        index.publish(wheel("mlx-lm", "0.32.2", {...}), yanked="broken")
        Wheels(folder, index.environment)

Pages are JSON or HTML as the asker prefers (PEP 503, 691, 700), compressed for who takes that; a name that is not
normal is sent to the normal one. Files lie on another host, the metadata beside them (PEP 658, 714), withdrawn
releases are marked (PEP 592). What goes wrong is put in `faults`, a path's beginning and what is done there.
"""

import gzip
import hashlib
import html
import json
import os
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

JSON = "application/vnd.pypi.simple.v1+json"
HTML = "application/vnd.pypi.simple.v1+html"


@dataclass(frozen=True, slots=True)
class Published:
    """A file of the index, with what its page says of it."""

    name: str
    data: bytes
    sha256: str
    metadata: bytes
    requires_python: str
    yanked: str | None

    @property
    def project(self) -> str:
        """The normal name of the project (PEP 503)."""
        return re.sub(r"[-_.]+", "-", self.name.partition("-")[0]).lower()

    @property
    def version(self) -> str:
        """The version in its name."""
        return self.name.split("-")[1]

    def as_json(self, files: str) -> dict[str, Any]:
        """Describe it as PEP 691 and 700 have it."""
        described = {"sha256": hashlib.sha256(self.metadata).hexdigest()} if self.metadata else False
        return {
            "filename": self.name,
            "url": f"{files}/packages/{self.name}",
            "hashes": {"sha256": self.sha256},
            "requires-python": self.requires_python,
            "core-metadata": described,
            "data-dist-info-metadata": described,
            "size": len(self.data),
            "upload-time": "2026-11-01T12:00:00.000000Z",
            "yanked": False if self.yanked is None else self.yanked or True,
        }

    def as_html(self, files: str) -> str:
        """Describe it as PEP 503, 592 and 714 have it."""
        said = {"data-requires-python": self.requires_python}
        said |= {"data-yanked": self.yanked} if self.yanked is not None else {}
        if self.metadata:
            said["data-core-metadata"] = f"sha256={hashlib.sha256(self.metadata).hexdigest()}"
        told = "".join(f' {name}="{html.escape(value)}"' for name, value in said.items())
        return f'<a href="{files}/packages/{self.name}#sha256={self.sha256}"{told}>{self.name}</a><br/>'


class IndexRequest(BaseHTTPRequestHandler):
    """One request; `index` is what it is asked of. What went wrong is told nobody, as a server's log would."""

    protocol_version = "HTTP/1.1"
    index: "SimpleIndex"

    def do_GET(self) -> None:
        """Answer it, with the fault that is meant for this path, if there is one."""
        self.index.requests.append(self.path)
        with suppress(ConnectionError):
            self.index.answer(self)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def send(self, body: bytes, kind: str, *, status: int = 200, told: Mapping[str, str] | None = None) -> None:
        """Send one whole answer."""
        self.begin(len(body), kind, status=status, told=told)
        self.wfile.write(body)

    def begin(self, length: int, kind: str, *, status: int = 200, told: Mapping[str, str] | None = None) -> None:
        """Send the head of an answer of that length."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(length), **(told or {})}.items():
            self.send_header(name, value)
        self.end_headers()


Fault = Callable[[IndexRequest], None]
"""Answers in the place of the index."""


class SimpleIndex:
    """An index and its host of files; `requests` are the paths asked for, `faults` what goes wrong where."""

    def __init__(self, *, form: str = JSON) -> None:
        self.requests: list[str] = []
        self.closed = threading.Event()
        self.faults: dict[str, Fault] = {}
        self.form = form
        self._published: dict[str, Published] = {}
        kind = type("AskedHere", (IndexRequest,), {"index": self})
        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), kind) for _ in range(2)]
        ports = [server.server_port for server in self._servers]
        self.address, self.files = f"http://127.0.0.1:{ports[0]}", f"http://localhost:{ports[1]}"
        self._threads = [threading.Thread(target=one.serve_forever, args=[0.01], daemon=True) for one in self._servers]

    @property
    def environment(self) -> dict[str, str]:
        """What points the installer here, away from the machine's own configuration."""
        own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PIP_")}
        return own | self.settings

    @property
    def settings(self) -> dict[str, str]:
        """The variables of it alone."""
        here = {"PIP_INDEX_URL": f"{self.address}/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
        return here | {"PIP_TRUSTED_HOST": "127.0.0.1 localhost", "NO_PROXY": "127.0.0.1,localhost"}

    def publish(
        self, made: tuple[str, bytes], *, yanked: str | None = None, stated: str = "", described: bool = True
    ) -> None:
        """Publish a wheel; `yanked`: why it was withdrawn; `stated`: another hash; `described`: metadata beside it."""
        name, data = made
        project, version = name.split("-")[:2]
        metadata = f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n".encode() if described else b""
        sha256 = stated or hashlib.sha256(data).hexdigest()
        self._published[name] = Published(name, data, sha256, metadata, ">=3.9", yanked)

    def withdraw_all(self) -> None:
        """Publish nothing any more."""
        self._published.clear()

    def answer(self, asked: IndexRequest) -> None:
        """Answer as an index does, or with the fault that is meant for this path."""
        next((fault for start, fault in self.faults.items() if asked.path.startswith(start)), self.serve)(asked)

    def serve(self, asked: IndexRequest) -> None:
        """Answer without any fault."""
        if asked.path.startswith("/simple/"):
            self._send_page(asked)
        else:
            self._send_file(asked)

    def _send_page(self, asked: IndexRequest) -> None:
        project = asked.path.removeprefix("/simple/").strip("/")
        normal = re.sub(r"[-_.]+", "-", project).lower()
        found = [one for one in self._published.values() if one.project == normal]
        if asked.path != f"/simple/{normal}/":
            asked.send(b"", "text/plain", status=301, told={"Location": f"/simple/{normal}/"})
        elif not found:
            asked.send(b"404 Not Found", "text/plain", status=404)
        else:
            self.send_page(asked, found)

    def send_page(self, asked: IndexRequest, found: list[Published]) -> None:
        """Send a page of these files, compressed for who takes that."""
        takes_json = self.form == JSON and JSON in asked.headers.get("Accept", "")
        body = self._as_json(found) if takes_json else self._as_html(found)
        told = {"ETag": '"1"', "Cache-Control": "max-age=600, public", "Vary": "Accept, Accept-Encoding"}
        if "gzip" in asked.headers.get("Accept-Encoding", ""):
            body, told = gzip.compress(body), told | {"Content-Encoding": "gzip"}
        asked.send(body, JSON if takes_json else HTML, told=told)

    def _as_json(self, found: list[Published]) -> bytes:
        meta = {"api-version": "1.1", "_last-serial": 1}
        page = {"meta": meta, "name": found[0].project if found else "x", "versions": [one.version for one in found]}
        return json.dumps(page | {"files": [one.as_json(self.files) for one in found]}).encode()

    def _as_html(self, found: list[Published]) -> bytes:
        links = "\n".join(one.as_html(self.files) for one in found)
        return f"<!DOCTYPE html><html><body>{links}</body></html>".encode()

    def _send_file(self, asked: IndexRequest) -> None:
        """Send a file or its metadata; a range is answered with the whole, as a plain server may."""
        name = asked.path.rpartition("/")[2]
        found = self._published.get(name.removesuffix(".metadata"))
        if found is None:
            asked.send(b"", "text/plain", status=404)
        else:
            asked.send(found.metadata if name.endswith(".metadata") else found.data, "application/octet-stream")

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
