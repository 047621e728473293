"""
A package index (PEP 503) with a few small wheels made on the spot, and any other files, on this machine.

    with PackageIndex() as index:
        index.add(wheel("timm", "1.0.0", {"timm/models/resnet.py": "..."}))
        Wheels(folder, environment=index.environment)

The real installer is pointed at it by its own variables.
"""

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

DAY = (2026, 11, 1, 12, 0, 0)


def zipped(files: Mapping[str, str | bytes], comment: bytes = b"") -> bytes:
    """Pack files, each stamped with the same day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            info = zipfile.ZipInfo(path, DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
        archive.comment = comment
    return packed.getvalue()


def wheel(name: str, version: str, files: Mapping[str, str | bytes]) -> tuple[str, bytes]:
    """Make a wheel for every Python: its file name and its bytes."""
    told = f"{name.replace('-', '_')}-{version}"
    about = {
        f"{told}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{told}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{told}.dist-info/RECORD": "",
    }
    return f"{told}-py3-none-any.whl", zipped({**files, **about})


class PackageIndex:
    """An index; `requests` are the paths asked for, `files` what is served beside the wheels."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.files: dict[str, bytes] = {}
        self._hashes: dict[str, str] = {}
        index = self

        class IndexHandler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.requests.append(self.path)
                body = index.page(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html" if "/simple/" in self.path else "application/zip")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), IndexHandler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True)

    @property
    def environment(self) -> dict[str, str]:
        """What points the installer here, away from the machine's own configuration."""
        own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PIP_")}
        here = {"PIP_INDEX_URL": f"{self.address}/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
        return own | here | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}

    def add(self, made: tuple[str, bytes], *, stated: str | None = None) -> None:
        """Publish a wheel, under its own hash or under another one that is `stated` ("": none)."""
        name, data = made
        self.files[f"/files/{name}"] = data
        self._hashes[name] = hashlib.sha256(data).hexdigest() if stated is None else stated

    def page(self, path: str) -> bytes | None:
        """Answer a path: a project's page of links, or a file."""
        if not path.startswith("/simple/"):
            return self.files.get(path)
        project = path.strip("/").rpartition("/")[2]
        names = [name for name in self._hashes if name.partition("-")[0].replace("_", "-") == project]
        links = (f'<a href="/files/{name}{self._fragment(name)}">{name}</a><br>' for name in names)
        return f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode() if names else None

    def _fragment(self, name: str) -> str:
        return f"#sha256={self._hashes[name]}" if self._hashes[name] else ""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
