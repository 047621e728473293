"""
A stand-in for a registry of container images: one image's index, by the distribution API's reading half.

As the specification has it (OCI distribution 1.1): a manifest is asked for by tag or digest, HEAD or GET; the answer
names its digest, the SHA-256 of its bytes. It binds 127.0.0.1 only, where clients take plain HTTP.
"""

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG, SETTINGS = "application/vnd.oci.image.config.v1+json", b'{"rootfs": {"type": "layers", "diff_ids": []}}'


def digest_of(content: bytes) -> str:
    """Give the name of these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def describe(kind: str, content: bytes) -> dict[str, object]:
    """Name these bytes as a manifest does."""
    return {"mediaType": kind, "digest": digest_of(content), "size": len(content)}


def write_manifest(kind: str, **fields: object) -> bytes:
    """Write a manifest of a kind."""
    return json.dumps({"schemaVersion": 2, "mediaType": kind} | fields).encode()


@contextlib.contextmanager
def registry(tag: str) -> Iterator[tuple[str, str]]:
    """Serve an image for two processors as `library/python:3.13-slim`, say; give host and port, and its digest."""
    manifest = write_manifest(MANIFEST, config=describe(CONFIG, SETTINGS), layers=[])
    platforms = ({"os": "linux", "architecture": name} for name in ("amd64", "arm64"))
    listed = [describe(MANIFEST, manifest) | {"platform": platform} for platform in platforms]
    index = write_manifest(INDEX, manifests=listed)
    name, _, word = tag.partition(":")
    kept = {
        "/v2/": ("application/json", b"{}"),
        f"/v2/{name}/manifests/{word}": (INDEX, index),
        f"/v2/{name}/manifests/{digest_of(index)}": (INDEX, index),
        f"/v2/{name}/manifests/{digest_of(manifest)}": (MANIFEST, manifest),
        f"/v2/{name}/blobs/{digest_of(SETTINGS)}": (CONFIG, SETTINGS),
    }
    with _Server(kept) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}", digest_of(index)
        server.shutdown()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Holds what is served, by path."""

    def __init__(self, kept: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.kept = kept


class _Answers(BaseHTTPRequestHandler):
    """GET and HEAD."""

    def do_GET(self) -> None:
        """Give what is kept at this path, or say that the manifest is unknown."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the bytes."""
        self._answer(with_content=False)

    def _answer(self, *, with_content: bool) -> None:
        assert isinstance(self.server, _Server)
        unknown = ("application/json", b'{"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}')
        kind, content = self.server.kept.get(self.path, unknown)
        self.send_response(200 if self.path in self.server.kept else 404)
        for header, value in {"Content-Type": kind, "Docker-Content-Digest": digest_of(content)}.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_content:
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
